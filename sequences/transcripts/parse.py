"""Find out which kind of transcript a file is by what is in it, and read it."""

import json
import re
from pathlib import PurePath
from typing import Any

from sequences.records.meeting import Transcript
from sequences.transcripts.cues import read_srt, read_webvtt
from sequences.transcripts.entries import line
from sequences.transcripts.errors import TranscriptError
from sequences.transcripts.generic import read_generic, spoken_text
from sequences.transcripts.meetingbaas import read_meetingbaas, utterances_of
from sequences.transcripts.plain import read_plain
from sequences.transcripts.reading import read_text
from sequences.transcripts.table import read_table

MAX_SECONDS = 10 * 3600
_JSON = re.compile(r"^(?:\{|\[\s*[\[{\]\"])")
_SRT_CUE = re.compile(
    r"^\s*\d+\s*\n\s*\d{1,2}:\d{2}:\d{2}[,.]\d{1,3}\s*-->|^\s*\d{1,2}:\d{2}:\d{2},\d{3}\s*-->", re.MULTILINE
)
_CUT_OFF = re.compile(r"\n[ \t]*\d{1,2}:[\d:.,]*(?:\s*-{0,2}>?(?:\s*\d{1,2}[:.,\d]{0,9})?)?[ \t]*$")
_WHOLE_TIMING = re.compile(r"-->\s*(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{3}\s*$")


def parse_transcript(data: bytes, *, filename: str | None = None) -> Transcript:
    """Read any supported transcript file. ``filename`` only decides what the content leaves open.

    Turn indexes count from 0 in file order. Raises TranscriptError with what is wrong and what to do.
    """
    transcript = _read(read_text(data), PurePath(filename or "").suffix.lower())
    if not any(turn.text.strip() for turn in transcript.turns):
        raise TranscriptError("Nobody says anything in this file. Export the transcript again and send that file.")
    latest = max((turn.start_s or 0.0 for turn in transcript.turns), default=0.0)
    if latest > MAX_SECONDS:
        raise TranscriptError("The recording is longer than 10 hours. Send one meeting per file.")
    return transcript


def _read(text: str, suffix: str) -> Transcript:
    start = text.strip()
    if start.startswith("WEBVTT"):
        return read_webvtt(_whole(start))
    if _JSON.match(start) or suffix in (".json", ".jsonl"):
        return _read_json(start)
    if _SRT_CUE.search(start[:2_000]):
        return read_webvtt("WEBVTT\n\n" + _whole(start)) if suffix == ".vtt" else read_srt(_whole(start))
    return read_table(start) or read_plain(text)


def _whole(cues: str) -> str:
    last = cues[-80:]
    if _CUT_OFF.search(last) and not _WHOLE_TIMING.search(last):
        raise TranscriptError("The file ends in the middle of a cue: it was cut off. Download it again.")
    return cues


def _read_json(text: str) -> Transcript:
    document = _load(text)
    within = spoken_text(document) if isinstance(document, dict) else None
    if within is not None:
        inner = _read(read_text(within.encode()), "")
        return inner.model_copy(update={"title": inner.title or line(document.get("title")) or None})
    rows = utterances_of(document)
    if rows is not None:
        return read_meetingbaas(document, rows)
    if isinstance(document, dict | list):
        return read_generic(document)
    raise TranscriptError("The JSON holds no transcript: a list of turns was expected.")


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError:
        raise TranscriptError("The JSON is nested too deeply to be a transcript.") from None
    except json.JSONDecodeError as error:
        if error.msg == "Extra data":
            return _load_lines(text)
        if error.pos >= len(text.rstrip()) - 1 or "Unterminated" in error.msg:
            raise TranscriptError(
                f"The JSON ends in the middle (line {error.lineno}): the file was cut off. Download it again."
            ) from None
        raise TranscriptError(
            f"The JSON is damaged at line {error.lineno}, column {error.colno} ({error.msg}). Export it again."
        ) from None


def _load_lines(text: str) -> list[Any]:
    """JSON Lines: a turn in each line, or a whole transcript in the only one."""
    try:
        rows = [json.loads(line) for line in text.split("\n") if line.strip()]
    except (json.JSONDecodeError, RecursionError):
        raise TranscriptError("The JSON goes on behind its end. Export it again.") from None
    return rows
