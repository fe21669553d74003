"""How a step has a skill do its work: choose the engine, keep to the budget, record the cost, check the answer.

One Thinker lives as long as one run. It never tries a model again: transient errors go up to the runner, which
alone decides about retries. A model that declines, is cut off or answers nonsense is answered for by the skill's
offline twin, and ``notes`` says so to the rep.
"""

import logging
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sequences.ids import new_id
from sequences.ports.dispatch import Clock
from sequences.ports.model import Answer, Model, ModelError, Prompt, Usage
from sequences.ports.store import CostEvent, Store, Transaction
from sequences.records.people import Org, User
from sequences.skills.prompting import render_prompt
from sequences.skills.skill import In, Out, Skill

logger = logging.getLogger(__name__)

OFFLINE_ENGINE = "offline rules"
# Errors after which the same question would get the same answer; the offline twin answers instead.
_ANSWERED_OFFLINE = {
    "refused": "declined to answer",
    "truncated": "ran out of room",
    "invalid": "gave no usable answer",
    "misconfigured": "could not be used with the present key and settings",
}


class BudgetExceededError(Exception):
    """The next call could pass a limit, so nothing more is spent (ERR-05). ``limit`` names which: "rep's daily"."""

    def __init__(self, limit: str) -> None:
        super().__init__(
            "AI budget limit reached. Pausing proactive workflows until the next billing period. "
            f"(The {limit} limit would be passed.)"
        )
        self.limit = limit


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
    notes: list[str] = field(default_factory=list)

    @property
    def engine(self) -> str:
        """As the card names it."""
        return OFFLINE_ENGINE if self.model is None else self.model.engine

    async def think(self, skill: Skill[In, Out], given: In) -> Out:
        """Raises BudgetExceededError, and ModelError when a model is out of reach or out of quota."""
        if self.model is None:
            output = await self._answer_offline(skill, given)
        else:
            output = await self._answer_by_model(self.model, skill, given)
        return skill.check(given, output)

    async def _answer_offline(self, skill: Skill[In, Out], given: In) -> Out:
        started = time.monotonic()
        output = skill.offline(given)
        await self._record(skill.key, OFFLINE_ENGINE, skill.prompt_version, Usage(), started=started)
        return output

    async def _answer_by_model(self, model: Model, skill: Skill[In, Out], given: In) -> Out:
        try:
            prompt = render_prompt(skill, given)
            await self._require_budget(model.estimate(prompt, max_output_tokens=skill.max_output_tokens))
            return (await self._ask(model, skill, prompt)).output
        except ModelError as error:
            if error.kind not in _ANSWERED_OFFLINE:
                raise
            logger.warning(
                "A model could not answer", extra={"action": "model_gave_up", "skill": skill.key, "kind": error.kind}
            )
            self._note(f"{model.engine} {_ANSWERED_OFFLINE[error.kind]} ({skill.key}); {OFFLINE_ENGINE} answered")
            return await self._answer_offline(skill, given)

    async def _ask(self, model: Model, skill: Skill[In, Out], prompt: Prompt) -> Answer[Out]:
        """One call, one cost event, whatever becomes of it."""
        started = time.monotonic()
        try:
            answer = await model.ask(skill.key, prompt, skill.output, max_output_tokens=skill.max_output_tokens)
        except ModelError as error:
            await self._record(
                skill.key, model.engine, prompt.version, error.usage, started=started, error=f"{error.kind}: {error}"
            )
            raise
        await self._record(skill.key, answer.engine, prompt.version, answer.usage, started=started)
        return answer

    async def _record(
        self, skill: str, engine: str, version: str, usage: Usage, *, started: float, error: str | None = None
    ) -> None:
        event = CostEvent(
            id=new_id("cost"),
            org_id=self.org.id,
            user_id=self.user.id,
            job_id=self.job_id,
            sequence=self.sequence,
            skill=skill,
            engine=engine,
            prompt_version=version,
            input_tokens=usage.input_tokens,
            cached_input_tokens=usage.cached_input_tokens,
            output_tokens=usage.output_tokens,
            cost_usd=usage.cost_usd,
            latency_ms=round((time.monotonic() - started) * 1000),
            error=error,
            at=self.clock(),
        )
        async with self.store.begin() as tx:
            await tx.costs.add(event)

    async def _require_budget(self, estimate: Decimal) -> None:
        """Org and rep, day and month, before each call (COST-01). What this run has reserved is its own to spend."""
        async with self.store.read() as tx:
            reserved = await self._own_reservation(tx)
            for limit, allowed, spent in await self._spending(tx):
                if spent - reserved + estimate > allowed:
                    raise BudgetExceededError(limit)

    async def _spending(self, tx: Transaction) -> list[tuple[str, Decimal, Decimal]]:
        now = self.clock()
        found = []
        for who, account, user_id in (("company's", self.org, None), ("rep's", self.user, self.user.id)):
            today, month = _period_starts(now, self.org.timezone)
            for period, allowed, since in (
                ("daily", account.daily_budget_usd, today),
                ("monthly", account.monthly_budget_usd, month),
            ):
                spent = await tx.costs.spent(org_id=self.org.id, user_id=user_id, since=since)
                found.append((f"{who} {period}", allowed, spent))
        return found

    async def _own_reservation(self, tx: Transaction) -> Decimal:
        job = await tx.jobs.get(self.job_id) if self.job_id else None
        return max(Decimal(0), job.reserved_usd - job.cost_usd) if job else Decimal(0)

    def _note(self, note: str) -> None:
        if note not in self.notes:
            self.notes.append(note)


def _period_starts(now: datetime, timezone: str) -> tuple[datetime, datetime]:
    """Start of the day and of the month, by the company's calendar."""
    try:
        zone = ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError):
        zone = ZoneInfo("UTC")
    midnight = now.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight.astimezone(UTC), midnight.replace(day=1).astimezone(UTC)
