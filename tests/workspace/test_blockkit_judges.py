"""Where others' rules disagree with ours, ``workspace/docs/block-kit-checks.md`` says so, case by case."""

import re
from pathlib import Path

from tests.workspace import corpus_kinds
from tests.workspace.disagreements import DOCUMENT, rows
from tests.workspace.judges import NODE_PROJECT, models_accept, need_node
from tests.workspace.payloads import cases

CASES = list(cases())
VALID = {case.name for case in CASES if case.is_valid}
KINDS = (
    corpus_kinds.BLOCKS,
    corpus_kinds.MODAL_BLOCKS,
    corpus_kinds.IN_ACTIONS,
    corpus_kinds.IN_CONTEXT_ACTIONS,
    corpus_kinds.IN_INPUT,
    corpus_kinds.IN_RICH_TEXT,
    corpus_kinds.RICH_PARTS,
    corpus_kinds.SMALL,
    corpus_kinds.CELLS,
    {"url": None},
)


def table() -> list[str]:
    return [line for line in DOCUMENT.read_text().splitlines() if line.startswith("| ") and "| payload |" not in line]


def test_slacks_python_models() -> None:
    """This part needs nothing but what is installed anyway."""
    marked = {cells[0].strip() for line in table() if (cells := line.strip("|").split("|"))[1].strip()}
    assert {case.name for case in CASES if models_accept(case)} ^ VALID == marked


def test_the_table_is_what_both_judges_say(tmp_path: Path) -> None:
    need_node()
    assert table() == rows(tmp_path)


def test_every_kind_that_slacks_types_know_is_judged_whole_and_broken() -> None:
    need_node()
    declared = NODE_PROJECT / "node_modules/@slack/types/dist/block-kit"
    known = {kind for file in declared.glob("*.d.ts") for kind in re.findall(r"\btype: '(\w+)'", file.read_text())}
    judged = {kind for table in KINDS for kind in table}
    assert len(known) > 60
    assert known - judged == set()


def test_the_document_counts_right() -> None:
    assert f"A corpus of {len(CASES)} payloads" in DOCUMENT.read_text()


def test_names_of_cases_are_unique() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
