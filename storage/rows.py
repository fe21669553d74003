"""Records to rows and back, and inserts that know what to do when the row is already there.

Statements are built once and kept: SQLAlchemy recognises them again and reuses their SQL.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from typing import Any, Generic, TypeVar

from sqlalchemy import Insert, Row, Select, Table, insert, select, text
from sqlalchemy.dialects.postgresql import insert as upserting_insert  # SQLite's compiler takes the same construct
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.records.base import Record

R = TypeVar("R", bound=Record)


class Shape(Generic[R]):
    """How a record lies in a table: every field that has a column of its name (``Column.key``)."""

    def __init__(self, record: type[R], table: Table) -> None:
        self.record = record
        self.table = table
        self.columns = [column for column in table.columns if column.key in record.model_fields]
        self.keys = [column.key for column in self.columns]
        self._included = set(self.keys)

    def values(self, record: R) -> dict[str, Any]:
        """Column values; nested records become JSON."""
        return record.model_dump(include=self._included)

    def select(self) -> Select[Any]:
        return select(*self.columns)

    def read(self, row: Sequence[Any]) -> R:
        return self.record.model_validate(dict(zip(self.keys, row, strict=True)))

    def read_one(self, row: Row[Any] | None) -> R | None:
        return None if row is None else self.read(row)

    def read_all(self, rows: Iterable[Row[Any]]) -> list[R]:
        return [self.read(row) for row in rows]


@cache
def insert_into(table: Table) -> Insert:
    return insert(table)


async def insert_new(
    connection: AsyncConnection,
    table: Table,
    values: dict[str, Any],
    *,
    unique: tuple[str, ...],
    where: str | None = None,
) -> bool:
    """Insert, or answer False when a row with the same ``unique`` columns is there.

    ``where`` is the condition of a unique index that covers only some rows.
    """
    result = await connection.execute(_insert_or_leave(table, unique, where), values)
    return result.rowcount == 1


async def insert_or_update(
    connection: AsyncConnection,
    table: Table,
    *rows: dict[str, Any],
    unique: tuple[str, ...],
    keep: tuple[str, ...] = (),
) -> None:
    """Insert each, or overwrite the row with the same ``unique`` columns except its ``keep`` columns."""
    changed = tuple(key for key in rows[0] if key not in unique and key not in keep)
    await connection.execute(_insert_or_change(table, unique, changed), rows[0] if len(rows) == 1 else list(rows))


@cache
def _insert_or_leave(table: Table, unique: tuple[str, ...], where: str | None) -> Insert:
    statement = upserting_insert(table)
    return statement.on_conflict_do_nothing(
        index_elements=[table.c[key] for key in unique], index_where=None if where is None else text(where)
    )


@cache
def _insert_or_change(table: Table, unique: tuple[str, ...], changed: tuple[str, ...]) -> Insert:
    statement = upserting_insert(table)
    return statement.on_conflict_do_update(
        index_elements=[table.c[key] for key in unique],
        set_={key: statement.excluded[key] for key in changed},
    )
