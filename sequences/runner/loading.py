"""The context of a run: tiers come from the job once they are stored with it, the rest is put together from them."""

import logging
from collections.abc import Callable

from pydantic import ValidationError

from sequences.context import TIER_TYPES, ContextError, Run, Tier1, Tier2, load_material, load_tier, tier1_of
from sequences.ports.dispatch import Clock
from sequences.ports.store import Advance, Store
from sequences.records.base import Record
from sequences.records.job import Job, StepRun, StepStatus
from sequences.records.material import MeetingMaterial
from sequences.records.outside import Question
from sequences.records.people import Org, User
from sequences.runner.progress import Progress
from sequences.runner.sources import Sources, answer_in, context_name
from sequences.sequence import wiring_of
from sequences.skills.thinker import Thinker
from sequences.step import Step, Tier

log = logging.getLogger(__name__)

CONTEXT_TYPES: frozenset[type] = frozenset({Run, Thinker, Tier1, Tier2, MeetingMaterial})

MakeThinker = Callable[[Job, Org, User], Thinker]


class Loader:
    """Fills a run's values: tiers, earlier outputs, and what is derived from both."""

    def __init__(
        self, *, store: Store, clock: Clock, make_thinker: MakeThinker, sources: Sources | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._make_thinker = make_thinker
        self._sources = sources or Sources({}, clock=clock)

    async def load(self, progress: Progress) -> None:
        """Fill ``progress.values``; ContextError when something that the run stands on is gone or misfits."""
        try:
            await self._load(progress)
        except ValidationError as error:
            # Its text would quote what is stored.
            log.warning("stored outputs misfit", extra={"job_id": progress.job.id, "record": error.title})
            raise ContextError("What this run had stored can no longer be read by this version.") from None

    async def fetch(self, progress: Progress, step: Step) -> None:
        """Have the step's own sources asked, and what they said stored before the step sees it."""
        tier1, tier2 = progress.values.get(Tier1), progress.values.get(Tier2)
        if not step.sources or not isinstance(tier1, Tier1):
            return
        customer = tier2.customer if isinstance(tier2, Tier2) else Tier2().customer
        payload = progress.job.trigger_payload
        question = Question(org=tier1.org, user=tier1.user, customer=customer, payload=payload)
        for run in await self._sources.ask(progress, step, question):
            progress.take(run)
        if progress.unsaved:
            runs = tuple(progress.unsaved)
            await self._store.advance(Advance(job=progress.job, runs=runs, next_step=step.name))
            progress.saved()
        for tier in step.sources:
            progress.values[tier.record] = answer_in(progress.runs[context_name(tier)], tier)

    async def _load(self, progress: Progress) -> None:
        job, sequence, values = progress.job, progress.sequence, progress.values
        for tier in sequence.tiers:
            name = f"context:{tier}"
            stored = progress.runs.get(name)
            if stored is None:
                loaded = tier1_of(progress.people) if tier is Tier.ONE else await load_tier(tier, self._store, job)
                progress.take(self._tier_run(job, name, loaded))
                values[TIER_TYPES[tier]] = loaded
            else:
                values[TIER_TYPES[tier]] = TIER_TYPES[tier].model_validate(stored.output)
        for step in sequence.steps:
            run = progress.runs.get(step.name)
            if run and run.status is StepStatus.DONE and run.output is not None:
                output = wiring_of(step.run).output
                values[output] = output.model_validate(run.output)
        await self._assemble(progress)

    async def _assemble(self, progress: Progress) -> None:
        job, values = progress.job, progress.values
        tier1, tier2 = values.get(Tier1), values.get(Tier2)
        if not isinstance(tier1, Tier1):
            raise ContextError("This run does not say for whom it is.")
        values[Run] = Run(job=job, now=progress.began_at)
        thinker = self._make_thinker(job, tier1.org, tier1.user)
        if job.fence > 1:
            await thinker.recall()
        values[Thinker] = thinker
        values[progress.sequence.payload] = progress.sequence.payload.model_validate(job.trigger_payload)
        meeting_id = job.trigger_payload.get("meeting_id")
        if meeting_id:
            known = tier2 if isinstance(tier2, Tier2) else Tier2()
            values[MeetingMaterial] = await load_material(self._store, meeting_id, tier1, known)

    def _tier_run(self, job: Job, name: str, loaded: Record) -> StepRun:
        now = self._clock()
        return StepRun(
            job_id=job.id,
            name=name,
            status=StepStatus.DONE,
            output=loaded.model_dump(mode="json"),
            started_at=now,
            finished_at=now,
        )
