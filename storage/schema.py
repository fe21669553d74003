"""Which revision the database is at, and whether this version of the code can work on it.

Migrations only add (a test sees to it), so code works on its own revision and on every newer one.
"""

from pathlib import Path

from alembic.migration import MigrationContext
from sqlalchemy import Connection

from storage.database import Database
from storage.errors import DatabaseError

VERSIONS = Path(__file__).parent / "migrations" / "versions"


class SchemaBehindError(DatabaseError):
    """The schema is older than this code. The message says which revision is there and what to run."""


def newest_revision() -> str:
    """The revision that this code was written for; they are numbered, and files begin with the number."""
    return max(path.name for path in VERSIONS.glob("[0-9]*.py")).partition("_")[0]


async def present_revision(database: Database) -> str | None:
    """None before the first migration. DatabaseError when the database does not answer."""
    async with database.read() as tx:
        return await tx.connection.run_sync(_revision)


async def require_schema(database: Database) -> None:
    """SchemaBehindError when the schema is older than this code."""
    present, needed = await present_revision(database), newest_revision()
    if (present or "") < needed:
        there = f"at revision {present}" if present else "empty"
        raise SchemaBehindError(f"The database is {there} and this version needs {needed}: run `sixty migrate`.")


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()
