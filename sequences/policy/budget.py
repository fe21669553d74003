"""What a run may spend: org and user, day and month, checked before it starts and before every model call (COST-01)."""

from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from sequences.ports.store import Transaction
from sequences.records.people import Org, User

BUDGET_MESSAGE = "AI budget limit reached. Pausing proactive workflows until the next billing period."


class BudgetExceededError(Exception):
    """The next call would pass a limit. ``str`` is the plain line for the rep, ``which`` names the limit."""

    def __init__(self, which: str) -> None:
        super().__init__(BUDGET_MESSAGE)
        self.which = which


async def check_budget(tx: Transaction, *, org: Org, user: User, wanted: Decimal, now: datetime) -> None:
    """BudgetExceededError when ``wanted`` more USD would pass a daily or monthly limit of the org or the user."""
    local = now.astimezone(ZoneInfo(org.timezone))
    day = local.replace(hour=0, minute=0, second=0, microsecond=0)
    month = day.replace(day=1)
    for which, user_id, since, limit in (
        ("the workspace's daily", None, day, org.daily_budget_usd),
        ("the workspace's monthly", None, month, org.monthly_budget_usd),
        ("your daily", user.id, day, user.daily_budget_usd),
        ("your monthly", user.id, month, user.monthly_budget_usd),
    ):
        if wanted + await tx.costs.spent(org_id=org.id, user_id=user_id, since=since) > limit:
            raise BudgetExceededError(f"{which} limit of ${limit}")
