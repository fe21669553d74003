"""Files and functions stay small enough to read, and nothing is left for later."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from statistics import median, quantiles

import pytest

from tests.house.project import ROOT, files, named

CODE = (".py", ".js", ".css", ".html", ".j2")
LARGEST_FILE = 500
LARGEST_FUNCTION = 60
FIRST_LINES = 5
# In parts, so that this file does not find itself.
LEFT_FOR_LATER = re.compile(r"\b(?:TO" + r"DO|FIX" + r"ME|XX" + r"X|HA" + r"CK)\b")


def sources(*suffixes: str) -> list[Path]:
    return [path for path in files(*suffixes) if "migrations" not in path.parts]


def functions() -> Iterator[tuple[str, int]]:
    """Name and length in lines."""
    for path in sources(".py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.end_lineno:
                yield f"{named(path)}:{node.name}", node.end_lineno - node.lineno + 1


def test_long_files_say_why() -> None:
    """ "Long because …" in the first lines."""
    unexplained = []
    for path in sources(*CODE):
        lines = path.read_text(encoding="utf-8").splitlines()
        if len(lines) > LARGEST_FILE and "long because" not in "\n".join(lines[:FIRST_LINES]).casefold():
            unexplained.append(named(path))
    assert unexplained == []


def test_functions_are_short() -> None:
    lengths = dict(functions())
    assert [name for name, length in lengths.items() if length > LARGEST_FUNCTION] == []
    assert median(lengths.values()) < 10
    assert quantiles(lengths.values(), n=10)[-1] < 35


@pytest.mark.parametrize("word", ["utils", "helpers", "manager", "common", "misc"])
def test_no_file_is_named_after_nothing(word: str) -> None:
    assert [named(path) for path in sources(*CODE) if word in (path.stem, path.parent.name)] == []


def test_nothing_is_left_for_later() -> None:
    left = [
        f"{named(path)}:{number}"
        for path in files(*CODE, ".md", ".toml", ".yaml", ".json")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if LEFT_FOR_LATER.search(line)
    ]
    assert left == []


def test_packages_are_packages() -> None:
    """A folder with code but no __init__.py is found by some tools and not by others."""
    folders = {path.parent for path in files(".py") if path.parent != ROOT}
    assert [named(folder) for folder in sorted(folders) if not (folder / "__init__.py").exists()] == []
