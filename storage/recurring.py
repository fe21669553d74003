"""Who is due: read from the people and the events that there are. No list of what was sent is kept beside them."""

from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, exists, func, literal, or_, select, text, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.recurring import Occasion, Recipient, Rhythm
from storage.people import OFF_BY_DEFAULT
from storage.tables import events, notification_feature_settings, users
from storage.tables.people import PRESENT

TURN = 6_000_001  # of PostgreSQL's advisory locks, for the length of a transaction

user, setting = users.c, notification_feature_settings.c


class StoredRecurringEvents:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def rhythms(self) -> list[Rhythm]:
        return [Rhythm(*row) for row in await self._connection.execute(_rhythms())]

    async def take_turn(self) -> None:
        """On SQLite the transaction is the only writer already."""
        if self._connection.dialect.name == "postgresql":
            await self._connection.execute(select(func.pg_advisory_xact_lock(TURN)))

    async def not_yet(self, occasion: Occasion, *, after: Recipient | None, limit: int) -> list[Recipient]:
        statement = select(user.org_id, user.id).select_from(_people(occasion)).where(_is_due(occasion))
        if after is not None:
            statement = statement.where(tuple_(user.org_id, user.id) > tuple_(*map(literal, after)))
        rows = await self._connection.execute(statement.order_by(user.org_id, user.id).limit(limit))
        return [Recipient(*row) for row in rows]

    async def count_not_yet(self, occasion: Occasion) -> int:
        statement = select(func.count()).select_from(_people(occasion)).where(_is_due(occasion))
        return (await self._connection.execute(statement)).scalar_one()


@cache
def _rhythms() -> Select[Any]:
    return (
        select(user.timezone, user.briefing_time)
        .where(text(PRESENT))
        .distinct()
        .order_by(user.timezone, user.briefing_time)
    )


def _people(occasion: Occasion) -> FromClause:
    """Members beside what their admin chose, which is mostly nothing."""
    return users.outerjoin(
        notification_feature_settings, and_(setting.org_id == user.org_id, setting.feature == occasion.event.value)
    )


def _is_due(occasion: Occasion) -> ColumnElement[bool]:
    key = literal(occasion.key_start) + user.id + literal(occasion.key_end)
    has_come = exists().where(events.c.org_id == user.org_id, events.c.idempotency_key == key)
    is_on = func.coalesce(setting.is_enabled, occasion.event not in OFF_BY_DEFAULT)
    return and_(text(PRESENT), user.timezone == occasion.timezone, _at_their_time(occasion), is_on, ~has_come)


def _at_their_time(occasion: Occasion) -> ColumnElement[bool]:
    times = occasion.briefing_times
    if times is None:
        return literal(True)
    wanted = user.briefing_time.in_([at for at in times if at is not None])
    return or_(wanted, user.briefing_time.is_(None)) if None in times else wanted
