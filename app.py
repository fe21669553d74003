"""The composition root: settings in, everything wired, roles started. The only file that names concrete classes."""

import asyncio
import contextlib
import logging
import signal
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from aiohttp import web
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp

from config import Settings, environment
from gateways.model.engine import VendorModel, make_model
from gateways.slack.client import make_slack_client
from gateways.slack.messenger import SlackMessenger
from gateways.smtp import SmtpMailer
from gateways.transcripts import HttpTranscriptSource
from listeners import register_listeners
from scheduler.crons import make_scheduler
from scheduler.dispatcher import InProcessDispatcher
from sequences.actions.catalogue import ALL_ACTIONS
from sequences.actions.gate.gate import Gate
from sequences.catalogue import load_catalogue
from sequences.delivery import Delivery
from sequences.front import Front
from sequences.intake import Intake
from sequences.meetings.ingest import MeetingIngest
from sequences.meetings.receiving import Receiving
from sequences.members import Members
from sequences.ports.dispatch import Clock, WorkKind
from sequences.ports.store import StoreError
from sequences.records.job import Job
from sequences.records.people import Org, User
from sequences.runner.loading import Loader
from sequences.runner.runner import Runner
from sequences.runner.settlement import Settlement
from sequences.skills.thinker import OFFLINE_ENGINE, Thinker
from sequences.skills.warming import warm_up
from storage.database import Database
from web.health import Health
from web.meetingbaas import MeetingBaasWebhook
from web.server import make_web_app

log = logging.getLogger(__name__)

DRAIN = timedelta(seconds=20)


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Core:
    """Everything that works on the tables: what a rep's event passes through, without its entrances.

    ``aclose`` lets go of vendor connections; the store belongs to whoever opened it.
    """

    store: Database
    dispatcher: InProcessDispatcher
    members: Members
    gate: Gate
    intake: Intake
    runner: Runner
    front: Front
    model: VendorModel | None

    async def aclose(self) -> None:
        if self.model:
            await self.model.aclose()


def build_core(settings: Settings, store: Database, clock: Clock) -> Core:
    """Wire the core for ``settings``. ModelError when the model cannot be used as configured."""
    settings.require("slack_bot_token")
    model = make_model(settings.sixty_model, environment())
    messenger = SlackMessenger(make_slack_client(_secret(settings.slack_bot_token), settings.slack_api_url))
    dispatcher = InProcessDispatcher(store=store, clock=clock)
    members = Members(store=store, messenger=messenger, defaults=_org_defaults(settings), clock=clock)
    gate = _build_gate(settings, store, dispatcher, clock)
    catalogue = load_catalogue()
    intake = Intake(store=store, catalogue=catalogue, dispatcher=dispatcher, clock=clock, is_free=model is None)

    def make_thinker(job: Job, org: Org, user: User) -> Thinker:
        return Thinker(store=store, model=model, clock=clock, org=org, user=user, job_id=job.id, sequence=job.sequence)

    runner = Runner(
        store=store,
        catalogue=catalogue,
        gate=gate,
        loader=Loader(store=store, clock=clock, make_thinker=make_thinker),
        settlement=Settlement(store=store, intake=intake, dispatcher=dispatcher, clock=clock),
        clock=clock,
    )
    delivery = Delivery(store=store, messenger=messenger, dispatcher=dispatcher, clock=clock)
    ingest = MeetingIngest(
        store=store, intake=intake, gate=gate, source=HttpTranscriptSource(), dispatcher=dispatcher, clock=clock
    )
    dispatcher.handle({
        WorkKind.JOB: runner.run,
        WorkKind.ACTION: gate.execute,
        WorkKind.CARD: delivery.show,
        WorkKind.DELIVERY: ingest.process,
    })  # fmt: skip
    engine = model.engine if model else OFFLINE_ENGINE
    front = Front(store=store, gate=gate, members=members, dispatcher=dispatcher, clock=clock, engine=engine)
    return Core(
        store=store,
        dispatcher=dispatcher,
        members=members,
        gate=gate,
        intake=intake,
        runner=runner,
        front=front,
        model=model,
    )


