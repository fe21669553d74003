"""What requests are made of: words and runs of words folded to meanings, in their order.

Beside ``concepts``, which know the words of leaving and staying: a word may mean one thing there and another here.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from sequences.skills.mails.concepts import words_of

FILE = "meanings.txt"
_LONGEST_RUN = 5  # words
_NEXT = 3  # meanings behind one that are taken together with it
_SHORTEST = 3  # letters of a beginning


@cache
def _lexicon() -> tuple[dict[str, str], dict[str, str]]:
    """Words and runs of words, and beginnings of words, each with its meaning."""
    whole: dict[str, str] = {}
    begun: dict[str, str] = {}
    for line in files(__package__).joinpath(FILE).read_text(encoding="utf-8").splitlines():
        name, colon, words = line.partition(": ")
        if line.startswith("#") or not colon:
            continue
        for word in words.split():
            known = begun if word.endswith("*") else whole
            known.setdefault(word.rstrip("*").replace("_", " "), name)
    return whole, begun


def meanings_of(sentence: str) -> list[str]:
    """In the order of the words; what says nothing of a request is left out."""
    words = words_of(sentence)
    found: list[str] = []
    at = 0
    while at < len(words):
        name, size = _meaning_at(words, at)
        if name:
            found.append(name)
        at += size
    return found


def _meaning_at(words: Sequence[str], at: int) -> tuple[str | None, int]:
    """The meaning of the longest run that begins here, and how many words it takes."""
    whole, begun = _lexicon()
    for size in range(min(_LONGEST_RUN, len(words) - at), 0, -1):
        if name := whole.get(" ".join(words[at : at + size])):
            return name, size
    word = words[at]
    beginnings = (word[:size] for size in range(len(word), _SHORTEST - 1, -1))
    return next((begun[beginning] for beginning in beginnings if beginning in begun), None), 1


def meant(sentence: str) -> Iterator[str]:
    """Features: each meaning, which one follows which, and which one the sentence begins with."""
    meanings = meanings_of(sentence)
    if meanings:
        yield f"m:start:{meanings[0]}"
    for at, first in enumerate(meanings):
        yield f"m:{first}"
        yield from (f"m:{first}>{second}" for second in meanings[at + 1 : at + 1 + _NEXT])
