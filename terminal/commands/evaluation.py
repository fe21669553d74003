"""``sixty eval``: which labelled files to measure on, with which engines, and how to tell it."""

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from sequences.evaluation.material import Seating
from terminal.doing import do, read_settings
from terminal.evaluate import handle_eval_intents
from terminal.evaluate_actions import handle_eval_actions
from terminal.evaluate_mails import handle_eval_mails
from terminal.evaluating import MailsRequest, MeetingsRequest
from terminal.options import FILE, FOLDER

F = TypeVar("F", bound=Callable[..., Any])


def _measured(function: F) -> F:
    """What every measurement can be asked for."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print JSON, with every mistake."),
        click.option("--mistakes", default=0, help="Show so many of those on which engine and labels differ."),
        click.option(
            "--against",
            help="A second engine to compare with: offline, anthropic:MODEL or google:MODEL; with @DIR behind it, or "
            "@DIR alone, one that reads the prompts of that directory.",
        ),
        click.option("--prompts", type=FOLDER, help="Directory of prompts that the engine reads instead of its own."),
        click.option("--split", help="Only what belongs to this split, such as dev or heldout."),
    ):
        function = option(function)
    return click.argument("file", type=FILE)(function)


def _meetings(function: F) -> F:
    """What measurements on meetings need besides their labels."""
    sides = click.option(
        "--sides",
        "seating",
        type=click.Choice([seating.value for seating in Seating]),
        callback=lambda _context, _option, value: Seating(value),
        default=Seating.ROLES.value,
        show_default=True,
        help="Tell the engine everybody's side, or only the names of our people.",
    )
    turns = click.option("--transcripts", type=FILE, required=True, help="JSON Lines file of the meetings' turns.")
    return turns(sides(function))


@click.group("eval", epilog="What the files hold: evaluation/README.md.")
def eval_group() -> None:
    """Measure the understanding on labelled files."""


@eval_group.command("intents", short_help="Measure what was heard in meetings.")
@_measured
@_meetings
def _intents(file: Path, **asked: Any) -> None:
    """Precision, recall, calibration, time and cost of intent detection. FILE holds the labels."""
    do(handle_eval_intents(read_settings(), MeetingsRequest(labels=file, **asked)))


@eval_group.command("actions", short_help="Measure action items: what, who, until when.")
@_measured
@_meetings
def _actions(file: Path, **asked: Any) -> None:
    """Precision, recall, owners and due dates of action items. FILE holds the labels."""
    do(handle_eval_actions(read_settings(), MeetingsRequest(labels=file, **asked)))


@eval_group.command("mails", short_help="Measure how mails are told apart.")
@_measured
def _mails(file: Path, **asked: Any) -> None:
    """Accuracy, recall, calibration, time and cost of telling mails apart. FILE holds mails with their labels."""
    do(handle_eval_mails(read_settings(), MailsRequest(mails=file, **asked)))
