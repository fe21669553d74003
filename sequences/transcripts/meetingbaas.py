"""MeetingBaaS: the v2 transcript file, bare or wrapped, and the v1 list of speakers with their words."""

from collections.abc import Mapping, Sequence
from typing import Any

from sequences.records.meeting import Transcript, Turn
from sequences.transcripts.clock import in_seconds, seconds
from sequences.transcripts.generic import read_participants
from sequences.transcripts.reading import clean


def utterances_of(document: object) -> Sequence[Any] | None:
    """The utterances of a MeetingBaaS document of either version, or ``None`` when it is none."""
    if isinstance(document, list):
        return document if document and all(_is_v1(row) for row in document) else None
    if not isinstance(document, Mapping):
        return None
    rows = document.get("utterances")
    if isinstance(rows, list):
        return rows
    listed = document.get("transcript")
    if isinstance(listed, list) and listed and all(_is_v1(row) for row in listed):
        return listed
    for key in ("result", "transcription", "data"):
        inner = document.get(key)
        if isinstance(inner, Mapping | list):
            found = utterances_of(inner)
            if found is not None:
                return found
    return None


def read_meetingbaas(document: object, rows: Sequence[Any]) -> Transcript:
    """One utterance is one turn."""
    turns: list[Turn] = []
    for row in rows:
        if not isinstance(row, Mapping):
            continue
        text = row.get("text")
        words = [word for word in row.get("words") or [] if isinstance(word, Mapping)]
        if not isinstance(text, str):
            text = " ".join(str(word.get("word", word.get("text", ""))).strip() for word in words)
        turns.append(
            Turn(
                index=len(turns),
                speaker=_speaker(row.get("speaker")),
                text=clean(text).strip(),
                start_s=_first(row, words, "start", "start_time"),
                end_s=_last(row, words, "end", "end_time"),
            )
        )
    return Transcript(turns=in_seconds(turns), participants=_participants(document), source_format="meetingbaas")


def _is_v1(row: object) -> bool:
    if not isinstance(row, Mapping) or not isinstance(row.get("words"), list) or "speaker" not in row:
        return False
    # Another vendor's words look alike but for the name of their times.
    return not isinstance(row.get("text"), str) and not any("start_timestamp" in word for word in row["words"][:1])


def _speaker(value: object) -> str:
    if isinstance(value, str) and value.strip():
        return " ".join(clean(value).split())
    return "Unknown speaker" if value is None or isinstance(value, str) else f"Speaker {value}"


def _first(row: Mapping[str, Any], words: list[Mapping[str, Any]], *keys: str) -> float | None:
    own = next((seconds(row[key]) for key in keys if key in row), None)
    return own if own is not None or not words else seconds(words[0].get("start", words[0].get("start_time")))


def _last(row: Mapping[str, Any], words: list[Mapping[str, Any]], *keys: str) -> float | None:
    own = next((seconds(row[key]) for key in keys if key in row), None)
    return own if own is not None or not words else seconds(words[-1].get("end", words[-1].get("end_time")))


def _participants(document: object) -> Any:
    data = document.get("data", document) if isinstance(document, Mapping) else {}
    return read_participants(data.get("participants") if isinstance(data, Mapping) else None)
