"""What the driver tells a running victim: how its clock stands, and where it shall die. One small file, replaced whole.

The way back is as small: a page of memory in which the victim counts its writes. It survives kill -9.
"""

import json
import mmap
import os
import struct
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any

_COUNTS = struct.Struct("<3q")


class Place(StrEnum):
    """Where in a transaction a victim kills itself."""

    AFTER_STATEMENT = "after a statement"  # written, not committed
    BEFORE_COMMIT = "before a commit"
    DURING_COMMIT = "during a commit"
    AFTER_COMMIT = "after a commit"


@dataclass(frozen=True, kw_only=True)
class Death:
    """At the ``nth`` moment of this kind. ``delay_us``: how long into a commit, for ``DURING_COMMIT``."""

    place: Place
    nth: int
    delay_us: int = 0


@dataclass(frozen=True, kw_only=True)
class Orders:
    """``number`` tells one order from the next: with a new one, counting starts again."""

    number: int = 0
    offset_s: float = 0.0
    death: Death | None = None


@dataclass(frozen=True, kw_only=True)
class Counts:
    """Writes of the victim since the order ``number``."""

    number: int
    statements: int
    commits: int


class OrdersFile:
    """The driver's end."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "orders.json"
        self.counts_path = folder / "counts.bin"
        self.counts_path.write_bytes(_COUNTS.pack(0, 0, 0))
        self.now = Orders()
        self.give()

    def give(self, **changes: Any) -> Orders:
        """The orders as they are, with these changes, under the next number."""
        self.now = Orders(**{**_fields(self.now), "number": self.now.number + 1, **changes})
        draft = self.path.with_suffix(".draft")
        draft.write_text(json.dumps(asdict(self.now)), encoding="utf-8")
        draft.replace(self.path)
        return self.now

    def counts(self) -> Counts:
        number, statements, commits = _COUNTS.unpack(self.counts_path.read_bytes()[: _COUNTS.size])
        return Counts(number=number, statements=statements, commits=commits)


class Follower:
    """The victim's end: reads the file again whenever it was replaced."""

    def __init__(self, path: Path, counts_path: Path) -> None:
        self._path = path
        self._known: tuple[int, int] | None = None
        self._orders = Orders()
        self._last = datetime.now(UTC)
        with counts_path.open("r+b") as file:
            self._memory = mmap.mmap(file.fileno(), _COUNTS.size)

    def orders(self) -> Orders:
        found = self._path.stat()
        seen = (found.st_ino, found.st_mtime_ns)
        if seen != self._known:
            self._known = seen
            self._orders = _read(self._path)
        return self._orders

    def clock(self) -> datetime:
        """The victim's time: the machine's, moved as ordered."""
        return datetime.now(UTC) + timedelta(seconds=self.orders().offset_s)

    def count(self, counts: Counts) -> None:
        _COUNTS.pack_into(self._memory, 0, counts.number, counts.statements, counts.commits)


def kill_this_process() -> None:
    """What no handler, no ``finally`` and no exit hook survives."""
    os.kill(os.getpid(), 9)


def _fields(orders: Orders) -> dict[str, Any]:
    return {name: getattr(orders, name) for name in orders.__dataclass_fields__}


def _read(path: Path) -> Orders:
    said = json.loads(path.read_text(encoding="utf-8"))
    death = said.pop("death")
    if death:
        death = Death(place=Place(death["place"]), nth=death["nth"], delay_us=death["delay_us"])
    return Orders(**said, death=death)
