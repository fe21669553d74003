"""Claim a job, walk its steps, store each, and leave it well settled."""

import asyncio
import contextlib
import logging
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from sequences.actions.gate.gate import Gate
from sequences.context import ContextError
from sequences.ids import card_id_for
from sequences.policy.budget import BudgetExceededError
from sequences.ports.dispatch import Clock
from sequences.ports.model import ModelError
from sequences.ports.observing import Observer
from sequences.ports.store import Advance, CardRow, Claimed, FenceLostError, Store, StoreError, Transaction
from sequences.records.job import Job, StepRun, StepStatus
from sequences.runner.attempt import Attempted, StepFailedError, attempt, is_wanted
from sequences.runner.heartbeat import LEASE, heartbeat
from sequences.runner.loading import Loader
from sequences.runner.problems import NO_LONGER_KNOWN, problem_of, too_often
from sequences.runner.progress import Progress
from sequences.runner.settlement import Settlement
from sequences.sequence import Catalogue, wiring_of
from sequences.skills.thinker import Thinker
from sequences.step import Result, Step
from sequences.tracing import note

log = logging.getLogger(__name__)

MAX_CLAIMS = 50  # since it last paused or failed: a job that kills every worker that takes it must stop some day


@dataclass(frozen=True, kw_only=True)
class TimeSlice:
    """How long one invocation may hold a worker (CHAIN-07, CHAIN-08)."""

    length: timedelta = timedelta(seconds=150)
    margin: timedelta = timedelta(seconds=15)


