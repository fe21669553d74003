"""``sixty backup FILE``."""

from pathlib import Path

import click

from terminal.backup import handle_backup
from terminal.doing import do, read_settings
from terminal.options import FILE


@click.command("backup")
@click.argument("file", type=FILE)
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE while it is in use."""
    do(handle_backup(read_settings(), file))
