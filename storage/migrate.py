"""Moving the schema with Alembic, from within the program: no configuration file, no second connection.

A move happens inside the connection's transaction, so a failure leaves the schema as it was. Others that start at
the same moment wait, then find nothing left to do: on SQLite the transaction is the only writer, on PostgreSQL they
queue for a lock.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text

HEAD = "head"
BASE = "base"
LOCK_KEY = 0x5173  # any number that is ours alone: PostgreSQL's advisory locks are told apart by it


def upgrade(connection: Connection, revision: str) -> None:
    command.upgrade(_prepare(connection), revision)


def downgrade(connection: Connection, revision: str) -> None:
    command.downgrade(_prepare(connection), revision)


def _prepare(connection: Connection) -> Config:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": LOCK_KEY})
    config = Config()
    # The file format of the configuration reads % as the start of a variable.
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
