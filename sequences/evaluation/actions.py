"""Action items against labels: which promises are found, whose they are, and by when they are due."""

import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import date

from sequences.evaluation.figures import Score, Share, Spread, share, spread
from sequences.evaluation.labelled import LabelledTranscript
from sequences.evaluation.material import Seating, material_of
from sequences.evaluation.reading import read_intent_set
from sequences.evaluation.rows import Row, read_rows
from sequences.records.insight import ActionItem, ActionItems
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Role, Side

Extract = Callable[[MeetingMaterial], Awaitable[ActionItems]]

NEAR = 1  # turns: "Shall I send it?" "Yes." "Will do." is one promise, whichever turn a reader puts it in


@dataclass(frozen=True, kw_only=True)
class LabelledItem:
    """``side`` is None where the label names no owner. ``is_dated`` says that the label judges the date."""

    position: int
    side: Side | None
    text: str
    due_on: date | None
    is_dated: bool
    is_borderline: bool


@dataclass(frozen=True, kw_only=True)
class ActionSet:
    """Only meetings that have labels, which may say that nothing was promised."""

    transcripts: tuple[LabelledTranscript, ...]
    items: dict[str, tuple[LabelledItem, ...]]
    splits: dict[str, str]

    def of_split(self, split: str) -> "ActionSet":
        chosen = tuple(item for item in self.transcripts if self.splits[item.id] == split.casefold())
        return ActionSet(
            transcripts=chosen, items={item.id: self.items[item.id] for item in chosen}, splits=self.splits
        )


@dataclass(frozen=True, kw_only=True)
class ActionMistake:
    """A promise on which engine and labels differ: ``missed``, ``false``, ``owner`` or ``due``."""

    kind: str
    transcript_id: str
    position: int
    wanted: str
    found: str


@dataclass(frozen=True, kw_only=True)
class ActionReport:
    """``overall`` counts an item as right when turn and owner are. ``owner`` and ``due`` are of those at the right turn
    and of those that are right."""

    transcripts: int
    items: int
    borderline: int
    overall: Score
    sides: dict[Side, Score]
    owner: Share
    due: Share
    verbatim: Share
    latency_ms: Spread
    mistakes: tuple[ActionMistake, ...]


def read_action_set(
    labels: str, transcripts: str, *, labels_name: str = "labels", transcripts_name: str = "transcripts"
) -> ActionSet:
    """Both are the content of JSON Lines files. LabelledFileError names the line that cannot be used."""
    read = read_intent_set("", transcripts, transcripts_name=transcripts_name)
    known = {transcript.id: transcript for transcript in read.transcripts}
    items: dict[str, tuple[LabelledItem, ...]] = {}
    splits: dict[str, str] = {}
    for row in read_rows(labels, name=labels_name):
        transcript = known.get(row.required("transcript_id"))
        if transcript is None:
            raise row.fail("its transcript is not in the transcripts file")
        listed = [_item(row, value, transcript) for value in row.listed("items")]
        items[transcript.id] = (*items.get(transcript.id, ()), *listed)
        splits[transcript.id] = row.text("split").casefold() or transcript.split or ""
    labelled = tuple(transcript for transcript in read.transcripts if transcript.id in items)
    return ActionSet(transcripts=labelled, items=items, splits=splits)


async def evaluate_actions(data: ActionSet, extract: Extract, *, seating: Seating = Seating.ROLES) -> ActionReport:
    judged = [await _judge(transcript, data.items[transcript.id], extract, seating) for transcript in data.transcripts]
    pairs = [pair for one in judged for pair in one.pairs]
    every = [item for items in data.items.values() for item in items]
    found = [(item, one.material) for one in judged for item in one.found]
    return ActionReport(
        transcripts=len(judged),
        items=sum(not item.is_borderline for item in every),
        borderline=sum(item.is_borderline for item in every),
        overall=_score(judged, None),
        sides={side: _score(judged, side) for side in (Side.REP, Side.PROSPECT)},
        owner=share(_is_owner(label, item) for label, item in pairs),
        due=share(item.due_on == label.due_on for label, item in pairs if label.is_dated and _is_owner(label, item)),
        verbatim=share(item.quote in material.transcript.turns[item.turn].text for item, material in found),
        latency_ms=spread(one.milliseconds for one in judged),
        mistakes=tuple(mistake for one in judged for mistake in _mistakes(one)),
    )


@dataclass(frozen=True, kw_only=True)
class _Judged:
    """``pairs`` are of the right turn, ``false`` and ``missed`` what has no counterpart."""

    transcript_id: str
    material: MeetingMaterial
    found: tuple[ActionItem, ...]
    pairs: tuple[tuple[LabelledItem, ActionItem], ...]
    false: tuple[ActionItem, ...]
    missed: tuple[LabelledItem, ...]
    milliseconds: float


