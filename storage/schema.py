"""Which revision the database is at, and whether this version of the code can work on it.

Migrations only add (a test sees to it), so code works on its own revision and on every newer one.
"""

from storage.database import Database
from storage.errors import DatabaseError
from storage.migrate import newest_revision, revision_of


class SchemaBehindError(DatabaseError):
    """The schema is older than this code. The message says which revision is there and what to run."""


async def present_revision(database: Database) -> str | None:
    """None before the first migration. DatabaseError when the database does not answer."""
    async with database.read() as tx:
        return await tx.connection.run_sync(revision_of)


async def require_schema(database: Database) -> None:
    """SchemaBehindError when the schema is older than this code."""
    present, needed = await present_revision(database), newest_revision()
    if (present or "") < needed:
        there = f"at revision {present}" if present else "empty"
        raise SchemaBehindError(f"The database is {there} and this version needs {needed}: run `sixty migrate`.")
