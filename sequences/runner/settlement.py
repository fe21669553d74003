"""How an invocation ends: paused, complete, handed back, put back or failed; each in one transaction."""

import logging
from datetime import datetime, timedelta
from typing import Any

from sequences.ids import card_id_for
from sequences.intake import Accepted, Intake
from sequences.policy.quiet_hours import next_active
from sequences.ports.dispatch import Clock, Dispatcher, WorkKind
from sequences.ports.model import ModelError
from sequences.ports.observing import Observer
from sequences.ports.store import CardRow, End, Store, Transaction
from sequences.records.action import ActionStatus
from sequences.records.job import Job, JobStatus, StepRun
from sequences.records.people import User
from sequences.records.problem import Problem
from sequences.runner.progress import Progress, metadata_of
from sequences.sequence import Sequence

log = logging.getLogger(__name__)

PUT_BACK = timedelta(minutes=5)  # ERR-06
DEPLOY = timedelta(hours=1)  # how long the workers of two versions may be at work side by side
UNKNOWN_AGAIN = timedelta(seconds=30)


class Settlement:
    """Leaves a job in a state from which the tables alone tell what comes next."""

    def __init__(
        self, *, store: Store, intake: Intake, dispatcher: Dispatcher, clock: Clock, observer: Observer | None = None
    ) -> None:
        self._store = store
        self._intake = intake
        self._dispatcher = dispatcher
        self._clock = clock
        self._observer = observer or Observer()

    async def pause(self, progress: Progress) -> bool:
        """Leave the job waiting for its owner; False when everything has been decided in the meantime."""
        now = self._clock()
        children: list[Accepted] = []
        async with self._store.begin() as tx:
            await tx.jobs.lock(progress.job.id)
            actions = await tx.actions.for_job(progress.job.id)
            waiting = [action for action in actions if action.status is ActionStatus.PENDING]
            if waiting:
                children = await self._raise_follow_ups(tx, progress)
                metadata = _metadata(progress, now=now, gates=len(waiting), follow_ups=len(children))
                await tx.jobs.settle(progress.job, JobStatus.AWAITING_APPROVAL, now=now, metadata=metadata)
        if waiting:
            self._observer.job_left(progress.job.sequence, JobStatus.AWAITING_APPROVAL)
        self._announce(progress, children)
        for action in waiting:
            self._dispatcher.wake(WorkKind.ACTION, action.id, at=action.expires_at, org_id=action.org_id)
        return bool(waiting)

    def end_of(self, progress: Progress) -> End | None:
        """The run's end as it commits with the last step; None when more than that belongs to it."""
        if progress.follow_ups:
            return None
        now = self._clock()
        return End(at=now, metadata=_metadata(progress, now=now))

    async def complete(self, progress: Progress) -> None:
        now = self._clock()
        async with self._store.begin() as tx:
            children = await self._raise_follow_ups(tx, progress)
            metadata = _metadata(progress, now=now, follow_ups=len(children))
            await tx.jobs.settle(progress.job, JobStatus.COMPLETED, now=now, metadata=metadata)
        self.completed(progress, children)

    def completed(self, progress: Progress, children: list[Accepted] | None = None) -> None:
        """The end is stored: let those know whom it concerns."""
        progress.is_over = True
        self._observer.job_left(progress.job.sequence, JobStatus.COMPLETED)
        self._announce(progress, children or [])

    async def hand_back(self, progress: Progress) -> None:
        """The slice is used up: another invocation, on any node, continues at the next step (CHAIN-08)."""
        now = self._clock()
        async with self._store.begin() as tx:
            await tx.jobs.settle(progress.job, JobStatus.PENDING, now=now, run_at=now)
        self._observer.job_left(progress.job.sequence, JobStatus.PENDING)
        self._dispatcher.wake(WorkKind.JOB, progress.job.id, org_id=progress.job.org_id)

    async def put_back(self, progress: Progress, error: ModelError) -> None:
        """The model says slow down: the job waits five minutes and goes on where it was (ERR-06)."""
        run_at = self._clock() + max(PUT_BACK, timedelta(seconds=error.retry_after or 0))
        async with self._store.begin() as tx:
            await tx.jobs.settle(progress.job, JobStatus.PENDING, now=self._clock(), run_at=run_at, error=str(error))
        self._observer.job_left(progress.job.sequence, JobStatus.PENDING)
        self._dispatcher.wake(WorkKind.JOB, progress.job.id, at=run_at, org_id=progress.job.org_id)

    async def leave_to_others(self, job: Job) -> bool:
        """Put back a run of a kind that this version does not know: while a deploy rolls, another worker may. False
        when that has lasted for longer than any deploy."""
        now = self._clock()
        since = datetime.fromisoformat(job.metadata.get("unknown_since", now.isoformat()))
        if now - since > DEPLOY:
            return False
        run_at = now + UNKNOWN_AGAIN
        metadata = {**job.metadata, "unknown_since": since.isoformat(), "claims": job.fence}  # nobody died over it
        async with self._store.begin() as tx:
            await tx.jobs.settle(job, JobStatus.PENDING, now=now, run_at=run_at, metadata=metadata)
        log.warning("job of an unknown sequence put back", extra={"job_id": job.id, "sequence": job.sequence})
        self._observer.job_left(job.sequence, JobStatus.PENDING)
        self._dispatcher.wake(WorkKind.JOB, job.id, at=run_at, org_id=job.org_id)
        return True

    async def defer(self, job: Job, user: User) -> bool:
        """Put a run that has not begun off again when its hour is quiet by now: the user moved, or changed them."""
        now = self._clock()
        until = next_active(now, user)
        if until is None:
            return False
        async with self._store.begin() as tx:
            claims = {**job.metadata, "claims": job.fence}  # nobody died over it
            await tx.jobs.settle(job, JobStatus.DEFERRED, now=now, run_at=until, metadata=claims)
        self._observer.job_left(job.sequence, JobStatus.DEFERRED)
        self._dispatcher.wake(WorkKind.JOB, job.id, at=until, org_id=job.org_id)
        return True

    async def fail(self, job: Job, runs: dict[str, StepRun], sequence: Sequence | None, problem: Problem) -> None:
        """Stop and tell the rep what was done, what was not, and what to press (ERR-01)."""
        now = self._clock()
        log.warning("job failed", extra={"job_id": job.id, "code": problem.code})
        notice = CardRow(
            id=f"{card_id_for(job.id)}_notice",
            key=f"notice:{job.id}",
            org_id=job.org_id,
            user_id=job.user_id,
            kind="notice",
            job_id=job.id,
            show_at=now,
            created_at=now,
        )
        async with self._store.begin() as tx:
            left = [step.name for step in sequence.steps if step.name not in runs] if sequence else []
            stopped = {"problem": problem.model_dump(mode="json"), "steps_left": left}
            metadata = {**metadata_of(job, runs, sequence, now=now), **stopped}
            await tx.jobs.settle(job, JobStatus.FAILED, now=now, error=problem.message, metadata=metadata)
            is_wanted = not await tx.notifications.is_muted(job.user_id, notice.kind)
            if is_wanted and not await tx.cards.add(notice):
                await tx.cards.touch(notice.id, now=now)
        self._observer.job_left(job.sequence, JobStatus.FAILED)
        self._dispatcher.wake(WorkKind.CARD, notice.id, org_id=job.org_id)

    async def _raise_follow_ups(self, tx: Transaction, progress: Progress) -> list[Accepted]:
        """Children are created with the pause or the end that they follow, each once (CHAIN-03)."""
        return [await self._intake.raise_follow_up(tx, progress.job, wanted) for wanted in progress.follow_ups]

    def _announce(self, progress: Progress, children: list[Accepted]) -> None:
        job = progress.job
        if progress.is_card_wanted:
            self._dispatcher.wake(WorkKind.CARD, card_id_for(job.id), org_id=job.org_id)
        for child in children:
            if child.job:
                self._dispatcher.wake(WorkKind.JOB, child.job.id, at=child.job.run_at, org_id=job.org_id)


def _metadata(progress: Progress, *, now: datetime, gates: int = 0, follow_ups: int = 0) -> dict[str, Any]:
    return metadata_of(progress.job, progress.runs, progress.sequence, now=now, gates=gates, follow_ups=follow_ups)
