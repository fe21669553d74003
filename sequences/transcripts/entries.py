"""One entry of a JSON or CSV transcript: who, what, when, under the names that vendors give these."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sequences.records.meeting import Role, Turn
from sequences.transcripts.clock import read_moment, seconds
from sequences.transcripts.reading import clean
from sequences.transcripts.voices import NOBODY, role_named

_WORDS = ("text", "sentence", "content", "transcript", "transcription", "raw_text", "utterance", "value")
_PIECES = ("sentences", "words", "elements", "items")
_SPEAKER = (
    "speaker", "speaker_name", "speakerName", "speakerDisplayName", "participant", "speaker_label", "name", "user",
    "speakerId", "speaker_id", "author",
)  # fmt: skip
_NAMES = ("name", "display_name", "displayName", "speaker_name", "full_name")
_IDS = ("id", "speakerId", "speaker_id", "identifier", "uuid")
_START = (
    "start", "start_s", "start_time", "startTime", "start_timestamp", "startOffset", "start_offset", "begin", "from",
    "offset", "timestamp", "time", "ts", "timestamps",
)  # fmt: skip
_END = (
    "end", "end_s", "end_time", "endTime", "end_timestamp", "endOffset", "end_offset", "end_ts", "to", "timestamps",
)  # fmt: skip
_START_MS, _END_MS = ("start_ms", "startMs", "timestamp_ms", "offset_ms"), ("end_ms", "endMs")


def words_of(row: object) -> str | None:
    """What was said; ``None`` when the entry has no words at all. Null counts as saying nothing."""
    if not isinstance(row, Mapping):
        return None
    for key in _WORDS:
        value = row.get(key)
        if isinstance(value, Mapping):
            value = words_of(value)
        if isinstance(value, str):
            return clean(value).strip()
    pieces = next((row[key] for key in _PIECES if isinstance(row.get(key), list)), None)
    if pieces is not None:
        return _joined(pieces)
    return "" if any(key in row for key in _WORDS) else None


def is_entry(row: object) -> bool:
    """Whether it looks like one person's words, and not like a transcript of its own."""
    return words_of(row) is not None and isinstance(row, Mapping) and any(key in row for key in (*_SPEAKER, "role"))


@dataclass(frozen=True)
class Speaker:
    """Somebody in the file's list of people, to whom its entries refer by an id."""

    name: str
    role: Role | None


def turn_of(index: int, row: Mapping[str, Any], people: Mapping[str, Speaker]) -> Turn:
    """``people`` are the speakers by the id that the file gives them."""
    known = _known(row, people)
    role = _role(row) or (known.role if known else None)
    start_s = _time(row, _START, _START_MS)
    end_s = _time(row, _END, _END_MS, last=True)
    length_s = seconds(row.get("duration")) if end_s is None else None
    return Turn(
        index=index,
        speaker=(known.name if known else _speaker(row)) or NOBODY,
        text=words_of(row) or "",
        start_s=start_s,
        end_s=start_s + length_s if start_s is not None and length_s is not None else end_s,
        role=role,
    )


def people_of(lists: Iterable[Any]) -> dict[str, Speaker]:
    """Speakers by id, from lists of people."""
    rows = [row for listed in lists if isinstance(listed, list) for row in listed if isinstance(row, Mapping)]
    return {
        str(row[key]): Speaker(name=name, role=_role(row))
        for row in rows
        if (name := line(next((row[key] for key in _NAMES if row.get(key)), None)))
        for key in _IDS
        if isinstance(row.get(key), str | int)
    }


def line(value: object) -> str:
    return " ".join(clean(value).split()) if isinstance(value, str) else ""


def _joined(pieces: list[Any]) -> str:
    """With a space between the words, unless the file has spaces of its own among its punctuation."""
    rows = [piece for piece in pieces if isinstance(piece, Mapping)]
    if any(row.get("value") == " " for row in rows):
        return clean("".join(str(row.get("value", "")) for row in rows)).strip()
    said = (line(row.get("word")) or words_of(row) or "" for row in rows)
    return " ".join(words for words in said if words)


def _role(row: Mapping[str, Any]) -> Role | None:
    """Only what the file itself says; a word of another trade ("user", "assistant") says nothing."""
    if row.get("is_rep") is True:
        return Role.REP
    return role_named(row.get("role", row.get("affiliation")))


def _said_speakers(row: Mapping[str, Any]) -> Iterator[tuple[str, str | float]]:
    for key in _SPEAKER:
        value = row.get(key)
        if isinstance(value, Mapping):
            value = next((value[inner] for inner in (*_NAMES, "email", *_IDS) if value.get(inner)), None)
        if isinstance(value, str | int | float) and not isinstance(value, bool):
            yield key, value


def _known(row: Mapping[str, Any], people: Mapping[str, Speaker]) -> Speaker | None:
    return next((people[str(value)] for _, value in _said_speakers(row) if str(value) in people), None)


def _speaker(row: Mapping[str, Any]) -> str:
    for key, value in _said_speakers(row):
        name = line(value if isinstance(value, str) else f"Speaker {value}")
        if name:
            return f"Speaker {name}" if key in ("speakerId", "speaker_id") and name.isdigit() else name
    return ""


def _time(row: Mapping[str, Any], keys: tuple[str, ...], in_ms: tuple[str, ...], *, last: bool = False) -> float | None:
    for key in keys:
        if row.get(key) is not None:
            return _moment(row[key], last=last)
    for key in in_ms:
        thousands = seconds(row.get(key))
        if thousands is not None:
            return thousands / 1000
    pieces = next((row[key] for key in _PIECES if isinstance(row.get(key), list)), None) or []
    timed = [piece for piece in pieces if isinstance(piece, Mapping) and any(key in piece for key in keys)]
    return _time(timed[-1 if last else 0], keys, in_ms, last=last) if timed else None


def _moment(value: object, *, last: bool) -> float | None:
    if isinstance(value, Mapping):
        value = value.get("relative")
    if isinstance(value, list):
        value = value[-1 if last else 0] if value else None
    if isinstance(value, str) and "T" in value:
        absolute = read_moment(value)
        return absolute.timestamp() if absolute else None
    return seconds(value)
