"""Moving the schema, and knowing where it is.

A move happens inside the connection's transaction, so a failure leaves the schema as it was. Others that start at
the same moment wait, then find nothing left to do: on SQLite the transaction is the only writer, on PostgreSQL they
queue for a lock.
"""

from importlib import import_module
from pathlib import Path

from sqlalchemy import Connection, column, inspect, select, table, text
from sqlalchemy.schema import DropSchema

from storage.errors import DatabaseError

VERSIONS = Path(__file__).parent / "migrations" / "versions"
HEAD = "head"
BASE = "base"
QUEUE_SCHEMAS = "sixty_queue_"  # how the names of work queues begin
LOCK_KEY = 0x5173  # any number that is ours alone: PostgreSQL's advisory locks are told apart by it

_MOVING = "storage.moving"  # named rather than imported: most starts find nothing to move, and it is slow to load
_VERSION = table("alembic_version", column("version_num"))


def newest_revision() -> str:
    """The revision that this code was written for; they are numbered, and files begin with the number."""
    return max(path.name for path in VERSIONS.glob("[0-9]*.py")).partition("_")[0]


def revision_of(connection: Connection) -> str | None:
    """None before the first migration."""
    if not inspect(connection).has_table(_VERSION.name):
        return None
    found: str | None = connection.execute(select(_VERSION.c.version_num)).scalar_one_or_none()
    return found


def upgrade(connection: Connection, revision: str) -> None:
    """A schema that a newer release has left serves this code, too, and stays as it is."""
    _wait_for_others(connection)
    if revision != HEAD or (revision_of(connection) or "") < newest_revision():
        import_module(_MOVING).move_up(connection, revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Back to nothing takes the queues with it; on the way there they may stay, for they hold only hints."""
    _wait_for_others(connection)
    present = revision_of(connection)
    if present is None and revision != BASE:
        raise DatabaseError("The database is empty already: there is no older revision.")
    if present is not None and present > newest_revision():
        raise DatabaseError(f"Revision {present} is of a newer release: only its own code can take it back.")
    import_module(_MOVING).move_down(connection, revision)
    if connection.dialect.name == "postgresql" and revision_of(connection) is None:
        for name in inspect(connection).get_schema_names():
            if name.startswith(QUEUE_SCHEMAS):
                connection.execute(DropSchema(name, cascade=True))


def _wait_for_others(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
