"""The ``sixty`` command: what is typed is translated here and done in ``terminal``."""

import asyncio
import logging
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

import click

from app import serve
from config import ALL_ROLES, Role, Settings, SettingsError, load_settings
from logs import set_up_logging
from sequences.evaluation.material import Seating
from sequences.ports.model import ModelError
from sequences.ports.outside import MessengerError
from sequences.ports.store import StoreError
from sequences.tracing import begin
from storage.database import Database
from terminal.backup import handle_backup
from terminal.demo import handle_demo
from terminal.doctor import handle_doctor
from terminal.evaluate import Request as IntentsRequest
from terminal.evaluate import handle_eval_intents
from terminal.evaluate_actions import Request as ActionsRequest
from terminal.evaluate_actions import handle_eval_actions
from terminal.evaluate_mails import MailsRequest, handle_eval_mails
from terminal.importing import handle_import
from terminal.meeting import handle_meeting
from terminal.printing import CommandError, say
from terminal.stats import RANGES, handle_stats
from terminal.transcript_file import Request, check_timezone
from wiring import queue_tables

TRANSCRIPT = click.Path(dir_okay=False, path_type=Path)


def _settings(*, quiet: bool = True) -> Settings:
    """``quiet`` commands speak for themselves; only a running app logs what it does."""
    try:
        settings = load_settings()
    except SettingsError as error:
        raise CommandError(str(error)) from error
    set_up_logging("WARNING" if quiet and settings.sixty_log_level == "INFO" else settings.sixty_log_level)
    return settings


def _do(work: Coroutine[Any, Any, None]) -> None:
    """Problems that a person can mend are told as such; anything else keeps its traceback."""
    try:
        asyncio.run(_traced(work))
    except (SettingsError, StoreError, MessengerError, ModelError) as error:
        raise CommandError(str(error)) from error
    except KeyboardInterrupt:
        logging.getLogger(__name__).info("interrupted")


async def _traced(work: Coroutine[Any, Any, None]) -> None:
    """With a correlation id of its own, which ends with the command."""
    begin()
    await work


@click.group(help="Sixty: a proactive sales copilot that lives in Slack.")
@click.version_option(package_name="sixty")
def main() -> None:
    pass


@main.command()
@click.option(
    "--role",
    "roles",
    multiple=True,
    type=click.Choice(["all", *(role.value for role in Role)]),
    default=["all"],
    show_default=True,
    help="What this process does; may be repeated.",
)
def run(roles: tuple[str, ...]) -> None:
    """Run the app against your Slack workspace."""
    _do(serve(_settings(quiet=False), ALL_ROLES if "all" in roles else frozenset(map(Role, roles))))


@main.command()
@click.option("--port", default=4160, show_default=True, help="Port of the page.")
@click.option("--http-port", default=8060, show_default=True, help="Port that the app's webhooks listen on.")
@click.option("--keep", is_flag=True, help="Keep the last demo's database.")
@click.option("--open/--no-open", "open_browser", default=False, help="Open the page in a browser.")
def demo(port: int, http_port: int, keep: bool, open_browser: bool) -> None:
    """Try everything on this machine: no account, no key, no network."""
    set_up_logging("WARNING")
    _do(handle_demo(port=port, http_port=http_port, keep=keep, open_browser=open_browser))


@main.command()
@click.argument("file", type=TRANSCRIPT)
@click.option("--rep", "reps", multiple=True, help="A speaker on our side, as spelt in the file.")
@click.option("--timezone", default="UTC", show_default=True, help="IANA zone in which dates are meant.")
@click.option("--dry-run", is_flag=True, help="Change nothing; print what would happen.")
@click.option("--json", "as_json", is_flag=True, help="With --dry-run: print JSON (docs/meeting-json.md).")
def meeting(file: Path, reps: tuple[str, ...], timezone: str, dry_run: bool, as_json: bool) -> None:
    """Work on one transcript (VTT, SRT, MeetingBaaS or generic JSON, plain text)."""
    request = Request(path=file, reps=reps, timezone=check_timezone(timezone), dry_run=dry_run, as_json=as_json)
    _do(handle_meeting(_settings(), request))


@main.group("eval")
def eval_group() -> None:
    """Measure the understanding against labelled files (evaluation/README.md)."""


