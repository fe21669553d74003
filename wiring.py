"""The core, wired: settings in, everything that works on the tables out. Names the concrete classes of the core;
``app.py`` adds the entrances and starts the roles."""

from dataclasses import dataclass
from datetime import timedelta
from importlib import import_module
from typing import TYPE_CHECKING, TypeAlias

from config import Settings, environment
from gateways.model.engine import VendorModel, make_model
from gateways.slack.client import make_slack_client
from gateways.slack.messenger import SlackMessenger
from gateways.smtp import SmtpMailer
from gateways.transcripts import HttpTranscriptSource
from scheduler.dispatcher import InProcessDispatcher
from sequences.actions.catalogue import ALL_ACTIONS
from sequences.actions.gate.gate import Gate
from sequences.catalogue import load_catalogue
from sequences.delivery import Delivery
from sequences.front import Front
from sequences.intake import Intake
from sequences.meetings.ingest import MeetingIngest
from sequences.members import Members
from sequences.ports.dispatch import Clock, WorkKind
from sequences.records.job import Job
from sequences.records.people import Org, User
from sequences.recurring import RecurringEvents
from sequences.runner.loading import Loader
from sequences.runner.runner import Runner
from sequences.runner.settlement import Settlement
from sequences.sequence import Catalogue
from sequences.skills.thinker import OFFLINE_ENGINE, Thinker
from storage.database import Database
from storage.work_queue import QueueTables
from telemetry.messenger import ObservedMessenger
from telemetry.model import ObservedModel
from telemetry.observer import Telemetry
from telemetry.tracing import make_tracing
from telemetry.work import Handler, observed

if TYPE_CHECKING:
    from scheduler.procrastinate import ProcrastinateDispatcher

# Named rather than imported: the queue's library is slow to load, and most installations never choose it.
_QUEUE, _DISTRIBUTED = "scheduler.queue", "scheduler.procrastinate"

AnyDispatcher: TypeAlias = "InProcessDispatcher | ProcrastinateDispatcher"


@dataclass(frozen=True, kw_only=True)
class Core:
    """Everything that works on the tables: what a rep's event passes through, without its entrances.

    ``aclose`` lets go of vendor connections; the store belongs to whoever opened it.
    """

    store: Database
    dispatcher: AnyDispatcher
    members: Members
    gate: Gate
    intake: Intake
    runner: Runner
    front: Front
    recurring: RecurringEvents
    model: VendorModel | None
    telemetry: Telemetry

    async def aclose(self) -> None:
        if self.model:
            await self.model.aclose()
        await self.telemetry.aclose()


def queue_tables(store: Database) -> QueueTables:
    queue = import_module(_QUEUE)
    return QueueTables(store, name=queue.queue_name(), script=queue.queue_script())


def make_dispatcher(settings: Settings, store: Database, clock: Clock) -> AnyDispatcher:
    if settings.sixty_dispatcher == "in_process":
        return InProcessDispatcher(store=store, clock=clock, workers=settings.sixty_jobs_at_once)
    queue = import_module(_QUEUE).make_queue(settings.sixty_database_url)
    made: ProcrastinateDispatcher = import_module(_DISTRIBUTED).ProcrastinateDispatcher(
        store=store, clock=clock, queue=queue, tables=queue_tables(store), workers=settings.sixty_jobs_at_once
    )
    return made


