"""The schema's steps, taken with Alembic from within the program: no configuration file, no second connection.

Loaded when there is a step to take: the library takes longer to load than the rest of a start.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def move_up(connection: Connection, revision: str) -> None:
    command.upgrade(_config(connection), revision)


def move_down(connection: Connection, revision: str) -> None:
    command.downgrade(_config(connection), revision)


def _config(connection: Connection) -> Config:
    config = Config()
    # The file format of the configuration reads % as the start of a variable.
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
