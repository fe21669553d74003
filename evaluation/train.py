"""Learn the weights of ``sequences/skills/odds`` from the dev meetings and the phrases: ``python -m evaluation.train``.

A turn carries a kind when one of its sentences does, and nobody says which: each round takes the sentence that speaks
most for it, and learns again. Then the same without one writer's meetings at a time, to see how far the odds can be
trusted on meetings of somebody new. Takes some minutes. The held-out meetings are never read.
"""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from evaluation.compile import HERE
from evaluation.descent import Rows, descend_scaled
from sequences.evaluation.labelled import IntentSet, LabelledTranscript
from sequences.evaluation.material import material_of
from sequences.evaluation.reading import read_intent_set
from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.detect_intents import hear_conversation
from sequences.skills.odds.features import features_of, is_context
from sequences.skills.odds.weigh import can_mean
from sequences.skills.odds.weights import FILE, logistic

PHRASES = "phrases"
SPLITS = ("dev", PHRASES)
TARGET = HERE.parent / "sequences" / "skills" / "odds" / FILE
STRENGTH = 12.0
DESCENTS = 15
ROUNDS = 3  # of choosing the sentence that tells
LEAST_SEEN = 2  # sentences; a feature of a single one teaches nothing
LEAST_WEIGHT = 0.25  # smaller ones are not worth their place in the file
NEW_WRITERS = ("dev-s1-", "dev-s2-", "dev-s3-", "dev-s4-", "dev-s5-")  # who wrote without knowing the rules
IS_PHRASE = "phrase"  # a list of phrases holds far more of every kind than talk does

Learnt = tuple[float, dict[str, float]]  # bias, and weights by feature


@dataclass(frozen=True, kw_only=True)
class Example:
    """One turn: the features of each sentence, the kinds that it carries, and those that it may or may not carry."""

    transcript_id: str
    side: Side
    sentences: tuple[tuple[str, ...], ...]
    certain: frozenset[IntentKind]
    borderline: frozenset[IntentKind]

    def teaches(self, kind: IntentKind) -> bool:
        return can_mean(self.side, kind) and kind not in self.borderline


def examples(data: IntentSet) -> Iterator[Example]:
    """Jokes and turns of unknown sides teach nothing, since the odds are not asked about them."""
    for transcript in data.transcripts:
        material = material_of(transcript)
        if material.is_internal:
            continue
        labels = data.labels[transcript.id]
        conversation = hear_conversation(material)
        for at, heard in enumerate(conversation):
            if heard.spoken.side is Side.UNKNOWN or heard.spoken.is_joke or not heard.parts:
                continue
            yield Example(
                transcript_id=transcript.id,
                side=heard.spoken.side,
                sentences=tuple(_taught(transcript, features) for features in features_of(conversation, at)),
                certain=frozenset(kind for place, kind in labels.certain if place == at),
                borderline=frozenset(kind for place, kind in labels.borderline if place == at),
            )


def _taught(transcript: LabelledTranscript, features: Sequence[str]) -> tuple[str, ...]:
    if transcript.split != PHRASES:
        return tuple(features)
    return (*(feature for feature in features if not is_context(feature)), IS_PHRASE)


def learn(seen: Iterable[Example], kind: IntentKind) -> Learnt | None:
    """``None`` for a kind of which there is no example. Borderline turns are left out."""
    turns = [example for example in seen if example.teaches(kind)]
    if not any(kind in turn.certain for turn in turns):
        return None
    counts = Counter(feature for turn in turns for sentence in turn.sentences for feature in sentence)
    names = sorted(feature for feature, count in counts.items() if count >= LEAST_SEEN)
    place = {feature: at for at, feature in enumerate(names)}
    told = [
        [(len(sentence) ** -0.5, [place[feature] for feature in sentence if feature in place]) for sentence in each]
        for each in (turn.sentences for turn in turns)
    ]
    weights = [0.0] * (len(names) + 1)
    for round_ in range(ROUNDS):
        choose = partial(_choose, weights) if round_ else None
        rows = _rows(told, [kind in turn.certain for turn in turns], choose)
        weights = descend_scaled(rows, len(names), rounds=DESCENTS)
    kept = {name: round(weight, 2) for name, weight in zip(names, weights, strict=False) if abs(weight) >= LEAST_WEIGHT}
    return round(weights[-1], 3), {name: weight for name, weight in kept.items() if name != IS_PHRASE}


Told = list[tuple[float, list[int]]]  # of each sentence of a turn: scale and positions


