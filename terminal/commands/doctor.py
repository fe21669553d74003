"""``sixty doctor``."""

import click

from terminal.doctor import handle_doctor
from terminal.doing import do, read_settings


@click.command("doctor")
def doctor() -> None:
    """Say what is configured, reachable, granted and missing."""
    do(handle_doctor(read_settings()))
