"""Logistic regression with a wish for small weights, by dual coordinate descent (Yu, Huang and Lin, 2011): no learning
rate to choose, and the same data give the same weights."""

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

SEED = 60
ROUNDS = 20
_HALVINGS = 24


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Each row has the positions of its features, a sign (1.0 or -1.0), what each of its features counts, and how
    much the row itself counts against the wish for small weights."""

    places: Sequence[Sequence[int]]
    signs: Sequence[float]
    scales: Sequence[float]
    strengths: Sequence[float]


def descend(
    rows: Sequence[Sequence[int]], signs: Sequence[float], size: int, *, strength: float, rounds: int = ROUNDS
) -> list[float]:
    """``size`` weights, where every feature counts as one and every row as much as ``strength``."""
    alike = Rows(places=rows, signs=signs, scales=[1.0] * len(rows), strengths=[strength] * len(rows))
    return descend_scaled(alike, size, has_bias=False, rounds=rounds)[:size]


def descend_scaled(rows: Rows, size: int, *, has_bias: bool = True, rounds: int = ROUNDS) -> list[float]:
    """``size`` weights and the bias, which counts as one in every row; 0.0 without one.

    Each row has its own multiplier between 0 and its strength; the weights are their signed sum over the rows.
    """
    weights, bias = [0.0] * size, 0.0
    multipliers = [0.0] * len(rows.places)
    order = list(range(len(rows.places)))
    shuffle = random.Random(SEED).shuffle  # noqa: S311 - an order, no secret
    steps = [_Step(rows, at, has_bias) for at in order]
    for step in steps:
        step.begin(multipliers)
        bias += step.apply(weights, multipliers[step.at])
    for _ in range(rounds):
        shuffle(order)
        for at in order:
            step = steps[at]
            change = step.wanted(weights, bias, multipliers[at])
            if abs(change) > 1e-6:
                multipliers[at] += change
                bias += step.apply(weights, change)
    return [*weights, bias]


class _Step:
    """One row's part of the descent."""

    def __init__(self, rows: Rows, at: int, has_bias: bool) -> None:
        self.at = at
        self._places, self._sign, self._scale = rows.places[at], rows.signs[at], rows.scales[at]
        self._strength = rows.strengths[at]
        self._has_bias = has_bias
        self._squared = len(self._places) * self._scale**2 + has_bias

    def begin(self, multipliers: list[float]) -> None:
        multipliers[self.at] = self._strength * 1e-3

    def apply(self, weights: list[float], change: float) -> float:
        """Moves the weights; answers how far the bias moves."""
        signed = change * self._sign
        for place in self._places:
            weights[place] += signed * self._scale
        return signed if self._has_bias else 0.0

    def wanted(self, weights: list[float], bias: float, old: float) -> float:
        """How far the multiplier moves: to where ``squared * (z - old) + margin + log(z / (strength - z))`` is zero."""
        margin = self._sign * (self._scale * sum([weights[place] for place in self._places]) + bias)
        low, high = 1e-9, self._strength - 1e-9
        for _ in range(_HALVINGS):
            middle = (low + high) / 2
            if self._squared * (middle - old) + margin + math.log(middle / (self._strength - middle)) > 0:
                high = middle
            else:
                low = middle
        return (low + high) / 2 - old