def _item(row: Row, values: object, transcript: LabelledTranscript) -> LabelledItem:
    if not isinstance(values, dict):
        raise row.fail("an item is not a JSON object")
    inner = Row(place=row.place, values=values)
    number = inner.required("turn")
    position = next((at for at, turn in enumerate(transcript.turns) if turn.number == number), None)
    if position is None:
        raise inner.fail(f"transcript {transcript.id} has no turn {number}")
    return LabelledItem(
        position=position,
        side=_side(inner),
        text=inner.text("text"),
        due_on=_date(inner),
        is_dated="due_on" in values,
        is_borderline=values.get("borderline") is True,
    )


def _side(row: Row) -> Side | None:
    owner = row.text("owner").casefold()
    if not owner:
        return None
    if owner not in set(Role):
        raise row.fail(f"owner is {owner!r}, not one of {', '.join(Role)}")
    return Role(owner).side


def _date(row: Row) -> date | None:
    given = row.text("due_on")
    try:
        return date.fromisoformat(given) if given else None
    except ValueError as error:
        raise row.fail(f"due_on is {given!r}, not a date such as 2026-01-09") from error


async def _judge(
    transcript: LabelledTranscript, labels: tuple[LabelledItem, ...], extract: Extract, seating: Seating
) -> _Judged:
    material = material_of(transcript, seating)
    began = time.perf_counter()
    found = (await extract(material)).items
    milliseconds = (time.perf_counter() - began) * 1_000
    pairs = tuple(_pairs(labels, found))
    taken = {id(item) for _, item in pairs}
    matched = {id(label) for label, _ in pairs}
    certain = tuple((label, item) for label, item in pairs if not label.is_borderline)
    return _Judged(
        transcript_id=transcript.id,
        material=material,
        found=found,
        pairs=certain,
        false=tuple(item for item in found if id(item) not in taken),
        missed=tuple(label for label in labels if id(label) not in matched and not label.is_borderline),
        milliseconds=milliseconds,
    )


def _pairs(
    labels: tuple[LabelledItem, ...], found: tuple[ActionItem, ...]
) -> Iterator[tuple[LabelledItem, ActionItem]]:
    """Each label and each item once, the best first; certain labels before borderline ones."""
    candidates = [
        (not label.is_borderline, _is_owner(label, item), -abs(label.position - item.turn), _alike(label, item), at, by)
        for at, label in enumerate(labels)
        for by, item in enumerate(found)
        if abs(label.position - item.turn) <= NEAR
    ]
    used_labels: set[int] = set()
    used_items: set[int] = set()
    for *_, at, by in sorted(candidates, reverse=True):
        if at not in used_labels and by not in used_items:
            used_labels.add(at)
            used_items.add(by)
            yield labels[at], found[by]


def _is_owner(label: LabelledItem, item: ActionItem) -> bool:
    return label.side in (None, item.owner_side)


def _alike(label: LabelledItem, item: ActionItem) -> int:
    return len(set(label.text.casefold().split()) & set(item.text.casefold().split()))


def _score(judged: list[_Judged], side: Side | None) -> Score:
    """A right turn with a wrong owner is one false item and one missed."""
    score = Score()
    for one in judged:
        right = [label for label, item in one.pairs if _is_owner(label, item) and side in (None, item.owner_side)]
        wrong = [(label, item) for label, item in one.pairs if not _is_owner(label, item)]
        false = [item for item in (*one.false, *(item for _, item in wrong)) if side in (None, item.owner_side)]
        missed = [label for label in (*one.missed, *(label for label, _ in wrong)) if side in (None, label.side)]
        score += Score(right=len(right), false=len(false), missed=len(missed))
    return score


def _mistakes(one: _Judged) -> Iterator[ActionMistake]:
    def mistake(kind: str, position: int, wanted: str, found: str) -> ActionMistake:
        return ActionMistake(kind=kind, transcript_id=one.transcript_id, position=position, wanted=wanted, found=found)

    for label in one.missed:
        yield mistake("missed", label.position, label.text, one.material.transcript.turns[label.position].text)
    for item in one.false:
        yield mistake("false", item.turn, "", f"{item.text} (“{item.quote}”)")
    for label, item in one.pairs:
        if not _is_owner(label, item):
            yield mistake("owner", item.turn, f"{label.side}: {label.text}", f"{item.owner_side}: {item.text}")
        elif label.is_dated and item.due_on != label.due_on:
            yield mistake("due", item.turn, f"{label.due_on}: {label.text}", f"{item.due_on}: {item.quote}")
