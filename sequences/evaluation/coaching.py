"""Coaching facts against labels: objections with their handling, and questions open or closed."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from sequences.evaluation.figures import Score, Share, share
from sequences.evaluation.labelled import LabelledTranscript
from sequences.evaluation.material import Seating, material_of
from sequences.evaluation.reading import read_intent_set
from sequences.evaluation.rows import Row, read_rows
from sequences.records.coaching import CoachingFacts, Objection
from sequences.records.material import MeetingMaterial

Count = Callable[[MeetingMaterial], CoachingFacts]


@dataclass(frozen=True, kw_only=True)
class LabelledObjection:
    """``handling`` is None where careful readers differ about it."""

    position: int
    kind: str
    handling: str | None
    is_borderline: bool


@dataclass(frozen=True, kw_only=True)
class CoachingLabels:
    """``questions`` are those of our side that ask about the prospect, by turn; None where they were not labelled."""

    objections: tuple[LabelledObjection, ...]
    questions: dict[int, str] | None


@dataclass(frozen=True, kw_only=True)
class CoachingSet:
    transcripts: tuple[LabelledTranscript, ...]
    labels: dict[str, CoachingLabels]

    def of_split(self, split: str) -> "CoachingSet":
        chosen = tuple(item for item in self.transcripts if item.split == split.casefold())
        return CoachingSet(transcripts=chosen, labels={item.id: self.labels[item.id] for item in chosen})


@dataclass(frozen=True, kw_only=True)
class CoachingReport:
    """``kind`` and ``handling`` are of the objections found; ``form`` of the questions found."""

    transcripts: int
    objections: Score
    kind: Share
    handling: Share
    questions: Score
    form: Share
    mistakes: tuple[str, ...]


def read_coaching_set(labels: str, transcripts: str, *, labels_name: str = "labels") -> CoachingSet:
    """Both are the content of JSON Lines files. LabelledFileError names the line that cannot be used."""
    known = {item.id: item for item in read_intent_set("", transcripts).transcripts}
    read: dict[str, CoachingLabels] = {}
    for row in read_rows(labels, name=labels_name):
        transcript = known.get(row.required("transcript_id"))
        if transcript is None:
            raise row.fail("its transcript is not in the transcripts file")
        read[transcript.id] = _labels(row, transcript)
    return CoachingSet(transcripts=tuple(item for item in known.values() if item.id in read), labels=read)


def _labels(row: Row, transcript: LabelledTranscript) -> CoachingLabels:
    numbers = {turn.number: at for at, turn in enumerate(transcript.turns)}

    def inner(value: object) -> tuple[Row, int]:
        if not isinstance(value, dict):
            raise row.fail("a label is not a JSON object")
        given = Row(place=row.place, values=value)
        position = numbers.get(given.required("turn"))
        if position is None:
            raise given.fail(f"transcript {transcript.id} has no turn {given.required('turn')}")
        return given, position

    objections = [
        LabelledObjection(
            position=position,
            kind=given.required("kind"),
            handling=given.text("handling") or None,
            is_borderline=given.values.get("borderline") is True,
        )
        for given, position in map(inner, row.listed("objections"))
    ]
    asked = {position: given.required("form") for given, position in map(inner, row.listed("questions"))}
    return CoachingLabels(objections=tuple(objections), questions=asked if "questions" in row.values else None)


def evaluate_coaching(data: CoachingSet, count: Count) -> CoachingReport:
    judged = [(item.id, data.labels[item.id], count(material_of(item, Seating.ROLES))) for item in data.transcripts]
    pairs = [
        (label, found)
        for _, labels, facts in judged
        for label in labels.objections
        for found in facts.objections
        if found.turn == label.position and not label.is_borderline
    ]
    asked = [(labels.questions, _asked(facts)) for _, labels, facts in judged if labels.questions is not None]
    forms = [(wanted[turn], found[turn]) for wanted, found in asked for turn in wanted.keys() & found.keys()]
    return CoachingReport(
        transcripts=len(judged),
        objections=sum((_score(labels, facts.objections) for _, labels, facts in judged), Score()),
        kind=share(label.kind == found.kind.value for label, found in pairs),
        handling=share(label.handling == found.handling.value for label, found in pairs if label.handling),
        questions=Score(
            right=sum(len(wanted.keys() & found.keys()) for wanted, found in asked),
            false=sum(len(found.keys() - wanted.keys()) for wanted, found in asked),
            missed=sum(len(wanted.keys() - found.keys()) for wanted, found in asked),
        ),
        form=share(wanted == found for wanted, found in forms),
        mistakes=tuple(line for name, labels, facts in judged for line in _mistakes(name, labels, facts)),
    )


def _asked(facts: CoachingFacts) -> dict[int, str]:
    """The last question of each turn."""
    return {question.turn: question.form.value for question in facts.questions if question.is_discovery}


def _score(labels: CoachingLabels, found: tuple[Objection, ...]) -> Score:
    certain = {label.position for label in labels.objections if not label.is_borderline}
    doubtful = {label.position for label in labels.objections if label.is_borderline}
    turns = {item.turn for item in found}
    return Score(right=len(certain & turns), false=len(turns - certain - doubtful), missed=len(certain - turns))


def _mistakes(name: str, labels: CoachingLabels, facts: CoachingFacts) -> Iterator[str]:
    wanted = {label.position: label for label in labels.objections}
    for item in facts.objections:
        label = wanted.get(item.turn)
        if label is None:
            yield f"false {item.kind.value} in {name}, turn {item.turn}: {item.quote}"
        elif not label.is_borderline and (label.kind, label.handling or item.handling.value) != (
            item.kind.value,
            item.handling.value,
        ):
            heard = f"{item.kind.value} {item.handling.value}"
            yield f"{heard} instead of {label.kind} {label.handling} in {name}, turn {item.turn}"
    turns = {item.turn for item in facts.objections}
    for label in labels.objections:
        if not label.is_borderline and label.position not in turns:
            yield f"missed {label.kind} in {name}, turn {label.position}"
