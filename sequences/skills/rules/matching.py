"""A rule is a pattern with the sides that may say it, what forbids it, and how often it is right."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.sentences import Sentence, is_question

CONDITION = re.compile(
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
# What others said is no promise of the speaker; that their board approved the money is news all the same.
_PROMISES = frozenset(
    (IntentKind.SEND_PROPOSAL, IntentKind.SCHEDULE_MEETING, IntentKind.SEND_CONTENT, IntentKind.PROSPECT_FOLLOWUP)
)
_AS_I_SAID = re.compile(r"\b(?:as|like) (?:i|we) (?:said|mentioned|promised)\b")
_JOKE = re.compile(
    r"\b(?:haha|hahaha|lol|kidding|joking|joke|just teasing|i wish|in my dreams|when pigs fly|hell freezes|as if|yes right|magic wand|"
    r"lottery|million dollars in my|unicorn|in another life|dream on|good one|rofl|sarcasm|ha ha|tongue in cheek|winning ticket)\b"
)
_LAUGHTER = re.compile(r"[\[(*<][^\])*>]{0,30}(?:laugh|chuckl|jok|kidding|sarcas|giggl|grin)", re.IGNORECASE)
_POSSIBLY = re.compile(
    r"\b(?:maybe|perhaps|possibly|potentially|might|may|probably|hopefully|i guess|i think|i suppose)\b"
)
_FIRM = frozenset((IntentKind.BUYING_POSITIVE, IntentKind.SEND_PROPOSAL, IntentKind.PROSPECT_FOLLOWUP))
_TAG = re.compile(
    r"\b(?:is|was|does|do|did|has|have|are|were|will|would) (?:not )?(?:it|he|she|they|we|you|that)(?: not)?$"
)
_SUBORDINATE = re.compile(
    r"\b(?:before|until|whenever|by the time|every time|the moment)$|^(?:before|until|whenever)\b"
)
_SUBJECT_AFTER = re.compile(r"\bif (?:you|we|i|it|they|that|this|he|she|our|the|there|your)\b")


@dataclass(frozen=True)
class Found:
    """A rule that holds: the words of the sentence that prove it and how sure it is."""

    kind: IntentKind
    sentence: Sentence
    first: int
    last: int
    confidence: float

    @property
    def quote(self) -> str:
        return self.sentence.quote(self.first, self.last)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """``unless`` must match nowhere in the clause; ``sides`` may speak it. The flags name what does not spoil it.

    Patterns are compiled when first needed: compiling all of them takes longer than starting the program should.
    """

    kind: IntentKind
    says: str
    confidence: float
    sides: frozenset[Side]
    unless: str | None = None
    unless_sentence: str | None = None
    may_ask: bool = False
    may_be_conditional: bool = False
    may_be_reported: bool = False
    may_be_negative: bool = False

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Anchored at word boundaries."""
        return re.compile(rf"(?<!\S)(?:{self.says})(?!\S)")

    @cached_property
    def excluded(self) -> re.Pattern[str] | None:
        """What must match nowhere in the clause."""
        return re.compile(self.unless) if self.unless else None

    @cached_property
    def excluded_sentence(self) -> re.Pattern[str] | None:
        """What must match nowhere in the sentence."""
        return re.compile(self.unless_sentence) if self.unless_sentence else None


def rule(kind: IntentKind, confidence: float, sides: Iterable[Side], says: str, **options: Any) -> Rule:
    """A Rule in one line; ``options`` are its remaining fields."""
    return Rule(kind=kind, says=says, confidence=confidence, sides=frozenset(sides), **options)


def is_joke(text: str, sentences: Iterable[Sentence]) -> bool:
    """Whether a turn is not meant: laughter in brackets or words that only jokes need."""
    return bool(_LAUGHTER.search(text)) or any(_JOKE.search(sentence.plain) for sentence in sentences)


def apply(rule: Rule, sentence: Sentence, side: Side, people: frozenset[str] = frozenset()) -> Found | None:
    """The first place where the rule holds and nothing speaks against it. ``people`` are no company's names."""
    if side not in rule.sides:
        return None
    for match in rule.pattern.finditer(sentence.plain):
        first, last = sentence.word_at(match.start()), sentence.word_at(match.end() - 1)
        if (
            "name" in rule.pattern.groupindex
            and match["name"]
            and not _names(sentence, sentence.word_at(match.start("name")), people)
        ):
            continue
        doubt = _doubt(rule, sentence, first, last)
        if rule.excluded_sentence and rule.excluded_sentence.search(sentence.plain):
            return None
        if doubt is not None:
            return Found(rule.kind, sentence, first, last, rule.confidence - doubt)
    return None


