""".env.example and the README's table list every variable that is read, and nothing else."""

import re
from pathlib import Path

import pytest

from config import Settings, load_settings
from tests.house.project import ROOT

SDK_VARIABLES = {
    "ANTHROPIC_API_KEY",
    "ANTHROPIC_BASE_URL",
    "GEMINI_API_KEY",
    "GOOGLE_API_KEY",
    "GOOGLE_GEMINI_BASE_URL",
}
OURS = {name.upper() for name in Settings.model_fields}
LINE = re.compile(r"^(?:# )?([A-Z][A-Z0-9_]+)=(.*)$")


@pytest.fixture
def example() -> list[str]:
    return (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()


@pytest.fixture(autouse=True)
def _no_settings_around(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in OURS:
        monkeypatch.delenv(name, raising=False)


def names_in(lines: list[str]) -> list[str]:
    return [found[1] for line in lines if (found := LINE.match(line))]


def test_the_example_has_every_variable_once(example: list[str]) -> None:
    assert sorted(names_in(example)) == sorted(OURS | SDK_VARIABLES)


def test_each_variable_is_explained_above_it(example: list[str]) -> None:
    """A comment, with at most other variables of its group between."""
    for number, line in enumerate(example):
        if not LINE.match(line):
            continue
        above = number - 1
        while LINE.match(example[above]):
            above -= 1
        assert re.match(r"# \S", example[above]), f"line {number + 1} of .env.example needs a comment"


def test_the_example_as_it_stands_is_a_valid_file() -> None:
    assert load_settings(ROOT / ".env.example") == Settings(_env_file=None)


def test_the_defaults_it_shows_are_the_defaults(example: list[str], tmp_path: Path) -> None:
    everything = tmp_path / ".env"
    everything.write_text("\n".join(re.sub(r"^# (?=[A-Z0-9_]+=)", "", line) for line in example), encoding="utf-8")
    assert load_settings(everything) == Settings(_env_file=None)


def test_sdk_variables_are_those_that_the_models_read() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "gateways" / "model").glob("*.py"))
    read = set(re.findall(r'"([A-Z]+_[A-Z_]*(?:API_KEY|BASE_URL))"', sources))
    assert read == SDK_VARIABLES


def test_the_readme_lists_every_variable() -> None:
    rows = re.findall(r"^\| `([A-Z0-9_]+)`", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(rows) == sorted(OURS | SDK_VARIABLES)
