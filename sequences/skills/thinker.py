"""How a step has a skill do its work: choose the engine, keep to the budget, record the cost, check the answer.

One Thinker lives as long as one run. It never tries a model again: transient errors go up to the runner, which
alone decides about retries. A model that declines, is cut off or answers nonsense is answered for by the skill's
offline twin, and ``notes`` says so to the rep.
"""

import asyncio
import logging
import time
from dataclasses import dataclass, field
from decimal import Decimal

from jinja2 import Environment

from sequences.ids import new_id
from sequences.policy.budget import check_budget
from sequences.ports.dispatch import Clock
from sequences.ports.model import Model, ModelError, Usage
from sequences.ports.store import CostEvent, Store
from sequences.records.people import Org, User
from sequences.skills.prompting import render_prompt
from sequences.skills.skill import In, Out, Skill
from sequences.spending import tell_out_of_quota, warn_if_near

logger = logging.getLogger(__name__)

OFFLINE_ENGINE = "offline rules"
# Errors after which the same question would get the same answer; the offline twin answers instead.
_ANSWERED_OFFLINE = {
    "refused": "declined to answer",
    "truncated": "ran out of room",
    "invalid": "gave no usable answer",
    "out_of_quota": "has used up its quota",
    "misconfigured": "could not be used with the present key and settings",
}


@dataclass(kw_only=True)
class Thinker:
    """``model`` None is the offline engine."""

    store: Store
    model: Model | None
    clock: Clock
    org: Org
    user: User
    job_id: str | None
    sequence: str | None
    templates: Environment | None = None  # other prompts to try; without them, the product's
    notes: list[str] = field(default_factory=list)
    spent_usd: Decimal = Decimal(0)  # so far in this run's present invocation, as are the counts
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    @property
    def engine(self) -> str:
        """As the card names it."""
        return OFFLINE_ENGINE if self.model is None else self.model.engine

    async def think(self, skill: Skill[In, Out], given: In) -> Out:
        """Raises BudgetExceededError, and ModelError when a model is out of reach."""
        if self.model is None or await asyncio.to_thread(skill.settled, given) is not None:
            output = await self._answer_offline(skill, given)
        else:
            output = await self._answer_by_model(self.model, skill, given)
        return await asyncio.to_thread(skill.check, given, output)

    async def recall(self) -> None:
        """Take up the notes of this run's earlier invocations from what was recorded with their calls."""
        if self.job_id is None:
            return
        async with self.store.read() as tx:
            events = await tx.costs.for_job(self.job_id)
        for event in events:
            self._note(event.skill, event.engine, (event.error or "").partition(":")[0])

    async def _answer_offline(self, skill: Skill[In, Out], given: In) -> Out:
        started = time.monotonic()
        # A long transcript takes a good part of a second; Slack's acknowledgements must not wait for it.
        output = await asyncio.to_thread(skill.offline, given)
        await self._record(skill, OFFLINE_ENGINE, Usage(), started=started)
        return output

    async def _answer_by_model(self, model: Model, skill: Skill[In, Out], given: In) -> Out:
        """One call at most, one cost event, whatever becomes of it."""
        started = time.monotonic()
        try:
            prompt = await asyncio.to_thread(render_prompt, skill, given, self.templates)
            await self._require_budget(model.estimate(prompt, max_output_tokens=skill.max_output_tokens))
            answer = await model.ask(skill.key, prompt, skill.output, max_output_tokens=skill.max_output_tokens)
        except ModelError as error:
            await self._record(skill, model.engine, error.usage, started=started, error=f"{error.kind}: {error}")
            if error.kind not in _ANSWERED_OFFLINE:
                raise
            # What it said may quote the meeting; it is stored with the call's cost (PRIV-02).
            known = {"skill": skill.key, "engine": model.engine, "kind": error.kind}
            logger.warning("model gave up", extra=known)
            self._note(skill.key, model.engine, error.kind)
            return await self._answer_offline(skill, given)
        await self._record(skill, answer.engine, answer.usage, started=started)
        return answer.output

    async def _record(
        self, skill: Skill[In, Out], engine: str, usage: Usage, *, started: float, error: str | None = None
    ) -> None:
        event = CostEvent(
            id=new_id("cost"),
            org_id=self.org.id,
            user_id=self.user.id,
            job_id=self.job_id,
            sequence=self.sequence,
            skill=skill.key,
            engine=engine,
            prompt_version=skill.prompt_version,
            input_tokens=usage.input_tokens,
            cached_input_tokens=usage.cached_input_tokens,
            output_tokens=usage.output_tokens,
            cost_usd=usage.cost_usd,
            latency_ms=round((time.monotonic() - started) * 1000),
            error=error,
            at=self.clock(),
        )
        self.spent_usd += usage.cost_usd
        self.calls += usage != Usage()
        self.input_tokens += usage.input_tokens
        self.output_tokens += usage.output_tokens
        async with self.store.begin() as tx:
            await tx.costs.add(event)
            if event.cost_usd:
                await warn_if_near(tx, self.org, self.user, event.at)
            if event.error and event.error.startswith("out_of_quota:"):
                await tell_out_of_quota(tx, self.org, engine, event.at)

    async def _require_budget(self, estimate: Decimal) -> None:
        """Before each call (COST-01). What this run has reserved counts as spent already and is its own to use."""
        async with self.store.read() as tx:
            job = await tx.jobs.get(self.job_id) if self.job_id else None
            reserved = max(Decimal(0), job.reserved_usd - job.cost_usd) if job else Decimal(0)
            wanted = max(Decimal(0), estimate - reserved)
            await check_budget(tx, org=self.org, user=self.user, wanted=wanted, now=self.clock())

    def _note(self, skill: str, engine: str, kind: str) -> None:
        if kind not in _ANSWERED_OFFLINE:
            return
        note = f"{skill.replace('_', ' ')}: {engine} {_ANSWERED_OFFLINE[kind]}, so {OFFLINE_ENGINE} answered"
        if note not in self.notes:
            self.notes.append(note)
