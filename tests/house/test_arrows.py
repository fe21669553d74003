"""The arrows between the rooms hold, and each contract is seen to fail on an import that it forbids."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

from tests.house.project import MODULES, ROOMS, ROOT, named

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")

# Contract → the room that breaks it, and what it must not import.
WRONG = {
    "The core knows nothing outside itself": ("sequences", "storage.database"),
    "Entrances reach no storage, no vendor and no settings": ("listeners", "gateways.smtp"),
    "Entrances do not know each other": ("web", "scheduler.crons"),
    "Only Slack's rooms draw blocks": ("scheduler", "blocks.render"),
    "Blocks know the records and nothing else": ("blocks", "sequences.front"),
    "Blocks do no work: no network, no database, no clock": ("blocks", "asyncio"),
    "Gateways know the ports, the records and how things look": ("gateways", "sequences.intake"),
    "Storage knows the ports and the records": ("storage", "sequences.intake"),
    "Telemetry knows the ports, the records and what a task carries": ("telemetry", "sequences.intake"),
    "The workspace knows nothing of the product": ("workspace", "blocks.ids"),
    "Only the demo knows the workspace": ("terminal", "workspace.server"),
    "Records are the words: they import only each other": ("sequences/records", "sequences.ids"),
    "Ports are said in records alone": ("sequences/ports", "sequences.ids"),
    "Skills change nothing: they reach no gate, no runner and no card": ("sequences/skills", "sequences.intake"),
    "Bolt stays with the listeners": ("web", "slack_bolt"),
    "Slack's client stays where Slack is": ("scheduler", "slack_sdk"),
    "Model vendors stay behind the model port": ("gateways/slack", "anthropic"),
    "SMTP stays in one file": ("gateways", "aiosmtplib"),
    "SQL stays in storage": ("scheduler", "sqlalchemy"),
    "Counts and traces stay in telemetry": ("scheduler", "prometheus_client"),
    "Crons stay in the scheduler": ("storage", "apscheduler"),
    "The queue's library stays in the scheduler": ("storage", "procrastinate"),
    "HTTP stays at the edges": ("sequences", "aiohttp"),
}


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(LINT_IMPORTS), "--no-logo", "--no-cache"]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def contracts() -> list[str]:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    return [contract["name"] for contract in settings["tool"]["importlinter"]["contracts"]]


def copy_of_the_rooms(folder: Path) -> Path:
    shutil.copy(ROOT / "pyproject.toml", folder)
    for room in ROOMS:
        for source in (ROOT / room).rglob("*.py"):
            target = folder / source.relative_to(ROOT)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return folder


def findings(report: str) -> dict[str, str]:
    """What the report says under the name of each broken contract."""
    _, _, details = report.partition("Broken contracts")
    parts = re.split(r"^(.+)\n-{3,}$", details, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def test_every_arrow_holds() -> None:
    checked = lint_imports(ROOT)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_every_contract_has_an_import_that_it_forbids() -> None:
    assert sorted(WRONG) == sorted(contracts())


def test_every_contract_catches_a_wrong_import(tmp_path: Path) -> None:
    folder = copy_of_the_rooms(tmp_path)
    for number, (room, imported) in enumerate(WRONG.values()):
        (folder / room / f"wrong_{number}.py").write_text(f"import {imported}\n", encoding="utf-8")
    checked = lint_imports(folder)
    assert checked.returncode == 1, checked.stdout + checked.stderr
    found = findings(checked.stdout)
    for number, (contract, (room, _)) in enumerate(WRONG.items()):
        assert f"{room.replace('/', '.')}.wrong_{number}" in found.get(contract, ""), f"{contract} did not notice"


def imports_of(path: Path) -> set[str]:
    """The top-level names that a file imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.partition(".")[0])
    return found


def test_the_single_modules_keep_to_their_place() -> None:
    """Import-linter looks into packages only."""
    ours = {*ROOMS, *MODULES}
    seen = {name: imports_of(ROOT / f"{name}.py") & ours for name in MODULES}
    assert seen["config"] == set()
    assert seen["logs"] == {"sequences"}  # the ids that a task carries
    assert not seen["app"] & {"cli", "terminal", "workspace", "blocks"}
    assert not seen["wiring"] & {"app", "cli", "terminal", "workspace", "blocks", "listeners", "web"}
    assert "workspace" not in seen["cli"]


def test_no_room_is_forgotten() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {
        "tests",
        "bench",
        "chaos",
        "evaluation",
        "scripts",
    }
    assert packages == set(ROOMS)
    assert {path.stem for path in ROOT.glob("*.py")} == set(MODULES)


def test_the_core_never_looks_at_the_clock() -> None:
    """``now`` is an argument everywhere: that is what lets a test walk through weeks."""
    asked = re.compile(r"\b(?:datetime\.(?:now|utcnow|today)|date\.today|time\.time)\(")
    looking = [
        named(path)
        for room in ("sequences", "blocks", "storage", "listeners")
        for path in (ROOT / room).rglob("*.py")
        if asked.search(path.read_text(encoding="utf-8"))
    ]
    assert looking == []


def test_only_actions_reach_the_writers() -> None:
    """The CRM's writer and the mailer's ``send`` are called from inside the gate, by what it lets through."""
    calls = re.compile(r"\.crm_writer\.\w+\(|\bmailer\.send\(")
    callers = {
        path.parent
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if calls.search(path.read_text(encoding="utf-8"))
    }
    assert callers == {ROOT / "sequences" / "actions"}
