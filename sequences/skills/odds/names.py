"""Which companies and products are named in a call. Whom they once "switch from" stays a rival when named again."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sequences.records.meeting import Side
from sequences.skills.odds.concepts import fold
from sequences.skills.rules.companies import is_company
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.sentences import Sentence

_NO_COMPANY = frozenset(("PERSON", "PLACE"))  # what is written like a company's name and is none
_OF_RIVALS = frozenset(("RIVAL", "INCUMBENT", "ALTERNATIVE", "TRIED", "ENDS", "DEADLINE"))
_SHORTEST = 4  # letters of a name with a capital inside ("LogVault")


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a sentence of that turn, and what the sentence means."""

    name: str
    turn: int
    side: Side
    meanings: frozenset[str]


@dataclass(slots=True)
class Fame:
    """What a call tells of a name: who says it first, in how many sentences, and in how many of these with words of
    rivals."""

    first: Mention
    times: int = 0
    with_rivals: int = 0


def fame_of(mentions: Iterable[Mention]) -> Mapping[str, Fame]:
    """By name; the mentions in the order of the call."""
    fame: dict[str, Fame] = {}
    for mention in mentions:
        known = fame.setdefault(mention.name, Fame(mention))
        known.times += 1
        known.with_rivals += is_of_rivals(mention.meanings)
    return fame


def is_of_rivals(meanings: frozenset[str]) -> bool:
    return not _OF_RIVALS.isdisjoint(meanings)


def known_names(conversation: Iterable[Spoken]) -> frozenset[str]:
    """In small letters, what is written like a company's name somewhere in a call, and nowhere like a word."""
    names: set[str] = set()
    words: set[str] = set()
    for spoken in conversation:
        for sentence in spoken.sentences:
            for at, word in enumerate(sentence.words):
                if not sentence.source[word.start].isupper():
                    words.add(word.text)
                elif _is_name(sentence, at, spoken.people) or _has_capital_inside(sentence, at, spoken.people):
                    names.add(word.text)
    return frozenset(names - words)


def named_in(sentence: Sentence, people: frozenset[str], known: frozenset[str]) -> tuple[int, ...]:
    """Where a company is named in a sentence; at its start only one that the call knows from elsewhere."""
    return tuple(
        at
        for at, word in enumerate(sentence.words)
        if sentence.source[word.start].isupper() and (word.text in known or _is_name(sentence, at, people))
    )


def _is_name(sentence: Sentence, at: int, people: frozenset[str]) -> bool:
    """Where no start of a sentence explains the capital."""
    return at > 0 and is_company(sentence, at, people) and _may_be_company(sentence.words[at].text)


def _has_capital_inside(sentence: Sentence, at: int, people: frozenset[str]) -> bool:
    word = sentence.words[at]
    written = sentence.source[word.start : word.start + len(word.text)]
    return (
        len(written) >= _SHORTEST
        and written.isalpha()
        and written[1:] != written[1:].lower()
        and not written.isupper()
        and word.text not in people
        and _may_be_company(word.text)
    )


def _may_be_company(word: str) -> bool:
    return _NO_COMPANY.isdisjoint(fold((word,))[1])
