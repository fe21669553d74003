"""The documents say what the code does."""

import re
from pathlib import Path

from workspace.faults import KINDS
from workspace.methods.table import all_methods
from workspace.page_acts import ACTS
from workspace.page_api import __doc__ as contract

DOCS = Path(__file__).parents[2] / "workspace/docs"


def test_every_method_is_listed_with_its_tier_and_token() -> None:
    listed = dict(re.findall(r"^\| `([\w.]+)` \| (\w+) \|", (DOCS / "methods.md").read_text(), re.MULTILINE))
    assert listed == {name: str(method.tier) for name, method in all_methods().items()}


def test_the_pages_contract_names_every_act_and_every_fault() -> None:
    assert contract is not None
    assert {act for act in ACTS if not re.search(rf"\b{act}\b", contract)} == set()
    assert {kind for kind in KINDS if not re.search(rf"\b{kind}\b", contract)} == set()
