"""What a run may spend: org and user, day and month, checked before it starts and before every model call (COST-01).

Days and months are the org's, in its own zone.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

from sequences.ports.store import Transaction
from sequences.records.people import Org, User

BUDGET_MESSAGE = "AI budget limit reached. Pausing proactive workflows until the next billing period"
NEAR = Decimal("0.8")  # of a limit: the share from which its owner is warned


class Period(StrEnum):
    DAY = "daily"
    MONTH = "monthly"


@dataclass(frozen=True, kw_only=True)
class Limit:
    """One of the four. ``user_id`` None is the org's; ``begins_at`` is the beginning of the period, in its zone."""

    user_id: str | None
    period: Period
    amount: Decimal
    begins_at: datetime

    @property
    def which(self) -> str:
        """``your daily limit of $5``."""
        whose = "your" if self.user_id else "the workspace's"
        return f"{whose} {self.period} limit of ${self.amount}"

    @property
    def key(self) -> str:
        """The same all through one period, and another one in the next."""
        return f"{self.user_id or 'org'}:{self.period}:{self.begins_at:%Y-%m-%d}"

    @property
    def next_period(self) -> str:
        """``tomorrow``, ``on 1 April``."""
        if self.period is Period.DAY:
            return "tomorrow"
        following = self.begins_at + timedelta(days=31)
        return f"on 1 {following:%B}"

    @property
    def pause(self) -> str:
        return f"{BUDGET_MESSAGE}, which begins {self.next_period}."


class BudgetExceededError(Exception):
    """The next call would pass a limit. ``str`` is the plain line for the rep, ``which`` names the limit."""

    def __init__(self, limit: Limit) -> None:
        super().__init__(limit.pause)
        self.limit = limit
        self.which = limit.which


def limits_of(org: Org, user: User, now: datetime) -> tuple[Limit, ...]:
    """The org's daily and monthly, the user's daily and monthly."""
    return tuple(_limits(org, user, now))


async def check_budget(tx: Transaction, *, org: Org, user: User, wanted: Decimal, now: datetime) -> None:
    """BudgetExceededError when ``wanted`` more USD would pass a daily or monthly limit of the org or the user."""
    passed = [limit for limit, spent in await used_of_limits(tx, org, user, now) if wanted + spent > limit.amount]
    if passed:
        # Whoever reads "tomorrow" while the month is used up, too, would wait in vain.
        raise BudgetExceededError(next((limit for limit in passed if limit.period is Period.MONTH), passed[0]))


async def used_of_limits(tx: Transaction, org: Org, user: User, now: datetime) -> list[tuple[Limit, Decimal]]:
    """Each limit with what is used and set aside in its period."""
    limits = limits_of(org, user, now)
    day, month = limits[0].begins_at, limits[1].begins_at
    spent = await tx.costs.spent_in(org_id=org.id, user_id=user.id, day=day, month=month)
    return list(zip(limits, spent, strict=True))


def _limits(org: Org, user: User, now: datetime) -> Iterator[Limit]:
    day = now.astimezone(ZoneInfo(org.timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
    month = day.replace(day=1)
    for owner, user_id in ((org, None), (user, user.id)):
        yield Limit(user_id=user_id, period=Period.DAY, amount=owner.daily_budget_usd, begins_at=day)
        yield Limit(user_id=user_id, period=Period.MONTH, amount=owner.monthly_budget_usd, begins_at=month)
