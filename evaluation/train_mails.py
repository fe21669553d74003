"""Learn the weights of ``sequences/skills/mails`` from the dev mails: ``python -m evaluation.train_mails``.

One logistic regression for each class against the others, by the learner of ``train.py``. ``--check`` learns on four
fifths at a time instead, judges the last fifth, and prints how often that was right. The held-out mails are never read.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.compile import HERE
from evaluation.train import descend
from sequences.evaluation.labelled_mails import LabelledMail
from sequences.evaluation.reading_mails import read_mails
from sequences.skills.mails.features import features_of
from sequences.skills.mails.odds import FILE, Weights, chances
from sequences.skills.mails.reading import material_of

TARGET = HERE.parent / "sequences" / "skills" / "mails" / FILE
STRENGTH = 0.6  # how much an example counts against the wish for small weights
LEAST_SEEN = 2  # mails; a feature of a single one teaches nothing
LEAST_WEIGHT = 0.02
FOLDS = 5
QUESTIONS = ("triage", "reply")


@dataclass(frozen=True, kw_only=True)
class Example:
    """``accepted`` holds the label and whatever else counts as right."""

    id: str
    features: frozenset[str]
    label: str
    accepted: frozenset[str]


def examples(mails: Sequence[LabelledMail], question: str) -> Iterator[Example]:
    """Only mails that a person wrote: the others are settled before any weighing."""
    for mail in mails:
        material = material_of(mail.mail)
        label = mail.triage if question == "triage" else mail.reply_class
        if label is None or material.automatic is not None:
            continue
        accepted = frozenset({label.value, *mail.acceptable})
        yield Example(id=mail.id, features=features_of(material), label=label.value, accepted=accepted)


def learn(seen: Sequence[Example]) -> Weights:
    """A class that an example may have as well is not learnt from it as a wrong one."""
    counts = Counter(feature for example in seen for feature in example.features)
    features = sorted(feature for feature, count in counts.items() if count >= LEAST_SEEN)
    place = {feature: at for at, feature in enumerate(features)}
    weights: Weights = {}
    for name in sorted({example.label for example in seen}):
        usable = [example for example in seen if example.label == name or name not in example.accepted]
        rows = [sorted(place[feature] for feature in example.features if feature in place) for example in usable]
        signs = [1.0 if example.label == name else -1.0 for example in usable]
        learnt = descend(rows, signs, len(features), strength=STRENGTH)
        weights[name] = {
            features[at]: round(weight, 3) for at, weight in enumerate(learnt) if abs(weight) >= LEAST_WEIGHT
        }
    return weights


def cross_checked(seen: Sequence[Example]) -> list[tuple[Example, str, float]]:
    """Each example with the class and the chance given to it by weights that never saw it."""
    ordered = sorted(seen, key=lambda example: hashlib.sha256(example.id.encode()).hexdigest())
    judged = []
    for fold in range(FOLDS):
        weights = learn([example for at, example in enumerate(ordered) if at % FOLDS != fold])
        for example in ordered[fold::FOLDS]:
            found = chances(weights, example.features)
            best = max(sorted(found), key=lambda name: found[name])
            judged.append((example, best, found[best]))
    return judged


def training_mails() -> list[LabelledMail]:
    data = read_mails((HERE / "mails.jsonl").read_text(encoding="utf-8"), name="mails.jsonl")
    return [mail for mail in data.mails if mail.split == "dev"]


def digest(seen: Sequence[Example]) -> str:
    """Of what the weights were learnt from; a test compares it with what there is to learn from."""
    lines = ["\t".join([*sorted(each.features), "|", each.label, *sorted(each.accepted)]) for each in seen]
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def main() -> None:
    mails = training_mails()
    seen = {question: list(examples(mails, question)) for question in QUESTIONS}
    document: dict[str, Any] = {
        "learnt_from": {question: digest(seen[question]) for question in QUESTIONS},
        "weights": {question: learn(seen[question]) for question in QUESTIONS},
    }
    TARGET.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def check() -> None:
    mails = training_mails()
    for question in QUESTIONS:
        judged = cross_checked(list(examples(mails, question)))
        right = [best in example.accepted for example, best, _ in judged]
        sys.stdout.write(f"{question}: {sum(right)} of {len(right)} right, {sum(right) / len(right):.1%}\n")
        for low, high in ((0.0, 0.5), (0.5, 0.6), (0.6, 0.7), (0.7, 0.8), (0.8, 0.9), (0.9, 1.01)):
            inside = [best in example.accepted for example, best, sure in judged if low <= sure < high]
            if inside:
                sys.stdout.write(f"  {low:.1f}-{min(high, 1):.1f}  {sum(inside) / len(inside):.0%} of {len(inside)}\n")


if __name__ == "__main__":
    check() if "--check" in sys.argv[1:] else main()
