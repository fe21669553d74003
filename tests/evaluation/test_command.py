"""``sixty eval intents`` as it is typed, with the offline engine."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from cli import main
from evaluation.compile import HERE
from sequences.records.insight import IntentKind

LABELS, TRANSCRIPTS = str(HERE / "intents.jsonl"), str(HERE / "transcripts.jsonl")
MEETINGS = 8  # of each split; what a command prints does not need all of them


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIXTY_MODEL", "offline")


def typed(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["eval", "intents", *arguments])


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory) -> tuple[str, str]:
    """Labels and transcripts of a few meetings."""
    folder = tmp_path_factory.mktemp("some")
    transcripts = [json.loads(line) for line in Path(TRANSCRIPTS).read_text(encoding="utf-8").splitlines()]
    chosen = [
        transcript
        for split in ("dev", "heldout")
        for transcript in [each for each in transcripts if each["split"] == split][:MEETINGS]
    ]
    names = {transcript["transcript_id"] for transcript in chosen}
    labels = [json.loads(line) for line in Path(LABELS).read_text(encoding="utf-8").splitlines()]
    files = {"labels.jsonl": [row for row in labels if row["transcript_id"] in names], "transcripts.jsonl": chosen}
    for name, rows in files.items():
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return str(folder / "labels.jsonl"), str(folder / "transcripts.jsonl")


def report(some: tuple[str, str], *arguments: str) -> dict[str, Any]:
    labels, transcripts = some
    run = typed(labels, "--transcripts", transcripts, "--json", *arguments)
    assert run.exit_code == 0, run.output
    document: dict[str, Any] = json.loads(run.stdout)
    return document


def test_json_holds_every_figure(some: tuple[str, str]) -> None:
    document = report(some, "--split", "dev")
    assert document["engine"] == "offline rules"
    assert document["transcripts"] == MEETINGS
    assert set(document["kinds"]) == {kind.value for kind in IntentKind}
    assert set(document["overall"]) == {"precision", "recall", "f1", "right", "false", "missed"}
    assert document["overall"]["right"] + document["overall"]["missed"] == document["pairs"]
    assert len(document["mistakes"]) == document["overall"]["false"] + document["overall"]["missed"]
    assert document["quotes_verbatim"]["ratio"] == 1
    assert document["cost"] == {"usd": "0", "calls": 0, "input_tokens": 0, "output_tokens": 0}
    assert document["latency_ms"]["total"] > 0


def test_two_engines_stand_side_by_side(some: tuple[str, str]) -> None:
    document = report(some, "--split", "heldout", "--against", "offline")
    assert document["against"]["overall"] == document["overall"]


def test_the_table_shows_kinds_and_mistakes(some: tuple[str, str], tmp_path: Path) -> None:
    """Nobody hears what the labels find in the first words of every meeting."""
    meetings = [json.loads(line)["transcript_id"] for line in Path(some[1]).read_text(encoding="utf-8").splitlines()]
    wrong = "".join(
        json.dumps({"transcript_id": name, "turn": 0, "labels": list(IntentKind)}) + "\n" for name in meetings
    )
    labels = tmp_path / "labels.jsonl"
    labels.write_text(wrong, encoding="utf-8")
    run = typed(str(labels), "--transcripts", some[1], "--split", "dev", "--sides", "names", "--mistakes", "2")
    assert run.exit_code == 0, run.output
    assert all(kind.value in run.stdout for kind in IntentKind)
    assert "Speaker side right" in run.stdout
    assert run.stdout.count(", turn ") == 2


def test_a_wrong_file_is_told_by_line(tmp_path: Path) -> None:
    labels = tmp_path / "labels.jsonl"
    labels.write_text('{"transcript_id": "dev-clinic-demo", "turn": 999, "labels": ["signal:timeline"]}\n')
    run = typed(str(labels), "--transcripts", TRANSCRIPTS)
    assert run.exit_code == 1
    assert "labels.jsonl, line 1: transcript dev-clinic-demo has no turn 999" in run.output


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        ((LABELS, "--transcripts", "nowhere.jsonl"), "nowhere.jsonl cannot be read"),
        ((LABELS, "--transcripts", TRANSCRIPTS, "--split", "test"), "There is: dev, heldout"),
        ((LABELS, "--transcripts", TRANSCRIPTS, "--against", "gpt"), "must be offline, anthropic:MODEL"),
        ((str(HERE.parent / "tests"), "--transcripts", TRANSCRIPTS), "is a directory"),
    ],
)
def test_problems_are_told(arguments: tuple[str, ...], problem: str) -> None:
    run = typed(*arguments)
    assert run.exit_code != 0
    assert problem in run.output


def test_a_file_that_is_not_text_is_told(tmp_path: Path) -> None:
    (tmp_path / "x.jsonl").write_bytes(b"\xff\xfe\x00")
    assert "x.jsonl is not UTF-8 text." in typed(str(tmp_path / "x.jsonl"), "--transcripts", TRANSCRIPTS).output
