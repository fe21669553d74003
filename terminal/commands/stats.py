"""``sixty stats``."""

import click

from terminal.doing import do, read_settings
from terminal.stats import RANGES, handle_stats


@click.command("stats")
@click.option("--days", type=click.Choice([str(days) for days in RANGES]), default="7", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(days: str, as_json: bool) -> None:
    """Say what became of the runs of the last days."""
    do(handle_stats(read_settings(), days=int(days), as_json=as_json))
