"""Who is told about money: near a limit, at it, when the model's account is empty; each person once a period."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sequences.ids import new_id
from sequences.policy.budget import NEAR, BudgetExceededError, Limit, used_of_limits
from sequences.ports.store import CardRow, Transaction
from sequences.records.card import Explanation, NoticeCard
from sequences.records.people import Org, User

KIND = "notice"
RAISE_IT = "Your admin can raise the limit (SIXTY_DAILY_BUDGET_USD, SIXTY_MONTHLY_BUDGET_USD)."


async def warn_if_near(tx: Transaction, org: Org, user: User, now: datetime) -> None:
    """From four fifths of a limit on: the user of their own limits, the admins of the org's (COST-01)."""
    for limit, spent in await used_of_limits(tx, org, user, now):
        if limit.amount and spent >= NEAR * limit.amount:
            notice = NoticeCard(
                title=f"{round(100 * spent / limit.amount)}% of {limit.which} for AI is used",
                text=f"${spent:,.2f} of ${limit.amount:,.2f} is used or set aside for runs under way.",
                next_step=f"At the limit, proactive work pauses; it begins again {limit.next_period}.",
                explanation=_why(f"The use of AI has come near {limit.which}."),
            )
            await _tell(tx, await _owners(tx, limit, org, user), notice, key=f"near:{limit.key}", now=now)


async def tell_halted(tx: Transaction, org: Org, user: User, error: BudgetExceededError, now: datetime) -> None:
    """The plain line of ERR-05: to whom it stopped, and to those who can do something about it."""
    limit = error.limit
    notice = NoticeCard(
        title="Paused for now",
        text=str(error),
        next_step=RAISE_IT,
        explanation=_why(f"An event could not be worked on: {limit.which} is reached."),
    )
    readers = {reader.id: reader for reader in (user, *await _owners(tx, limit, org, user))}
    await _tell(tx, list(readers.values()), notice, key=f"halt:{limit.key}", now=now)


async def tell_out_of_quota(tx: Transaction, org: Org, engine: str, now: datetime) -> None:
    """The admins, once a day; the reps read on each card which engine spoke."""
    today = now.astimezone(ZoneInfo(org.timezone))
    notice = NoticeCard(
        title="The model's account is used up",
        text=f"{engine} answers no more questions: its quota or credit is used up. The offline rules answer instead.",
        next_step="Look at the account with the provider. Sixty asks the model again by itself at the next event.",
        explanation=_why(f"{engine} refused a question for want of quota."),
    )
    await _tell(tx, await _admins(tx, org), notice, key=f"quota:{org.id}:{today:%Y-%m-%d}", now=now)


async def _owners(tx: Transaction, limit: Limit, org: Org, user: User) -> list[User]:
    return [user] if limit.user_id else await _admins(tx, org)


async def _admins(tx: Transaction, org: Org) -> list[User]:
    return [member for member in await tx.people.users(org.id) if member.is_admin]


async def _tell(tx: Transaction, readers: Sequence[User], notice: NoticeCard, *, key: str, now: datetime) -> None:
    """The sweep shows it."""
    for reader in readers:
        if await tx.notifications.is_muted(reader.id, KIND):
            continue
        card = CardRow(
            id=new_id("card"),
            key=f"notice:budget:{key}:{reader.id}",
            org_id=reader.org_id,
            user_id=reader.id,
            kind=KIND,
            subject=notice.model_dump(mode="json"),
            show_at=now,
            created_at=now,
        )
        await tx.cards.add(card)


def _why(event: str) -> Explanation:
    return Explanation(event=event, engine="no model was asked")
