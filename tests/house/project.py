"""Where things are, and which files are ours."""

import os
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = (
    "blocks",
    "gateways",
    "listeners",
    "scheduler",
    "sequences",
    "storage",
    "telemetry",
    "terminal",
    "web",
    "workspace",
)
MODULES = ("app", "cli", "config", "logs", "watching", "wiring")

_NOT_OURS = {"build", "node_modules", "__pycache__"}


def files(*suffixes: str) -> Iterator[Path]:
    """Our files with one of these suffixes; nothing installed, built or hidden."""
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(name for name in folders if name not in _NOT_OURS and not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(suffixes))


def named(path: Path) -> str:
    """As messages name it."""
    return path.relative_to(ROOT).as_posix()