def build_core(
    settings: Settings,
    store: Database,
    clock: Clock,
    *,
    dispatcher: "AnyDispatcher | None" = None,
    catalogue: Catalogue | None = None,
) -> Core:
    """Wire the core for ``settings``. ModelError when the model cannot be used as configured.

    Without a ``dispatcher`` whoever asks does its work in this process. ``catalogue`` is what this product can do,
    unless somebody measures or tests with sequences of their own.
    """
    settings.require("slack_bot_token")
    model = make_model(settings.sixty_model, environment())
    telemetry = Telemetry(make_tracing(environment()))
    client = make_slack_client(secret_of(settings.slack_bot_token), settings.slack_api_url, telemetry)
    messenger = ObservedMessenger(SlackMessenger(client), telemetry)
    dispatcher = dispatcher or InProcessDispatcher(store=store, clock=clock)
    ground = Ground(store=store, dispatcher=dispatcher, clock=clock, telemetry=telemetry)
    catalogue = catalogue or load_catalogue()
    members = Members(store=store, messenger=messenger, defaults=_org_defaults(settings), clock=clock)
    gate = _build_gate(ground, settings)
    intake = _build_intake(ground, catalogue, model)
    runner = _build_runner(ground, catalogue, gate, intake, model)
    dispatcher.handle(observed(_handlers(ground, messenger, gate, intake, runner), telemetry))
    return Core(
        store=store,
        dispatcher=dispatcher,
        members=members,
        gate=gate,
        intake=intake,
        runner=runner,
        front=_build_front(ground, catalogue, gate, members, model),
        recurring=RecurringEvents(store=store, intake=intake, catalogue=catalogue, dispatcher=dispatcher),
        model=model,
        telemetry=telemetry,
    )


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What nearly every part stands on."""

    store: Database
    dispatcher: AnyDispatcher
    clock: Clock
    telemetry: Telemetry


def _build_runner(
    ground: Ground, catalogue: Catalogue, gate: Gate, intake: Intake, model: VendorModel | None
) -> Runner:
    store, clock, telemetry = ground.store, ground.clock, ground.telemetry
    asked = ObservedModel(model, telemetry) if model else None

    def make_thinker(job: Job, org: Org, user: User) -> Thinker:
        return Thinker(store=store, model=asked, clock=clock, org=org, user=user, job_id=job.id, sequence=job.sequence)

    return Runner(
        store=store,
        catalogue=catalogue,
        gate=gate,
        loader=Loader(store=store, clock=clock, make_thinker=make_thinker),
        settlement=Settlement(
            store=store, intake=intake, dispatcher=ground.dispatcher, clock=clock, observer=telemetry
        ),
        clock=clock,
        observer=telemetry,
    )


def _handlers(
    ground: Ground, messenger: ObservedMessenger, gate: Gate, intake: Intake, runner: Runner
) -> dict[WorkKind, Handler]:
    """Who does which kind of stored work."""
    delivery = Delivery(
        store=ground.store,
        messenger=messenger,
        dispatcher=ground.dispatcher,
        clock=ground.clock,
        observer=ground.telemetry,
    )
    ingest = MeetingIngest(
        store=ground.store,
        intake=intake,
        gate=gate,
        source=HttpTranscriptSource(),
        dispatcher=ground.dispatcher,
        clock=ground.clock,
        observer=ground.telemetry,
    )
    return {
        WorkKind.JOB: runner.run,
        WorkKind.ACTION: gate.execute,
        WorkKind.CARD: delivery.show,
        WorkKind.DELIVERY: ingest.process,
    }


def _build_gate(ground: Ground, settings: Settings) -> Gate:
    smtp_url = secret_of(settings.smtp_url)
    return Gate(
        store=ground.store,
        specs=ALL_ACTIONS,
        dispatcher=ground.dispatcher,
        clock=ground.clock,
        undo_window=timedelta(seconds=settings.sixty_undo_seconds),
        mailer=SmtpMailer(smtp_url, fallback_address=settings.smtp_from) if smtp_url else None,
        observer=ground.telemetry,
    )


def _build_intake(ground: Ground, catalogue: Catalogue, model: VendorModel | None) -> Intake:
    return Intake(
        store=ground.store,
        catalogue=catalogue,
        dispatcher=ground.dispatcher,
        clock=ground.clock,
        is_free=model is None,
        observer=ground.telemetry,
    )


def _build_front(
    ground: Ground, catalogue: Catalogue, gate: Gate, members: Members, model: VendorModel | None
) -> Front:
    return Front(
        store=ground.store,
        gate=gate,
        members=members,
        dispatcher=ground.dispatcher,
        clock=ground.clock,
        engine=model.engine if model else OFFLINE_ENGINE,
        abilities=tuple(sequence.name for sequence in catalogue.sequences),
    )


def _org_defaults(settings: Settings) -> Org:
    return Org(
        id="",
        name="",
        team_id="",
        daily_budget_usd=settings.sixty_daily_budget_usd,
        monthly_budget_usd=settings.sixty_monthly_budget_usd,
    )


def secret_of(value: object) -> str | None:
    reveal = getattr(value, "get_secret_value", None)
    return reveal() if reveal else None
