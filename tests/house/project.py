"""Where things are, and which files are ours."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("blocks", "gateways", "listeners", "scheduler", "sequences", "storage", "terminal", "web", "workspace")
MODULES = ("app", "cli", "config", "logs")

_NOT_OURS = {"build", "node_modules", "__pycache__"}


def files(*suffixes: str) -> Iterator[Path]:
    """Our files with one of these suffixes; nothing installed, built or hidden."""
    for path in sorted(ROOT.rglob("*")):
        parts = path.relative_to(ROOT).parts
        if path.suffix in suffixes and not any(part in _NOT_OURS or part.startswith(".") for part in parts[:-1]):
            yield path


def named(path: Path) -> str:
    """As messages name it."""
    return path.relative_to(ROOT).as_posix()
