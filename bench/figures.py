"""What a measurement answers: named figures, each with its unit in the name and what is aimed at."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import quantiles


@dataclass(frozen=True, kw_only=True)
class Figure:
    """``name`` ends in its unit. ``target`` is the most and ``at_least`` the least that the design aims
    at on two cores; None where it names none.
    """

    name: str
    value: float
    what: str
    target: float | None = None
    at_least: float | None = None  # where more is better


def percentile(values: Sequence[float], percent: int) -> float:
    """By linear interpolation; at least two values."""
    return quantiles(values, n=100, method="inclusive")[percent - 1]
