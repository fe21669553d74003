"""Every requirement on the engine has a test named after it."""

import ast
import re

import pytest

from tests.house.project import ROOT
from tests.house.spec_ids import ARGUED, PROVED

ID = re.compile(r"(?<![a-z0-9])([a-z]+_\d\d)(?![a-z0-9])")


def ids_in(name: str) -> set[str]:
    """``test_env_06_env_07_…`` carries two."""
    return set(ID.findall(name))


def named_in_tests() -> set[str]:
    found: set[str] = set()
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
                found |= ids_in(node.name)
    return found


NAMED = named_in_tests()


@pytest.mark.parametrize("spec_id", PROVED)
def test_a_requirement_has_a_test_of_its_name(spec_id: str) -> None:
    assert spec_id in NAMED, f"{spec_id} ({PROVED[spec_id]}): name a test after it"


def test_an_argued_requirement_has_a_reason_and_no_test() -> None:
    assert ARGUED.keys() & PROVED.keys() == set()
    assert {spec_id for spec_id in ARGUED if spec_id in NAMED} == set(), "it can be proved after all: move it"
    assert all(reason for reason in ARGUED.values())
    assert len(ARGUED) <= len(PROVED) / 10


@pytest.mark.parametrize(
    ("name", "ids"),
    [
        ("test_env_08_the_order", {"env_08"}),
        ("test_env_06_env_07_every_source", {"env_06", "env_07"}),
        ("test_the_order_of_env_8", set()),
        ("test_env_081_nothing", set()),
    ],
)
def test_ids_are_read_from_names(name: str, ids: set[str]) -> None:
    assert ids_in(name) == ids
