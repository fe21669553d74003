"""``sixty meeting FILE``, for real or as a dry run; neither loads what only the other needs."""

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import click

from config import Settings
from terminal.doing import do, read_settings
from terminal.options import FILE
from terminal.transcript_file import Request, check_timezone
from terminal.verbs import named

FOR_REAL = "terminal.meeting:handle_meeting"
DRY_RUN = "terminal.dry_run:handle_dry_run"


@click.command("meeting", epilog="FILE may be VTT, SRT, JSON, CSV or plain text (docs/transcripts.md).")
@click.argument("file", type=FILE)
@click.option("--rep", "reps", multiple=True, help="A speaker on our side, as the file names them.")
@click.option("--timezone", default="UTC", show_default=True, help="IANA zone in which dates are meant.")
@click.option("--dry-run", is_flag=True, help="Change nothing; print what would happen.")
@click.option("--json", "as_json", is_flag=True, help="With --dry-run: print JSON (docs/meeting-json.md).")
def meeting(file: Path, reps: tuple[str, ...], timezone: str, dry_run: bool, as_json: bool) -> None:
    """Work on one transcript, for real or as a dry run."""
    request = Request(path=file, reps=reps, timezone=check_timezone(timezone), dry_run=dry_run, as_json=as_json)
    handle: Callable[[Settings, Request], Coroutine[Any, Any, None]] = named(DRY_RUN if dry_run else FOR_REAL)
    do(handle(read_settings(), request))
