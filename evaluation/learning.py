"""From features to weights, and from weights to figures, for what is learnt of mails."""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evaluation.descent import ROUNDS, Descent, Rows
from sequences.skills.mails.odds import log_odds

LEAST_SEEN = 2  # examples; a feature of a single one teaches nothing
LEAST_WEIGHT = 0.04
EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.01)


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What weights gave to an example of a writer whom they had not seen."""

    chance: float
    is_right: bool
    writer: str


def learn_class(
    rows: Sequence[frozenset[str]], belongs: Sequence[bool], *, strengths: Sequence[float]
) -> dict[str, float]:
    """The weight of each feature for belonging. ``strengths`` say how much each row counts against the wish for small
    weights."""
    counts = Counter(feature for row in rows for feature in row)
    features = sorted(feature for feature, count in counts.items() if count >= LEAST_SEEN)
    place = {feature: at for at, feature in enumerate(features)}
    numbers = [sorted(place[feature] for feature in row if feature in place) for row in rows]
    signs = [1.0 if each else -1.0 for each in belongs]
    descent = Descent(Rows(places=numbers, signs=signs, scales=[1.0] * len(rows)), len(features), has_bias=False)
    descent.go(strengths, ROUNDS)
    return {features[at]: round(weight, 3) for at, weight in enumerate(descent.weights) if abs(weight) >= LEAST_WEIGHT}


def calibrated(judged: Sequence[Judged]) -> tuple[float, float]:
    """Slope and shift between the log odds that were given and those that came true (Platt, 1999), by two counts more
    than there are on either side, so that no answer is ever quite certain."""
    given = [log_odds(each.chance) for each in judged]
    right = sum(each.is_right for each in judged)
    high, low = (right + 1) / (right + 2), 1 / (len(judged) - right + 2)
    wanted = [high if each.is_right else low for each in judged]
    slope, shift = 1.0, 0.0
    for _ in range(2_000):
        errors = [_logistic(slope * odds + shift) - aim for odds, aim in zip(given, wanted, strict=True)]
        slope -= 0.1 * sum(error * odds for error, odds in zip(errors, given, strict=True)) / len(judged)
        shift -= 0.1 * sum(errors) / len(judged)
    return round(slope, 3), round(shift, 3)


def told(question: str, judged: Sequence[Judged]) -> Iterator[str]:
    """Lines with the share that is right: in all, of each writer, and at each chance."""
    yield f"{question}: {_share(judged)}"
    for writer in sorted({each.writer for each in judged}):
        yield f"  {writer}: {_share([each for each in judged if each.writer == writer])}"
    for low, high in pairwise(EDGES):
        inside = [each for each in judged if low <= each.chance < high]
        if inside:
            yield f"  at {low:.1f}-{min(high, 1):.1f}: {_share(inside)}"


def _share(judged: Sequence[Judged]) -> str:
    right = sum(each.is_right for each in judged)
    return f"{right} of {len(judged)} right, {right / len(judged):.1%}"


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))
