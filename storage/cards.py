"""Cards: which Slack messages are ours, and which of them no longer show the truth."""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, case, or_, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.dispatch import Due
from sequences.ports.store import CardRow
from storage.due import NOW, DueQuery, DueWhen
from storage.rows import Shape, insert_new
from storage.tables import cards
from storage.tables.slack import UNSHOWN

CARD = Shape(CardRow, cards)
col = cards.c
DUE = DueQuery(
    DueWhen(since=col.show_at, where=UNSHOWN, also=or_(col.lease_until.is_(None), col.lease_until <= NOW)),
)


class CardRows:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, card: CardRow) -> bool:
        return await insert_new(self._connection, cards, CARD.values(card), unique=("key",))

    async def get(self, card_id: str) -> CardRow | None:
        rows = await self._connection.execute(CARD.select().where(col.id == card_id))
        return CARD.read_one(rows.first())

    async def by_key(self, key: str) -> CardRow | None:
        rows = await self._connection.execute(CARD.select().where(col.key == key))
        return CARD.read_one(rows.first())

    async def touch(self, card_id: str, *, now: datetime) -> None:
        statement = update(cards).where(col.id == card_id).values(rev=col.rev + 1, show_at=now)
        await self._connection.execute(statement)

    async def claim(self, card_id: str, *, now: datetime, lease: timedelta) -> CardRow | None:
        statement = (
            update(cards)
            .where(col.id == card_id, text(UNSHOWN), col.show_at <= now, _free(now))
            .values(lease_until=now + lease, attempts=col.attempts + 1)
            .returning(*CARD.columns)
        )
        return CARD.read_one((await self._connection.execute(statement)).first())

    async def shown(
        self, card_id: str, *, rev: int, channel_id: str, message_ts: str, again_at: datetime | None
    ) -> None:
        """Release it, unless a newer revision has been shown meanwhile by somebody who came after.

        One more showing is one more revision; a change that came during the showing stays due at once.
        """
        again = {}
        if again_at is not None:
            unchanged = col.rev == rev
            again = {
                "rev": case((unchanged, rev + 1), else_=col.rev),
                "show_at": case((unchanged, again_at), else_=col.show_at),
            }
        statement = (
            update(cards)
            .where(col.id == card_id, col.shown_rev < rev)
            .values(shown_rev=rev, channel_id=channel_id, message_ts=message_ts, attempts=0, lease_until=None, **again)
        )
        await self._connection.execute(statement)

    async def failed(self, card_id: str, *, attempts: int, retry_at: datetime) -> None:
        is_ours = (col.id == card_id, col.attempts == attempts)
        statement = update(cards).where(*is_ours).values(show_at=retry_at, lease_until=None)
        await self._connection.execute(statement)

    async def lay_aside(self, card_id: str, *, rev: int) -> None:
        statement = (
            update(cards)
            .where(col.id == card_id, col.shown_rev < rev)
            .values(shown_rev=rev, attempts=0, lease_until=None)
        )
        await self._connection.execute(statement)

    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]:
        return await DUE.ask(self._connection, now, limit, besides=besides)


def _free(now: datetime) -> ColumnElement[bool]:
    return or_(col.lease_until.is_(None), col.lease_until <= now)
