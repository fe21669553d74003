"""What models cost, call by call and ability by ability."""

from datetime import datetime
from decimal import Decimal

from sequences.records.base import Record


class SequenceCost(Record):
    """``calls`` of models, offline answers left out; ``runs`` are the jobs in which they were made."""

    sequence: str
    cost_usd: Decimal = Decimal(0)
    calls: int = 0
    runs: int = 0
    tokens: int = 0


class AbilityUse(Record):
    """One ability: this month so far, and what a whole month like the last thirty days costs."""

    sequence: str  # empty for what belongs to no sequence
    is_enabled: bool
    month_usd: Decimal
    runs: int
    projected_usd: Decimal


class UseOfAi(Record):
    """For one person or for a whole org. ``balance_usd`` None: nobody counts credits."""

    tokens_today: int
    today_usd: Decimal
    month_usd: Decimal
    projected_usd: Decimal
    abilities: tuple[AbilityUse, ...]  # the dearest first
    balance_usd: Decimal | None = None


class CostEvent(Record):
    """A row of ``ai_cost_events``: one call of a model, or one answer of the offline engine at no cost (COST-08)."""

    id: str
    org_id: str
    user_id: str
    job_id: str | None
    sequence: str | None
    skill: str
    engine: str
    prompt_version: str
    input_tokens: int = 0
    cached_input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: Decimal = Decimal(0)
    latency_ms: int = 0
    error: str | None = None
    at: datetime