def _build_gate(settings: Settings, store: Database, dispatcher: InProcessDispatcher, clock: Clock) -> Gate:
    smtp_url = _secret(settings.smtp_url)
    return Gate(
        store=store,
        specs=ALL_ACTIONS,
        dispatcher=dispatcher,
        clock=clock,
        undo_window=timedelta(seconds=settings.sixty_undo_seconds),
        mailer=SmtpMailer(smtp_url, fallback_address=settings.smtp_from) if smtp_url else None,
    )


@dataclass(frozen=True, kw_only=True)
class App:
    """A running Sixty. ``http_port`` is the bound one, also when the setting was 0."""

    core: Core
    http_port: int


@contextlib.asynccontextmanager
async def running(settings: Settings, *, clock: Clock = utc_now) -> AsyncIterator[App]:
    """All roles in this process, until the block ends; then what is in hand is finished."""
    settings.require("slack_bot_token", "slack_app_token")
    store = Database.open(settings.sixty_database_url)
    async with contextlib.AsyncExitStack() as stack:
        stack.push_async_callback(store.close)
        await store.migrate()
        core = build_core(settings, store, clock)
        stack.push_async_callback(core.aclose)
        await core.members.refresh()
        await stack.enter_async_context(_dispatching(core.dispatcher))
        scheduler = make_scheduler(store=store, members=core.members, clock=clock)
        scheduler.start()
        stack.callback(scheduler.shutdown, wait=False)
        port = await stack.enter_async_context(_serving(settings, core, clock))
        await stack.enter_async_context(_listening(settings, core))
        log.info("sixty is running", extra={"http_port": port, "engine": core.front.engine})
        stack.push_async_callback(_finished, asyncio.create_task(asyncio.to_thread(warm_up), name="warm up"))
        yield App(core=core, http_port=port)


async def _finished(task: asyncio.Task[None]) -> None:
    """A thread cannot be interrupted; this one is short."""
    await task


@contextlib.asynccontextmanager
async def _dispatching(dispatcher: InProcessDispatcher) -> AsyncIterator[None]:
    task = asyncio.create_task(dispatcher.run(), name="dispatcher")
    try:
        yield
    finally:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(dispatcher.settle(), DRAIN.total_seconds())
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task


@contextlib.asynccontextmanager
async def _serving(settings: Settings, core: Core, clock: Clock) -> AsyncIterator[int]:
    async def database_answers() -> bool:
        try:
            await core.store.ping()
        except StoreError:
            return False
        return True

    secrets = _secret(settings.meetingbaas_webhook_secret)
    webhook = MeetingBaasWebhook(
        receiving=Receiving(store=core.store, dispatcher=core.dispatcher, clock=clock),
        secrets=tuple(part.strip() for part in secrets.split(",") if part.strip()) if secrets else (),
    )
    web_app = make_web_app(meetingbaas=webhook, health=Health({"database": database_answers}))
    runner = web.AppRunner(web_app, access_log=None)
    await runner.setup()
    try:
        site = web.TCPSite(runner, settings.sixty_http_host, settings.sixty_http_port)
        await site.start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()


@contextlib.asynccontextmanager
async def _listening(settings: Settings, core: Core) -> AsyncIterator[None]:
    """Slack over Socket Mode."""
    client = make_slack_client(_secret(settings.slack_bot_token), settings.slack_api_url)
    bolt = AsyncApp(client=client)
    in_flight = register_listeners(bolt, core.front)
    handler = AsyncSocketModeHandler(bolt, _secret(settings.slack_app_token), web_client=client, proxy=client.proxy)
    handler.client.proxy = client.proxy
    await handler.connect_async()  # type: ignore[no-untyped-call]  # Bolt leaves it untyped
    try:
        yield
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]
        if not await in_flight.drain(DRAIN):
            log.warning("stopped while listeners were still at work")


async def serve(settings: Settings) -> None:
    """Run until SIGTERM or Ctrl-C, then finish what is in hand."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    async with running(settings):
        await stop.wait()
        log.info("stopping")


def _org_defaults(settings: Settings) -> Org:
    return Org(
        id="",
        name="",
        team_id="",
        daily_budget_usd=settings.sixty_daily_budget_usd,
        monthly_budget_usd=settings.sixty_monthly_budget_usd,
    )


def _secret(value: object) -> str | None:
    reveal = getattr(value, "get_secret_value", None)
    return reveal() if reveal else None
