"""Mails against labels: how many are told apart rightly, class by class, and how sure one may be."""

import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sequences.evaluation.figures import Bucket, Score, Share, Spread, buckets, share, spread
from sequences.evaluation.labelled_mails import LabelledMail, MailSet
from sequences.records.mail import MailClass, MailMaterial, MailTriage, ReplyClass, ReplyReading
from sequences.skills.mails.reading import material_of

Triage = Callable[[MailMaterial], Awaitable[MailTriage]]
Read = Callable[[MailMaterial], Awaitable[ReplyReading]]

EDGES = (0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True, kw_only=True)
class MailMistake:
    mail_id: str
    question: str
    wanted: str
    found: str
    confidence: float
    quote: str
    subject: str
    said: str


@dataclass(frozen=True, kw_only=True)
class QuestionReport:
    """``confusion`` counts (label, answer). An acceptable answer counts as if it had been the label."""

    accuracy: Share
    classes: dict[str, Score]
    confusion: dict[tuple[str, str], int]
    calibration: tuple[Bucket, ...]
    mistakes: tuple[MailMistake, ...]


@dataclass(frozen=True, kw_only=True)
class MailReport:
    """``reply`` is None without campaign replies; ``return_days`` is the share of absences with the right day."""

    mails: int
    triage: QuestionReport | None
    reply: QuestionReport | None
    verbatim: Share
    return_days: Share
    latency_ms: Spread
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Answer:
    labelled: LabelledMail
    material: MailMaterial
    wanted: str
    found: MailTriage | ReplyReading
    question: str

    @property
    def counted_as(self) -> str:
        """The label that the answer is held against."""
        return self.found.kind.value if self.found.kind.value in self.labelled.acceptable else self.wanted

    @property
    def is_right(self) -> bool:
        return self.found.kind.value == self.counted_as


async def evaluate_mails(data: MailSet, triage: Triage, read: Read) -> MailReport:
    """One mail after the other, so that the time of each is its own; preparation counts, too."""
    answers: list[_Answer] = []
    milliseconds: list[float] = []
    for labelled in data.mails:
        started = time.perf_counter()
        answers.extend([answer async for answer in _answers(labelled, triage, read)])
        milliseconds.append((time.perf_counter() - started) * 1000)
    by_question = {name: [answer for answer in answers if answer.question == name] for name in ("triage", "reply")}
    return MailReport(
        mails=len(data.mails),
        triage=_report(by_question["triage"], MailClass),
        reply=_report(by_question["reply"], ReplyClass),
        verbatim=share(_is_verbatim(answer) for answer in answers if answer.found.quote),
        return_days=share(_return_days(by_question["reply"])),
        latency_ms=spread(milliseconds),
        notes=data.notes,
    )


async def _answers(labelled: LabelledMail, triage: Triage, read: Read) -> AsyncIterator[_Answer]:
    material = material_of(labelled.mail)
    if labelled.triage:
        found = await triage(material)
        yield _Answer(
            labelled=labelled, material=material, wanted=labelled.triage.value, found=found, question="triage"
        )
    if labelled.reply_class:
        reading = await read(material)
        yield _Answer(
            labelled=labelled, material=material, wanted=labelled.reply_class.value, found=reading, question="reply"
        )


def _report(answers: Sequence[_Answer], classes: type[StrEnum]) -> QuestionReport | None:
    if not answers:
        return None
    return QuestionReport(
        accuracy=share(answer.is_right for answer in answers),
        classes={name.value: _score(answers, name.value) for name in classes},
        confusion=dict(Counter((answer.counted_as, answer.found.kind.value) for answer in answers)),
        calibration=buckets(((answer.found.confidence, answer.is_right) for answer in answers), EDGES),
        mistakes=tuple(_mistake(answer) for answer in answers if not answer.is_right),
    )


def _score(answers: Sequence[_Answer], name: str) -> Score:
    found = [answer for answer in answers if answer.found.kind.value == name]
    right = sum(answer.is_right for answer in found)
    missed = sum(answer.counted_as == name and not answer.is_right for answer in answers)
    return Score(right=right, false=len(found) - right, missed=missed)


def _is_verbatim(answer: _Answer) -> bool:
    mail, quote = answer.material.mail, answer.found.quote
    return quote in mail.subject or quote in answer.material.parts.said


def _return_days(answers: Sequence[_Answer]) -> Iterator[bool]:
    for answer in answers:
        if answer.labelled.return_on and isinstance(answer.found, ReplyReading):
            yield answer.found.return_on == answer.labelled.return_on


def _mistake(answer: _Answer) -> MailMistake:
    return MailMistake(
        mail_id=answer.labelled.id,
        question=answer.question,
        wanted=answer.wanted,
        found=answer.found.kind.value,
        confidence=answer.found.confidence,
        quote=answer.found.quote,
        subject=answer.material.mail.subject,
        said=answer.material.parts.said,
    )
