"""What docs/operations.md tells people to type, install and watch is there."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from prometheus_client.metrics import MetricWrapperBase

from cli import main
from config import Settings
from sequences.ports.figures import Figures
from telemetry.metrics import Metrics
from telemetry.page import Page
from tests.house.project import MODULES, ROOMS, ROOT, files
from tests.sequences.fakes import FakeClock

PAPER = (ROOT / "docs" / "operations.md").read_text(encoding="utf-8")
PROSE = re.sub(r"^```.*?^```", "", PAPER, flags=re.MULTILINE | re.DOTALL)
UNITS = re.findall(r"^```ini\n(.*?)^```", PAPER, flags=re.MULTILINE | re.DOTALL)


def test_every_sixty_command_is_understood_with_its_options() -> None:
    """Asked for its help, so that nothing is run; an unknown option is refused before that."""
    told = re.findall(r"(?:^|[`/])(sixty (?:run|migrate|stats|backup|doctor)[^`\n]*)", PAPER, flags=re.MULTILINE)
    assert len(told) > 10
    for command in {line.split(" says ")[0] for line in told}:
        words = shlex.split(command)[1:]
        assert CliRunner().invoke(main, [*words, "--help"]).exit_code == 0, command
    assert CliRunner().invoke(main, ["run", "--rule", "--help"]).exit_code != 0


def test_every_metric_exists_with_the_label_it_is_asked_for() -> None:
    metrics = Metrics()
    figures: Figures | None = None
    Page(metrics=metrics, figures=figures, clock=FakeClock())  # type: ignore[arg-type]  # nothing is asked
    labels: dict[str, tuple[str, ...]] = {
        f"{collector._name}{suffix}": collector._labelnames
        for collector in metrics.registry._collector_to_names
        if isinstance(collector, MetricWrapperBase)
        for suffix in ("", "_total", "_count")
    }
    named = re.findall(r"\b(sixty_[a-z_]+)(?:\{(\w+)=)?", PAPER)
    assert len({name for name, _ in named}) > 15
    for name, label in named:
        assert name in labels, name
        assert not label or label in labels[name], f"{name} has no {label}"


def test_every_setting_exists() -> None:
    ours = {name.upper() for name in Settings.model_fields}
    named = set(re.findall(r"\b((?:SIXTY|SLACK|SMTP|MEETINGBAAS)_[A-Z_]+)\b", PAPER))
    assert named
    assert named <= ours


def test_every_log_line_is_written_somewhere() -> None:
    table = PAPER.partition("| look into | when it says |")[2].partition("\n\n")[0]
    said = re.findall(r"`([^`]+)`", table)
    code = "".join(
        path.read_text(encoding="utf-8")
        for path in files(".py")
        if path.relative_to(ROOT).parts[0] in ROOMS or path.stem in MODULES
    )
    assert len(said) > 10
    assert [message for message in said if f'"{message}"' not in code] == []


def test_the_checks_of_readiness_are_those_of_the_code() -> None:
    table = PAPER.partition("| check | 503 when |")[2].partition("\n\n")[0]
    told = re.findall(r"^\| `(\w+)` \|", table, flags=re.MULTILINE)
    code = (ROOT / "watching.py").read_text(encoding="utf-8")
    checks = [first or second for first, second in re.findall(r'"(\w+)": self\._|checks\["(\w+)"\]', code)]
    assert told == checks


def verdict(unit: str, folder: Path) -> list[str]:
    """What systemd finds wrong with it, on a machine where the program is elsewhere."""
    name = "sixty-worker@1.service" if "%i" in unit else "sixty.service"
    path = folder / name
    path.write_text(unit.replace("/opt/sixty/.venv/bin/sixty", sys.executable), encoding="utf-8")
    command = ["systemd-analyze", "verify", "--man=no", str(path)]
    checked = subprocess.run(command, capture_output=True, text=True, check=False)
    return [line for line in checked.stderr.splitlines() if name in line]


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
@pytest.mark.parametrize("number", range(2))
def test_the_units_are_good_ones(number: int, tmp_path: Path) -> None:
    assert verdict(UNITS[number], tmp_path) == []
    assert verdict(UNITS[number].replace("RestartSec", "RestartSecs"), tmp_path)


def test_there_are_two_units_and_the_named_tests_exist() -> None:
    assert len(UNITS) == 2
    for path in re.findall(r"`(tests/[\w/]+\.py)`", PROSE):
        assert (ROOT / path).exists(), path
