"""Words folded to what they mean, in a dozen languages, so that what was learnt of one word holds for its kin."""

import re
from functools import cache
from importlib.resources import files
from itertools import pairwise

FILE = "concepts.txt"
_SPLIT = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*'?|\d+|[?!]")

_CAPITAL = re.compile(r"[A-ZÀ-Þ][^\W\d_A-ZÀ-Þ]+$")


@cache
def _lexicon() -> tuple[dict[str, str], dict[str, str]]:
    """Whole words, and beginnings of words, each with the concept that takes it."""
    whole: dict[str, str] = {}
    begun: dict[str, str] = {}
    for line in files(__package__).joinpath(FILE).read_text(encoding="utf-8").splitlines():
        name, colon, words = line.partition(": ")
        if line.startswith("#") or not colon:
            continue
        for word in words.split():
            known = begun if word.endswith("*") else whole
            known.setdefault(word.rstrip("*"), name)
    return whole, begun


def words_of(text: str) -> list[str]:
    """Small letters; every number is ``0``; "don't" is one word."""
    plain = text.replace("\u2019", "'")
    return ["0" if word.isdigit() else word.casefold() for word in _SPLIT.findall(plain)]


def concepts_of(text: str) -> list[str | None]:
    """Of each word; an unknown one with a capital behind a word of contact is a NAME: "do not contact Jim"."""
    written = _SPLIT.findall(text.replace("\u2019", "'"))
    found = [concept_of(word) for word in words_of(text)]
    for at, (before, concept) in enumerate(pairwise(found), start=1):
        if before == "CONTACT" and concept is None and _CAPITAL.match(written[at]):
            found[at] = "NAME"
    return found


def concept_of(word: str) -> str | None:
    whole, begun = _lexicon()
    if found := whole.get(word):
        return found
    if word.endswith("n't"):
        return "NOT"
    return next((begun[word[:size]] for size in range(len(word), 2, -1) if word[:size] in begun), None)
