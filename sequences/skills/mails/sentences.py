"""A mail sentence by sentence, and what each of them looks like to the odds."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from sequences.skills.mails.concepts import concepts_of, words_of

MOST = 80  # sentences; who writes more has said it by then
LONGEST = 600  # characters of a sentence that are looked at
_BEGINNING = 5  # letters; what follows in a longer word is often an ending, or misspelt
_NEAR = 7  # words between which two concepts are taken together

_WRAP = re.compile(r"(?<=[^\s.!?:;])[ \t]*\n(?=[ \t]*[^\W\d_A-ZÀ-Þ])")
_WORD = re.compile(r"\w")
_END = re.compile(r"[.!?]{1,9}[\"')\]]{0,3}(?=\s|$)|\n+|;\s|(?<=\w) (?:--?|\u2013|\u2014) ")


def flowed(said: str) -> str:
    """Lines that a program broke run on. As long as ``said``, so that places in one are places in the other."""
    return _WRAP.sub(lambda match: " " * len(match.group()), said)


def sentences_of(said: str) -> list[str]:
    """Word for word as they stand in ``said``."""
    return [sentence for _, _, sentence in placed_sentences(said)]


def placed_sentences(said: str) -> list[tuple[int, int, str]]:
    """Where each begins and ends, and its words."""
    found: list[tuple[int, int, str]] = []
    start = 0
    for end in (*(match.end() for match in _END.finditer(flowed(said))), len(said)):
        piece = said[start:end]
        if _WORD.search(piece):
            found.append((start, end, piece.strip()))
        start = end
        if len(found) == MOST:
            break
    return found


def shape_of(sentence: str) -> frozenset[str]:
    """Its words, its concepts, and which concept stands before which."""
    words = words_of(sentence[:LONGEST])
    concepts = concepts_of(sentence[:LONGEST])
    found = {f"w:{word}" for word in words}
    found.update(f"w:{first}_{second}" for first, second in pairwise(words))
    found.update(f"c:{name}" for name in concepts if name)
    found.update(f"p:{word[:_BEGINNING]}" for word in words if len(word) > _BEGINNING)
    found.update(f"start:{concept or word}" for word, concept in list(zip(words, concepts, strict=True))[:1])
    found.update(_near(concepts))
    return frozenset(found)


def _near(concepts: Sequence[str | None]) -> Iterator[str]:
    for at, first in enumerate(concepts):
        if first is None:
            continue
        for second in concepts[at + 1 : at + 1 + _NEAR]:
            if second is not None:
                yield f"c:{first}>{second}"
