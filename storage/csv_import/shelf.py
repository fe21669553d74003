"""One table's rows of interest in memory: looked up by key, changed, written back together."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ids import new_id
from storage.rows import insert_into

Found = dict[str, Any]  # a row by column key
Key = tuple[str | None, ...]


class Fate(Enum):
    CREATED = "created"
    UPDATED = "updated"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Objects, not rows of the file: two rows about one company count once."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0


class Shelf:
    """Holds one batch at a time; only the fate of each object is remembered throughout."""

    def __init__(
        self,
        connection: AsyncConnection,
        org_id: str,
        table: Table,
        prefix: str,
        keys: Callable[[Found], Iterable[Key]],
    ) -> None:
        self._connection = connection
        self._org_id = org_id
        self._table = table
        self._prefix = prefix
        self._keys = keys
        self._columns = [column for column in table.columns if column.key != "org_id"]
        self._by_key: dict[Key, Found] = {}
        self._created: dict[str, Found] = {}
        self._changed: dict[str, Found] = {}
        self._fates: dict[str, Fate] = {}

    async def load(self, condition: ColumnElement[bool]) -> None:
        """Take from the table what the batch may be about. Of namesakes the oldest is found first."""
        self._by_key.clear()
        table = self._table
        statement = select(*self._columns).where(table.c.org_id == self._org_id, condition).order_by(table.c.id)
        names = [column.key for column in self._columns]
        for row in await self._connection.execute(statement):
            self._index(dict(zip(names, row, strict=True)))

    def find(self, key: Key) -> Found | None:
        return self._by_key.get(key)

    def create(self, values: Found) -> str:
        object_id = new_id(self._prefix)
        found: Found = {column.key: None for column in self._columns} | values | {"id": object_id}
        self._created[object_id] = found
        self._fates[object_id] = Fate.CREATED
        self._index(found)
        return object_id

    def fill(self, found: Found, values: Found) -> str:
        """Write those ``values`` that are given and differ."""
        changes = {key: value for key, value in values.items() if value is not None and found[key] != value}
        found.update(changes)
        fate = self._fates.setdefault(found["id"], Fate.UNCHANGED)
        if changes:
            self._index(found)
        if changes and fate is not Fate.CREATED:
            self._fates[found["id"]] = Fate.UPDATED
        if changes and found["id"] not in self._created:
            self._changed[found["id"]] = found
        return str(found["id"])

    async def flush(self) -> None:
        if self._created:
            rows = [found | {"org_id": self._org_id} for found in self._created.values()]
            await self._connection.execute(insert_into(self._table), rows)
        if self._changed:
            fields = [column.key for column in self._columns if column.key != "id"]
            statement = (
                update(self._table)
                .where(self._table.c.id == bindparam("id_"))
                .values({field: bindparam(f"{field}_") for field in fields})
            )
            rows = [{f"{key}_": value for key, value in found.items()} for found in self._changed.values()]
            await self._connection.execute(statement, rows)
        self._created.clear()
        self._changed.clear()

    def tally(self) -> Tally:
        fates = list(self._fates.values())
        return Tally(**{fate.value: fates.count(fate) for fate in Fate})

    def _index(self, found: Found) -> None:
        for key in self._keys(found):
            self._by_key.setdefault(key, found)
