"""The documented JSON shape, and every JSON transcript close enough to it."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from dateutil import parser as dates

from sequences.records.meeting import Participant, Transcript, Turn
from sequences.transcripts.clock import seconds
from sequences.transcripts.errors import TranscriptError
from sequences.transcripts.reading import clean

EXPECTED = (
    '{"title", "started_at", "participants": [{"name", "email"}], "turns": [{"speaker", "text", "start", "end"}]}'
)
_WORDS = ("text", "sentence", "content")
_LISTS = ("turns", "transcript", "segments", "entries", "monologues", "sentences")


def read_generic(document: Mapping[str, Any] | Sequence[Any]) -> Transcript:
    """Turns in file order, none merged and none dropped: their position is their index."""
    fields: Mapping[str, Any] = document if isinstance(document, Mapping) else {}
    rows = _rows(document)
    return Transcript(
        turns=tuple(_turn(index, row) for index, row in enumerate(rows)),
        participants=read_participants(fields.get("participants") or fields.get("attendees")),
        title=_text(fields.get("title")) or None,
        started_at=read_moment(fields.get("started_at") or fields.get("start_time") or fields.get("date")),
        source_format="json",
    )


def _rows(document: Mapping[str, Any] | Sequence[Any]) -> Sequence[Any]:
    if not isinstance(document, Mapping):
        return document
    found = next((document[key] for key in _LISTS if isinstance(document.get(key), list)), None)
    if found is None:
        raise TranscriptError(f"The JSON has no list of turns. Expected: {EXPECTED}.")
    rows: Sequence[Any] = found
    return rows


def _turn(index: int, row: Any) -> Turn:
    words = (
        next((row[key] for key in _WORDS if isinstance(row.get(key), str)), None) if isinstance(row, Mapping) else None
    )
    if words is None:
        raise TranscriptError(f"Turn {index} of the JSON has no text. Expected: {EXPECTED}.")
    speaker = row.get("speaker", row.get("speaker_name", row.get("name")))
    if isinstance(speaker, Mapping):
        speaker = speaker.get("name") or speaker.get("display_name")
    name = _text(speaker) if isinstance(speaker, str) else ("" if speaker is None else f"Speaker {speaker}")
    return Turn(
        index=index,
        speaker=name or "Unknown speaker",
        text=clean(words),
        start_s=seconds(row.get("start", row.get("start_time", row.get("offset")))),
        end_s=seconds(row.get("end", row.get("end_time"))),
    )


def read_participants(rows: object) -> tuple[Participant, ...]:
    """Names and addresses as the file gives them; rows without either are left out."""
    found = []
    for row in rows if isinstance(rows, list) else []:
        if isinstance(row, str):
            row = {"email": row} if "@" in row else {"name": row}  # noqa: PLW2901 - one shape from here on
        if not isinstance(row, Mapping):
            continue
        email = _text(row.get("email")).lower() or None
        name = _text(row.get("name") or row.get("display_name")) or (email or "").partition("@")[0]
        organizer = row.get("is_organizer", row.get("organizer")) is True
        if name:
            found.append(
                Participant(name=name, email=email if email and "@" in email else None, is_organizer=organizer)
            )
    return tuple(found)


def read_moment(value: object) -> datetime | None:
    """An ISO time (without a zone: UTC) or seconds since 1970; ``None`` for what is neither."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        moment = dates.isoparse(value) if isinstance(value, str) else datetime.fromtimestamp(value, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _text(value: object) -> str:
    return " ".join(clean(value).split()) if isinstance(value, str) else ""
