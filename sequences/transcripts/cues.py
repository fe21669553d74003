"""WebVTT and SubRip: a cue is a turn unless the same person's sentence simply runs on.

Zoom, Teams and Google Meet cut cues by time, in the middle of a sentence. A cue is therefore joined to the one
before when the speaker is the same, the pause is short and the text before has no sentence end.
"""

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from io import StringIO

import srt
import webvtt

from sequences.records.meeting import Transcript, Turn
from sequences.transcripts.clock import seconds
from sequences.transcripts.errors import TranscriptError

_VOICE = re.compile(r"<v(?:\.[^\s>]*)?\s+([^>]{1,120})>", re.IGNORECASE)
_MARKUP = re.compile(r"</?(?:v|c|i|b|u|ruby|rt|lang|font)(?:[.\s][^<>]{0,200})?>|<\d[\d:.]{3,15}>", re.IGNORECASE)
_LABEL = re.compile(r"^\s*(?:>>\s*|[-\u2013]\s+)?([^\W\d_][^:\n<>?!]{0,59}?)(?::(?:\s+|$)|\uff1a\s*)")
_BRACKETED = re.compile(
    r"^\s*(?:\[([A-Z\u00c0-\u1fff][^\]\n]{0,59})\]|\(([A-Z\u00c0-\u1fff][^)\n]{0,59})\)):?\s+(?=\S)"
)
_COMMA_TIMES = re.compile(r"^(\s*[\d:]+),(\d{3}\s*-->\s*[\d:]+),(\d{3})", re.MULTILINE)
_OPEN_END = re.compile(r"[^.!?\u2026\"\u201d')\]]\s*$")
_LONGEST_PAUSE_S = 2.0
_LONGEST_TURN = 1_500  # characters; a run of cues without any punctuation must end somewhere


@dataclass(frozen=True)
class _Cue:
    speaker: str | None
    text: str
    start_s: float | None
    end_s: float | None


def read_webvtt(text: str) -> Transcript:
    """Voice tags or ``Speaker: text`` lines name the speakers."""
    try:
        captions = webvtt.from_buffer(StringIO(_COMMA_TIMES.sub(r"\1.\2.\3", text)))
    except (webvtt.errors.MalformedFileError, webvtt.errors.MalformedCaptionError) as error:
        raise TranscriptError(f"The WebVTT file is damaged ({error}). Export it again.") from None
    cues = [cue for item in captions.captions for cue in _split(item.raw_text, seconds(item.start), seconds(item.end))]
    return _transcript(cues, "webvtt")


def read_srt(text: str) -> Transcript:
    """``Speaker: text`` lines name the speakers."""
    try:
        cues = [
            cue
            for item in srt.parse(text, ignore_errors=True)
            for cue in _split(item.content, item.start.total_seconds(), item.end.total_seconds())
        ]
    except (srt.SRTParseError, ValueError) as error:
        raise TranscriptError(f"The SRT file is damaged ({error}). Export it again.") from None
    return _transcript(cues, "srt")


def _split(raw: str, start_s: float | None, end_s: float | None) -> Iterable[_Cue]:
    """A cue may hold several voices; each is a turn of its own."""
    parts = _VOICE.split(raw)
    if parts[0].strip():
        yield from _labelled(parts[0], start_s, end_s)
    for name, words in zip(parts[1::2], parts[2::2], strict=True):
        text = _plain(words)
        if text:
            yield _Cue(" ".join(html.unescape(name).split()), text, start_s, end_s)


def _labelled(raw: str, start_s: float | None, end_s: float | None) -> Iterable[_Cue]:
    speaker: str | None = None
    lines: list[str] = []
    for line in _plain(raw, keep_lines=True).split("\n"):
        match = _LABEL.match(line)
        if match and _is_name(match[1]):
            if lines:
                yield _Cue(speaker, " ".join(lines), start_s, end_s)
            rest = line[match.end() :].strip()
            speaker, lines = " ".join(match[1].split()), [rest] if rest else []
        elif line.strip():
            lines.append(line.strip())
    if lines:
        yield _Cue(speaker, " ".join(lines), start_s, end_s)


def _is_name(label: str) -> bool:
    return len(label.split()) <= 6 and not label.strip().isdigit()


def _plain(raw: str, *, keep_lines: bool = False) -> str:
    lines = (html.unescape(_MARKUP.sub("", line)).strip() for line in raw.split("\n"))
    return ("\n" if keep_lines else " ").join(line for line in lines if line)


def _named_in_brackets(cues: list[_Cue]) -> list[_Cue]:
    """ "[Ann] hi" where no other label is: most cues have one and names come back, or it is "[Music]"."""
    matches = [_BRACKETED.match(cue.text) for cue in cues]
    names = Counter(" ".join((match[1] or match[2]).split()) for match in matches if match)
    if any(cue.speaker for cue in cues) or names.total() < 0.6 * len(cues) or len(names) > max(2, len(cues) // 2):
        return cues
    return [
        replace(cue, speaker=" ".join((match[1] or match[2]).split()), text=cue.text[match.end() :]) if match else cue
        for cue, match in zip(cues, matches, strict=True)
    ]


def _transcript(cues: list[_Cue], source_format: str) -> Transcript:
    cues = _named_in_brackets(cues)
    joined: list[_Cue] = []
    for cue in cues:
        named = cue if cue.speaker else replace(cue, speaker=joined[-1].speaker if joined else None)
        if joined and _runs_on(joined[-1], named):
            joined[-1] = replace(joined[-1], text=f"{joined[-1].text} {named.text}", end_s=named.end_s)
        else:
            joined.append(named)
    if joined and all(cue.speaker is None for cue in joined):
        raise TranscriptError(
            "The file does not say who speaks. Export it with speaker names (voice tags or “Name: text”)."
        )
    turns = (
        Turn(index=index, speaker=cue.speaker or "Unknown speaker", text=cue.text, start_s=cue.start_s, end_s=cue.end_s)
        for index, cue in enumerate(joined)
    )
    return Transcript(turns=tuple(turns), source_format=source_format)


def _runs_on(before: _Cue, cue: _Cue) -> bool:
    if cue.speaker != before.speaker or len(before.text) + len(cue.text) > _LONGEST_TURN:
        return False
    pause = (cue.start_s or 0) - (before.end_s or 0)
    return pause <= _LONGEST_PAUSE_S and bool(_OPEN_END.search(before.text[-20:]))
