"""Where others' rules disagree with ours, ``workspace/docs/block-kit-checks.md`` says so, case by case."""

from pathlib import Path

from tests.workspace.corpus import cases
from tests.workspace.judges import models_accept, need_node, types_refuse

DOCUMENT = Path(__file__).parents[2] / "workspace/docs/block-kit-checks.md"
CASES = list(cases())
VALID = {case.name for case in CASES if case.is_valid}


def documented(column: int) -> set[str]:
    """The payloads whose row has a mark in this column of the document's table."""
    rows = [line.strip("|").split("|") for line in DOCUMENT.read_text().splitlines() if line.startswith("| ")]
    return {row[0].strip() for row in rows[1:] if row[column].strip() in ("takes it", "refuses it")}


def test_slacks_python_models() -> None:
    accepted = {case.name for case in CASES if models_accept(case)}
    assert accepted ^ VALID == documented(1)


def test_slacks_typescript_types(tmp_path: Path) -> None:
    need_node()
    accepted = {case.name for case in CASES} - types_refuse(CASES, tmp_path)
    assert accepted ^ VALID == documented(2)


def test_names_of_cases_are_unique() -> None:
    assert len({case.name for case in CASES}) == len(CASES)
