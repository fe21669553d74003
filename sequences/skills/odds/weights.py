"""The learnt weights, read once when they are first needed."""

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import repeat

from sequences.records.insight import IntentKind

FILE = "weights.json"
_MOST = 40.0  # log odds; beyond them all is certain
_SHARED = -0.35  # how much less a feature counts among many


@dataclass(frozen=True, kw_only=True)
class Learnt:
    """``weights`` by kind, then by feature. ``calibration`` is slope and shift from log odds given to those that
    came true in meetings of writers whom the weights had not seen; a chance above ``enough`` was mostly right there."""

    bias: dict[IntentKind, float]
    weights: dict[IntentKind, dict[str, float]]
    calibration: dict[IntentKind, tuple[float, float]]
    enough: dict[IntentKind, float]


@cache
def learnt() -> Learnt:
    document = json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return Learnt(
        bias={IntentKind(kind): bias for kind, bias in document["bias"].items()},
        weights={IntentKind(kind): weights for kind, weights in document["weights"].items()},
        calibration={IntentKind(kind): (slope, shift) for kind, (slope, shift) in document["calibration"].items()},
        enough={IntentKind(kind): chance for kind, chance in document["enough"].items()},
    )


def log_odds(features: Sequence[str], kind: IntentKind) -> float:
    known = learnt()
    return known.bias[kind] + scale_of(features) * sum(map(known.weights[kind].get, features, repeat(0.0)))


def scale_of(features: Sequence[str]) -> float:
    """A feature counts for less the more of them there are, so that long sentences weigh little more than short."""
    return float(len(features) ** _SHARED) if features else 0.0


def of_turn(odds: Iterable[float]) -> float:
    """A turn carries a kind when one of its sentences does. The two likeliest count: of more, long turns would gather
    evidence of everything."""
    return math.log(sum(math.exp(_bounded(each)) for each in sorted(odds)[-2:]))


def chance(kind: IntentKind, odds: float) -> float:
    """How often a sentence with these log odds turned out to mean it."""
    slope, shift = learnt().calibration[kind]
    return logistic(slope * odds + shift)


def is_enough(kind: IntentKind, sure: float) -> bool:
    """Whether a chance is worth listing."""
    return sure > learnt().enough[kind]


def logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-_bounded(odds)))


def _bounded(odds: float) -> float:
    return max(-_MOST, min(_MOST, odds))
