"""The papers say what is: links resolve, named files exist, the words are explained."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from scripts.draw_sequences import PAPER as SEQUENCES
from scripts.draw_sequences import draw_all
from sequences.records.action import ActionStatus
from sequences.records.event import EventStatus
from sequences.records.insight import IntentKind
from sequences.records.job import JobStatus
from sequences.transcripts.parse import parse_transcript
from tests.house.project import MODULES, ROOMS, ROOT, files, named

PAPERS = list(files(".md"))
LINK = re.compile(r"\[[^\]\n]*\]\(([^)\s]+)\)")
# What looks like a path of ours in a text: begins with one of our folders, or is a file at the top.
NAMED_PATH = re.compile(
    r"`((?:(?:"
    + "|".join((*ROOMS, "bench", "docs", "scripts", "tests", ".ci"))
    + r")/[\w./-]*|[\w.-]+\.(?:py|toml|lock|json))[\w/]*)`"
)
WORDS = (
    "event", "sequence", "step", "job", "skill", "action", "approval", "card", "connection", "capability", "digest",
    "gate", "fence", "lease", "delivery", "engine", "undo window", "rep", "prospect", "contact, company", "deal",
    "stage", "activity", "action item", "debrief", "follow-up",
)  # fmt: skip


def without_code(text: str) -> str:
    return re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)


def anchors(path: Path) -> set[str]:
    """As GitHub makes them from headings."""
    headings = re.findall(r"^#+ (.+)$", without_code(path.read_text(encoding="utf-8")), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_links_lead_somewhere(paper: Path) -> None:
    for target in LINK.findall(without_code(paper.read_text(encoding="utf-8"))):
        if target.startswith(("http://", "https://", "mailto:")):
            continue
        file, _, anchor = target.partition("#")
        there = (paper.parent / file).resolve() if file else paper
        assert there.exists(), f"{named(paper)} links to {target}"
        assert not anchor or anchor in anchors(there), f"{named(paper)} links to {target}"


@pytest.mark.parametrize(
    "paper", [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")], ids=named
)
def test_named_files_exist(paper: Path) -> None:
    """`gate.py` alone may stand for a file that the sentence has placed before."""
    ours = {path.name for path in files(".py", ".json", ".toml", ".lock")}
    made = {"bench/chaos.json", "bench/report.json"}
    for path in NAMED_PATH.findall(paper.read_text(encoding="utf-8")):
        assert (ROOT / path).exists() or path in ours | made, f"{named(paper)} names {path}"


def folder_map() -> str:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return readme.partition("## Where things are")[2].partition("\n## ")[0]


@pytest.mark.parametrize("room", [*(f"{room}/" for room in ROOMS), *(f"{name}.py" for name in MODULES)])
def test_the_folder_map_is_whole(room: str) -> None:
    assert f"`{room}`" in folder_map()


@pytest.mark.parametrize("word", WORDS)
def test_the_glossary_has_the_word(word: str) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert re.search(rf"^\| (?:[\w ,-]+, )?{re.escape(word)}(?:, [\w ,-]+)? \| \S", glossary, flags=re.MULTILINE)


@pytest.mark.parametrize("kinds", [IntentKind, EventStatus, JobStatus, ActionStatus], ids=lambda kinds: kinds.__name__)
def test_the_glossary_has_every_kind_and_state(kinds: type[StrEnum]) -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    assert [kind.value for kind in kinds if f"`{kind.value}`" not in glossary] == []


def test_every_decision_is_listed() -> None:
    folder = ROOT / "docs" / "decisions"
    listed = (folder / "README.md").read_text(encoding="utf-8")
    numbered = sorted(path.name for path in folder.glob("[0-9]*.md"))
    assert numbered
    assert [name for name in numbered if f"({name})" not in listed] == []
    assert [name[:4] for name in numbered] == [f"{number:04}" for number in range(1, len(numbered) + 1)]


def test_the_things_to_copy_exist() -> None:
    """Functions and constants named in CONTRIBUTING's table, in the file named beside them."""
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## What to copy")[2].partition("\n## ")[0]
    pairs = re.findall(r"`(\w+)` in `([\w/.-]+\.py)`", table)
    assert len(pairs) > 5
    for name, file in pairs:
        assert re.search(rf"\b{name}\b", (ROOT / file).read_text(encoding="utf-8")), f"{file} has no {name}"


def test_the_drawn_sequences_are_those_of_the_code() -> None:
    assert SEQUENCES.read_text(encoding="utf-8") == draw_all(), "run `make docs`"


@pytest.mark.parametrize("number", range(4))
def test_the_example_transcripts_are_read(number: int) -> None:
    paper = (ROOT / "docs" / "transcripts.md").read_text(encoding="utf-8")
    kind, example = re.findall(r"^```(\w+)\n(.*?)^```", paper, flags=re.MULTILINE | re.DOTALL)[number]
    read = parse_transcript(example.encode(), filename=f"example.{kind}")
    assert [(turn.speaker, turn.text) for turn in read.turns] == [
        ("Robin Hale", "You'll have the offer by Tuesday."),
        ("Petra Lindqvist", "Good, I'll show it to Tomas."),
    ]
    assert read.turns[0].start_s in (12.0, 12.5)
