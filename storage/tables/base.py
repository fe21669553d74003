"""What all tables share: their registry, how constraints are named, and the columns that recur.

Every reference is checked when the transaction commits, so that what belongs together may be written in any order.
"""

from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Index, MetaData, Time, text

from storage.columns import Amount, Json, Moment, Usd, Words

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def identity() -> Column[str]:
    return Column("id", Words, primary_key=True)


def words(name: str, **options: Any) -> Column[str]:
    return Column(name, Words, **_required(options))


def moment(name: str, **options: Any) -> Column[datetime]:
    return Column(name, Moment, **_required(options))


def number(name: str, **options: Any) -> Column[int]:
    return Column(name, BigInteger, **_required(options))


def flag(name: str, **options: Any) -> Column[bool]:
    return Column(name, Boolean, **_required(options))


def clock_time(name: str, **options: Any) -> Column[Any]:
    """A local time of day."""
    return Column(name, Time, **_required(options))


def document(name: str, **options: Any) -> Column[Any]:
    """JSON."""
    return Column(name, Json, **_required(options))


def usd(name: str, **options: Any) -> Column[Decimal]:
    return Column(name, Usd, **_required(options))


def amount(name: str, **options: Any) -> Column[Decimal]:
    return Column(name, Amount, **_required(options))


def reference(name: str, target: str, **options: Any) -> Column[str]:
    """A column that points at ``target`` ("table.column")."""
    points_at = ForeignKey(target, deferrable=True, initially="DEFERRED")
    return Column(name, Words, points_at, **_required(options))


def organization(**options: Any) -> Column[str]:
    """Whose row it is: ``org_id`` in the records, ``organization_id`` in the database (DATA-01)."""
    return reference("organization_id", "organizations.id", key="org_id", **options)


def partial_index(name: str, *columns: Column[Any], where: str, unique: bool = False) -> None:
    """An index over the rows that meet ``where`` only: small, however many rows are done with.

    Those that queues are read along end in the id, so that ten thousand jobs due at the same moment need no sorting.
    A query uses it when it repeats ``where`` word for word; no planner can compare a condition with a parameter.
    """
    Index(name, *columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))


def _required(options: dict[str, Any]) -> dict[str, Any]:
    return {"nullable": False, **options}