@eval_group.command("intents")
@click.argument("file", type=TRANSCRIPT)
@click.option("--transcripts", type=TRANSCRIPT, required=True, help="JSON Lines file of the meetings' turns.")
@click.option("--split", help="Only the transcripts of this split, such as dev or heldout.")
@click.option(
    "--sides",
    type=click.Choice([seating.value for seating in Seating]),
    default=Seating.ROLES.value,
    show_default=True,
    help="Tell the engine everybody's side, or only the names of our people.",
)
@click.option("--against", help="A second engine to compare with: offline, anthropic:MODEL or google:MODEL.")
@click.option("--mistakes", default=0, help="Show so many of the pairs on which engine and labels differ.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every mistake.")
def eval_intents(
    file: Path,
    transcripts: Path,
    split: str | None,
    sides: str,
    against: str | None,
    mistakes: int,
    as_json: bool,
) -> None:
    """Precision, recall, calibration, time and cost of intent detection. FILE holds the labels."""
    request = IntentsRequest(
        labels=file,
        transcripts=transcripts,
        split=split,
        seating=Seating(sides),
        against=against,
        mistakes=mistakes,
        as_json=as_json,
    )
    _do(handle_eval_intents(_settings(), request))


@eval_group.command("mails")
@click.argument("file", type=TRANSCRIPT)
@click.option("--split", help="Only the mails of this split, such as dev or heldout.")
@click.option("--against", help="A second engine to compare with: offline, anthropic:MODEL or google:MODEL.")
@click.option("--mistakes", default=0, help="Show so many of the mails on which engine and labels differ.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every mistake.")
def eval_mails(file: Path, split: str | None, against: str | None, mistakes: int, as_json: bool) -> None:
    """Accuracy, recall, calibration, time and cost of telling mails apart. FILE holds mails with their labels."""
    request = MailsRequest(mails=file, split=split, against=against, mistakes=mistakes, as_json=as_json)
    _do(handle_eval_mails(_settings(), request))


@eval_group.command("actions")
@click.argument("file", type=TRANSCRIPT)
@click.option("--transcripts", type=TRANSCRIPT, required=True, help="JSON Lines file of the meetings' turns.")
@click.option("--split", help="Only the meetings of this split, such as dev or heldout.")
@click.option(
    "--sides",
    type=click.Choice([seating.value for seating in Seating]),
    default=Seating.ROLES.value,
    show_default=True,
    help="Tell the engine everybody's side, or only the names of our people.",
)
@click.option("--against", help="A second engine to compare with: offline, anthropic:MODEL or google:MODEL.")
@click.option("--mistakes", default=0, help="Show so many of the items on which engine and labels differ.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with every mistake.")
def eval_actions(
    file: Path,
    transcripts: Path,
    split: str | None,
    sides: str,
    against: str | None,
    mistakes: int,
    as_json: bool,
) -> None:
    """Precision, recall, owners and due dates of action items. FILE holds the labels."""
    request = ActionsRequest(
        labels=file,
        transcripts=transcripts,
        split=split,
        seating=Seating(sides),
        against=against,
        mistakes=mistakes,
        as_json=as_json,
    )
    _do(handle_eval_actions(_settings(), request))


@main.command("import")
@click.argument("file", type=TRANSCRIPT)
def import_command(file: Path) -> None:
    """Import contacts, companies and deals from a CSV file."""
    _do(handle_import(_settings(), file))


@main.command()
def doctor() -> None:
    """Say what is configured, reachable, granted and missing."""
    _do(handle_doctor(_settings()))


@main.command()
@click.option("--days", type=click.Choice([str(days) for days in RANGES]), default="7", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats(days: str, as_json: bool) -> None:
    """Say what became of the runs of the last days."""
    _do(handle_stats(_settings(), days=int(days), as_json=as_json))


@main.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
def backup(file: Path) -> None:
    """Copy the SQLite database to FILE while it is in use."""
    _do(handle_backup(_settings(), file))


@main.command()
@click.option("--down", is_flag=True, help="Take the schema back one revision.")
def migrate(down: bool) -> None:
    """Bring the database schema up to date."""
    _do(_migrate(_settings(), down=down))


async def _migrate(settings: Settings, *, down: bool) -> None:
    store = Database.open(settings.sixty_database_url)
    try:
        if down:
            await store.downgrade("-1")
        else:
            await store.migrate()
            if settings.sixty_dispatcher == "procrastinate":
                await queue_tables(store).install()
    finally:
        await store.close()
    say("The schema is one revision older." if down else "The schema is up to date.")


if __name__ == "__main__":
    main()