class Runner:
    """Runs jobs that the dispatcher hands it, by id."""

    def __init__(
        self,
        *,
        store: Store,
        catalogue: Catalogue,
        gate: Gate,
        loader: Loader,
        settlement: Settlement,
        clock: Clock,
        time_slice: TimeSlice | None = None,
        observer: Observer | None = None,
    ) -> None:
        self._store = store
        self._catalogue = catalogue
        self._gate = gate
        self._loader = loader
        self._settlement = settlement
        self._clock = clock
        self._slice = time_slice or TimeSlice()
        self._observer = observer or Observer()
        self._is_stopping = False

    def stop(self) -> None:
        """Hand each job back at its next step: this process is about to end."""
        self._is_stopping = True

    async def run(self, job_id: str) -> None:
        """Claim the job and take it as far as it goes now. Not to be had means that there is nothing to do."""
        began_at = self._clock()
        claimed = await self._store.claim(job_id, now=began_at, lease=LEASE)
        if claimed is None:
            return
        job = claimed.job
        note(org_id=job.org_id, user_id=job.user_id)
        try:
            async with heartbeat(self._store, self._clock, job):
                await self._run_claimed(claimed, began_at)
        except FenceLostError:
            log.info("job taken over by a newer claim", extra={"job_id": job_id})
        except asyncio.CancelledError:
            await self._release(job)
            raise

    async def _release(self, job: Job) -> None:
        """Cut off in the middle of a step: another worker may have it at once, and the fence keeps this one out."""
        with contextlib.suppress(FenceLostError, StoreError):
            async with self._store.begin() as tx:
                await tx.jobs.renew(job, lease_until=self._clock())

    async def _run_claimed(self, claimed: Claimed, began_at: datetime) -> None:
        job, runs, people = claimed
        sequence = self._catalogue.find(job.sequence)
        if sequence is None and await self._settlement.leave_to_others(job):
            return
        if sequence is None or _claims(job) > MAX_CLAIMS:
            problem = NO_LONGER_KNOWN if sequence is None else too_often(job)
            await self._settlement.fail(job, {run.name: run for run in runs}, None, problem)
            return
        if job.deferred_at and job.current_step is None and people and await self._settlement.defer(job, people[0]):
            return
        progress = Progress(
            job=job, sequence=sequence, began_at=began_at, runs={run.name: run for run in runs}, people=people
        )
        try:
            await self._loader.load(progress)
            await self._walk(progress)
        except (BudgetExceededError, StepFailedError, ContextError) as error:
            await self._settlement.fail(job, progress.runs, sequence, problem_of(error))
        except ModelError as error:
            await self._settlement.put_back(progress, error)

    async def _walk(self, progress: Progress) -> None:
        if progress.job.fence > 1:
            await self._gate.run_cleared(progress.job.id)  # what a crash left between a step and its effect
        for step in progress.sequence.steps:
            if step.name in progress.runs:
                # A crash may have come between a step that waits and its pause.
                if step.name == progress.job.current_step and await self._stops_here(progress):
                    return
                continue
            if self._is_slice_used(progress, step):
                await self._settlement.hand_back(progress)
                return
            result = await self._do(progress, step)
            if result is None:
                continue
            if result.proposes:
                await self._gate.run_cleared(progress.job.id)
            if result.waits and await self._stops_here(progress):
                return
        if not progress.is_over:
            await self._settlement.complete(progress)

    async def _stops_here(self, progress: Progress) -> bool:
        """Pause for what waits; once all is decided, end the run if it asked for leave and did not get it."""
        if await self._settlement.pause(progress):
            return True
        if not await self._gate.is_forbidden(progress.job.id):
            return False
        await self._settlement.complete(progress)
        return True

    async def _do(self, progress: Progress, step: Step) -> Result[Any] | None:
        """One step, to its stored end. None when it was skipped or, being best-effort, given up."""
        started_at = self._clock()
        thinker = progress.values[Thinker]
        assert isinstance(thinker, Thinker)  # noqa: S101  # put there by Loader
        if not is_wanted(step, progress.values):
            await self._record(progress, step, StepStatus.SKIPPED, started_at, error="its condition does not hold")
            return None
        await self._loader.fetch(progress, step)
        spent_before = thinker.spent_usd
        try:
            with self._observer.span("step", step=step.name, sequence=progress.job.sequence):
                tried = await attempt(step, progress.values)
            self._check_proposals(step, tried)
        except StepFailedError as error:
            if step.critical:
                raise
            # The reason is stored with the step; a model's words in it may quote the meeting (PRIV-02).
            log.warning("step given up", extra={"job_id": progress.job.id, "step": step.name})
            cost = thinker.spent_usd - spent_before
            await self._record(progress, step, StepStatus.FAILED, started_at, error=error.text, cost=cost)
            return None
        cost = thinker.spent_usd - spent_before
        await self._record(
            progress, step, StepStatus.DONE, started_at, result=tried.result, attempts=tried.attempts, cost=cost
        )
        progress.values[wiring_of(step.run).output] = tried.result.output
        return tried.result

    def _check_proposals(self, step: Step, tried: Attempted) -> None:
        if any(self._gate.misfits(proposal) for proposal in tried.result.proposes):
            raise StepFailedError(step.name, "what it proposed cannot be done", attempts=tried.attempts)

    async def _record(
        self,
        progress: Progress,
        step: Step,
        status: StepStatus,
        started_at: datetime,
        *,
        result: Result[Any] | None = None,
        attempts: int = 1,
        error: str | None = None,
        cost: Decimal = Decimal(0),
    ) -> None:
        """Output, proposals, card and progress: together or not at all."""
        run = StepRun(
            job_id=progress.job.id,
            name=step.name,
            status=status,
            output=result.output.model_dump(mode="json") if result and result.output is not None else None,
            attempts=attempts,
            error=error,
            cost_usd=cost,
            follow_ups=result.follow_ups if result else (),
            started_at=started_at,
            finished_at=self._clock(),
        )
        # A step that waits stays the current one until its pause is over.
        is_waiting = result is not None and result.waits
        next_step = step.name if is_waiting else progress.sequence.next_after(step.name)
        progress.take(run)
        if result is not None and (result.proposes or result.card):
            await self._store_with_consequences(progress, step, result, next_step)
        else:
            await self._store_alone(progress, next_step)
        self._observer.step_ended(progress.job.sequence, run)

    async def _store_alone(self, progress: Progress, next_step: str | None) -> None:
        """What most steps need: no transaction of its own, but a part of the next one."""
        end = self._settlement.end_of(progress) if next_step is None else None
        runs = progress.unsaved
        await self._store.advance(Advance(job=progress.job, runs=tuple(runs), next_step=next_step, end=end))
        progress.saved()
        if end is not None:
            self._settlement.completed(progress)

    async def _store_with_consequences(
        self, progress: Progress, step: Step, result: Result[Any], next_step: str | None
    ) -> None:
        now = self._clock()
        async with self._store.begin() as tx:
            for run in progress.unsaved:
                await tx.jobs.record_step(progress.job, run, next_step=next_step)
            for proposal in result.proposes:
                await self._gate.admit(tx, progress.job, step.name, proposal, now)
            if result.card:
                is_asking = any(proposal.type.is_permission for proposal in result.proposes)
                await self._want_card(tx, progress.job, result.card, now, is_asking=is_asking)
        progress.saved()
        progress.is_card_wanted |= result.card is not None

    async def _want_card(self, tx: Transaction, job: Job, kind: str, now: datetime, *, is_asking: bool) -> None:
        """ "Less of this" keeps news back, which the rep finds by command; never a question that a run waits for."""
        card_id = card_id_for(job.id)
        if not is_asking and await tx.notifications.is_muted(job.user_id, kind):
            await tx.cards.touch(card_id, now=now)  # the question, if there was one, shows what came of it
            return
        card = CardRow(
            id=card_id,
            key=f"{kind}:{job.id}",
            org_id=job.org_id,
            user_id=job.user_id,
            kind=kind,
            job_id=job.id,
            show_at=now,
            created_at=now,
        )
        if not await tx.cards.add(card):
            await tx.cards.touch(card.id, now=now)

    def _is_slice_used(self, progress: Progress, step: Step) -> bool:
        """Whether the next step may not fit any more. The first of an invocation always may run, until the end."""
        used = self._clock() - progress.began_at
        needed = max(self._slice.margin, min(step.time_needed, self._slice.length - self._slice.margin))
        fresh = used < self._slice.margin
        return self._is_stopping or (not fresh and used + needed > self._slice.length)


def _claims(job: Job) -> int:
    """How often it has been claimed since it was last left in good order."""
    return job.fence - int(job.metadata.get("claims", 0))
