"""The documented JSON shape, and every JSON transcript close enough to it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sequences.records.meeting import Participant, Transcript, Turn
from sequences.transcripts.clock import in_seconds, read_moment
from sequences.transcripts.entries import Speaker, is_entry, line, people_of, turn_of, words_of
from sequences.transcripts.errors import TranscriptError
from sequences.transcripts.voices import NOBODY, told_apart

EXPECTED = (
    '{"title", "started_at", "participants": [{"name", "email"}], "turns": [{"speaker", "text", "start", "end"}]}'
)
_LISTS = (
    "turns", "transcript", "transcripts", "segments", "entries", "monologues", "sentences", "utterances", "paragraphs",
    "audio_segments", "callTranscripts", "messages", "transcriptEntries", "lines", "data",
)  # fmt: skip
_PEOPLE = ("participants", "attendees", "parties", "speakers")
_ABOUT = ("metaData", "metadata", "meeting", "call")
_TITLES = ("title", "meeting_title", "topic")
_STARTS = ("started_at", "start_time", "startTime", "started", "scheduled", "date", "dateString", "happenedAt")
_DEEPEST = 6
_SINCE_1970 = 10**9  # seconds; later than any moment of a recording


@dataclass
class _Found:
    """The list of entries, and the objects around it, the nearest first."""

    rows: Sequence[Any]
    around: list[Mapping[str, Any]] = field(default_factory=list)

    def first(self, keys: Iterable[str]) -> Iterable[Any]:
        about = [part[key] for part in self.around for key in _ABOUT if isinstance(part.get(key), Mapping)]
        return (part[key] for part in (*self.around, *about) for key in keys if part.get(key))


def read_generic(document: Mapping[str, Any] | Sequence[Any]) -> Transcript:
    """Turns in file order, none merged and none dropped: their position is their index."""
    found = _found(document, 0)
    if found is None:
        raise TranscriptError(f"The JSON has no list of turns. Expected: {EXPECTED}.")
    people = [listed for key in _PEOPLE for listed in found.first([key])]
    turns = read_turns(found.rows, people_of(people))
    return Transcript(
        turns=turns,
        participants=next((guests for listed in people if (guests := read_participants(listed))), ()),
        title=next((title for value in found.first(_TITLES) if (title := line(value))), None),
        started_at=next((moment for value in found.first(_STARTS) if (moment := read_moment(value))), None),
        source_format="json",
    )


def spoken_text(document: Mapping[str, Any]) -> str | None:
    """A whole transcript file as one text inside of the JSON, as some vendors' answers have it."""
    values = (document.get(key) for key in ("transcript", "transcription", "vtt", "text", "content"))
    return next((value for value in values if isinstance(value, str) and "\n" in value.strip()), None)


def read_turns(rows: Sequence[Any], people: Mapping[str, Speaker]) -> tuple[Turn, ...]:
    turns = []
    for index, row in enumerate(rows):
        if words_of(row) is None:
            raise TranscriptError(f"Turn {index} of the JSON has no text. Expected: {EXPECTED}.")
        turns.append(turn_of(index, row, people))
    turns = list(told_apart(turns))
    if len(turns) > 1 and all(turn.speaker == NOBODY for turn in turns):
        raise TranscriptError("The file does not say who speaks. Export it with speaker names.")
    return _from_the_start(in_seconds(turns))


def read_participants(rows: object) -> tuple[Participant, ...]:
    """Names and addresses as the file gives them; rows without either are left out."""
    found = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, str):
            row = {"email": row} if "@" in row else {"name": row}  # noqa: PLW2901 - one shape from here on
        if not isinstance(row, Mapping):
            continue
        email = line(row.get("email") or row.get("emailAddress")).lower() or None
        name = line(row.get("name") or row.get("display_name") or row.get("displayName"))
        name = name or (email or "").partition("@")[0]
        organizer = row.get("is_organizer", row.get("organizer")) is True
        if name:
            found.append(
                Participant(name=name, email=email if email and "@" in email else None, is_organizer=organizer)
            )
    return tuple(found)


def _found(node: object, depth: int) -> _Found | None:
    """The documented list when it is there, otherwise the first that looks like one, from the outside in."""
    if depth > _DEEPEST:
        return None
    if isinstance(node, Mapping):
        return _found_in_object(node, depth)
    if not isinstance(node, Sequence) or isinstance(node, str):
        return None
    inner = [found for row in node if (found := _transcript_in(row, depth))]
    if len(inner) > 1:
        raise TranscriptError(f"The file holds {len(inner)} transcripts. Send one meeting per file.")
    return inner[0] if inner else (_Found(node) if depth == 0 or any(map(is_entry, node)) else None)


def _transcript_in(row: object, depth: int) -> _Found | None:
    return _found(row, depth + 1) if isinstance(row, Mapping) and not is_entry(row) else None


def _found_in_object(node: Mapping[str, Any], depth: int) -> _Found | None:
    if isinstance(node.get("turns"), list):
        return _Found(node["turns"], [node])
    known = [node[key] for key in _LISTS if isinstance(node.get(key), list)]
    nested = [value for value in node.values() if isinstance(value, Mapping)]
    for value in (*known, *nested):
        found = _found(value, depth + 1)
        if found:
            found.around.append(node)
            return found
    listed = next((rows for rows in known if not rows or words_of(rows[0]) is not None), None)
    return None if listed is None else _Found(listed, [node])


def _from_the_start(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Moments of the day become seconds from the first of them."""
    starts = [turn.start_s for turn in turns if turn.start_s is not None]
    if not starts or min(starts) < _SINCE_1970:
        return turns
    first = min(starts)
    return tuple(
        turn.model_copy(
            update={
                "start_s": None if turn.start_s is None else turn.start_s - first,
                "end_s": None if turn.end_s is None or turn.end_s < first else turn.end_s - first,
            }
        )
        for turn in turns
    )
