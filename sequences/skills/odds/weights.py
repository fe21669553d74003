"""The learnt weights, read once when they are first needed."""

import json
import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from sequences.records.insight import IntentKind

FILE = "weights.json"

Weights = dict[IntentKind, dict[str, float]]


@cache
def learnt() -> Weights:
    document = json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return {IntentKind(kind): weights for kind, weights in document["weights"].items()}


def score(kind: IntentKind, features: Iterable[str]) -> float:
    """The sum of the weights: log odds when ``features`` is a whole turn."""
    weights = learnt().get(kind, {})
    # Sorted, because the last digit of a sum depends on its order and sets have none.
    return sum(weights[feature] for feature in sorted(features) if feature in weights)


def probabilities(features: Iterable[str]) -> dict[IntentKind, float]:
    """Of every kind that was learnt."""
    ordered = sorted(features)
    return {
        kind: _chance(sum(weights[feature] for feature in ordered if feature in weights))
        for kind, weights in learnt().items()
    }


def probability(kind: IntentKind, features: Iterable[str]) -> float:
    return _chance(score(kind, features))


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, log_odds))))
