"""Which faults are tried, and where exactly: drawn from the seed, each point by itself and the same every time."""

import random
from collections.abc import Iterable
from dataclasses import dataclass

DATABASES = ("sqlite", "postgres")
# Of a hundred points, how many go to which family; shared between both databases unless it is about one.
SHARES = {
    "kill": 64,
    "sigterm": 6,
    "database": 4,
    "slack": 10,
    "model": 5,
    "disk": 1,
    "clock": 4,
    "hostile": 6,
}
ONLY_ON = {"disk": ("sqlite",)}


@dataclass(frozen=True, kw_only=True)
class Point:
    """One fault at one place. ``number`` counts within its family and database."""

    family: str
    database: str
    number: int
    seed: int

    @property
    def id(self) -> str:
        return f"{self.family}.{self.database}.{self.number}"

    def draw(self) -> random.Random:
        """Dice of this point's own: no other point, and no order of points, changes what they show."""
        return random.Random(f"{self.seed}:{self.id}")  # noqa: S311  # repeatable on purpose


class PointError(Exception):
    """There is no such point. The message says what one looks like."""


def plan(seed: int, points: int) -> list[Point]:
    """About ``points`` points in the shares above, at least one for each family and database."""
    planned = []
    for family, share in SHARES.items():
        databases = ONLY_ON.get(family, DATABASES)
        each = max(1, round(points * share / 100 / len(databases)))
        planned += [
            Point(family=family, database=database, number=number, seed=seed)
            for database in databases
            for number in range(1, each + 1)
        ]
    return planned


def only(points: Iterable[Point], wanted: str) -> list[Point]:
    """Those whose id begins with one of the words, which are separated by commas; all when there is none."""
    beginnings = tuple(word.strip() for word in wanted.split(",")) or ("",)
    return [point for point in points if point.id.startswith(beginnings)]


def point_of(point_id: str, seed: int) -> Point:
    """``kill.sqlite.17``. PointError when that is no id."""
    family, _, rest = point_id.partition(".")
    database, _, number = rest.partition(".")
    if family not in SHARES or database not in ONLY_ON.get(family, DATABASES) or not number.isdecimal():
        raise PointError(f"{point_id!r} is no point. One looks like kill.sqlite.17; families: {', '.join(SHARES)}.")
    return Point(family=family, database=database, number=int(number), seed=seed)
