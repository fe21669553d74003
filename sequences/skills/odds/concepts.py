"""Words folded to what they mean, so that what was learnt of one saying holds for its kin."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

FILE = "concepts.txt"

_NUMBER = re.compile(r"[$€£]?\d[\d.,:]*(?:%|st|nd|rd|th|k|m|am|pm|h)?")
_AS_IT_STANDS = "small"  # no meaning: the words that carry the grammar
_OTHER = "_"

_Entry = tuple[tuple[str, ...], tuple[str, ...]]  # a run of words and what it means


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
def _lexicon() -> dict[str, tuple[_Entry, ...]]:
    """By the first word, the longest runs first."""
    meanings: dict[tuple[str, ...], list[str]] = {}
    for name, sayings in _sections().items():
        for saying in sayings if name != _AS_IT_STANDS else ():
            meanings.setdefault(tuple(saying.split("_")), []).append(name)
    found: dict[str, list[_Entry]] = {}
    for run, names in meanings.items():
        found.setdefault(run[0], []).append((run, tuple(names)))
    return {first: tuple(sorted(entries, key=lambda entry: -len(entry[0]))) for first, entries in found.items()}


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
            meanings.update(name for name in folded[-1:] if name in ("AMOUNT", "NUMBER"))
        at += len(run)
    return tuple(folded), frozenset(meanings)


def _longest(words: Sequence[str], at: int) -> _Entry:
    for run, names in _lexicon().get(words[at], ()):
        if tuple(words[at : at + len(run)]) == run:
            return run, names
    return (words[at],), ()


def _single(word: str) -> Iterator[str]:
    for run, names in _lexicon().get(word, ()):
        if len(run) == 1:
            yield from names


def _folded(word: str, names: tuple[str, ...]) -> str:
    if word in _small():
        return word
    if names:
        return names[0]
    if _NUMBER.fullmatch(word):
        return "AMOUNT" if word[0] in "$€£" or word.endswith("k") else "NUMBER"
    return _OTHER
