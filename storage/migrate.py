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

HEAD = "head"
BASE = "base"
QUEUE_SCHEMAS = "sixty_queue_"  # how the names of work queues begin
LOCK_KEY = 0x5173  # any number that is ours alone: PostgreSQL's advisory locks are told apart by it


def upgrade(connection: Connection, revision: str) -> None:
    command.upgrade(_prepare(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    """Back to nothing takes the queues with it; on the way there they may stay, for they hold only hints."""
    command.downgrade(_prepare(connection), revision)
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
