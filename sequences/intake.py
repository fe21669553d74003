"""Intake: an event becomes a job, or is kept with the reason why not. Nothing is dropped silently (ENV-08 … ENV-14)."""

import logging
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from pydantic import ValidationError

from sequences.ids import new_id
from sequences.policy.budget import BudgetExceededError, check_budget
from sequences.policy.quiet_hours import next_active
from sequences.ports.dispatch import Clock, Dispatcher, WorkKind
from sequences.ports.observing import Observer
from sequences.ports.store import Standing, Store, Transaction
from sequences.records.event import Event, EventSource, EventStatus, StoredEvent
from sequences.records.job import FollowUp, Job, JobStatus
from sequences.sequence import Catalogue, Sequence, Trigger, known_type
from sequences.spending import tell_halted, warn_if_near

log = logging.getLogger(__name__)

MAX_DEPTH = 3  # the root is 1 (CHAIN-04)


@dataclass(frozen=True, kw_only=True)
class Accepted:
    """What became of an event. ``job`` only when a run will follow; ``is_odd`` when the log should warn of it."""

    status: EventStatus
    reason: str = ""
    job: Job | None = None
    is_odd: bool = False


TAKEN_UP = Accepted(status=EventStatus.DUPLICATE, reason="this event has already been taken up")


