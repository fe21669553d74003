"""Telling a person that a meeting could not become a card: the rep when known, else an admin."""

from datetime import datetime

from sequences.ids import new_id
from sequences.ports.store import CardRow, Transaction
from sequences.records.card import Explanation, NoticeCard
from sequences.records.people import User


def whom_to_tell(users: list[User], rep: User | None) -> User | None:
    """The rep, else the first admin by name, so that it is the same person each time."""
    if rep:
        return rep
    admins = sorted((user for user in users if user.is_admin), key=lambda user: user.name)
    return admins[0] if admins else None


async def tell(
    tx: Transaction, whom: User, *, key: str, title: str, text: str, next_step: str, now: datetime
) -> str | None:
    """The id of the new notice card; None when this has been told before or is not wanted ("Less of this")."""
    notice = NoticeCard(
        title=title,
        text=text,
        next_step=next_step,
        explanation=Explanation(event="A meeting recording was delivered to Sixty.", engine="no model was asked"),
    )
    row = CardRow(
        id=new_id("card"),
        key=f"notice:{key}",
        org_id=whom.org_id,
        user_id=whom.id,
        kind="notice",
        subject=notice.model_dump(mode="json"),
        show_at=now,
        created_at=now,
    )
    is_wanted = not await tx.notifications.is_muted(whom.id, row.kind)
    return row.id if is_wanted and await tx.cards.add(row) else None
