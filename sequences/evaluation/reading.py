"""From two files to one labelled set: transcripts with their turns, and the labels that refer to them."""

import math
from collections.abc import Iterable, Iterator

from sequences.evaluation.errors import LabelledFileError
from sequences.evaluation.labelled import IntentSet, LabelledTranscript, LabelledTurn, Labels, Pair
from sequences.evaluation.rows import Row, read_rows
from sequences.records.insight import IntentKind
from sequences.records.meeting import Role
from sequences.transcripts.voices import NOBODY, role_named

KINDS = {kind.value: kind for kind in IntentKind}


def read_intent_set(
    labels: str, transcripts: str, *, labels_name: str = "labels", transcripts_name: str = "transcripts"
) -> IntentSet:
    """Both arguments are the content of JSON Lines files. LabelledFileError names the line that cannot be used.

    A transcript without labels counts as one in which nothing is to be found.
    """
    known = _transcripts(read_rows(transcripts, name=transcripts_name))
    if not known:
        raise LabelledFileError(f"{transcripts_name}: no transcript in it")
    collected: dict[str, Labels] = {}
    notes: dict[str, int] = {}
    for row in read_rows(labels, name=labels_name):
        transcript = known.get(row.required("transcript_id"))
        if transcript is None:
            _count(notes, "rows of labels name a transcript that is not in the transcripts file; left out")
            continue
        _add(collected.setdefault(transcript.id, Labels()), row, transcript, notes)
    return IntentSet(
        transcripts=tuple(known.values()),
        labels={transcript_id: collected.get(transcript_id, Labels()) for transcript_id in known},
        notes=(*(f"{count} {note}" for note, count in notes.items()), *_sideless(known.values())),
    )


def _sideless(transcripts: Iterable[LabelledTranscript]) -> Iterator[str]:
    count = sum(transcript.roles == {Role.OTHER} for transcript in transcripts)
    if count:
        yield f"{count} transcripts say of nobody who is rep or prospect; hardly anything can be found in them"


def _count(notes: dict[str, int], note: str) -> None:
    notes[note] = notes.get(note, 0) + 1


def _add(labels: Labels, row: Row, transcript: LabelledTranscript, notes: dict[str, int]) -> None:
    certain, borderline = row.listed("labels"), row.listed("borderline")
    if not certain and not borderline:
        return
    number = row.required("turn")
    position = next((at for at, turn in enumerate(transcript.turns) if turn.number == number), None)
    if position is None:
        raise row.fail(f"transcript {transcript.id} has no turn {number}")
    labels.certain.update(_pairs(position, certain, notes))
    labels.borderline.update(_pairs(position, borderline, notes))


def _pairs(position: int, names: Iterable[object], notes: dict[str, int]) -> Iterable[Pair]:
    for name in names:
        kind = KINDS.get(str(name).strip().casefold())
        if kind is None:
            _count(notes, f"labels are of the unknown kind {str(name)[:60]!r}; left out")
        else:
            yield position, kind


def _transcripts(rows: Iterable[Row]) -> dict[str, LabelledTranscript]:
    found: dict[str, LabelledTranscript] = {}
    for row in rows:
        transcript = _transcript(row)
        if transcript.id in found:
            raise row.fail(f"transcript {transcript.id} is there twice")
        found[transcript.id] = transcript
    return found


def _transcript(row: Row) -> LabelledTranscript:
    turns = []
    for position, values in enumerate(row.listed("turns")):
        if not isinstance(values, dict):
            raise row.fail(f"turn {position} is not a JSON object")
        turns.append(_turn(Row(place=f"{row.place}, turn {position}", values=values), position))
    numbers = [turn.number for turn in turns]
    if not turns:
        raise row.fail("no turns")
    if len(set(numbers)) < len(numbers):
        raise row.fail("two turns have the same number")
    return LabelledTranscript(
        id=row.required("transcript_id"),
        turns=tuple(turns),
        split=row.text("split").casefold() or None,
        call_types=tuple(str(name) for name in row.listed("call_types")),
    )


def _turn(row: Row, position: int) -> LabelledTurn:
    role = role_named(row.values.get("role"))
    return LabelledTurn(
        number=str(position) if row.values.get("turn") is None else row.required("turn"),
        speaker=row.text("speaker") or NOBODY,
        role=role or Role.OTHER,
        text=row.text("text"),
        start_s=_seconds(row.values.get("start")),
        end_s=_seconds(row.values.get("end")),
    )


def _seconds(value: object) -> float | None:
    """Times are kind to have, not needed: what is no number is nothing."""
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        return None
    try:
        seconds = float(value)
    except ValueError:
        return None
    return seconds if math.isfinite(seconds) and seconds >= 0 else None
