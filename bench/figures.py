"""What a measurement answers: named figures, each with its unit in the name and what is aimed at."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True, kw_only=True)
class Figure:
    """``name`` ends in its unit. ``target`` is what the design aims at on two cores; None where it names none."""

    name: str
    value: float
    what: str
    target: float | None = None


def percentile(values: Sequence[float], percent: int) -> float:
    """By linear interpolation; at least two values."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]
