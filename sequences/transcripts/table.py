"""Tables (CSV, tab-separated) with a head that names a column of speakers and one of words."""

import csv
import re
from io import StringIO

from sequences.records.meeting import Transcript
from sequences.transcripts.errors import TranscriptError
from sequences.transcripts.generic import read_turns

_LONGEST_HEAD = 1_000  # characters
_SPEAKERS = {"speaker", "speaker_name", "name", "participant"}
_WORDS = {"text", "transcript", "content", "sentence", "utterance", "words", "message"}


def read_table(text: str) -> Transcript | None:
    """``None`` when the first line is no such head."""
    head = text.lstrip()[:_LONGEST_HEAD].split("\n", 1)[0]
    delimiter = max(",;\t", key=head.count)
    columns = [_key(column) for column in next(csv.reader([head], delimiter=delimiter), [])]
    speaker = next((column for column in columns if column in _SPEAKERS), None)
    words = next((column for column in columns if column in _WORDS), None)
    if not speaker or not words:
        return None
    body = text.lstrip().split("\n", 1)[1:] or [""]
    try:
        lines = [row for row in csv.reader(StringIO(body[0]), delimiter=delimiter) if row]
    except csv.Error as error:
        raise TranscriptError(f"The table is damaged ({error}). Export it again.") from None
    rows = [dict(zip(columns, row, strict=False)) for row in lines]
    entries = [{**row, "speaker": row.get(speaker), "text": row.get(words, "")} for row in rows]
    return Transcript(turns=read_turns(entries, {}), source_format="text")


def _key(column: str) -> str:
    return re.sub(r"\W+", "_", column.strip().casefold()).strip("_")
