"""A core of real parts on a real database, with fakes for what lies outside and a clock that tests turn."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sequences.actions.catalogue import ALL_ACTIONS
from sequences.actions.gate.gate import Gate
from sequences.actions.spec import version_of
from sequences.catalogue import load_catalogue
from sequences.intake import Accepted, Intake
from sequences.meetings.ingest import MeetingIngest
from sequences.meetings.receiving import Receiving
from sequences.meetings.store_meeting import Around, meeting_of
from sequences.ports.dispatch import WorkKind
from sequences.ports.model import Model
from sequences.ports.store import Transaction
from sequences.records.action import ActionType, PendingAction, Proposal
from sequences.records.crm import Contact, CustomerPicture
from sequences.records.event import Event, EventSource, EventType, StoredEvent
from sequences.records.insight import CrmObject
from sequences.records.job import Job, StepRun
from sequences.records.mail import Mail
from sequences.records.people import Org, User
from sequences.runner.loading import CONTEXT_TYPES, Loader
from sequences.runner.runner import Runner, TimeSlice
from sequences.runner.settlement import Settlement
from sequences.runner.sources import Sources
from sequences.sequence import Catalogue, Sequence
from sequences.skills.thinker import Thinker
from sequences.transcripts.parse import parse_transcript
from storage.csv_import import apply, decode, read_contacts
from storage.database import Database
from tests.sequences.fakes import (
    FakeClock,
    FakeMailer,
    FakeMessenger,
    FakeSource,
    Killed,
    MortalStore,
    RecordingDispatcher,
)
from tests.sequences.people import BOSS, ORG, OTHER_ORG, REP, STRANGER

UNDO = timedelta(seconds=30)
Handler = Callable[[str], Awaitable[object]]


@dataclass
class World:
    """``work`` does whatever the tables say is due, without a single wake having arrived."""

    database: Database
    clock: FakeClock = field(default_factory=FakeClock)
    dispatcher: RecordingDispatcher = field(default_factory=RecordingDispatcher)
    mailer: FakeMailer = field(default_factory=FakeMailer)
    messenger: FakeMessenger = field(default_factory=FakeMessenger)
    source: FakeSource = field(default_factory=FakeSource)
    model: Model | None = None
    is_free: bool = True
    time_slice: TimeSlice | None = None
    sequences: tuple[Sequence, ...] = ()
    outside_sources: Sources | None = None
    handlers: dict[WorkKind, Handler] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.store = MortalStore(self.database)
        self.gate = Gate(
            store=self.store,
            specs=ALL_ACTIONS,
            dispatcher=self.dispatcher,
            clock=self.clock,
            undo_window=UNDO,
            mailer=self.mailer,
        )
        self.know(*self.sequences)

    def know(self, *sequences: Sequence) -> None:
        """Deploy: the same tables, other sequences."""
        self._deploy(Catalogue(sequences, CONTEXT_TYPES | {sequence.payload for sequence in sequences}))

    def know_built_in(self) -> None:
        """Deploy the product's own catalogue."""
        self._deploy(load_catalogue())

    def _deploy(self, catalogue: Catalogue) -> None:
        self.intake = Intake(
            store=self.store,
            catalogue=catalogue,
            dispatcher=self.dispatcher,
            clock=self.clock,
            is_free=self.is_free,
        )
        self.runner = Runner(
            store=self.store,
            catalogue=catalogue,
            gate=self.gate,
            loader=Loader(
                store=self.store, clock=self.clock, make_thinker=self.make_thinker, sources=self.outside_sources
            ),
            settlement=Settlement(store=self.store, intake=self.intake, dispatcher=self.dispatcher, clock=self.clock),
            clock=self.clock,
            time_slice=self.time_slice,
        )
        self.ingest = MeetingIngest(
            store=self.store,
            intake=self.intake,
            gate=self.gate,
            source=self.source,
            dispatcher=self.dispatcher,
            clock=self.clock,
        )
        self.receiving = Receiving(store=self.store, dispatcher=self.dispatcher, clock=self.clock)
        self.handlers |= {
            WorkKind.JOB: self.runner.run,
            WorkKind.ACTION: self.gate.execute,
            WorkKind.DELIVERY: self.ingest.process,
        }

    def make_thinker(self, job: Job, org: Org, user: User) -> Thinker:
        return Thinker(
            store=self.store,
            model=self.model,
            clock=self.clock,
            org=org,
            user=user,
            job_id=job.id,
            sequence=job.sequence,
        )

    async def settle_in(self) -> None:
        async with self.database.begin() as tx:
            for org in (ORG, OTHER_ORG):
                await tx.people.save_org(org)
            for user in (REP, BOSS, STRANGER):
                await tx.people.save_user(user)

    async def save_rep(self, **changes: Any) -> User:
        user = REP.model_copy(update=changes)
        async with self.database.begin() as tx:
            await tx.people.save_user(user)
        return user

    # -- work -----------------------------------------------------------------------------------------------------

    async def due(self, kind: WorkKind) -> list[str]:
        now = self.clock()
        async with self.database.read() as tx:
            match kind:
                case WorkKind.JOB:
                    due = await tx.jobs.due(now, 100)
                case WorkKind.ACTION:
                    due = await tx.actions.due(now, 100)
                case WorkKind.CARD:
                    due = await tx.cards.due(now, 100)
                case WorkKind.DELIVERY:
                    due = await tx.deliveries.due(now, 100)
        return [work.id for work in due]

    async def work(self, rounds: int = 50) -> None:
        """Until nothing is due at this moment; fails when that never comes."""
        for _ in range(rounds):
            todo = [(kind, due_id) for kind in self.handlers for due_id in await self.due(kind)]
            if not todo:
                return
            for kind, due_id in todo:
                await self.handlers[kind](due_id)
        raise AssertionError(f"work never ends: {todo}")

    async def work_until_killed(self) -> bool:
        """Whether the process died on the way."""
        try:
            await self.work()
        except Killed:
            return True
        return False

    async def later(self, span: timedelta) -> None:
        self.clock.advance(span)
        await self.work()

    # -- what happens ---------------------------------------------------------------------------------------------

    async def raise_event(self, type: str = EventType.MEETING_ENDED, **changes: Any) -> Accepted:
        values: dict[str, Any] = {
            "type": type,
            "source": EventSource.CLI_MEETING,
            "org_id": ORG.id,
            "user_id": REP.id,
            "idempotency_key": f"{type}:1",
        }
        return await self.intake.raise_event(Event.model_validate(values | changes))

    async def start(self, type: str = EventType.MEETING_ENDED, **changes: Any) -> str:
        """The id of the accepted event's job."""
        accepted = await self.raise_event(type, **changes)
        assert accepted.job is not None, accepted.reason
        return accepted.job.id

    async def park(self, proposal: Proposal, *, job: Job | None = None) -> PendingAction:
        """An action as a step would have proposed it, in a job of its own."""
        async with self.database.begin() as tx:
            job = job or await self.add_job(tx)
            return await self.gate.admit(tx, job, "draft", proposal, self.clock())

    async def add_job(self, tx: Transaction, **changes: Any) -> Job:
        number = len(await tx.jobs.for_user(REP.id, 1000)) + 1
        values: dict[str, Any] = {
            "id": f"job_{number}",
            "org_id": ORG.id,
            "user_id": REP.id,
            "sequence": EventType.MEETING_ENDED,
            "event_source": EventSource.CLI_MEETING,
            "idempotency_key": f"meeting_ended:job_{number}",
            "run_at": self.clock() + timedelta(days=365),
            "created_at": self.clock(),
        }
        job = Job.model_validate(values | changes)
        assert await tx.jobs.add(job)
        return job

    async def approve(self, action: PendingAction, actor: User = REP, **how: Any) -> bool:
        """Press with the version that the card shows now."""
        shown = await self.action(action.id)
        return (await self.gate.approve(action.id, actor, version_of(shown.digest), **how)).ok

    async def import_customer(self) -> Contact:
        """Sarah Chen of Acme with a deal, through the import that a rep would use."""
        csv = (
            "name,email,company,domain,deal,stage,amount\n"
            "Sarah Chen,sarah@acme.example,Acme Corp,acme.example,Acme pilot,demo,24000\n"
        )
        async with self.database.begin() as tx:
            await apply(tx, ORG.id, read_contacts(decode(csv.encode())))
            contact = await tx.crm.find_contact(ORG.id, email="sarah@acme.example", name=None)
            assert contact is not None
            deal = (await tx.crm.picture(ORG.id, [contact.id])).deal
            assert deal is not None
            await tx.crm_writer.set_field(ORG.id, CrmObject.DEAL, deal.id, "next_step", "Call back")
        return contact

    async def store_meeting(self, talk: bytes, **changes: Any) -> str:
        """The id of a meeting with Sarah Chen that has just been stored."""
        around = Around(org_id=ORG.id, source=EventSource.CLI_MEETING, external_id="1", title="Acme call")
        transcript = parse_transcript(talk)
        meeting = meeting_of(around.model_copy(update=changes), transcript, received_at=self.clock())
        async with self.database.begin() as tx:
            return await tx.meetings.add(meeting, transcript)

    # -- what there is --------------------------------------------------------------------------------------------

    async def job(self, job_id: str) -> Job:
        async with self.database.read() as tx:
            found = await tx.jobs.get(job_id)
        assert found is not None
        return found

    async def steps(self, job_id: str) -> dict[str, StepRun]:
        """Without the loaded contexts."""
        async with self.database.read() as tx:
            runs = await tx.jobs.steps(job_id)
        return {run.name: run for run in runs if not run.name.startswith("context:")}

    async def children(self, *job_ids: str) -> list[Job]:
        async with self.database.read() as tx:
            return await tx.jobs.children(job_ids)

    async def action(self, action_id: str) -> PendingAction:
        async with self.database.read() as tx:
            found = await tx.actions.get(action_id)
        assert found is not None
        return found

    async def actions(self, job_id: str) -> list[PendingAction]:
        async with self.database.read() as tx:
            return await tx.actions.for_job(job_id)

    async def trail(self, action_id: str) -> list[str]:
        async with self.database.read() as tx:
            return [entry.what for entry in await tx.actions.history(action_id)]

    async def events(self) -> list[StoredEvent]:
        """Oldest first."""
        async with self.database.read() as tx:
            return list(reversed(await tx.events.recent(ORG.id, 1000)))

    async def picture(self) -> CustomerPicture:
        async with self.database.read() as tx:
            contact = await tx.crm.find_contact(ORG.id, email="sarah@acme.example", name=None)
            return await tx.crm.picture(ORG.id, [contact.id] if contact else [])


def mail_proposal(**changes: Any) -> Proposal:
    values: dict[str, Any] = {"to": ("sarah@acme.example",), "subject": "Next steps", "body": "Hello Sarah,\n\nRobin"}
    payload = Mail.model_validate(values | changes).model_dump(mode="json")
    return Proposal(type=ActionType.SEND_EMAIL, payload=payload, reason="You met.")


def task_proposal(*titles: str) -> Proposal:
    tasks = [{"title": title, "quote": title} for title in titles or ("Send the deck",)]
    return Proposal(type=ActionType.CREATE_TASKS, payload={"tasks": tasks}, reason="Promised.")
