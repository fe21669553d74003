"""A running Sixty: the wired core, its entrances, and the roles of this process. Decides nothing."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web
from aiohttp.typedefs import Handler
from slack_bolt.async_app import AsyncApp

from config import ALL_ROLES, Role, Settings
from gateways.slack.client import make_slack_client
from gateways.slack.links import SlackLinks
from listeners import register_listeners
from listeners.bolt import Bolt
from listeners.envelopes import Envelopes
from listeners.http import SlackDoor
from listeners.sockets import Sockets
from scheduler.clock import SteadyClock, utc_now
from scheduler.cron import Cron, every
from scheduler.crons import make_scheduler, own_crons
from scheduler.dispatcher import InProcessDispatcher
from scheduler.node import Drain, this_node
from sequences.meetings.receiving import Receiving
from sequences.members import Members
from sequences.ports.dispatch import Clock
from sequences.ports.outside import MessengerError
from sequences.sequence import Catalogue
from sequences.skills.warming import warm_up
from storage.database import Database
from storage.schema import require_schema
from watching import Watch, no_trouble, showing_metrics
from web.meetingbaas import MeetingBaasWebhook
from web.server import make_web_app
from wiring import Core, build_core, make_dispatcher, queue_tables, secret_of

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
    drain: Drain  # how long what is in hand may still take, shared by all that stops


@contextlib.asynccontextmanager
async def running(
    settings: Settings,
    *,
    clock: Clock | None = None,
    roles: frozenset[Role] = ALL_ROLES,
    catalogue: Catalogue | None = None,
) -> AsyncIterator[App]:
    """The roles in this process, until the block ends; then what is in hand is finished, entrances first.

    ``catalogue``: see ``build_core``.
    """
    settings.check_roles(roles)
    clock = clock or SteadyClock(utc_now)
    store = Database.open(settings.sixty_database_url)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        await _prepare(settings, store)
        dispatcher = make_dispatcher(settings, store, clock)
        core = build_core(settings, store, clock, dispatcher=dispatcher, catalogue=catalogue)
        stack.push_async_callback(core.aclose)
        watch = Watch(core=core, clock=clock, roles=roles)
        process = Process(
            settings=settings, core=core, clock=clock, roles=roles, watch=watch, drain=Drain(settings.drain)
        )
        if Role.SLACK in roles:
            await stack.enter_async_context(_knowing_members(core.members))
        await stack.enter_async_context(_dispatching(process))
        if Role.SCHEDULER in roles:
            await stack.enter_async_context(_ticking(process))
        bolt = await stack.enter_async_context(_answering(process)) if Role.SLACK in roles else None
        port = await stack.enter_async_context(_serving(process, bolt))
        metrics_port = await stack.enter_async_context(showing_metrics(settings, core, clock))
        if bolt and settings.sixty_slack_mode == "socket":
            await stack.enter_async_context(_listening(process, bolt))
        log.info(
            "sixty is running",
            extra={"http_port": port, "engine": core.front.engine, "roles": sorted(role.value for role in roles)},
        )
        if Role.WORKER in roles:
            stack.push_async_callback(_finished, asyncio.create_task(asyncio.to_thread(warm_up), name="warm up"))
        yield App(core=core, http_port=port, metrics_port=metrics_port)


async def _prepare(settings: Settings, store: Database) -> None:
    """The schema as this code needs it, and the queue's beside it."""
    tables = queue_tables(store) if settings.sixty_dispatcher == "procrastinate" else None
    if settings.migrates_on_start:
        await store.migrate()
        if tables:
            await tables.install()
        return
    await require_schema(store)
    if tables:
        await tables.require()


@contextlib.asynccontextmanager
async def _knowing_members(members: Members) -> AsyncIterator[None]:
    """Who works here, asked before anybody is heard. When Slack is only away, the process begins nevertheless, and asks
    until it is told: what waits in the tables needs no answer of Slack's."""
    asking = None
    try:
        await members.refresh()
    except MessengerError as error:
        if error.is_final:
            raise
        log.warning("starting while Slack is away", extra={"reason": str(error)})
        asking = asyncio.create_task(members.refresh_at_last(), name="members")
    try:
        yield
    finally:
        if asking:
            asking.cancel()
            await asyncio.gather(asking, return_exceptions=True)


async def _finished(task: asyncio.Task[None]) -> None:
    """A thread cannot be interrupted; this one is short. Whatever came of it, nobody's work depends on it."""
    await asyncio.wait([task])
    if not task.cancelled() and task.exception():
        log.warning("the rules were not warmed up", exc_info=task.exception())


