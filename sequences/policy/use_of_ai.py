"""What AI was used for, what it cost, and what a whole month like this costs (COST-10, COST-12, COST-13)."""

import calendar
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal

from sequences.records.cost import AbilityUse, SequenceCost, UseOfAi

OBSERVED = timedelta(days=30)
CENT = Decimal("0.01")


def use_of_ai(
    *,
    today: Iterable[SequenceCost],
    month: Iterable[SequenceCost],
    observed: Iterable[SequenceCost],
    observed_since: datetime | None,
    enabled: Iterable[str],
    balance: Decimal | None,
    now: datetime,
) -> UseOfAi:
    """``observed`` are the costs of the last thirty days, of which the first came at ``observed_since``.

    ``enabled`` abilities are listed even when they cost nothing; others when they did.
    """
    spent = {cost.sequence: cost for cost in month}
    seen = {cost.sequence: cost.cost_usd for cost in observed}
    days = _days(observed_since, now)
    names = dict.fromkeys((*enabled, *spent))
    abilities = [
        AbilityUse(
            sequence=name,
            is_enabled=name in set(enabled),
            month_usd=spent[name].cost_usd if name in spent else Decimal(0),
            runs=spent[name].runs if name in spent else 0,
            projected_usd=_projected(seen.get(name, Decimal(0)), days, now) if name in set(enabled) else Decimal(0),
        )
        for name in names
    ]
    used_today = tuple(today)
    return UseOfAi(
        tokens_today=sum(cost.tokens for cost in used_today),
        today_usd=sum((cost.cost_usd for cost in used_today), Decimal(0)),
        month_usd=sum((ability.month_usd for ability in abilities), Decimal(0)),
        projected_usd=sum((ability.projected_usd for ability in abilities), Decimal(0)),
        abilities=tuple(sorted(abilities, key=lambda ability: (-ability.month_usd, ability.sequence))),
        balance_usd=balance,
    )


def _days(since: datetime | None, now: datetime) -> int:
    """Whole days that were looked at, the begun one included: a first day must not stand for a thirtieth of a month."""
    return 1 if since is None else min(max((now - since).days + 1, 1), OBSERVED.days)


def _projected(cost: Decimal, days: int, now: datetime) -> Decimal:
    in_month = calendar.monthrange(now.year, now.month)[1]
    return (cost / days * in_month).quantize(CENT)
