"""Learn the weights of ``sequences/skills/mails`` from the dev mails and phrases: ``python -m evaluation.train_mails``.

One logistic regression for each class against the others, by the learner of ``train.py``, and one for sentences with
the wish to be left alone. How sure one may be is learnt from what the weights make of each writer's mails when they
have not seen that writer; ``--check`` prints those figures. Takes a minute. The held-out mails are never read.
"""

import hashlib
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from evaluation.compile import HERE
from evaluation.learn_optouts import OptoutExample, learn_optouts, optout_chance, optout_examples
from evaluation.learning import Judged, calibrated, learn_class, told
from sequences.evaluation.labelled_mails import LabelledMail
from sequences.evaluation.reading_mails import read_mails
from sequences.records.mail import ReplyClass
from sequences.skills.mails.features import features_of
from sequences.skills.mails.odds import FILE, OPTOUT, Weights, chances
from sequences.skills.mails.optouts import LIKELY
from sequences.skills.mails.reading import material_of

TARGET = HERE.parent / "sequences" / "skills" / "mails" / FILE
SPLITS = ("dev", "phrases")
STRENGTH = 0.6  # how much an example counts against the wish for small weights
QUESTIONS = ("triage", "reply")
PHRASES = "phrases"
FIRST_FILES = {"dev-inbox", "dev-replies"}


@dataclass(frozen=True, kw_only=True)
class Example:
    """``accepted`` holds the label and whatever else counts as right. What is ``settled`` teaches and is not judged."""

    id: str
    features: frozenset[str]
    label: str
    accepted: frozenset[str]
    settled: bool = False


_Any = TypeVar("_Any", Example, OptoutExample)


def examples(mails: Sequence[LabelledMail], question: str) -> Iterator[Example]:
    """Mails that a person wrote, as the others are settled before any weighing; and absences, since there will be some
    that neither headers nor phrases give away."""
    for mail in mails:
        material = material_of(mail.mail)
        label = mail.triage if question == "triage" else mail.reply_class
        automatic = material.automatic
        if label is None or (automatic and (question == "triage" or label is not ReplyClass.OUT_OF_OFFICE)):
            continue
        yield Example(
            id=mail.id,
            features=features_of(material),
            label=label.value,
            accepted=frozenset({label.value, *mail.acceptable}),
            settled=automatic is not None,
        )


def learn(seen: Sequence[Example]) -> Weights:
    """A class that an example may have as well is not learnt from it as a wrong one."""
    weights: Weights = {}
    for name in sorted({example.label for example in seen}):
        usable = [example for example in seen if example.label == name or name not in example.accepted]
        rows = [example.features for example in usable]
        weights[name] = learn_class(rows, [example.label == name for example in usable], strength=STRENGTH)
    return weights


def writer_of(mail_id: str) -> str:
    """By the file that it stands in."""
    file = mail_id.rpartition("-")[0]
    if file.startswith(PHRASES):
        return PHRASES
    return "first" if file in FIRST_FILES else file


def out_of_fold(seen: Sequence[_Any], judge: Callable[[Sequence[_Any], Sequence[_Any]], list[Judged]]) -> list[Judged]:
    """Each writer's mails, judged by what was learnt from all the others and the phrases."""
    judged: list[Judged] = []
    for writer in sorted({writer_of(example.id) for example in seen} - {PHRASES}):
        known = [example for example in seen if writer_of(example.id) != writer]
        judged += judge(known, [example for example in seen if writer_of(example.id) == writer])
    return judged


def judge_classes(known: Sequence[Example], unknown: Sequence[Example]) -> list[Judged]:
    weights = learn(known)
    judged = []
    for example in unknown:
        if example.settled:
            continue
        found = chances(weights, example.features)
        best = max(sorted(found), key=lambda name: found[name])
        judged.append(Judged(chance=found[best], is_right=best in example.accepted, writer=writer_of(example.id)))
    return judged


def judge_optouts(known: Sequence[OptoutExample], unknown: Sequence[OptoutExample]) -> list[Judged]:
    """Here ``is_right`` says that it is an opt-out."""
    weights = learn_optouts(known)
    return [
        Judged(chance=optout_chance(weights, example), is_right=example.is_optout, writer=writer_of(example.id))
        for example in unknown
    ]


def training_mails() -> list[LabelledMail]:
    data = read_mails((HERE / "mails.jsonl").read_text(encoding="utf-8"), name="mails.jsonl")
    return [mail for mail in data.mails if mail.split in SPLITS]


def learnt_digests(mails: Sequence[LabelledMail]) -> dict[str, str]:
    """Of what the weights were learnt from; a test compares it with what there is to learn from."""
    lines = {
        question: [
            f"{sorted(each.features)} {each.label} {sorted(each.accepted)}" for each in examples(mails, question)
        ]
        for question in QUESTIONS
    }
    lines[OPTOUT] = [
        f"{[sorted(features) for features in each.sentences]} {each.is_optout}" for each in optout_examples(mails)
    ]
    return {name: hashlib.sha256("\n".join(each).encode()).hexdigest() for name, each in lines.items()}


def _line(example: Example) -> str:
    return f"{sorted(example.features)} {example.label} {sorted(example.accepted)}"


def main() -> None:
    mails = training_mails()
    seen = {question: list(examples(mails, question)) for question in QUESTIONS}
    optouts = list(optout_examples(mails))
    judged = {question: out_of_fold(seen[question], judge_classes) for question in QUESTIONS}
    judged[OPTOUT] = out_of_fold(optouts, judge_optouts)
    if "--check" in sys.argv[1:]:
        sys.stdout.write("".join(f"{line}\n" for line in _report(judged)))
        return
    document: dict[str, Any] = {
        "learnt_from": learnt_digests(mails),
        "calibration": {question: calibrated(answers) for question, answers in judged.items()},
        "weights": {question: learn(seen[question]) for question in QUESTIONS} | {OPTOUT: learn_optouts(optouts)},
    }
    TARGET.write_text(json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8")


def _report(judged: dict[str, list[Judged]]) -> Iterator[str]:
    for question in QUESTIONS:
        yield from told(question, judged[question])
    for writer, answers in sorted(_by_writer(judged[OPTOUT]).items()):
        heard = sum(answer.is_right and answer.chance >= LIKELY for answer in answers)
        false = sum(not answer.is_right and answer.chance >= LIKELY for answer in answers)
        counts = Counter(answer.is_right for answer in answers)
        yield f"opt-outs, {writer}: {heard} of {counts[True]} heard, {false} of {counts[False]} others taken for one"


def _by_writer(judged: Sequence[Judged]) -> dict[str, list[Judged]]:
    return {name: [each for each in judged if each.writer == name] for name in {each.writer for each in judged}}


if __name__ == "__main__":
    main()
