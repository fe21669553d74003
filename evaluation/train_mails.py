"""Learn the weights of ``sequences/skills/mails`` from the dev mails and phrases: ``python -m evaluation.train_mails``.

One logistic regression for each class against the others, by the learner of ``train.py``, one for sentences with the
wish to be left alone, and one for what a sentence asks. How sure one may be is learnt from what the weights make of
each writer's mails when they have not seen that writer; ``--check`` prints those figures. Takes a minute or two. The
held-out mails are never read.
"""

import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from evaluation.compile import HERE
from evaluation.learn_asking import AskingExample, learn_asking
from evaluation.learn_optouts import OptoutExample, learn_optouts, optout_chance, optout_examples
from evaluation.learning import Judged, calibrated, learn_class, told
from sequences.evaluation.labelled_mails import LabelledMail
from sequences.evaluation.reading_mails import read_mails
from sequences.records.mail import MailClass, MailMaterial, ReplyClass
from sequences.skills.mails.asking import asked_chances, asking_sentences
from sequences.skills.mails.choosing import blended, decided
from sequences.skills.mails.features import features_of
from sequences.skills.mails.odds import ASKED, FILE, OPTOUT, REPLY, TRIAGE, Weights, chances
from sequences.skills.mails.optouts import LIKELY
from sequences.skills.mails.reading import material_of

TARGET = HERE.parent / "sequences" / "skills" / "mails" / FILE
SPLITS = ("dev", "phrases")
STRENGTH = 0.6  # how much an example counts against the wish for small weights
REPLIED = 0.3  # how much a phrase that answers a campaign and wants nothing counts for mail of every kind
QUESTIONS = (TRIAGE, REPLY)
PHRASES = "phrases"
FIRST_FILES = {"dev-inbox", "dev-replies"}


@dataclass(frozen=True, kw_only=True)
class Example(AskingExample):
    """``accepted`` holds the label and whatever else counts as right. What is ``settled`` teaches and is not judged."""

    id: str
    features: frozenset[str]
    is_reply: bool
    settled: bool = False


_Any = TypeVar("_Any", Example, OptoutExample)


def examples(mails: Sequence[LabelledMail], question: str) -> Iterator[Example]:
    """Mails that a person wrote, as the others are settled before any weighing; and absences, since there will be some
    that neither headers nor phrases give away."""
    for mail in mails:
        material = material_of(mail.mail)
        label = mail.triage if question == "triage" else mail.reply_class
        automatic = material.automatic
        if label is None or (automatic and (question == TRIAGE or label is not ReplyClass.OUT_OF_OFFICE)):
            continue
        yield Example(
            id=mail.id,
            features=features_of(material),
            sentences=_sentences(material) if question == TRIAGE else (),
            counts=_counts(mail, question),
            label=label.value,
            accepted=frozenset({label.value, *mail.acceptable}),
            is_reply=mail.reply_class is not None,
            settled=automatic is not None,
        )


def _sentences(material: MailMaterial) -> tuple[frozenset[str], ...]:
    return tuple(features for _, features in asking_sentences(material))


def _counts(mail: LabelledMail, question: str) -> float:
    is_spare = question == TRIAGE and bool(mail.reply_class) and mail.split == PHRASES and mail.triage is MailClass.FYI
    return REPLIED if is_spare else 1.0


def learn(seen: Sequence[Example]) -> Weights:
    """A class that an example may have as well is not learnt from it as a wrong one."""
    weights: Weights = {}
    for name in sorted({example.label for example in seen}):
        usable = [example for example in seen if example.label == name or name not in example.accepted]
        rows = [example.features for example in usable]
        belongs = [example.label == name for example in usable]
        weights[name] = learn_class(rows, belongs, strengths=_strengths(usable))
    return weights


def _strengths(usable: Sequence[Example]) -> list[float]:
    """What is frequent here need not be so in an inbox: each class counts as much as any other."""
    labels = {example.label for example in usable}
    of_class = {label: sum(example.counts for example in usable if example.label == label) for label in labels}
    share = math.fsum(of_class.values()) / len(of_class)
    return [STRENGTH * example.counts * share / of_class[example.label] for example in usable]


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


def judge_triage(known: Sequence[Example], unknown: Sequence[Example]) -> list[Judged]:
    weights, asked = learn(known), learn_asking(known)
    judged = []
    for example in unknown:
        found = blended(chances(weights, example.features), asked_chances(asked, example.sentences))
        judged.append(_judged(example, found, decided(found)))
    return judged


def judge_replies(known: Sequence[Example], unknown: Sequence[Example]) -> list[Judged]:
    weights = learn(known)
    judged = []
    for example in unknown:
        found = chances(weights, example.features)
        if not example.settled:
            judged.append(_judged(example, found, max(sorted(found), key=lambda name: found[name])))
    return judged


def _judged(example: Example, found: dict[str, float], name: str) -> Judged:
    writer = f"{writer_of(example.id)}, {'replies' if example.is_reply else 'inbox'}"
    return Judged(chance=found[name], is_right=name in example.accepted, writer=writer)


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
        question: [f"{sorted(each.features)} {_line(each)}" for each in examples(mails, question)]
        for question in QUESTIONS
    }
    lines[OPTOUT] = [f"{_sorted(each.sentences)} {each.is_optout}" for each in optout_examples(mails)]
    return {name: hashlib.sha256("\n".join(each).encode()).hexdigest() for name, each in lines.items()}


def _line(example: Example) -> str:
    return f"{_sorted(example.sentences)} {example.label} {sorted(example.accepted)} {example.counts}"


def _sorted(sentences: Sequence[frozenset[str]]) -> list[list[str]]:
    return [sorted(features) for features in sentences]


def main() -> None:
    mails = training_mails()
    seen = {question: list(examples(mails, question)) for question in QUESTIONS}
    optouts = list(optout_examples(mails))
    judged = {
        TRIAGE: out_of_fold(seen[TRIAGE], judge_triage),
        REPLY: out_of_fold(seen[REPLY], judge_replies),
        OPTOUT: out_of_fold(optouts, judge_optouts),
    }
    if "--check" in sys.argv[1:]:
        sys.stdout.write("".join(f"{line}\n" for line in _report(judged)))
        return
    document: dict[str, Any] = {
        "learnt_from": learnt_digests(mails),
        "calibration": {question: calibrated(answers) for question, answers in judged.items()},
        "weights": {
            **{question: learn(seen[question]) for question in QUESTIONS},
            ASKED: learn_asking(seen[TRIAGE]),
            OPTOUT: learn_optouts(optouts),
        },
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
