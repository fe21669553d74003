"""Reads from the tables what somebody's use of AI was."""

from datetime import datetime
from zoneinfo import ZoneInfo

from sequences.policy.use_of_ai import OBSERVED, use_of_ai
from sequences.ports.store import Transaction
from sequences.records.cost import UseOfAi
from sequences.records.people import Org, User


async def read_use(
    tx: Transaction, org: Org, user: User | None, *, abilities: tuple[str, ...], now: datetime
) -> UseOfAi:
    """Of one person, or of the whole org when ``user`` is None. ``abilities`` are the sequences that can run."""
    day = now.astimezone(ZoneInfo(org.timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
    whose = user.id if user else None
    since = now - OBSERVED
    return use_of_ai(
        today=await tx.costs.by_sequence(org_id=org.id, user_id=whose, since=day),
        month=await tx.costs.by_sequence(org_id=org.id, user_id=whose, since=day.replace(day=1)),
        observed=await tx.costs.by_sequence(org_id=org.id, user_id=whose, since=since),
        observed_since=await tx.costs.first_at(org_id=org.id, user_id=whose, since=since),
        enabled=[name for name in abilities if await tx.people.is_enabled(org.id, name)],
        balance=await tx.costs.balance(org.id),
        now=now,
    )