class Intake:
    """Decides about events. ``is_free`` says that the engine costs nothing, so nothing is reserved."""

    def __init__(
        self,
        *,
        store: Store,
        catalogue: Catalogue,
        dispatcher: Dispatcher,
        clock: Clock,
        is_free: bool,
        observer: Observer | None = None,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._dispatcher = dispatcher
        self._clock = clock
        self._is_free = is_free
        self._observer = observer or Observer()

    async def raise_event(self, event: Event) -> Accepted:
        """Store the event and, when it passes every check, its job; wake the dispatcher after the commit."""
        accepted, stored = await self._store.join(lambda tx: self._decide(tx, event))
        self._tell(accepted, stored)
        if accepted.job:
            self._dispatcher.wake(WorkKind.JOB, accepted.job.id, at=accepted.job.run_at, org_id=event.org_id)
        return accepted

    async def raise_follow_up(self, tx: Transaction, parent: Job, wanted: FollowUp) -> Accepted:
        """The child of a job, within the caller's transaction; too deep a chain is refused (CHAIN-06)."""
        event = Event(
            type=wanted.type,
            source=EventSource.ORCHESTRATOR_CHAIN,
            org_id=parent.org_id,
            user_id=parent.user_id,
            payload=wanted.payload,
            idempotency_key=f"{wanted.type}:{parent.id}:{wanted.key}",
            parent_job_id=parent.id,
        )
        return await self.accept(tx, event, parent=parent)

    async def accept(self, tx: Transaction, event: Event, *, parent: Job | None = None) -> Accepted:
        """Judge and store one event inside the caller's transaction, which may hold its parent already."""
        accepted, stored = await self._decide(tx, event, parent)
        self._tell(accepted, stored)
        return accepted

    async def _decide(self, tx: Transaction, event: Event, parent: Job | None = None) -> tuple[Accepted, StoredEvent]:
        now = self._clock()
        if parent is None and event.parent_job_id is not None:
            parent = await tx.jobs.get(event.parent_job_id)
        accepted = await self._judge(tx, event, parent, now)
        stored = StoredEvent(
            id=new_id("event"),
            event=event,
            status=accepted.status,
            reason=accepted.reason,
            job_id=accepted.job.id if accepted.job else None,
            received_at=now,
        )
        await tx.events.add(stored)
        return accepted, stored

    def _tell(self, accepted: Accepted, stored: StoredEvent) -> None:
        event = stored.event
        level = logging.WARNING if accepted.is_odd else logging.INFO
        details = {"event_type": event.type, "status": accepted.status, "reason": accepted.reason}
        ids = {"event_id": stored.id, "job_id": stored.job_id, "org_id": event.org_id, "user_id": event.user_id}
        log.log(level, "event %s", accepted.status.value, extra={**details, **ids})
        self._observer.event_judged(event, accepted.status, job_id=stored.job_id)

    async def _judge(self, tx: Transaction, event: Event, parent: Job | None, now: datetime) -> Accepted:
        trigger, sequence = self._catalogue.trigger(event.type), self._catalogue.find(event.type)
        standing = await tx.people.standing(event.user_id, trigger.name if trigger else event.type)
        if standing is None or standing.org.id != event.org_id:
            return _skipped("its org or user does not exist")
        if standing.user.left_at is not None:
            return _skipped("its user has left")
        if trigger and not standing.is_enabled:
            return _skipped(f"{trigger.name} is switched off for this workspace")
        depth = parent.depth + 1 if parent else 1
        problem = _family_problem(event, parent) or (_problem(trigger, event) if trigger else None)
        if problem:
            return _skipped(problem, is_odd=depth > MAX_DEPTH)
        if sequence is None:
            return _skipped(f"no sequence answers {event.type} yet", is_odd=known_type(event.type) is None)
        return await self._take_up(tx, sequence, event, depth, standing, now)

    async def _take_up(
        self, tx: Transaction, sequence: Sequence, event: Event, depth: int, standing: Standing, now: datetime
    ) -> Accepted:
        """A job with what it may cost set aside; the reason why not when it cannot be paid."""
        user, org = standing.user, standing.org
        reserved = Decimal(0) if self._is_free else sequence.estimated_cost_usd
        try:
            if not self._is_free:
                # Whoever counts what is left keeps others from counting until this reservation is stored.
                await tx.people.lock_org(org.id)
                await check_budget(tx, org=org, user=user, wanted=reserved, now=now)
        except BudgetExceededError as error:
            if await _is_known(tx, event):  # its own reservation may be what is missing: a repetition stays quiet
                return TAKEN_UP
            await tell_halted(tx, org, user, error, now)
            return _skipped(f"{error.which} for AI is reached")
        accepted = await self._create(tx, sequence, event, depth, reserved, next_active(now, user), now)
        if reserved and accepted.job:
            await warn_if_near(tx, org, user, now)
        return accepted

    async def _create(
        self,
        tx: Transaction,
        sequence: Sequence,
        event: Event,
        depth: int,
        reserved: Decimal,
        deferred_to: datetime | None,
        now: datetime,
    ) -> Accepted:
        job = Job(
            id=new_id("job"),
            org_id=event.org_id,
            user_id=event.user_id,
            sequence=sequence.name,
            event_source=event.source,
            trigger_payload=event.payload,
            idempotency_key=event.idempotency_key,
            parent_job_id=event.parent_job_id,
            depth=depth,
            status=JobStatus.DEFERRED if deferred_to else JobStatus.PENDING,
            run_at=deferred_to or now,
            reserved_usd=reserved,
            created_at=now,
            deferred_at=now if deferred_to else None,
        )
        if not await tx.jobs.add(job):
            return TAKEN_UP
        if deferred_to:
            return Accepted(status=EventStatus.DEFERRED, reason=f"quiet hours until {deferred_to.isoformat()}", job=job)
        return Accepted(status=EventStatus.ACCEPTED, job=job)


async def _is_known(tx: Transaction, event: Event) -> bool:
    known = await tx.jobs.by_key(event.org_id, event.idempotency_key)
    return known is not None and known.status is not JobStatus.FAILED


def _skipped(reason: str, *, is_odd: bool = False) -> Accepted:
    return Accepted(status=EventStatus.SKIPPED, reason=reason, is_odd=is_odd)


def _family_problem(event: Event, parent: Job | None) -> str | None:
    """Why the event cannot be a child. A parent is stored before its children, so no chain closes on itself."""
    if event.parent_job_id is None:
        is_orphan = event.source is EventSource.ORCHESTRATOR_CHAIN
        return "a follow-up must name the run that it comes from" if is_orphan else None
    if parent is None or parent.org_id != event.org_id:
        return "the run that it comes from does not exist"
    if parent.depth + 1 > MAX_DEPTH:
        return f"a chain may be {MAX_DEPTH} deep, this would be {parent.depth + 1}"
    return None


def _problem(trigger: Trigger, event: Event) -> str | None:
    """Why the event does not fit its sequence; names fields, never their values (PRIV-02)."""
    if event.source not in trigger.sources:
        return f"{event.source} may not raise {trigger.name}"
    try:
        trigger.payload.model_validate(event.payload)
    except ValidationError as error:
        fields = ", ".join(".".join(str(part) for part in detail["loc"]) for detail in error.errors())
        return f"its payload lacks or misfits: {fields}"
    return None
