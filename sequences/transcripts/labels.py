"""How a line of a text file names who speaks, and when."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from sequences.transcripts.clock import seconds

_DASH = r"[-\u2013\u2014|]"
_CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
_TIME = rf"[\[(]?({_CLOCK})(?:\s*(?:-+>?|\u2013|\u2014|to)\s*{_CLOCK})?[\])]?"
# A flag or a face before the name is part of it; a bullet is not.
_FACE = r"(?:[\u2600-\u27bf\U0001f000-\U0001faff\ufe0f\u200d]+ ?)?"
_NAME = rf"({_FACE}[^\W_][^:\n\[\]{{}}<>?!\"\u201c\u201d]{{0,59}}?(?: \[[^\]\n:]{{1,30}}\])?)"
_INLINE = re.compile(
    rf"^\s*(?:{_TIME}\s*{_DASH}?\s*)?(?:>>\s*|-\s+)?\**{_NAME}\**\s*(?:[\[(]?{_TIME}[\])]?)?\s*\**"
    r"(?::\**(?:\s+|$)|\uff1a\s*)(.*)$"
)
_HEADING = re.compile(rf"^\s*\**{_NAME}\**\s*{_DASH}?,?\s+{_TIME}\s*$")
_HEADING_IN_BRACKETS = re.compile(rf"^\s*\[({_NAME[1:-1]})\]\s+{_TIME}\s*$")
_HEADING_TIME_FIRST = re.compile(rf"^\s*{_TIME}\s*{_DASH}?\s+\**{_NAME}\**\s*$")
_TIME_ALONE = re.compile(rf"^\s*{_TIME}\s*$")
# Less telling shapes, tried only when no line has a name and a colon.
_SEPARATED = (
    re.compile(r"^\s*()\[([^\W\d_][^\]\n]{0,59})\]\s*:?\s*(\S.*)$"),
    re.compile(rf"^(?:{_TIME}\t+)?([^\W\d_][^\t\n:]{{0,59}})\t+(\S.*)$"),
    re.compile(rf"^\s*()([^\W\d_][\w .'\u2019()&]{{0,39}}?) {_DASH} (\S.*)$"),
)
_FIELD = re.compile(
    r"^(?:title|subject|meeting|date|time|when|duration|length|attendees?|participants?|present|location|recording|"
    r"organi[sz]er|host|link|url|call|topic|transcript(?:ion)?|https?)$",
    re.IGNORECASE,
)
_SENTENCE_WORD = re.compile(
    r"^(?:i|we|you|it|that|this|so|and|but|the|is|are|was|will|because|if|what|how|let's|i'm|it's|here's)$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Label:
    """Who speaks from here on, and the first words when they stand on the same line."""

    speaker: str
    start_s: float | None
    words: str = ""


class Labels:
    """Reads labels knowing the whole file: which names come back, and whether names stand on lines of their own."""

    def __init__(self, lines: list[str]) -> None:
        inline = (match for line in lines if (match := _INLINE.match(line[:300])))
        self._known = Counter(tidy(match[2]) for match in inline if is_name(match[2]))
        self._headed = Counter(label.speaker for line in lines if (label := _heading(line)))
        lower = sum(count for name, count in self._known.items() if name.islower())
        self._lower = lower > 1 and lower * 2 > self._known.total()

    def read(self, line: str, *, is_first: bool) -> Label | None:
        """The label that a line begins with, or ``None`` when it goes on with the turn above."""
        return _heading(line) or self._inline(line, is_first=is_first)

    def _inline(self, line: str, *, is_first: bool) -> Label | None:
        match = _INLINE.match(line)
        if not match or not is_name(match[2]):
            return None
        name, time = tidy(match[2]), match[1] or match[3]
        comes_back = self._known[name] > 1 or self._headed[name] > 0
        if _FIELD.match(name) and (is_first or not comes_back):
            return None
        if not comes_back and self._headed.total() > 1 and time is None:
            return None  # in a file of headings, "Note: call them" is a sentence
        # Inside a turn "one thing:" looks like a label; a name comes back, is timed or is written like one.
        if comes_back or time or _is_written_as_name(name, lower=self._lower):
            return Label(name, seconds(time), match[4].strip())
        return None


def time_alone(line: str) -> float | None:
    """The time on a line that holds nothing else."""
    match = _TIME_ALONE.match(line[:100])
    return seconds(match[1]) if match else None


def separated(lines: Iterable[str]) -> list[Label | None] | None:
    """``[Ann] hi``, ``Ann - hi`` or tabs, when most lines look so and at least two names come back."""
    filled = [line for line in lines if line.strip()]
    for pattern in _SEPARATED:
        matches = [pattern.match(line[:100_000]) for line in filled]
        names = Counter(tidy(match[2]) for match in matches if match and is_name(match[2]))
        repeated = [name for name, count in names.items() if count > 1]
        if (
            len(names) > 1
            and repeated
            and names.total() >= 0.6 * len(filled)
            and len(names) <= max(2, len(filled) // 2)
        ):
            return [Label(tidy(match[2]), seconds(match[1]), match[3].strip()) if match else None for match in matches]
    return None


def is_name(label: str) -> bool:
    """Whether it is short and has none of the words that sentences are made of."""
    words = label.split()
    return 0 < len(words) <= 7 and not any(_SENTENCE_WORD.match(word) for word in words)


def tidy(name: str) -> str:
    """One spelling for one speaker."""
    return " ".join(name.strip(" *-\u2013\u2014|,").split())


def _heading(line: str) -> Label | None:
    line = line[:200]
    match = _HEADING.match(line) or _HEADING_IN_BRACKETS.match(line)
    name, time = (match[1], match[2]) if match else ("", "")
    if not match:
        match = _HEADING_TIME_FIRST.match(line)
        name, time = (match[2], match[1]) if match else ("", "")
    if not match or not is_name(name) or not _is_written_as_name(name, lower=len(name.split()) == 1):
        return None
    return Label(tidy(name), seconds(time))


def _is_written_as_name(label: str, *, lower: bool) -> bool:
    words = label.split()
    return (lower and len(words) <= 2) or all(not word[:1].islower() for word in words if len(word) > 3)