def _rows(told: list[Told], carries: list[bool], choose: Callable[[Told], Told] | None) -> Rows:
    """Every sentence of a turn without the kind, and of one with it the chosen one, or at first a share of all."""
    rows: list[tuple[list[int], float, float, float]] = []
    for sentences, is_carried in zip(told, carries, strict=True):
        chosen = choose(sentences) if is_carried and choose else sentences
        strength = STRENGTH / len(chosen) if is_carried else STRENGTH
        rows += [(places, 1.0 if is_carried else -1.0, scale, strength) for scale, places in chosen]
    places, signs, scales, strengths = zip(*rows, strict=True)
    return Rows(places=places, signs=signs, scales=scales, strengths=strengths)


def _choose(weights: list[float], sentences: Told) -> Told:
    return [max(sentences, key=lambda told: told[0] * sum(weights[place] for place in told[1]))]


def calibrate(seen: Sequence[Example], kind: IntentKind) -> tuple[float, float]:
    """Slope and shift between the log odds that are given and those that come true on the turns of writers whom the
    weights have not seen (Platt, 1999)."""
    given: list[tuple[float, bool]] = []
    for writer in NEW_WRITERS:
        learnt = learn((turn for turn in seen if not turn.transcript_id.startswith(writer)), kind)
        unseen = (turn for turn in seen if turn.transcript_id.startswith(writer) and turn.teaches(kind))
        given += [(max(_odds(learnt, each) for each in turn.sentences), kind in turn.certain) for turn in unseen]
    return platt(given) if any(right for _, right in given) else (1.0, 0.0)


def _odds(learnt: Learnt | None, sentence: Sequence[str]) -> float:
    bias, weights = learnt or (0.0, {})
    scale: float = len(sentence) ** -0.5
    return bias + scale * sum(weights.get(feature, 0.0) for feature in sentence)


def platt(given: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """By Newton's method, towards targets that leave a little doubt."""
    right = sum(is_right for _, is_right in given)
    high, low = (right + 1) / (right + 2), 1 / (len(given) - right + 2)
    slope, shift = 1.0, 0.0
    for _ in range(50):
        steep = [(odds, logistic(slope * odds + shift), high if is_right else low) for odds, is_right in given]
        by_slope = sum((chance - aim) * odds for odds, chance, aim in steep)
        by_shift = sum(chance - aim for _, chance, aim in steep)
        ss = sum(chance * (1 - chance) * odds * odds for odds, chance, _ in steep) + 1e-6
        sh = sum(chance * (1 - chance) * odds for odds, chance, _ in steep)
        hh = sum(chance * (1 - chance) for _, chance, _ in steep) + 1e-6
        whole = ss * hh - sh * sh
        slope -= (hh * by_slope - sh * by_shift) / whole
        shift -= (ss * by_shift - sh * by_slope) / whole
    return round(slope, 3), round(shift, 3)


def training_set() -> IntentSet:
    content = {name: (HERE / name).read_text(encoding="utf-8") for name in ("intents.jsonl", "transcripts.jsonl")}
    data = read_intent_set(content["intents.jsonl"], content["transcripts.jsonl"])
    chosen = tuple(transcript for transcript in data.transcripts if transcript.split in SPLITS)
    return IntentSet(transcripts=chosen, labels={transcript.id: data.labels[transcript.id] for transcript in chosen})


def digest(seen: Sequence[Example]) -> str:
    """Of what the weights were learnt from; a test compares it with what there is to learn from."""
    told = hashlib.sha256()
    for turn in seen:
        labels = "\t".join([*sorted(turn.certain), "|", *sorted(turn.borderline)])
        told.update("\n".join([turn.transcript_id, labels, *map("\t".join, turn.sentences)]).encode())
    return told.hexdigest()


def _learn_kind(seen: Sequence[Example], kind: IntentKind) -> tuple[IntentKind, Learnt | None, tuple[float, float]]:
    return kind, learn(seen, kind), calibrate(seen, kind)


def main() -> None:
    seen = list(examples(training_set()))
    with ProcessPoolExecutor() as pool:
        learnt = list(pool.map(partial(_learn_kind, seen), IntentKind))
    document: dict[str, Any] = {
        "learnt_from": digest(seen),
        "bias": {kind.value: found[0] for kind, found, _ in learnt if found},
        "calibration": {kind.value: calibration for kind, found, calibration in learnt if found},
        "weights": {kind.value: found[1] for kind, found, _ in learnt if found},
    }
    TARGET.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
