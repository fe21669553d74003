"""A rule is a pattern of something promised, with what forbids it; and what turns any words round: conditions, questions,
other people's words, jokes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from sequences.skills.rules.sentences import Sentence, is_question

_CONDITION = re.compile(
    r"\b(?:if|unless|assuming|suppose|supposing|provided|in case|as long as|whether|were we to|should we decide|depending on)\b"
)
_POLITE = re.compile(
    r"\bif (?:that is|it is|that|you are|that would be|this is|not|possible|need be|all goes|i can|i may|i could|anything|"
    r"you do not mind|you would not mind|i am honest|we are honest|i remember|memory)(?: (?:works|helps|suits|makes sense|ok|fine|all right|good|"
    r"useful|easier|helpful|sooner|before|earlier|today|tomorrow|well|correctly|serves|you|for you|cool|convenient))*\b"
)
_OUTER_NEGATION = re.compile(
    r"\b(?:(?:do|does|did|would|could|can|will) not (?:think|believe|say|mean|know|expect|see|imagine|promise|guarantee|want|suppose|need|have)|"
    r"not (?:saying|sure|promising|suggesting|convinced|certain|going to|the case|that)|doubt|unlikely|no promises?|hard to say|rather than|"
    r"instead of|nobody|no one|without|it is not (?:that|like|as if)|not like|never|no guarantee|far from|no need)\b"
)
_REPORTED = re.compile(
    r"\b(?:he|she|they|boss|\w+ (?:was|were) like|everybody|everyone|people|somebody|someone|guy|rep|vendor|manager|cfo|ceo|cto|\w+) "
    r"(?:said|says|told \w+|goes|claimed|promised|thought|was saying|were saying|keeps saying|kept saying|mentioned|asked|swore|was like|were like|"
    r"is like|are like|would say|used to say|wrote|writes|insisted)\b|\bi (?:said|told \w+|promised \w+)|\baccording to\b|\bapparently\b"
)
_AS_I_SAID = re.compile(r"\b(?:as|like) (?:i|we) (?:said|mentioned|promised)\b")
_JOKE = re.compile(
    r"\b(?:haha|hahaha|lol|kidding|joking|joke|just teasing|i wish|in my dreams|when pigs fly|hell freezes|as if|yes right|magic wand|"
    r"lottery|million dollars in my|unicorn|in another life|dream on|good one|rofl|sarcasm|ha ha|tongue in cheek|winning ticket)\b"
)
_JOKE = re.compile(
    r"\b(?:haha|hahaha|lol|kidding|joking|joke|just teasing|i wish|in my dreams|when pigs fly|hell freezes|as if|yes right|magic wand|"
    r"lottery|million dollars in my|unicorn|in another life|dream on|good one|rofl|sarcasm|ha ha|tongue in cheek|winning ticket)\b"
)
_LAUGHTER = re.compile(r"[\[(*<][^\])*>]{0,30}(?:laugh|chuckl|jok|kidding|sarcas|giggl|grin)", re.IGNORECASE)
_TAG = re.compile(
    r"\b(?:is|was|does|do|did|has|have|are|were|will|would) (?:not )?(?:it|he|she|they|we|you|that)(?: not)?$"
)
_SUBORDINATE = re.compile(
    r"\b(?:before|until|whenever|by the time|every time|the moment)$|^(?:before|until|whenever)\b"
)


@dataclass(frozen=True)
class Found:
    """Where a rule holds: the words of the sentence that prove it."""

    sentence: Sentence
    first: int
    last: int

    @property
    def quote(self) -> str:
        return self.sentence.quote(self.first, self.last)


@dataclass(frozen=True)
class Rule:
    """``unless`` must match nowhere in the clause. Patterns are compiled when first needed."""

    says: str
    unless: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Anchored at word boundaries."""
        return re.compile(rf"(?<!\S)(?:{self.says})(?!\S)")

    @cached_property
    def excluded(self) -> re.Pattern[str]:
        return re.compile(self.unless)


def apply(rule: Rule, sentence: Sentence) -> Found | None:
    """The first place where the rule holds and nothing speaks against it."""
    for match in rule.pattern.finditer(sentence.plain):
        first, last = sentence.word_at(match.start()), sentence.word_at(match.end() - 1)
        if not _is_spoilt(rule, sentence, first, last):
            return Found(sentence, first, last)
    return None


def _is_spoilt(rule: Rule, sentence: Sentence, first: int, last: int) -> bool:
    begin, _ = sentence.clause_of(first)
    _, end = sentence.clause_of(last)
    before = sentence.plain_of(begin, first)
    return (
        any(word.quoted for word in sentence.words[first : last + 1])
        or rule.excluded.search(sentence.plain_of(begin, end)) is not None
        or _OUTER_NEGATION.search(before) is not None
        or is_question(sentence, begin, end)
        or _TAG.search(sentence.plain) is not None
        or _SUBORDINATE.search(before) is not None
        or is_conditional(sentence, first, last)
        or _is_reported(sentence, first)
    )


def _is_reported(sentence: Sentence, first: int) -> bool:
    """Whether a promise is somebody else's, told again."""
    return _REPORTED.search(_AS_I_SAID.sub("", sentence.plain_of(max(0, first - 12), first))) is not None


def is_joke(text: str, sentences: Iterable[Sentence]) -> bool:
    """Whether a turn is not meant: laughter in brackets or words that only jokes need."""
    return bool(_LAUGHTER.search(text)) or any(_JOKE.search(sentence.plain) for sentence in sentences)


def is_conditional(sentence: Sentence, first: int, last: int) -> bool:
    """ "If you like, I can send it": a condition before the match or right behind it, politeness aside."""
    before = _POLITE.sub(" ", sentence.plain_of(max(0, first - 18), first))
    conditions = list(_CONDITION.finditer(before))
    if conditions and not re.search(r"\b(?:but|anyway|either way|regardless)\b", before[conditions[-1].end() :]):
        return True
    inside = _POLITE.sub(" ", sentence.plain_of(first, last + 1))
    if _CONDITION.search(inside):
        return True
    after = _POLITE.sub(" ", sentence.plain_of(last + 1, last + 13))
    found = re.search(r"\b(?:unless|provided|assuming|if|as long as)\b", after)
    return bool(found) and not re.search(r"\b(?:and|but|so) ", after[: found.start() if found else 0])
