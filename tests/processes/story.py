"""A sequence of three steps that leave a line when they begin and when they end, and a cron that leaves one."""

import asyncio
import os
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from sequences.records.base import Record
from sequences.records.event import EventSource, EventType
from sequences.runner.loading import CONTEXT_TYPES
from sequences.sequence import Affinity, Catalogue, Sequence
from sequences.step import step

FOLDER = "NODE_FOLDER"
LOOK_EVERY_S = 0.01


class Line(NamedTuple):
    what: str
    name: str
    number: str
    pid: int


class Journal:
    """One file that all nodes append to; a line is written at once, so lines never mix."""

    def __init__(self, folder: Path) -> None:
        self._path = folder / "journal"
        self.hold = folder / "hold"  # while it exists, the second step goes no further

    def write(self, what: str, name: str, number: int | str) -> None:
        with self._path.open("ab", buffering=0) as file:
            file.write(f"{what} {name} {number} {os.getpid()}\n".encode())

    def lines(self, what: str = "", name: str = "") -> list[Line]:
        if not self._path.exists():
            return []
        split = (line.split() for line in self._path.read_text(encoding="utf-8").splitlines())
        every = (Line(what, name, number, int(pid)) for what, name, number, pid in split)
        return [line for line in every if what in ("", line.what) and name in ("", line.name)]


def journal() -> Journal:
    return Journal(Path(os.environ[FOLDER]))


class Number(Record):
    n: int = 0


class One(Number): ...


class Two(Number): ...


class Three(Number): ...


@step(critical=True)
async def first(given: Number) -> One:
    journal().write("did", "first", given.n)
    return One(n=given.n)


@step(critical=True)
async def second(before: One) -> Two:
    written = journal()
    written.write("began", "second", before.n)
    while written.hold.exists():  # noqa: ASYNC110  # another process says when
        await asyncio.sleep(LOOK_EVERY_S)
    written.write("did", "second", before.n)
    return Two(n=before.n)


@step(critical=True)
async def third(before: Two) -> Three:
    journal().write("did", "third", before.n)
    return Three(n=before.n)


STEPS = ("first", "second", "third")
CATALOGUE = Catalogue(
    (
        Sequence(
            event=EventType.MEETING_ENDED,
            payload=Number,
            sources=frozenset(EventSource),
            confidence=0.95,
            affinity=Affinity.MEETINGS,
            steps=(first, second, third),
        ),
    ),
    CONTEXT_TYPES | {Number},
)


async def ticked(now: datetime) -> None:
    journal().write("ticked", "cron", now.isoformat())