@contextlib.asynccontextmanager
async def _dispatching(process: Process) -> AsyncIterator[None]:
    """The roles worker and, for the sweep, scheduler. Whatever its roles, a process can wake the others."""
    core, drain = process.core, process.drain
    async with contextlib.AsyncExitStack() as stack:
        if isinstance(core.dispatcher, InProcessDispatcher):
            await stack.enter_async_context(_in_process(core.dispatcher, drain))
        else:
            works, sweeps = Role.WORKER in process.roles, Role.SCHEDULER in process.roles
            await stack.enter_async_context(core.dispatcher.running(works=works, sweeps=sweeps, drain=drain))
        stack.callback(_hand_back, core)
        yield


def _hand_back(core: Core) -> None:
    """Right before nothing more is taken, lest what is handed back be taken again here."""
    core.runner.stop()
    log.info("finishing what is in hand")


@contextlib.asynccontextmanager
async def _in_process(dispatcher: InProcessDispatcher, drain: Drain) -> AsyncIterator[None]:
    task = asyncio.create_task(dispatcher.run(), name="dispatcher")
    try:
        yield
    finally:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(dispatcher.drain(), drain.left().total_seconds())
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@contextlib.asynccontextmanager
async def _ticking(process: Process) -> AsyncIterator[None]:
    """The role scheduler: the crons, each tick on one node only."""
    core = process.core
    rounds = Cron(name="recurring_events", trigger=every(timedelta(minutes=1)), run=core.recurring.raise_due)
    crons = (*own_crons(store=core.store, members=core.members), rounds)
    scheduler = make_scheduler(
        crons=crons, store=core.store, clock=process.clock, node=this_node(), observer=core.telemetry
    )
    scheduler.start()
    try:
        yield
    finally:
        await scheduler.stop(process.drain.left())


@contextlib.asynccontextmanager
async def _serving(process: Process, bolt: AsyncApp | None) -> AsyncIterator[int]:
    """HTTP: health for every role, webhooks for the role web, Slack's calls in http mode. Answers the bound port."""
    web_app = make_web_app(
        health=process.watch.health(),
        meetingbaas=_meetingbaas(process) if Role.WEB in process.roles else None,
        slack=_slack_door(process, bolt) if bolt and process.settings.sixty_slack_mode == "http" else None,
        observer=process.core.telemetry,
    )
    runner = web.AppRunner(web_app, access_log=None, shutdown_timeout=process.settings.sixty_drain_seconds)
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
async def _answering(process: Process) -> AsyncIterator[AsyncApp]:
    """The role slack: the listeners, whichever way Slack reaches them. What they have acknowledged is finished."""
    telemetry = process.core.telemetry
    client = make_slack_client(secret_of(process.settings.slack_bot_token), process.settings.slack_api_url, telemetry)
    bolt = Bolt(client)
    in_flight = register_listeners(bolt, process.core.front, telemetry)
    try:
        yield bolt
    finally:
        if not await in_flight.drain(process.drain.left()):
            log.warning("stopped while listeners were still at work")


@contextlib.asynccontextmanager
async def _listening(process: Process, bolt: AsyncApp) -> AsyncIterator[None]:
    """The role slack in socket mode."""
    settings = process.settings
    async with SlackLinks(bolt.client, secret_of(settings.slack_app_token) or "") as links:
        sockets = Sockets(open=links.open, take=Envelopes(bolt).take, count=settings.sixty_socket_connections)
        process.watch.slack = sockets.trouble
        async with sockets.connected(process.drain.left):
            yield


def _slack_door(process: Process, bolt: AsyncApp) -> Handler:
    """The role slack in http mode. Whether Slack finds the way here, Slack alone can tell."""
    secret = secret_of(process.settings.slack_signing_secret) or ""
    process.watch.slack = no_trouble
    # Slack stamps its calls by the time of day, whatever time the app lives in.
    return SlackDoor(bolt, signing_secret=secret, clock=utc_now).handle


async def serve(
    settings: Settings,
    roles: frozenset[Role] = ALL_ROLES,
    *,
    clock: Clock | None = None,
    catalogue: Catalogue | None = None,
) -> None:
    """Run until SIGTERM or Ctrl-C, then finish what is in hand."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(settings, clock=clock, roles=roles, catalogue=catalogue):
        await stop.wait()
        log.info("stopping")
