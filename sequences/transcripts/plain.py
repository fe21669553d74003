"""Text files in which a line says who speaks.

Read shapes, each with or without a time: ``Ann: hi``, ``[00:01:02] Ann: hi``, ``Ann (00:12): hi``,
``00:12 Ann: hi``; ``Ann  0:12`` or ``0:12 Ann`` on a line of its own with the words below it; ``[Ann] hi``,
``Ann - hi`` and tabs; and a bare name on a line of its own when the same few names keep coming back.
"""

import re
from collections import Counter
from dataclasses import dataclass, field

from sequences.records.meeting import Transcript, Turn
from sequences.transcripts.errors import TranscriptError
from sequences.transcripts.labels import Label, Labels, is_name, separated, time_alone

_BARE = re.compile(r"^\s*([^\W\d_][\w .,'\u2019()&-]{0,59})\s*$")
_TITLE = re.compile(r"^\s*(?:title|subject|meeting|topic)\s*:\s*(\S.*)$", re.IGNORECASE)
# What exporters write below the last words, or between them.
_REMARK = re.compile(
    r"^\s*(?:transcribed by (?:https?://|otter|\w+\.(?:ai|com))\S*|transcription ended after [\d:]+|"
    r"this editable transcript was computer generated\b.*|people can also change the text after it was created\.?|"
    r"[^:.?!]{1,60} (?:started|stopped) transcription|-{3,}|\*{3,}|_{3,})\s*$",
    re.IGNORECASE,
)
_START = re.compile(r"^\W*(?:full )?transcript(?:ion)?\W*$", re.IGNORECASE)
_HEAD_LINES = 60
_WEB_PAGE = re.compile(r"^\s*<(?:!doctype html|html)\b", re.IGNORECASE)


@dataclass
class _Draft:
    speaker: str
    start_s: float | None
    lines: list[str] = field(default_factory=list)


def read_plain(text: str) -> Transcript:
    """Turns in file order, none merged and none dropped. Lines before the first speaker are a header."""
    if _WEB_PAGE.match(text):
        raise TranscriptError(
            "This is a web page, not a transcript. Export the transcript itself as text, .vtt or .srt."
        )
    lines = [line for line in text.split("\n") if not _REMARK.match(line[:200])]
    drafts = _drafts(_below_the_head(lines)) or _drafts(lines)
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


def _drafts(lines: list[str]) -> list[_Draft]:
    return _labelled(lines) or _separated(lines) or _under_bare_names(lines)


def _below_the_head(lines: list[str]) -> list[str]:
    """What follows a line that says "Transcript" and nothing else; nothing when there is no such line."""
    found = next((number for number, line in enumerate(lines[:_HEAD_LINES]) if _START.match(line[:40])), None)
    return [] if found is None else lines[found + 1 :]


def _labelled(lines: list[str]) -> list[_Draft]:
    labels = Labels(lines)
    drafts: list[_Draft] = []
    announced: float | None = None
    for line in lines:
        label = labels.read(line, is_first=not drafts)
        alone = None if label else time_alone(line)
        if label:
            drafts.append(_begin(label, announced))
            announced = None
        elif alone is not None:
            announced = alone
        elif drafts and line.strip():
            drafts[-1].lines.append(line.strip())
    return drafts


def _begin(label: Label, announced: float | None = None) -> _Draft:
    start_s = announced if label.start_s is None else label.start_s
    return _Draft(label.speaker, start_s, [label.words] if label.words else [])


def _separated(lines: list[str]) -> list[_Draft]:
    drafts: list[_Draft] = []
    for line, label in zip((line for line in lines if line.strip()), separated(lines) or [], strict=False):
        if label:
            drafts.append(_begin(label))
        elif drafts:
            drafts[-1].lines.append(line.strip())
    return drafts


def _under_bare_names(lines: list[str]) -> list[_Draft]:
    counts = Counter(match[1].strip() for line in lines if (match := _BARE.match(line)))
    names = {name for name, count in counts.items() if count >= 2 and is_name(name) and len(name.split()) <= 4}
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
