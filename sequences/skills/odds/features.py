"""A turn as a set of features: runs of up to three words, pairs of words near each other, and what was said before.

The same function serves learning and using; a change here needs new weights.
"""

import re
from collections.abc import Iterator
from itertools import pairwise

SHORT = 10  # words; a shorter turn is understood by what went before
REMEMBERED = 200  # characters of the turn before

_APOSTROPHE = re.compile(r"['\u2019]")
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"(?<=[a-z,] )[A-Z][a-z]+")
# What differs between meetings but means the same: amounts, days, months and seasons.
_FOLDED = (
    (
        "NUM",
        re.compile(
            r"\d+|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|"
            r"sixty|seventy|eighty|ninety|hundred|thousand|grand"
        ),
    ),
    ("DAY", re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)days?")),
    (
        "MON",
        re.compile(
            r"january|february|march|april|may|june|july|august|september|october|november|december|spring|summer|"
            r"autumn|fall|winter|christmas|easter|q[1-4]"
        ),
    ),
)


def features_of(text: str, before: str, *, is_ours: bool) -> frozenset[str]:
    """``before`` is the text of the turn before, whoever spoke. Each feature begins with the side that speaks."""
    words = _words(text)
    found = {"bias", *_runs(words), *_near(words)}
    if len(words) < SHORT:
        found.update(f"before:{word}" for word in _words(before[-REMEMBERED:]))
    if _NAME.search(text):
        found.add("NAME")
    side = "ours" if is_ours else "theirs"
    return frozenset(f"{side}:{feature}" for feature in found)


def _words(text: str) -> list[str]:
    return [_fold(word) for word in _WORD.findall(_APOSTROPHE.sub("", text.lower()))]


def _fold(word: str) -> str:
    return next((name for name, pattern in _FOLDED if pattern.fullmatch(word)), word)


def _runs(words: list[str]) -> Iterator[str]:
    yield from words
    yield from ("_".join(pair) for pair in pairwise(words))
    yield from ("_".join(three) for three in zip(words, words[1:], words[2:], strict=False))


def _near(words: list[str]) -> Iterator[str]:
    """One or two words between them, whichever these are."""
    for gap in (2, 3):
        yield from (f"{first}~{second}" for first, second in zip(words, words[gap:], strict=False))
