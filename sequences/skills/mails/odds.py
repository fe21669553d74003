"""How likely a mail belongs to a class, by weights of our own: ``python -m evaluation.train_mails`` learns them."""

import json
import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from typing import Any

FILE = "weights.json"
TRIAGE, REPLY = "triage", "reply"  # questions
ASKED = "asked"  # the question of a sentence that may ask for something
OPTOUT = "optout"  # the class, and the question, of a sentence with the wish to be left alone

Weights = dict[str, dict[str, float]]  # class → feature → weight


@cache
def _document() -> dict[str, Any]:
    document: dict[str, Any] = json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    return document


def learnt(question: str) -> Weights:
    """``question`` is ``triage``, ``asked``, ``reply`` or ``optout``."""
    weights: Weights = _document()["weights"][question]
    return weights


def chances(weights: Weights, features: Iterable[str]) -> dict[str, float]:
    """Of every class; together they are 1."""
    ordered = sorted(features)  # the last digit of a sum depends on its order, and sets have none
    odds = {name: _chance(_sum(learnt_of, ordered)) for name, learnt_of in weights.items()}
    whole = sum(odds.values())
    return {name: chance / whole for name, chance in odds.items()}


def chance(weights: Weights, name: str, features: Iterable[str]) -> float:
    """Of one class by itself."""
    return _chance(_sum(weights[name], sorted(features)))


def sureness(question: str, found: float) -> float:
    """A chance as it turned out on mails of writers whom the weights had not seen: of those at 0.8, four in five."""
    slope, shift = _document()["calibration"][question]
    return _chance(slope * log_odds(found) + shift)


def log_odds(found: float) -> float:
    held = min(max(found, 1e-6), 1 - 1e-6)
    return math.log(held / (1 - held))


def _sum(weights: dict[str, float], ordered: list[str]) -> float:
    return sum(weights[feature] for feature in ordered if feature in weights)


def _chance(odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, odds))))
