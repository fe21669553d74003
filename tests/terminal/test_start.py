"""A command loads what it needs, and no more: what is loaded decides how long everybody waits for it."""

import gc
import json
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cli import main
from terminal.verbs import Verb, named
from tests.house.project import MODULES, ROOMS, ROOT

FOREIGN = {"aiohttp", "alembic", "anthropic", "apscheduler", "google", "jinja2", "opentelemetry", "procrastinate"}
FOREIGN |= {"prometheus_client", "psycopg", "pydantic", "slack_bolt", "slack_sdk", "sqlalchemy", "svix"}
MEETING = Path(__file__).parents[1] / "page" / "meetings" / "discovery.vtt"

# Typed as a person would type it; at the end the names of what was loaded, on a line of their own.
TYPED = """
import json, sys
sys.argv = ["sixty", *sys.argv[1:]]
from cli import main
try:
    main()
finally:
    print()
    print(json.dumps(sorted(sys.modules)))
"""


def loaded_by(folder: Path, *words: str) -> set[str]:
    """The modules that the process held when the command had ended."""
    done = subprocess.run(
        [sys.executable, "-c", TYPED, *words],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def packages(modules: set[str]) -> set[str]:
    return {name.partition(".")[0] for name in modules}


@pytest.mark.parametrize("question", ["--help", "--version"])
def test_a_short_question_loads_nothing_of_the_product(tmp_path: Path, question: str) -> None:
    loaded = loaded_by(tmp_path, question)
    assert packages(loaded) & (FOREIGN | {*ROOMS, *MODULES}) == {"cli", "terminal"}
    assert {name for name in loaded if name.startswith("terminal")} == {"terminal", "terminal.verbs"}


def test_a_dry_run_loads_neither_slack_nor_a_vendor(tmp_path: Path) -> None:
    loaded = packages(loaded_by(tmp_path, "meeting", str(MEETING), "--dry-run"))
    assert loaded & FOREIGN <= {"jinja2", "pydantic", "sqlalchemy"}
    assert loaded & {*ROOMS, *MODULES} <= {
        "cli",
        "config",
        "gateways",
        "logs",
        "scheduler",
        "sequences",
        "storage",
        "terminal",
    }


def test_an_app_that_does_everything_itself_loads_no_queue() -> None:
    done = subprocess.run(
        [sys.executable, "-c", "import app, json, sys; print(json.dumps(sorted(sys.modules)))"],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    assert packages(set(json.loads(done.stdout))) & {"procrastinate", "psycopg", "alembic", "anthropic"} == set()


@pytest.mark.parametrize("verb", main.commands.values(), ids=str)
def test_a_verb_says_what_its_command_says(verb: click.Command) -> None:
    assert isinstance(verb, Verb)
    command = verb.load()
    assert (command.name, command.get_short_help_str(1000)) == (verb.name, verb.get_short_help_str(1000))
    assert command.help == verb.help


def test_garbage_is_collected_after_a_command_was_loaded() -> None:
    assert gc.isenabled()
    assert named("terminal.printing:say").__name__ == "say"
    assert gc.isenabled()
