"""``sixty migrate``."""

import click

from terminal.doing import do, read_settings
from terminal.migrate import handle_migrate


@click.command("migrate")
@click.option("--down", is_flag=True, help="Take the schema back one revision.")
def migrate(down: bool) -> None:
    """Bring the database schema up to date."""
    do(handle_migrate(read_settings(), down=down))
