"""CRM fields against labels: which are filled, from the right words, and with the right names."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from sequences.evaluation.figures import Score, Share, share
from sequences.evaluation.labelled import LabelledTranscript
from sequences.evaluation.material import Seating, material_of
from sequences.evaluation.reading import read_intent_set
from sequences.evaluation.rows import Row, read_rows
from sequences.records.insight import FieldUpdate, FieldUpdates
from sequences.records.material import MeetingMaterial

Extract = Callable[[MeetingMaterial], Awaitable[FieldUpdates]]

# Made from the action items, and judged with them.
_NOT_JUDGED = frozenset(("next_step",))


@dataclass(frozen=True, kw_only=True)
class LabelledField:
    """``positions`` are the turns that prove it; ``names`` are parts of the value, in any case."""

    object: str
    field: str
    positions: frozenset[int]
    names: tuple[str, ...]
    is_borderline: bool

    def fits(self, update: FieldUpdate) -> bool:
        """The right field from the right words. A value without the names that were said is another matter."""
        return (self.object, self.field) == (update.object.value, update.field) and update.turn in self.positions

    def names_all(self, update: FieldUpdate) -> bool:
        return all(name.casefold() in update.new.casefold() for name in self.names)


@dataclass(frozen=True, kw_only=True)
class FieldSet:
    """Only meetings that have labels, which may say that no field is to be filled."""

    transcripts: tuple[LabelledTranscript, ...]
    fields: dict[str, tuple[LabelledField, ...]]

    def of_split(self, split: str) -> "FieldSet":
        chosen = tuple(item for item in self.transcripts if item.split == split.casefold())
        return FieldSet(transcripts=chosen, fields={item.id: self.fields[item.id] for item in chosen})


@dataclass(frozen=True, kw_only=True)
class FieldMistake:
    """``kind`` is ``missed``, ``false`` or ``names``."""

    kind: str
    transcript_id: str
    field: str
    text: str


@dataclass(frozen=True, kw_only=True)
class FieldReport:
    """``names`` is of those found whose label has names."""

    transcripts: int
    overall: Score
    fields: dict[str, Score]
    names: Share
    verbatim: Share
    mistakes: tuple[FieldMistake, ...]


@dataclass(frozen=True, kw_only=True)
class _Judged:
    transcript_id: str
    right: tuple[tuple[LabelledField, FieldUpdate], ...]
    false: tuple[FieldUpdate, ...]
    missed: tuple[LabelledField, ...]
    quotes: tuple[bool, ...]


def read_field_set(
    labels: str, transcripts: str, *, labels_name: str = "labels", transcripts_name: str = "transcripts"
) -> FieldSet:
    """Both are the content of JSON Lines files. LabelledFileError names the line that cannot be used."""
    known = {item.id: item for item in read_intent_set("", transcripts, transcripts_name=transcripts_name).transcripts}
    fields: dict[str, tuple[LabelledField, ...]] = {}
    for row in read_rows(labels, name=labels_name):
        transcript = known.get(row.required("transcript_id"))
        if transcript is None:
            raise row.fail("its transcript is not in the transcripts file")
        listed = tuple(_field(row, value, transcript) for value in row.listed("fields"))
        fields[transcript.id] = (*fields.get(transcript.id, ()), *listed)
    return FieldSet(transcripts=tuple(item for item in known.values() if item.id in fields), fields=fields)


def _field(row: Row, values: object, transcript: LabelledTranscript) -> LabelledField:
    if not isinstance(values, dict):
        raise row.fail("a field is not a JSON object")
    inner = Row(place=row.place, values=values)
    numbers = {str(number) for number in inner.listed("turns")}
    positions = frozenset(at for at, turn in enumerate(transcript.turns) if turn.number in numbers)
    if len(positions) < len(numbers) or not positions:
        raise inner.fail(f"transcript {transcript.id} has not all of the turns {', '.join(sorted(numbers))}")
    return LabelledField(
        object=inner.required("object"),
        field=inner.required("field"),
        positions=positions,
        names=tuple(str(name) for name in inner.listed("names")),
        is_borderline=values.get("borderline") is True,
    )


async def evaluate_fields(data: FieldSet, extract: Extract, *, seating: Seating = Seating.ROLES) -> FieldReport:
    judged = [await _judge(item, data.fields[item.id], extract, seating) for item in data.transcripts]
    pairs = [(one.transcript_id, label, update) for one in judged for label, update in one.right]
    named = [(label, update) for _, label, update in pairs if label.names]
    return FieldReport(
        transcripts=len(judged),
        overall=_score(judged, None),
        fields={name: _score(judged, name) for name in sorted(_fields_of(judged))},
        names=share(label.names_all(update) for label, update in named),
        verbatim=share(quote for one in judged for quote in one.quotes),
        mistakes=(
            *(mistake for one in judged for mistake in _mistakes(one)),
            *(
                FieldMistake(kind="names", transcript_id=where, field=label.field, text=update.new)
                for where, label, update in pairs
                if not label.names_all(update)
            ),
        ),
    )


async def _judge(
    transcript: LabelledTranscript, labels: tuple[LabelledField, ...], extract: Extract, seating: Seating
) -> _Judged:
    material = material_of(transcript, seating)
    found = [item for item in (await extract(material)).items if item.field not in _NOT_JUDGED]
    certain = [label for label in labels if not label.is_borderline]
    right = [(label, update) for label in certain for update in found if label.fits(update)]
    known = {id(update) for update in found for label in labels if label.fits(update)}
    filled = {(label.object, label.field) for label, _ in right}
    return _Judged(
        transcript_id=transcript.id,
        right=tuple(right),
        false=tuple(update for update in found if id(update) not in known),
        missed=tuple(label for label in certain if (label.object, label.field) not in filled),
        quotes=tuple(item.quote in material.transcript.turns[item.turn].text for item in found),
    )


def _fields_of(judged: Iterable[_Judged]) -> set[str]:
    names: set[str] = set()
    for one in judged:
        names |= {label.field for label, _ in one.right} | {label.field for label in one.missed}
        names |= {update.field for update in one.false}
    return names


def _score(judged: Iterable[_Judged], field: str | None) -> Score:
    score = Score()
    for one in judged:
        score += Score(
            right=sum(field in (None, label.field) for label, _ in one.right),
            false=sum(field in (None, update.field) for update in one.false),
            missed=sum(field in (None, label.field) for label in one.missed),
        )
    return score


def _mistakes(one: _Judged) -> Iterable[FieldMistake]:
    for update in one.false:
        yield FieldMistake(kind="false", transcript_id=one.transcript_id, field=update.field, text=update.quote)
    for label in one.missed:
        turns = ", ".join(str(at) for at in sorted(label.positions))
        yield FieldMistake(
            kind="missed", transcript_id=one.transcript_id, field=label.field, text=f"turn {turns} {label.names}"
        )
