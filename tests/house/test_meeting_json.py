"""The JSON of a dry run has the documented keys, all of them, whatever was found."""

import json
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from cli import main
from tests.house.project import ROOT

PAPER = (ROOT / "docs" / "meeting-json.md").read_text(encoding="utf-8")
SAMPLES = ROOT / "workspace" / "sample" / "meetings"


@pytest.fixture(autouse=True)
def _own_logging() -> Iterator[None]:
    """A command sets up logging for its whole process; here it gives back what it found."""
    root, quietened = logging.getLogger(), dict(logging.root.manager.loggerDict)
    handlers, level = root.handlers[:], root.level
    levels = {name: known.level for name, known in quietened.items() if isinstance(known, logging.Logger)}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, known in logging.root.manager.loggerDict.items():
        if isinstance(known, logging.Logger):
            known.setLevel(levels.get(name, logging.NOTSET))


def documented_example() -> dict[str, Any]:
    example: dict[str, Any] = json.loads(PAPER.partition("```json\n")[2].partition("```")[0])
    return example


def tables() -> dict[str, set[str]]:
    """The keys of each table in the paper, by the heading or name above it."""
    parts = re.split(r"^(?:## (Keys)|`(\w+)`)\n", PAPER, flags=re.MULTILINE)
    found = {}
    for heading, name, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        table = text.strip().partition("\n\n")[0]
        found[heading or name] = set(re.findall(r"^\| `(\w+)`", table, flags=re.MULTILINE))
    return found


def printed(file: str, rep: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    monkeypatch.chdir(folder)
    for name in ("SIXTY_MODEL", "SIXTY_DATABASE_URL"):
        monkeypatch.delenv(name, raising=False)
    run = CliRunner().invoke(main, ["meeting", str(SAMPLES / file), "--rep", rep, "--dry-run", "--json"])
    assert run.exit_code == 0, run.output
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def shapes(value: Any, at: str = "") -> dict[str, set[str]]:
    """The keys of each object by its place; those in a list share one."""
    if isinstance(value, list):
        return {place: keys for item in value for place, keys in shapes(item, at).items()}
    if not isinstance(value, dict):
        return {}
    inner = [shapes(part, f"{at}.{key}" if at else key) for key, part in value.items()]
    return {at: set(value), **{place: keys for found in inner for place, keys in found.items()}}


def test_intent_02_the_example_has_the_keys_of_the_tables() -> None:
    example, documented = documented_example(), tables()
    assert set(example) == documented["Keys"]
    assert set(example["meeting"]) == documented["meeting"]
    assert set(example["intents"][0]) == documented["intents"]


@pytest.mark.parametrize(
    ("file", "rep"),
    [
        ("marlow-finch-pilot.vtt", "Robin Hale"),
        ("atelier-brume-renewal.txt", "Robin Hale"),
        ("pipeline-review.vtt", "Dana Okafor"),
    ],
)
def test_a_dry_run_prints_the_documented_keys(
    file: str, rep: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer, example = printed(file, rep, tmp_path, monkeypatch), documented_example()
    assert list(answer) == list(example)
    known = shapes(example) | {"crm_updates": {"object", "field", "old", "new", "quote"}}
    for place, keys in shapes(answer).items():
        assert keys == known[place], f"{place or 'the top'} of {file}"


def test_a_dry_run_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed("marlow-finch-pilot.vtt", "Robin Hale", tmp_path, monkeypatch)
    assert list(tmp_path.iterdir()) == []


def test_quotes_are_verbatim_and_turns_count_from_nought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from_file = (SAMPLES / "marlow-finch-pilot.vtt").read_text(encoding="utf-8")
    said = " ".join(re.sub(r"<[^>]+>", "", from_file).split())
    answer = printed("marlow-finch-pilot.vtt", "Robin Hale", tmp_path, monkeypatch)
    assert answer["intents"], "the sample has something to find"
    for found in [*answer["intents"], *answer["action_items"]]:
        assert 0 <= found["turn"] < answer["meeting"]["turns"]
        assert " ".join(found["quote"].split()) in said


def test_beyond_10_a_meeting_that_sounds_personal_is_told_and_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "hearing.txt"
    file.write_text(
        "Dana Okafor: This is a disciplinary meeting. Could you send me your statement?\n"
        "Robin Hale: I'll send it by Friday. Am I being dismissed?\n"
        "Dana Okafor: We are putting you on a performance improvement plan.\n",
        encoding="utf-8",
    )
    answer = printed(str(file), "Dana Okafor", tmp_path, monkeypatch)
    assert answer["sensitive"] == "a personnel matter"
    assert [answer[key] for key in ("summary", "intents", "action_items", "tasks", "follow_up_events")] == [[]] * 5
    assert answer["follow_up_email"] is None
    assert list(answer) == list(documented_example())
