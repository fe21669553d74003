"""A sentence as a list of features: its words, what they mean, and what was said around it.

The same functions serve learning and using; a change here needs new weights.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, pairwise

from sequences.records.meeting import Side
from sequences.skills.odds.concepts import NAME, fold
from sequences.skills.odds.names import Fame, Mention, fame_of, is_of_rivals, known_names, named_in
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.matching import is_conditional
from sequences.skills.rules.sentences import Sentence, is_question

SHORT = 8  # words; a shorter sentence is understood by what went before
_LENGTHS = (4, 8, 15, 25)  # words
_STAGES = 5  # a meeting in fifths
_REACH = 3  # turns in which an answer is looked for
_MEMORY = 20  # turns; whoever spoke alone for longer answers nobody
_LAST = 2  # sentences of the turn before that one answers
_STEM = 5  # letters in which a word is like its kin
_OFTEN = 4  # sentences; a name said in more tells no more
_TOPICAL = 4  # turns; what was spoken of in these is still the topic
_TOPICS = frozenset(
    (
        *("MONEY", "AMOUNT", "NUMBER", "SUM", "LOWER", "DEAR", "RIVAL", "INCUMBENT", "ALTERNATIVE", "DEADLINE"),
        *("DOCUMENT", "WRITTEN", "PROPOSAL", "CONTRACT", "SEND", "MEETING", "ROLE", "DECIDER", "APPROVE", "CONSENT"),
    )
)
# What is said of a topic without naming it.
_STANCES = frozenset(
    (
        *("AGREE", "NOT", "BUT", "?", "ACCEPT", "GO", "GRANTED", "CAN", "WILL", "THANKS", "NUMBER", "AMOUNT"),
        *("SHOCK", "LACK", "DEAR", "OVERLIMIT", "EXCESS", "TIGHT", "LOWER"),
    )
)
# What turns words round: nothing is asked for in "you need not send it", nor granted in "if it is approved".
_TURNING = ("?", "CONDITION", "QUOTED", "NOT", "PAST", "WAS", "THIRD")
_OTHER_TURNS = ("before:", "short:", "agreed:", "after:", "stage:", "topic:", "known:")
_OTHER_SENTENCES = ("earlier:", "later:", *_OTHER_TURNS)


@dataclass(frozen=True, slots=True)
class Part:
    """A sentence with what can be told of it alone."""

    sentence: Sentence
    words: tuple[str, ...]
    folded: tuple[str, ...]
    meanings: frozenset[str]
    flags: tuple[str, ...]
    asks: bool
    named: tuple[str, ...]  # companies and products
    told: frozenset[str]  # meanings and flags


@dataclass(frozen=True, slots=True)
class Heard:
    """A turn with its sentences. ``fame`` is of the names in the whole call."""

    spoken: Spoken
    parts: tuple[Part, ...]
    fame: Mapping[str, Fame] = field(repr=False)
    topics: frozenset[str]

    @property
    def speaker(self) -> str:
        return self.spoken.turn.speaker


def hear(conversation: Sequence[Spoken]) -> list[Heard]:
    known = known_names(conversation)
    parts = [tuple(_part(each, spoken.people, known) for each in spoken.sentences) for spoken in conversation]
    fame = fame_of(
        Mention(name, at, spoken.side, part.meanings)
        for at, spoken in enumerate(conversation)
        for part in parts[at]
        for name in part.named
    )
    return [
        Heard(spoken, heard, fame, _TOPICS.intersection(chain.from_iterable(part.meanings for part in heard)))
        for spoken, heard in zip(conversation, parts, strict=True)
    ]


def _part(sentence: Sentence, people: frozenset[str], known: frozenset[str]) -> Part:
    named = named_in(sentence, people, known)
    words = tuple(NAME if at in named else word.text for at, word in enumerate(sentence.words))
    folded, meanings = fold(words)
    asks = sentence.has_question_mark or is_question(sentence)
    last = len(words) - 1
    told = {
        "?": asks,
        "CONDITION": "if" in words or is_conditional(sentence, last, last),
        "QUOTED": any(word.quoted for word in sentence.words),
        f"LENGTH{sum(len(words) >= length for length in _LENGTHS)}": True,
    }
    flags = tuple(name for name, holds in told.items() if holds)
    names = tuple(sentence.words[at].text for at in named)
    return Part(sentence, words, folded, meanings, flags, asks, names, meanings.union(flags))


def features_of(conversation: Sequence[Heard], at: int) -> Iterator[list[str]]:
    """Of each sentence of the turn at that place."""
    heard = conversation[at]
    side = heard.spoken.side
    around = [*_before(conversation, at), f"stage:{_STAGES * at // len(conversation)}", f"side:{side}"]
    earlier = _meanings_before(conversation, at)
    answer = tuple(_after(conversation, at))
    topics = _topics(conversation, at)
    for place, part in enumerate(heard.parts):
        found = {*around, *_own(part, side), *_known(part, at, heard.fame)}
        found.update(f"topic:{topic}|{stance}" for stance in part.told & _STANCES for topic in topics)
        if place:
            found.update(f"earlier:{meaning}" for meaning in heard.parts[place - 1].meanings)
        if place + 1 < len(heard.parts):
            found.update(f"later:{meaning}" for meaning in heard.parts[place + 1].meanings)
        else:
            found.update(answer)
        if len(part.words) < SHORT:
            found.update(f"short:{meaning}" for meaning in earlier)
            if "AGREE" in part.meanings:
                found.update(f"agreed:{meaning}" for meaning in earlier)
        yield sorted(found)  # the last digit of a sum depends on its order


def is_of_other_turns(feature: str) -> bool:
    """Which a mere list of phrases does not have."""
    return feature.startswith(_OTHER_TURNS)


def is_of_other_sentences(feature: str) -> bool:
    return feature.startswith(_OTHER_SENTENCES)


def is_of_words(feature: str) -> bool:
    """As they stand, not by what they mean."""
    return feature.startswith("w:")


def _own(part: Part, side: Side) -> Iterator[str]:
    edged = ("^", *part.folded, "$")
    meant = [word for word in part.folded if word.isupper()]
    yield from (f"w:{word}" for word in part.words)
    yield from (f"w:{first}_{second}" for first, second in pairwise(part.words))
    yield from (f"p:{word[:_STEM]}" for word in part.words if len(word) > _STEM)
    for size in (2, 3, 4):
        yield from ("f:" + "_".join(run) for run in zip(*(edged[start:] for start in range(size)), strict=False))
    for size in (2, 3):
        yield from ("m:" + "_".join(run) for run in zip(*(meant[start:] for start in range(size)), strict=False))
    for meaning in part.told:
        yield f"c:{meaning}"
        yield f"{side}:{meaning}"
    for turning in part.told.intersection(_TURNING):
        yield from (f"{turning}:{meaning}" for meaning in part.meanings)


def _known(part: Part, at: int, fame: Mapping[str, Fame]) -> Iterator[str]:
    """What the rest of the call tells of the names in a sentence."""
    if part.named:
        known = [fame[name] for name in part.named]
        yield f"known:{min(_OFTEN, max(each.times for each in known))}"
        yield "known:new" if known[0].first.turn == at else f"known:{known[0].first.side}"
        if any(each.with_rivals > is_of_rivals(part.meanings) for each in known):
            yield "known:RIVAL"


def _topics(conversation: Sequence[Heard], at: int) -> frozenset[str]:
    recent = conversation[max(0, at - _TOPICAL) : at]
    return frozenset().union(*(heard.topics for heard in recent))


def _turn_before(conversation: Sequence[Heard], at: int) -> Heard | None:
    """The last turn of somebody else."""
    speaker = conversation[at].speaker
    recent = reversed(conversation[max(0, at - _MEMORY) : at])
    return next((heard for heard in recent if heard.speaker != speaker), None)


def _meanings_before(conversation: Sequence[Heard], at: int) -> frozenset[str]:
    before = _turn_before(conversation, at)
    if before is None:
        return frozenset()
    return frozenset({f"side={before.spoken.side}"}.union(*(part.meanings for part in before.parts[-_LAST:])))


def _before(conversation: Sequence[Heard], at: int) -> Iterator[str]:
    yield from (f"before:{meaning}" for meaning in _meanings_before(conversation, at))
    before = _turn_before(conversation, at)
    if before and before.parts and before.parts[-1].asks:
        yield "before:?"


def _after(conversation: Sequence[Heard], at: int) -> Iterator[str]:
    """How the next to speak begins."""
    speaker = conversation[at].speaker
    for heard in conversation[at + 1 : at + 1 + _REACH]:
        if heard.speaker != speaker and heard.parts:
            first = heard.parts[0]
            yield from (f"after:{meaning}" for meaning in first.meanings)
            yield f"after:LENGTH{min(4, len(first.words) // 4)}"
            return
