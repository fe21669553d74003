"""Text files in which a line says who speaks.

Read shapes, each with or without a time: ``Ann: hi``, ``[00:01:02] Ann: hi``, ``Ann (00:12): hi``,
``00:12 Ann: hi``; ``Ann  0:12`` or ``0:12 Ann`` on a line of its own with the words below it; and a bare name
on a line of its own when the same few names keep coming back.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from sequences.records.meeting import Transcript, Turn
from sequences.transcripts.clock import seconds
from sequences.transcripts.errors import TranscriptError

_TIME = r"[\[(]?(\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?)[\])]?"
_NAME = r"([^\W_][^:\n\[\]{}<>?!\"“”]{0,59}?)"
_INLINE = re.compile(
    rf"^\s*(?:{_TIME}\s*[-\u2013\u2014|]?\s*)?(?:>>\s*)?\**{_NAME}\**\s*(?:[\[(]?{_TIME}[\])]?)?\s*"
    r"\**:\**(?:\s+|$)(.*)$"
)
_HEADER = re.compile(rf"^\s*\**{_NAME}\**\s*[-\u2013\u2014|,]?\s+{_TIME}\s*(?:[-\u2013\u2014>]+\s*{_TIME})?\s*$")
_HEADER_FIRST = re.compile(rf"^\s*{_TIME}\s*[-\u2013\u2014|]?\s+\**{_NAME}\**\s*$")
_BARE = re.compile(r"^\s*([^\W\d_][\w .,'\u2019()&-]{0,59})\s*$")
_FIELD = re.compile(
    r"^(?:title|subject|meeting|date|time|when|duration|length|attendees?|participants?|present|location|recording|"
    r"organi[sz]er|host|link|url|call|topic|transcript(?:ion)?|https?)$",
    re.IGNORECASE,
)
_TITLE = re.compile(r"^\s*(?:title|subject|meeting|topic)\s*:\s*(\S.*)$", re.IGNORECASE)
_SENTENCE_WORDS = re.compile(
    r"^(?:i|we|you|it|that|this|so|and|but|the|is|are|was|will|because|if|what|how)$", re.IGNORECASE
)


@dataclass
class _Draft:
    speaker: str
    start_s: float | None
    lines: list[str] = field(default_factory=list)


def read_plain(text: str) -> Transcript:
    """Turns in file order, none merged and none dropped. Lines before the first speaker are a header."""
    lines = text.split("\n")
    drafts = _labelled(lines)
    if not drafts:
        drafts = _under_bare_names(lines)
    if not drafts:
        raise TranscriptError(
            "I found no speakers in this text. Each turn should start with a name, such as “Ann: hello”, "
            "or the file should be .vtt, .srt or .json with speaker names."
        )
    turns = (
        Turn(index=index, speaker=draft.speaker, text=" ".join(draft.lines).strip(), start_s=draft.start_s)
        for index, draft in enumerate(drafts)
    )
    return Transcript(turns=tuple(turns), title=_title(lines), source_format="text")


def _labelled(lines: list[str]) -> list[_Draft]:
    known = Counter(name for line in lines if (name := _name_of(line)))
    drafts: list[_Draft] = []
    for line in lines:
        start = _start_of(line, known, is_first=not drafts)
        if start:
            drafts.append(start)
        elif drafts and line.strip():
            drafts[-1].lines.append(line.strip())
    return drafts


def _start_of(line: str, known: Counter[str], *, is_first: bool) -> _Draft | None:
    for pattern in (_HEADER, _HEADER_FIRST):
        match = pattern.match(line[:200])
        if match:
            first, second = match[1], match[2]
            name, time = (first, second) if pattern is _HEADER else (second, first)
            return _Draft(_tidy(name), seconds(time)) if _is_name(name) else None
    match = _INLINE.match(line)
    if not match or not _is_name(match[2]) or (_FIELD.match(match[2].strip()) and (is_first or known[match[2]] < 2)):
        return None
    # Inside a turn, "one thing:" looks like a label; a name comes back, or is written like one.
    if not is_first and known[_tidy(match[2])] < 2 and not _is_capitalised(match[2]):
        return None
    return _Draft(_tidy(match[2]), seconds(match[1] or match[3]), [match[4].strip()] if match[4].strip() else [])


def _name_of(line: str) -> str | None:
    match = _INLINE.match(line[:300])
    return _tidy(match[2]) if match and _is_name(match[2]) else None


def _is_name(label: str) -> bool:
    words = label.split()
    return 0 < len(words) <= 7 and not any(_SENTENCE_WORDS.match(word) for word in words)


def _is_capitalised(label: str) -> bool:
    return all(word[:1].isupper() or word[:1].isdigit() or not word[:1].isalpha() for word in label.split())


def _tidy(name: str) -> str:
    return " ".join(name.strip(" *-\u2013\u2014|,").split())


def _under_bare_names(lines: list[str]) -> list[_Draft]:
    counts = Counter(match[1].strip() for line in lines if (match := _BARE.match(line)))
    names = {name for name, count in counts.items() if count >= 2 and _is_name(name) and len(name.split()) <= 4}
    drafts: list[_Draft] = []
    for line in lines:
        if line.strip() in names and line.strip()[:1].isupper():
            drafts.append(_Draft(line.strip(), None))
        elif drafts and line.strip():
            drafts[-1].lines.append(line.strip())
    spoken = [draft for draft in drafts if draft.lines]
    return drafts if len(spoken) >= 2 and len({draft.speaker for draft in spoken}) >= 2 else []


def _title(lines: list[str]) -> str | None:
    found = next((match for line in lines[:10] if (match := _TITLE.match(line[:300]))), None)
    return found[1].strip() if found else None
