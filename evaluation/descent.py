"""Logistic regression with a wish for small weights, by dual coordinate descent (Yu, Huang and Lin, 2011): no learning
rate to choose, and the same data give the same weights."""

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

SEED = 60
ROUNDS = 20
_FIRST = 1e-3  # a multiplier begins at this share of its row's strength
_STEPS = 40
_CLOSE = 1e-6
_STEEPEST = 700.0  # beyond it exp overflows


@dataclass(frozen=True, kw_only=True)
class Rows:
    """Each row has the positions of its features, a sign (1.0 or -1.0), and what each of its features counts."""

    places: Sequence[Sequence[int]]
    signs: Sequence[float]
    scales: Sequence[float]


def descend(
    rows: Sequence[Sequence[int]], signs: Sequence[float], size: int, *, strength: float, rounds: int = ROUNDS
) -> list[float]:
    """``size`` weights, where every feature counts as one and every row as much as ``strength``."""
    alike = Rows(places=rows, signs=signs, scales=[1.0] * len(rows))
    descent = Descent(alike, size, has_bias=False)
    descent.go([strength] * len(rows), rounds)
    return descent.weights


class Descent:
    """Weights on their way to the best. How much a row counts against the wish for small weights may change on the way;
    what was found so far is kept.

    Each row has its own multiplier between 0 and its strength; the weights are their signed sum over the rows. With a
    bias every row has one feature more. ``boosts`` say how much less the wish for small weights holds for each feature.
    """

    def __init__(self, rows: Rows, size: int, *, has_bias: bool = True, boosts: Sequence[float] = ()) -> None:
        self.weights = [0.0] * size
        self._boosts = boosts or [1.0] * size
        self.bias = 0.0
        self._has_bias = has_bias
        self._rows = [
            _Row(places, sign, scale, scale**2 * sum(self._boosts[place] for place in places) + has_bias)
            for places, sign, scale in zip(rows.places, rows.signs, rows.scales, strict=True)
        ]
        self._shuffle = random.Random(SEED).shuffle  # noqa: S311 - an order, no secret

    def go(self, strengths: Sequence[float], rounds: int) -> None:
        """Some rounds over all rows; one of strength 0 is left out."""
        for row, strength in zip(self._rows, strengths, strict=True):
            if strength != row.strength:
                share = row.multiplier / row.strength if row.strength else _FIRST
                row.strength = strength
                self._move(row, share * strength - row.multiplier)
        order = [row for row in self._rows if row.strength]
        for _ in range(rounds):
            self._shuffle(order)
            for row in order:
                change = row.wanted(row.sign * self._log_odds(row)) - row.multiplier
                if abs(change) > _CLOSE:
                    self._move(row, change)

    def log_odds(self) -> list[float]:
        """Of every row, by the weights as they are."""
        return [self._log_odds(row) for row in self._rows]

    def _log_odds(self, row: "_Row") -> float:
        return row.scale * sum(row.of(self.weights)) + self.bias

    def _move(self, row: "_Row", change: float) -> None:
        row.multiplier += change
        signed = change * row.sign * row.scale
        weights, boosts = self.weights, self._boosts
        for place in row.places:
            weights[place] += signed * boosts[place]
        if self._has_bias:
            self.bias += change * row.sign


class _Row:
    """One row's part of the descent."""

    __slots__ = ("multiplier", "of", "places", "scale", "sign", "squared", "strength")

    def __init__(self, places: Sequence[int], sign: float, scale: float, squared: float) -> None:
        self.places, self.sign, self.scale = places, sign, scale
        self.squared = squared
        self.strength = self.multiplier = 0.0
        alone = slice(places[0], places[0] + 1) if places else slice(0)  # else one place comes without its tuple
        self.of: Callable[[Sequence[float]], Sequence[float]] = (
            itemgetter(*places) if len(places) > 1 else itemgetter(alone)
        )

    def wanted(self, margin: float) -> float:
        """The multiplier z at which ``squared * (z - multiplier) + margin + log(z / (strength - z))`` is zero: by
        Newton's method in the logarithm, and by halving where that makes no way."""
        strength, squared = self.strength, self.squared
        offset = margin - squared * self.multiplier
        at = -margin
        low, high = at - squared * strength, at + squared * strength
        wanted, before = self.multiplier, math.inf
        for _ in range(_STEPS):
            wanted = strength / (1 + math.exp(min(-at, _STEEPEST)))
            value = squared * wanted + offset + at
            if abs(value) < _CLOSE:
                break
            low, high = (low, at) if value > 0 else (at, high)
            at -= value / (1 + squared * wanted * (1 - wanted / strength))
            if not low < at < high or abs(value) > before / 2:
                at = (low + high) / 2
            before = abs(value)
        return wanted
