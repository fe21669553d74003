"""Words folded to what they mean, so that what was learnt of one saying holds for its kin."""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

FILE = "concepts.txt"
NAME = "NAME"  # stands in place of a company's name

_NUMBER = re.compile(r"[$€£]?\d[\d.,:]*(?:%|st|nd|rd|th|k|m|am|pm|h)?")
_AS_IT_STANDS = "small"  # no meaning: the words that carry the grammar
_OTHER = "_"

_Entry = tuple[tuple[str, ...], tuple[str, ...]]  # a run of words and what it means
_Entries = tuple[tuple[int, ...], dict[tuple[str, ...], tuple[str, ...]]]  # by run, and how long these are
_NO_ENTRIES: _Entries = ((), {})


@cache
def _sections() -> dict[str, list[str]]:
    sections: dict[str, list[str]] = {}
    for line in files(__package__).joinpath(FILE).read_text(encoding="utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        name, colon, sayings = line.rpartition(": ")
        if colon:
            sections[name] = []
        sections[next(reversed(sections))] += sayings.split()
    return sections


@cache
def _small() -> frozenset[str]:
    return frozenset(_sections()[_AS_IT_STANDS])


@cache
def _lexicon() -> dict[str, _Entries]:
    """By the first word; the longest runs come first."""
    meanings: dict[tuple[str, ...], list[str]] = {}
    for name, sayings in _sections().items():
        for saying in sayings if name != _AS_IT_STANDS else ():
            meanings.setdefault(tuple(saying.split("_")), []).append(name)
    found: dict[str, dict[tuple[str, ...], tuple[str, ...]]] = {}
    for run, names in meanings.items():
        found.setdefault(run[0], {})[run] = tuple(names)
    return {first: (tuple(sorted({len(run) for run in runs}, reverse=True)), runs) for first, runs in found.items()}


def fold(words: Sequence[str]) -> tuple[tuple[str, ...], frozenset[str]]:
    """The words with those of content replaced by what they mean (``_`` when nothing is known), and all meanings."""
    folded: list[str] = []
    meanings: set[str] = set()
    at = 0
    while at < len(words):
        run, names = _longest(words, at)
        meanings.update(names)
        if len(run) > 1:
            folded.append(names[0])
            meanings.update(name for word in run for name in _single(word))
        else:
            folded.append(_folded(words[at], names))
            meanings.update(name for name in folded[-1:] if name in ("AMOUNT", "NUMBER", NAME))
        at += len(run)
    return tuple(folded), frozenset(meanings)


def _longest(words: Sequence[str], at: int) -> _Entry:
    sizes, runs = _lexicon().get(words[at], _NO_ENTRIES)
    for size in sizes:
        run = tuple(words[at : at + size])
        if run in runs:
            return run, runs[run]
    return (words[at],), ()


def _single(word: str) -> tuple[str, ...]:
    return _lexicon().get(word, _NO_ENTRIES)[1].get((word,), ())


def _folded(word: str, names: tuple[str, ...]) -> str:
    if word == NAME or word in _small():
        return word
    if names:
        return names[0]
    if _NUMBER.fullmatch(word):
        return "AMOUNT" if word[0] in "$€£" or word.endswith("k") else "NUMBER"
    return _OTHER
