"""Proof: a quote counts only when the turn really says it."""

import re

from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Turn

_WORD = re.compile(r"[^\W_]+")
_SHORTEST = 2  # characters; an empty quote is in every text


def turn_of(material: MeetingMaterial, index: int) -> Turn | None:
    """The turn with this index, ``None`` when nobody spoke it."""
    turns = material.transcript.turns
    if 0 <= index < len(turns) and turns[index].index == index:
        return turns[index]
    return next((turn for turn in turns if turn.index == index), None)


def verbatim(quote: str, text: str) -> str | None:
    """``quote`` as ``text`` has it; case, punctuation and spaces may differ where only one place can be meant."""
    if len(quote) >= _SHORTEST and quote in text:
        return quote
    words = [re.escape(word) for word in _WORD.findall(quote)]
    if not words or len(words) > 200:
        return None
    loosely = r"(?<!\w)" + r"[\W_]+".join(words) + r"(?!\w)"
    found = list(re.finditer(loosely, text, re.IGNORECASE))
    return found[0][0] if len(found) == 1 else None
