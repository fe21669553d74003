"""The rep's own way of writing, from mails as they were sent; and where there are none, from how the rep speaks."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from statistics import median
from typing import TypeVar

from sequences.records.meeting import Turn
from sequences.records.style import MailStyle

T = TypeVar("T")

_GREETING = re.compile(
    r"^(?P<word>hi|hello|hey|dear|good (?:morning|afternoon|evening|day)|hiya|howdy|hallo|g'day|morning|afternoon)\b[^\n]{0,60}$",
    re.IGNORECASE,
)
_CLOSING = re.compile(
    r"^(?P<word>(?:(?:very |all (?:the|my) )?best(?: (?:regards|wishes))?|(?:kind|kindest|warm|warmest|best|many)? ?(?:regards|thanks)|thank you|"
    r"thanks(?: (?:again|so much|a lot))?|cheers|ta|sincerely|yours(?: sincerely| truly)?|warmly|talk soon|speak soon|take care|all the best|have a (?:good|great|nice) \w+))[,.!]?$",
    re.IGNORECASE,
)
_CONTRACTION = re.compile(r"\b\w+['\u2019](?:ll|re|ve|d|m|t|s)\b", re.IGNORECASE)
_SPELT_OUT = re.compile(
    r"\b(?:I|we|you|they|it) (?:will|am|are|have|would)\b|\b(?:do|does|did|is|are|can|will) ?not\b", re.IGNORECASE
)
_THANKS = re.compile(r"\b(?P<word>many thanks|thanks|thank you)\b", re.IGNORECASE)
_ITEM = re.compile(r"^\s*(?:[-*\u2022]|\d+[.)])\s+\S", re.MULTILINE)
_LAST_LINES = 6  # where a sign-off may stand
_CASUAL = 0.2  # contractions for each sentence that the rep says


def style_of(mails: Sequence[str]) -> MailStyle:
    """What most of the mails have in common; the newest first, which decides where they are at odds."""
    taken = [_parts(mail) for mail in mails if mail.strip()]
    if not taken:
        return MailStyle()
    bodies = [body for _, body, _ in taken]
    return MailStyle(
        greeting=_most(greeting for greeting, _, _ in taken),
        closing=_most(closing for _, _, closing in taken),
        words=round(median(len(body.split()) for body in bodies)),
        contracts=_most(map(_contracts, bodies)),
        lists=_most(bool(_ITEM.search(body)) for body in bodies),
        thanks=_most(map(_first(_THANKS), bodies)),
    )


def spoken_style(turns: Iterable[Turn], speaker: str) -> MailStyle:
    """Only the register: somebody who says "I'll" and "we're" does not write "I will"."""
    said = " ".join(turn.text for turn in turns if turn.speaker == speaker)
    sentences = max(1, len(re.findall(r"[.!?]+", said)))
    casual = len(_CONTRACTION.findall(said)) / sentences >= _CASUAL
    return MailStyle(contracts=casual, thanks="Thanks" if casual else "Thank you")


def over(first: MailStyle, second: MailStyle) -> MailStyle:
    """What ``first`` knows, and for the rest what ``second`` does."""
    known = {name: value for name, value in first.model_dump().items() if value is not None}
    return second.model_copy(update=known)


def _parts(mail: str) -> tuple[str | None, str, str | None]:
    """Greeting, text and sign-off."""
    lines = [line.rstrip() for line in mail.strip().splitlines()]
    opening = _GREETING.match(lines[0].strip())
    greeting = _cased(opening["word"]) if opening else None
    closing, end = None, len(lines)
    for at in range(len(lines) - 1, max(0, len(lines) - 1 - _LAST_LINES), -1):
        match = _CLOSING.match(lines[at].strip())
        if match:
            closing, end = _cased(match["word"]), at
            break
    return greeting, "\n".join(lines[1 if opening else 0 : end]).strip(), closing


def _contracts(body: str) -> bool | None:
    short, long = len(_CONTRACTION.findall(body)), len(_SPELT_OUT.findall(body))
    return None if short == long == 0 else short >= long


def _first(pattern: re.Pattern[str]) -> Callable[[str], str | None]:
    def find(body: str) -> str | None:
        match = pattern.search(body)
        return _cased(match["word"]) if match else None

    return find


def _cased(word: str) -> str:
    return word[:1].upper() + word[1:].lower()


def _most(values: Iterable[T | None]) -> T | None:
    """The most frequent; of equals the one that comes first, which is the newest."""
    known = [value for value in values if value is not None]
    return Counter(known).most_common(1)[0][0] if known else None
