"""What is due, fairly: every org's longest due work comes before any org's second longest.

Only so much is looked at per org, along an index that begins with the org. A queue of a hundred thousand pieces of
work of one org is as quick to ask as a short one, and hides nobody else's.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    ScalarSelect,
    Select,
    and_,
    bindparam,
    func,
    select,
    text,
    true,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.dispatch import Due
from storage.columns import Moment

NOW = bindparam("now_", type_=Moment)
LIMIT = bindparam("limit_", type_=BigInteger)
BESIDES: BindParameter[Any] = bindparam("besides_", expanding=True)


@dataclass(frozen=True, kw_only=True)
class DueWhen:
    """One way of being due: ``since`` came at least ``age`` ago in a row of a partial index (``where``).

    ``also`` narrows it down. ``is_few`` when there are never more such rows than workers: those need no sharing out.
    """

    since: Column[Any]
    where: str
    age: timedelta = timedelta(0)
    also: ColumnElement[bool] | None = None
    is_few: bool = False


class DueQuery:
    """Asks one table for what is due under any of the ways."""

    def __init__(self, *ways: DueWhen) -> None:
        self._ways = ways

    async def ask(
        self, connection: AsyncConnection, now: datetime, limit: int, *, besides: Collection[str] = ()
    ) -> list[Due]:
        """Up to ``limit``, and some of every org's: fewer than ``limit`` need not be all. ``besides`` are passed over,
        so that what fails again and again does not hide what came after it."""
        values: dict[str, Any] = {f"before_{number}_": now - way.age for number, way in enumerate(self._ways)}
        if besides:
            values["besides_"] = list(besides)
        statement = _statement(self._ways, connection.dialect.name == "sqlite", bool(besides))
        rows = await connection.execute(statement, {"now_": now, "limit_": limit, **values})
        return [Due(*row) for row in rows]


@cache
def _statement(ways: tuple[DueWhen, ...], is_sqlite: bool, is_besides: bool) -> Select[Any]:
    parts = []
    for number, way in enumerate(ways):
        condition = _condition(way, number)
        if is_besides:
            condition = and_(condition, way.since.table.c.id.not_in(BESIDES))
        if way.is_few:
            parts.append(_longest(way, condition))
        elif is_sqlite:
            parts.append(_longest_of_each_org_on_sqlite(way, condition))
        else:
            parts.append(_longest_of_each_org(way, condition))
    due = union_all(*(select(part.subquery()) for part in parts)).subquery()
    turn = func.row_number().over(partition_by=due.c.org_id, order_by=(due.c.since, due.c.id)).label("turn")
    shared = select(due, turn).subquery()
    return select(shared.c.id, shared.c.org_id).order_by(shared.c.turn, shared.c.since, shared.c.id).limit(LIMIT)


def _condition(way: DueWhen, number: int) -> ColumnElement[bool]:
    came = way.since <= bindparam(f"before_{number}_", type_=Moment)
    return and_(text(way.where), came) if way.also is None else and_(text(way.where), came, way.also)


def _longest(way: DueWhen, condition: ColumnElement[bool]) -> Select[Any]:
    row = way.since.table.c
    return (
        select(row.id, row.org_id, way.since.label("since")).where(condition).order_by(way.since, row.id).limit(LIMIT)
    )


def _longest_of_each_org(way: DueWhen, condition: ColumnElement[bool]) -> Select[Any]:
    orgs, row = _orgs(way), way.since.table.c
    own = _longest(way, and_(row.org_id == orgs.c.org_id, condition)).limit(_share(orgs)).lateral()
    return select(own.c.id, own.c.org_id, own.c.since).select_from(orgs.join(own, true()))


def _longest_of_each_org_on_sqlite(way: DueWhen, condition: ColumnElement[bool]) -> Select[Any]:
    """SQLite has no LATERAL, but looks a correlated IN up row by row."""
    orgs, row, found = _orgs(way), way.since.table.c, way.since.table.alias()
    own = select(row.id).where(row.org_id == orgs.c.org_id, condition).order_by(way.since, row.id)
    is_one = found.c.id.in_(own.limit(_share(orgs)).correlate(orgs))
    return select(found.c.id, found.c.org_id, found.c[way.since.key].label("since")).select_from(
        orgs.join(found, is_one)
    )


def _orgs(way: DueWhen) -> CTE:
    """Every org with such a row, due or not, by one look into the index for each: neither database skips by itself."""
    table, where = way.since.table, text(way.where)
    orgs = select(func.min(table.c.org_id).label("org_id")).where(where).cte(recursive=True)
    following = select(func.min(table.c.org_id)).where(where, table.c.org_id > orgs.c.org_id)
    step = select(following.correlate(orgs).scalar_subquery()).where(orgs.c.org_id.is_not(None))
    return orgs.union_all(step)


def _share(orgs: CTE) -> ScalarSelect[int]:
    """How much of one org's to look at, so that thousands of orgs with long queues are no slower than one."""
    return select(1 + 8 * LIMIT // func.count()).select_from(orgs.alias()).scalar_subquery()
