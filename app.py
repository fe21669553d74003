"""A running Sixty: the wired core, its entrances, and the roles of this process. Decides nothing."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from config import ALL_ROLES, Role, Settings
from gateways.slack.client import make_slack_client
from listeners import register_listeners
from scheduler.crons import make_scheduler
from sequences.meetings.receiving import Receiving
from sequences.ports.dispatch import Clock
from sequences.skills.warming import warm_up
from storage.database import Database
from storage.schema import require_schema
from watching import Watch, showing_metrics
from web.meetingbaas import MeetingBaasWebhook
from web.server import make_web_app
from wiring import Core, build_core, secret_of, utc_now

log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class App:
    """A running Sixty. Ports are the bound ones, also when the setting was 0."""

    core: Core
    http_port: int
    metrics_port: int | None = None


@dataclass(frozen=True, kw_only=True)
class Process:
    """What the roles of one process share."""

    settings: Settings
    core: Core
    clock: Clock
    roles: frozenset[Role]
    watch: Watch


@contextlib.asynccontextmanager
async def running(
    settings: Settings, *, clock: Clock = utc_now, roles: frozenset[Role] = ALL_ROLES
) -> AsyncIterator[App]:
    """The roles in this process, until the block ends; then what is in hand is finished, entrances first."""
    settings.check_roles(roles)
    store = Database.open(settings.sixty_database_url)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        await (store.migrate() if settings.migrates_on_start else require_schema(store))
        core = build_core(settings, store, clock)
        stack.push_async_callback(core.aclose)
        watch = Watch(core=core, clock=clock, roles=roles)
        process = Process(settings=settings, core=core, clock=clock, roles=roles, watch=watch)
        if Role.SLACK in roles:
            await core.members.refresh()
        await stack.enter_async_context(_dispatching(process))
        if Role.SCHEDULER in roles:
            stack.enter_context(_ticking(process))
        port = await stack.enter_async_context(_serving(process))
        metrics_port = await stack.enter_async_context(showing_metrics(settings, core, clock))
        if Role.SLACK in roles:
            await stack.enter_async_context(_listening(process))
        log.info(
            "sixty is running",
            extra={"http_port": port, "engine": core.front.engine, "roles": sorted(role.value for role in roles)},
        )
        if Role.WORKER in roles:
            stack.push_async_callback(_finished, asyncio.create_task(asyncio.to_thread(warm_up), name="warm up"))
        yield App(core=core, http_port=port, metrics_port=metrics_port)


async def _finished(task: asyncio.Task[None]) -> None:
    """A thread cannot be interrupted; this one is short."""
    await task


@contextlib.asynccontextmanager
async def _dispatching(process: Process) -> AsyncIterator[None]:
    """The roles worker and, for the sweep, scheduler. Every process can wake others."""
    dispatcher = process.core.dispatcher
    task = asyncio.create_task(dispatcher.run(), name="dispatcher")
    try:
        yield
    finally:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(dispatcher.settle(), process.settings.drain.total_seconds())
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@contextlib.contextmanager
def _ticking(process: Process) -> Iterator[None]:
    """The role scheduler: the crons."""
    scheduler = make_scheduler(store=process.core.store, members=process.core.members, clock=process.clock)
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)


@contextlib.asynccontextmanager
async def _serving(process: Process) -> AsyncIterator[int]:
    """HTTP: health for every role, webhooks for the role web. Answers the bound port."""
    web_app = make_web_app(
        health=process.watch.health(),
        meetingbaas=_meetingbaas(process) if Role.WEB in process.roles else None,
        observer=process.core.telemetry,
    )
    runner = web.AppRunner(web_app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, process.settings.sixty_http_host, process.settings.sixty_http_port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


def _meetingbaas(process: Process) -> MeetingBaasWebhook:
    core, secrets = process.core, secret_of(process.settings.meetingbaas_webhook_secret)
    return MeetingBaasWebhook(
        receiving=Receiving(store=core.store, dispatcher=core.dispatcher, clock=process.clock),
        secrets=tuple(part.strip() for part in secrets.split(",") if part.strip()) if secrets else (),
    )


@contextlib.asynccontextmanager
async def _listening(process: Process) -> AsyncIterator[None]:
    """The role slack, over Socket Mode."""
    settings = process.settings
    telemetry = process.core.telemetry
    client = make_slack_client(secret_of(settings.slack_bot_token), settings.slack_api_url, telemetry)
    bolt = AsyncApp(client=client)
    in_flight = register_listeners(bolt, process.core.front, telemetry)
    handler = AsyncSocketModeHandler(bolt, secret_of(settings.slack_app_token), web_client=client, proxy=client.proxy)
    handler.client.proxy = client.proxy
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    process.watch.connections.append(handler.client.is_connected)
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
        if not await in_flight.drain(settings.drain):
            log.warning("stopped while listeners were still at work")


async def serve(settings: Settings, roles: frozenset[Role] = ALL_ROLES) -> None:
    """Run until SIGTERM or Ctrl-C, then finish what is in hand."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(settings, roles=roles):
        await stop.wait()
        log.info("stopping")
