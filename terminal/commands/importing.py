"""``sixty import FILE``."""

from pathlib import Path

import click

from terminal.doing import do, read_settings
from terminal.importing import handle_import
from terminal.options import FILE


@click.command("import")
@click.argument("file", type=FILE)
def import_command(file: Path) -> None:
    """Import contacts, companies and deals from a CSV file."""
    do(handle_import(read_settings(), file))
