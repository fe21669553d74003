"""The learnt weights, read once when they are first needed."""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from sequences.records.insight import IntentKind

FILE = "weights.json"


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """``weights`` by feature, then by kind. ``calibration`` is slope and shift from log odds given to those that
    came true in meetings of writers whom the weights had not seen."""

    bias: dict[IntentKind, float]
    weights: dict[str, tuple[tuple[IntentKind, float], ...]]
    calibration: dict[IntentKind, tuple[float, float]]


@cache
def learnt() -> Learnt:
    document = json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    weights: dict[str, list[tuple[IntentKind, float]]] = {}
    for name, of_kind in document["weights"].items():
        kind = IntentKind(name)
        for feature, weight in of_kind.items():
            weights.setdefault(feature, []).append((kind, weight))
    return Learnt(
        bias={IntentKind(kind): bias for kind, bias in document["bias"].items()},
        weights={feature: tuple(of_kinds) for feature, of_kinds in weights.items()},
        calibration={IntentKind(kind): (slope, shift) for kind, (slope, shift) in document["calibration"].items()},
    )


def log_odds(features: Sequence[str]) -> dict[IntentKind, float]:
    """Of every kind that was learnt. A feature counts for less the more of them there are, so that a long sentence
    weighs no more than a short one."""
    known = learnt()
    sums = dict.fromkeys(known.bias, 0.0)
    for feature in features:
        for kind, weight in known.weights.get(feature, ()):
            sums[kind] += weight
    scale = len(features) ** -0.5 if features else 0.0
    return {kind: known.bias[kind] + scale * total for kind, total in sums.items()}


def chance(kind: IntentKind, odds: float) -> float:
    """How often a sentence with these log odds turned out to mean it."""
    slope, shift = learnt().calibration[kind]
    return logistic(slope * odds + shift)


def logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-40.0, min(40.0, odds))))
