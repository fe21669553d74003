"""The figures of a report, each with the counts that it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, kw_only=True)
class Score:
    """Right, false and missed detections. A ratio without cases is ``None``, never a flattering 1."""

    right: int = 0
    false: int = 0
    missed: int = 0

    @property
    def precision(self) -> float | None:
        return _ratio(self.right, self.right + self.false)

    @property
    def recall(self) -> float | None:
        return _ratio(self.right, self.right + self.missed)

    @property
    def f1(self) -> float | None:
        return _ratio(2 * self.right, 2 * self.right + self.false + self.missed)

    def __add__(self, other: "Score") -> "Score":
        return Score(right=self.right + other.right, false=self.false + other.false, missed=self.missed + other.missed)


@dataclass(frozen=True, kw_only=True)
class Share:
    right: int = 0
    of: int = 0

    @property
    def ratio(self) -> float | None:
        return _ratio(self.right, self.of)


@dataclass(frozen=True, kw_only=True)
class Bucket:
    """Detections whose confidence lies from ``low`` up to, but not including, ``high`` (1 belongs to the last)."""

    low: float
    high: float
    mean_confidence: float
    share: Share


@dataclass(frozen=True, kw_only=True)
class Spread:
    """Milliseconds per meeting."""

    median: float
    p95: float
    worst: float
    total: float


def share(truths: Iterable[bool]) -> Share:
    known = list(truths)
    return Share(right=sum(known), of=len(known))


def buckets(judged: Iterable[tuple[float, bool]], edges: Sequence[float]) -> tuple[Bucket, ...]:
    """``judged`` holds each detection's confidence and whether it was right; empty buckets are left out."""
    cases = list(judged)
    found = []
    for low, high in pairwise(edges):
        inside = [(sure, right) for sure, right in cases if low <= sure < high or sure == high == edges[-1]]
        if inside:
            mean = sum(sure for sure, _ in inside) / len(inside)
            found.append(Bucket(low=low, high=high, mean_confidence=mean, share=share(right for _, right in inside)))
    return tuple(found)


def spread(milliseconds: Iterable[float]) -> Spread:
    taken = sorted(milliseconds) or [0.0]
    return Spread(
        median=taken[len(taken) // 2],
        p95=taken[min(len(taken) - 1, int(len(taken) * 0.95))],
        worst=taken[-1],
        total=sum(taken),
    )


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