_NO_COMPANY = re.compile(
    r"^(?:i|mr|mrs|ms|dr|it|itdept|hr|rfp|nda|msa|sow|poc|ceo|cfo|cto|coo|cio|vp|q\d|january|february|march|april|may|june|july|august|september|october|november|december|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|christmas|easter|english|german|french|europe|america|us|uk|eu|london|excel|"
    r"sharepoint|outlook|word|google|zoom|slack|teams|linkedin|youtube|whatsapp|covid|god|jesus|sunday|you|the|we|they|and|but|so|pdf|csv|api|erp|crm)$"
)


# Words that begin a sentence with a capital and are no names.
_OPENER = re.compile(
    r"^(?:oh|ah|hm|hmm|ha|yeah|ok|okay|hey|hi|hello|thanks|thank|please|sorry|look|listen|wow|good|fine|cool|nice|exactly|correct|true|agreed|"
    r"perfect|lovely|brilliant|fair|question|morning|afternoon|today|tomorrow|next|last|first|second|third|does|do|is|are|can|could|would|will|did|has|have|i|"
    r"he|she|it|that|this|they|who|which|what|there|here|nobody|everybody|everyone|somebody|someone|people|one|two|three|another|other|others|"
    r"all|both|each|every|management|legal|finance|procurement|purchasing|security|corporate|headquarters|operations|engineering|marketing|sales|"
    r"boss|mom|dad|my|our|your|his|her|their|its|no|yes|so|then|now|well|ok|because|if|when|where|how|why|maybe|usually|also|only|just|same|anything|"
    r"everything|nothing|something|customers?|clients?|patients?|vendors?|suppliers?|competitors?|labor|fuel|shipping|training|support|price|budget|"
    r"honestly|basically|overall|plus|right|great|sure|most|some|many|quality|compliance|accounting|hr|ops|board|leadership)$"
)


def _names(sentence: Sentence, number: int, people: frozenset[str]) -> bool:
    """Whether this word or one beside it is written like a company's name."""
    around = range(max(0, number - 1), min(number + 2, len(sentence.words)))
    return any(is_company(sentence, each, people) for each in around)


def is_company(sentence: Sentence, number: int, people: frozenset[str]) -> bool:
    """Whether a word is written like a company's name: a capital that no sentence start explains."""
    word = sentence.words[number]
    if number and word.start == sentence.words[number - 1].start:  # the second half of "I'm"
        return False
    written = sentence.source[word.start]
    if not written.isupper() or word.text in people or _NO_COMPANY.match(word.text):
        return False
    return (number > 0 and not sentence.words[number - 1].quoted) or not _OPENER.match(word.text)


def _doubt(rule: Rule, sentence: Sentence, first: int, last: int) -> float | None:
    """How much the surroundings weaken a match; ``None`` when they forbid it."""
    begin, _ = sentence.clause_of(first)
    _, end = sentence.clause_of(last)
    before = sentence.plain_of(begin, first)
    forbidden = (
        any(word.quoted for word in sentence.words[first : last + 1])
        or (rule.excluded is not None and rule.excluded.search(sentence.plain_of(begin, end)) is not None)
        or (not rule.may_be_negative and _OUTER_NEGATION.search(before) is not None)
        or (not rule.may_ask and _asks(rule, sentence, begin, end))
        or _SUBORDINATE.search(before) is not None
        or (not rule.may_be_conditional and is_conditional(sentence, first, last))
        or (not rule.may_be_reported and is_reported(sentence, first, rule.kind))
    )
    if forbidden:
        return None
    return 0.12 if not rule.may_ask and _POSSIBLY.search(before) else 0.0


def _asks(rule: Rule, sentence: Sentence, begin: int, end: int) -> bool:
    return is_question(sentence, begin, end) or (rule.kind in _FIRM and bool(_TAG.search(sentence.plain)))


def has_name(sentence: Sentence, people: frozenset[str]) -> bool:
    """Whether anything in it is written like a company's name."""
    return any(is_company(sentence, number, people) for number in range(1, len(sentence.words)))


def is_reported(sentence: Sentence, first: int, kind: IntentKind) -> bool:
    """Whether a promise or a request is somebody else's, told again."""
    return kind in _PROMISES and bool(
        _REPORTED.search(_AS_I_SAID.sub("", sentence.plain_of(max(0, first - 12), first)))
    )


def is_conditional(sentence: Sentence, first: int, last: int) -> bool:
    """ "If you like, I can send it": a condition before the match or right behind it, politeness aside."""
    before = _POLITE.sub(" ", sentence.plain_of(max(0, first - 18), first))
    conditions = list(CONDITION.finditer(before))
    if conditions and not re.search(r"\b(?:but|anyway|either way|regardless)\b", before[conditions[-1].end() :]):
        return True
    inside = _POLITE.sub(" ", sentence.plain_of(first, last + 1))
    if CONDITION.search(inside):
        return True
    after = _POLITE.sub(" ", sentence.plain_of(last + 1, last + 13))
    found = re.search(r"\b(?:unless|provided|assuming|if|as long as)\b", after)
    return bool(found) and not re.search(r"\b(?:and|but|so) ", after[: found.start() if found else 0])
