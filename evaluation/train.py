"""Learn the weights of ``sequences/skills/odds`` from the dev meetings and the phrases: ``python -m evaluation.train``.

L2-regularised logistic regression by dual coordinate descent (Yu, Huang and Lin, 2011): no learning rate to choose,
and the same data give the same weights. Takes about half a minute. The held-out meetings are never read.
"""

import hashlib
import json
import math
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.compile import HERE
from sequences.evaluation.labelled import IntentSet
from sequences.evaluation.material import OURS
from sequences.evaluation.reading import read_intent_set
from sequences.records.insight import IntentKind
from sequences.skills.odds.features import features_of
from sequences.skills.odds.weights import FILE

SPLITS = ("dev", "phrases")
TARGET = HERE.parent / "sequences" / "skills" / "odds" / FILE
STRENGTH = 3.0  # how much an example counts against the wish for small weights
ROUNDS = 20
SEED = 60
LEAST_SEEN = 2  # turns; a feature of a single turn teaches nothing
LEAST_WEIGHT = 0.05  # smaller ones are not worth their place in the file


@dataclass(frozen=True, kw_only=True)
class Example:
    """One turn: its features, the kinds that it carries, and those that it may or may not carry."""

    features: frozenset[str]
    certain: frozenset[IntentKind]
    borderline: frozenset[IntentKind]


def examples(data: IntentSet) -> Iterator[Example]:
    for transcript in data.transcripts:
        labels = data.labels[transcript.id]
        before = ""
        for at, turn in enumerate(transcript.turns):
            yield Example(
                features=features_of(turn.text, before, is_ours=turn.role in OURS),
                certain=frozenset(kind for place, kind in labels.certain if place == at),
                borderline=frozenset(kind for place, kind in labels.borderline if place == at),
            )
            before = turn.text


def known_features(seen: Sequence[Example]) -> list[str]:
    counts = Counter(feature for example in seen for feature in example.features)
    return sorted(feature for feature, count in counts.items() if count >= LEAST_SEEN)


def learn(seen: Sequence[Example], kind: IntentKind, features: Sequence[str]) -> dict[str, float]:
    """Borderline turns are left out. A kind of which there is no example has no weights."""
    place = {feature: at for at, feature in enumerate(features)}
    usable = [example for example in seen if kind not in example.borderline]
    rows = [sorted(place[feature] for feature in example.features if feature in place) for example in usable]
    signs = [1.0 if kind in example.certain else -1.0 for example in usable]
    if 1.0 not in signs:
        return {}
    weights = descend(rows, signs, len(features))
    return {features[at]: round(weight, 3) for at, weight in enumerate(weights) if abs(weight) >= LEAST_WEIGHT}


def descend(
    rows: Sequence[Sequence[int]], signs: Sequence[float], size: int, *, strength: float = STRENGTH
) -> list[float]:
    """Each row has its own multiplier between 0 and ``strength``; the weights are their signed sum over the rows."""
    start = strength * 1e-3
    multipliers = [start] * len(rows)
    weights = [0.0] * size
    for row, sign in zip(rows, signs, strict=True):
        for at in row:
            weights[at] += start * sign
    order = list(range(len(rows)))
    shuffle = random.Random(SEED).shuffle  # noqa: S311 - an order, no secret
    for _ in range(ROUNDS):
        shuffle(order)
        for place in order:
            row, sign = rows[place], signs[place]
            margin = sign * sum(weights[at] for at in row)
            better = _best_multiplier(multipliers[place], margin, len(row), strength)
            step = (better - multipliers[place]) * sign
            if abs(step) > 1e-6:
                multipliers[place] = better
                for at in row:
                    weights[at] += step
    return weights


def _best_multiplier(old: float, margin: float, squared_length: int, strength: float) -> float:
    """Where ``squared_length * (z - old) + margin + log(z / (strength - z))`` is zero, by halving."""
    low, high = 1e-9, strength - 1e-9
    for _ in range(24):
        middle = (low + high) / 2
        if squared_length * (middle - old) + margin + math.log(middle / (strength - middle)) > 0:
            high = middle
        else:
            low = middle
    return (low + high) / 2


def training_set() -> IntentSet:
    content = {name: (HERE / name).read_text(encoding="utf-8") for name in ("intents.jsonl", "transcripts.jsonl")}
    data = read_intent_set(content["intents.jsonl"], content["transcripts.jsonl"])
    chosen = tuple(transcript for transcript in data.transcripts if transcript.split in SPLITS)
    return IntentSet(transcripts=chosen, labels={transcript.id: data.labels[transcript.id] for transcript in chosen})


def digest(seen: Sequence[Example]) -> str:
    """Of what the weights were learnt from; a test compares it with what there is to learn from."""
    lines = [
        "\t".join([*sorted(example.features), "|", *sorted(example.certain), "|", *sorted(example.borderline)])
        for example in seen
    ]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def main() -> None:
    seen = list(examples(training_set()))
    features = known_features(seen)
    document: dict[str, Any] = {
        "learnt_from": digest(seen),
        "weights": {kind.value: learn(seen, kind, features) for kind in IntentKind},
    }
    TARGET.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
