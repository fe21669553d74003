"""The documents say what the code does."""

import re
from pathlib import Path

from workspace.faults import KINDS
from workspace.methods.call import Method
from workspace.methods.table import all_methods
from workspace.page_acts import ACTS
from workspace.page_api import __doc__ as contract

DOCS = Path(__file__).parents[2] / "workspace/docs"


def test_every_method_is_listed_with_its_tier_scopes_and_token() -> None:
    listed = re.findall(r"^\| `.*$", (DOCS / "methods.md").read_text(), re.MULTILINE)
    assert listed == [row(name, method) for name, method in sorted(all_methods().items())]


def row(name: str, method: Method) -> str:
    by_kind = name.startswith(("conversations.", "users.conversations")) and not method.scopes
    scopes = "by kind of conversation" if by_kind else ", ".join(method.scopes)
    return f"| `{name}` | {method.tier} | {scopes} | {method.token.replace('|', ' or ')} |"


def test_the_pages_contract_names_every_act_and_every_fault() -> None:
    assert contract is not None
    assert {act for act in ACTS if not re.search(rf"\b{act}\b", contract)} == set()
    assert {kind for kind in KINDS if not re.search(rf"\b{kind}\b", contract)} == set()
