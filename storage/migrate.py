"""Moving the schema with Alembic, from within the program: no configuration file, no second connection.

A move happens inside the connection's transaction, so a failure leaves the schema as it was. Others that start at
the same moment wait, then find nothing left to do: on SQLite the transaction is the only writer, on PostgreSQL they
queue for a lock.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect, text
from sqlalchemy.schema import DropSchema

from storage.errors import DatabaseError

VERSIONS = Path(__file__).parent / "migrations" / "versions"
HEAD = "head"
BASE = "base"
QUEUE_SCHEMAS = "sixty_queue_"  # how the names of work queues begin
LOCK_KEY = 0x5173  # any number that is ours alone: PostgreSQL's advisory locks are told apart by it


def newest_revision() -> str:
    """The revision that this code was written for; they are numbered, and files begin with the number."""
    return max(path.name for path in VERSIONS.glob("[0-9]*.py")).partition("_")[0]


def revision_of(connection: Connection) -> str | None:
    """None before the first migration."""
    return MigrationContext.configure(connection).get_current_revision()


def upgrade(connection: Connection, revision: str) -> None:
    """A schema that a newer release has left serves this code, too, and stays as it is."""
    config = _prepare(connection)
    if revision != HEAD or (revision_of(connection) or "") <= newest_revision():
        command.upgrade(config, revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Back to nothing takes the queues with it; on the way there they may stay, for they hold only hints."""
    config, present = _prepare(connection), revision_of(connection)
    if present is None and revision != BASE:
        raise DatabaseError("The database is empty already: there is no older revision.")
    if present is not None and present > newest_revision():
        raise DatabaseError(f"Revision {present} is of a newer release: only its own code can take it back.")
    command.downgrade(config, revision)
    if connection.dialect.name == "postgresql" and not MigrationContext.configure(connection).get_current_heads():
        for name in inspect(connection).get_schema_names():
            if name.startswith(QUEUE_SCHEMAS):
                connection.execute(DropSchema(name, cascade=True))


def _prepare(connection: Connection) -> Config:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
    config = Config()
    # The file format of the configuration reads % as the start of a variable.
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
