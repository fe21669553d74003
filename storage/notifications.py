"""The ledger of what people were sent, and what they asked to see less of."""

from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, exists, func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ids import new_id
from storage.rows import insert_new, insert_or_update
from storage.tables import slack_mutes, slack_notifications_sent

HOUR = timedelta(hours=1)

MUTED = (
    select(slack_mutes.c.category)
    .where(slack_mutes.c.user_id == bindparam("user_id_"))
    .order_by(slack_mutes.c.category)
)


class SentNotifications:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, *, org_id: str, user_id: str, category: str, card_id: str | None, at: datetime) -> None:
        values = {
            "id": f"notification_{card_id}" if card_id else new_id("notification"),
            "org_id": org_id,
            "user_id": user_id,
            "category": category,
            "card_id": card_id,
            "at": at,
        }
        await insert_or_update(self._connection, slack_notifications_sent, values, unique=("id",))

    async def count(self, user_id: str, *, since: datetime) -> int:
        sent = slack_notifications_sent.c
        statement = select(func.count()).where(sent.user_id == user_id, sent.at >= since)
        return (await self._connection.execute(statement)).scalar_one()

    async def room_at(self, user_id: str, *, most: int, now: datetime, besides: str) -> datetime | None:
        sent = slack_notifications_sent.c
        statement = (
            select(sent.at)
            .where(sent.user_id == user_id, sent.at > now - HOUR, sent.card_id.is_distinct_from(besides))
            .order_by(sent.at.desc())
            .offset(max(most, 1) - 1)
            .limit(1)
        )
        in_the_way = (await self._connection.execute(statement)).scalar_one_or_none()
        return None if in_the_way is None else in_the_way + HOUR

    async def is_muted(self, user_id: str, category: str) -> bool:
        mute = slack_mutes.c
        statement = select(exists().where(mute.user_id == user_id, mute.category == category))
        return bool((await self._connection.execute(statement)).scalar_one())

    async def muted(self, user_id: str) -> list[str]:
        """Categories, in alphabetical order."""
        return list((await self._connection.execute(MUTED, {"user_id_": user_id})).scalars())

    async def mute(self, user_id: str, category: str, *, at: datetime) -> None:
        values = {"user_id": user_id, "category": category, "muted_at": at}
        await insert_new(self._connection, slack_mutes, values, unique=("user_id", "category"))

    async def unmute(self, user_id: str, category: str) -> None:
        mute = slack_mutes.c
        statement = delete(slack_mutes).where(mute.user_id == user_id, mute.category == category)
        await self._connection.execute(statement)
