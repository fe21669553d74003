"""How likely a mail belongs to a class, by weights of our own: ``python -m evaluation.train_mails`` learns them."""

import json
import math
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

FILE = "weights.json"

Weights = dict[str, dict[str, float]]  # class → feature → weight


@cache
def learnt(question: str) -> Weights:
    """``question`` is ``triage`` or ``reply``."""
    document = json.loads(files(__package__).joinpath(FILE).read_text(encoding="utf-8"))
    weights: Weights = document["weights"][question]
    return weights


def chances(weights: Weights, features: Iterable[str]) -> dict[str, float]:
    """Of every class; together they are 1."""
    ordered = sorted(features)  # the last digit of a sum depends on its order, and sets have none
    odds = {
        name: _chance(sum(learnt_of[feature] for feature in ordered if feature in learnt_of))
        for name, learnt_of in weights.items()
    }
    whole = sum(odds.values())
    return {name: chance / whole for name, chance in odds.items()}


def _chance(log_odds: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
