"""Whether every fact of a text can be traced to what was said or is known: numbers, days, names, addresses. Pure.

What it cannot see is a false statement made of words that were said; it sees whatever nobody said.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from sequences.skills.drafting.figures import figure_of, figures_in

_TOKEN = re.compile(r"[A-Za-z\u00c0-\u024f][\w\u00c0-\u024f]*(?:['\u2019-][\w\u00c0-\u024f]+)*")
_ADDRESS = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|\b[\w-]+\.(?:com|net|org|io|co|ai|example|test|de|uk)(?:/\S*)?\b",
    re.IGNORECASE,
)
_SENTENCE_START = re.compile(r"(?:(?:^|\n)\s*(?:[-*\u2022]|\d+[.)])?\s*|[.!?:\u2026]['\"\u201d)]*\s+|[\"\u201c(]\s*)$")
_SUBJECT = re.compile(
    r"(?:['\u2019]s\b|,? (?:and [A-Z]|(?:you )?will\b|would\b|has\b|is\b|can\b|asked\b|said\b|mentioned\b|promised\b|wants?\b|needs?\b|agreed\b|[A-Z]))"
)
_DAYS = "monday tuesday wednesday thursday friday saturday sunday"
_MONTHS = "january february march april may june july august september october november december"
_RELATIVE = "today tonight tomorrow yesterday weekend fortnight christmas easter thanksgiving"
# Words that a mail may begin a sentence with, whoever it is to.
_PLAIN = """
i i'll i'd i'm i've we we'll we'd we're we've you you'll you'd you're you've it it's that that's this these those there here he she
they let me please thanks thank many hi hello hey dear good great lovely nice as and but so if when once until after before on in at
by for from to with of our your my the a an what which who how why where while then also just looking following further regarding
re many best kind kindest warm warmest regards cheers sincerely yours all no yes not next steps step some any both each either one two
could would can will shall should may might do does did is are was were have has had feel free happy glad pleased delighted below
above attached enclosed finally first second third lastly meanwhile otherwise until unless because since though although recap
ask send share call email mail remind prepare propose check agree confirm schedule book bring draft write follow give tell show include
add introduce forward review answer put get make have take keep find summary agenda action actions items side sides questions question side subject pilot offer quote proposal meeting call demo
"""


@dataclass(frozen=True, kw_only=True)
class Known:
    """``words`` in small letters; ``figures`` as numbers, however they were said; ``text`` for addresses."""

    words: frozenset[str]
    figures: frozenset[str]
    text: str

    @classmethod
    def of(cls, texts: Iterable[str], days: Iterable[date] = ()) -> "Known":
        """``days`` that were reckoned from what was said may be named, too: as a weekday, a number and a month."""
        whole = "\n".join(texts).replace("\u2019", "'")
        named = [f"{day:%A} {day.day} {day:%B} {day.year}" for day in days]
        said = "\n".join([whole, *named])
        return cls(words=frozenset(_words(said)), figures=frozenset(figures_in(said)), text=whole.casefold())


def untraceable(text: str, known: Known) -> tuple[str, ...]:
    """What of ``text`` nobody said, in the order in which it stands; empty when all of it can be traced."""
    plain = text.replace("\u2019", "'")
    found = [*_addresses(plain, known), *_figures(plain, known), *_days(plain, known), *_names(plain, known)]
    return tuple(dict.fromkeys(found))


def _words(text: str) -> Iterator[str]:
    for token in _TOKEN.findall(text.casefold()):
        yield token
        yield re.sub(r"'\w+$", "", token)
        yield from re.split(r"['-]", token)


def _addresses(text: str, known: Known) -> Iterator[str]:
    return (match[0] for match in _ADDRESS.finditer(text) if match[0].rstrip(".,;").casefold() not in known.text)


def _figures(text: str, known: Known) -> Iterator[str]:
    return (shown for shown, value in figure_of(text) if value not in known.figures)


def _days(text: str, known: Known) -> Iterator[str]:
    for token in _TOKEN.findall(text):
        word = token.casefold()
        is_month = token[:1].isupper() or word not in ("may", "march")
        if word in _calendar() and is_month and word not in known.words:
            yield token


def _names(text: str, known: Known) -> Iterator[str]:
    """Words written like names. At the start of a sentence any word is; there it takes a sign that it is one."""
    for match in _TOKEN.finditer(text):
        token = match[0]
        word = re.sub(r"'\w+$", "", token.casefold())
        if not token[:1].isupper() or word in known.words or token.casefold() in known.words or word in _calendar():
            continue
        if all(part in known.words for part in re.split(r"['-]", word)):
            continue
        begins = bool(_SENTENCE_START.search(text[: match.start()]))
        is_short_form = len(token) > 1 and token.isupper()
        if begins and not is_short_form and (word in _plain() or not _SUBJECT.match(text[match.end() :])):
            continue
        if not begins and token in ("I", "I'll", "I'd", "I'm", "I've"):
            continue
        yield token


@cache
def _calendar() -> frozenset[str]:
    return frozenset(f"{_DAYS} {_MONTHS} {_RELATIVE}".split())


@cache
def _plain() -> frozenset[str]:
    return frozenset(_PLAIN.split())


_SENTENCES = re.compile(r"(?<=[.!?])\s+")


def repaired(text: str, known: Known) -> str:
    """Without the sentences that state what nobody said, and without headings over nothing."""
    lines: list[str] = []
    for line in text.split("\n"):
        kept = " ".join(part for part in _SENTENCES.split(line) if not untraceable(part, known))
        if kept.strip(" -*\u2022") or not line.strip():
            lines.append(kept)
    bare = [line for at, line in enumerate(lines) if not _heads_nothing(lines, at)]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(bare)).strip()


def _heads_nothing(lines: list[str], at: int) -> bool:
    behind = next((line for line in lines[at + 1 :]), "")
    return lines[at].rstrip().endswith(":") and not behind.strip()
