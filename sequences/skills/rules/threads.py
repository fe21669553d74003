"""What only several turns together mean: rivals named before, and "I'll have that with you" about an offer."""

import re
from collections import deque
from collections.abc import Iterable, Iterator

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.fragments import CONTENT, OFFER
from sequences.skills.rules.matching import Found, is_company, is_conditional
from sequences.skills.rules.sentences import Sentence

_REACH = 4  # turns that "that" may point back to
_WITH_YOU = re.compile(
    r"\b(?:(?:i|we) (?:will|can) (?:\w+ )?(?:have|get|send|e ?mail|drop|fire|ping|shoot|bring|turn) (?:you )?(?:that|it|those|them|both|one|something|everything) "
    r"(?:\w+ )?(?:with|to|in|over|across|back|round|by|before|today|tomorrow|tonight|this|on|first|out|off)|"
    r"you will (?:have|get) (?:it|that|both|them|those|one)\b|(?:it|that|they|both) will be (?:with you|in your (?:inbox|hands)|on your desk|over))\b"
)
_THING = re.compile(rf"\b(?P<offer>{OFFER}|in writing|on paper)\b|\b{CONTENT}\b")
_WHO_NOW = re.compile(
    r"\bwho (?:is|s|are|do|does|else) (?:\S+ ){0,4}?(?:do|doing|does|handl\w+|use|using|with|suppl\w+|provid\w+|buy\w*|look\w*|make|making|run|running|talking to|speaking to)\b|"
    r"\bwho (?:are you|you are|you re|do you) (?:\w+ )?(?:with|use|using|buy\w*|go\w*)\b|\bwhat (?:are you|do you) (?:\w+ )?(?:us(?:e|ing)|running|run) (?:\S+ ){0,4}?(?:now|today|currently|moment|for)\b"
)
_LONGEST_NAME_ANSWER = 14  # words
_NOT_A_RIVAL = re.compile(
    r"\b(?:spreadsheets?|excel|nobody|no one|myself|ourselves|paper|hand|me|pen|my \w+|our (?:own|team))\b"
)


class Thread:
    """Fed turn by turn; remembers the last few and the rivals named so far."""

    def __init__(self, people: frozenset[str]) -> None:
        self._recent: deque[Spoken] = deque(maxlen=_REACH)
        self._rivals: set[str] = set()
        self._people = people

    def hear(self, spoken: Spoken) -> Iterator[Found]:
        """What this turn means in the light of those before it."""
        if spoken.side is Side.REP:
            yield from self._offer(spoken)
        elif spoken.side is Side.PROSPECT:
            yield from self._named_in_answer(spoken)
            yield from self._named_again(spoken)
        self._recent.append(spoken)

    def remember(self, found: Iterable[Found]) -> None:
        """Keep the names of rivals that a turn brought up."""
        for one in found:
            if one.kind is IntentKind.COMPETITIVE:
                self._rivals |= set(_names(one.sentence, self._people, first=max(1, one.first - 2), last=one.last + 2))

    def _offer(self, spoken: Spoken) -> Iterator[Found]:
        for sentence in spoken.sentences:
            match = _WITH_YOU.search(sentence.plain)
            if match and self._spoke_of_an_offer(spoken) and not is_conditional(sentence, 0, len(sentence.words) - 1):
                yield Found(IntentKind.SEND_PROPOSAL, sentence, *_span(sentence, match), 0.82)
                return

    def _spoke_of_an_offer(self, spoken: Spoken) -> bool:
        """Whether an offer is the last thing to send that was spoken of."""
        for turn in (spoken, *reversed(self._recent)):
            things = list(_THING.finditer(turn.plain))
            if things:
                return things[-1]["offer"] is not None
        return False

    def _named_in_answer(self, spoken: Spoken) -> Iterator[Found]:
        asked = spoken.before
        if asked is None or asked.side is not Side.REP or not asked.sentences or not spoken.sentences:
            return
        answer = spoken.sentences[0]
        if not _WHO_NOW.search(asked.sentences[-1].plain) or len(answer.words) > _LONGEST_NAME_ANSWER:
            return
        names = _names(answer, self._people)
        if names and not _NOT_A_RIVAL.search(answer.plain) and not answer.has_question_mark:
            self._rivals |= set(names)
            yield Found(IntentKind.COMPETITIVE, answer, 0, len(answer.words) - 1, 0.84)

    def _named_again(self, spoken: Spoken) -> Iterator[Found]:
        for sentence in spoken.sentences:
            number = next((at for at, word in enumerate(sentence.words) if word.text in self._rivals), None)
            if number is not None and len(sentence.words) > 2:
                yield Found(IntentKind.COMPETITIVE, sentence, number, number, 0.8)
                return


def _names(sentence: Sentence, people: frozenset[str], *, first: int = 0, last: int | None = None) -> list[str]:
    numbers = range(first, min(len(sentence.words), (last or len(sentence.words)) + 1))
    return [
        sentence.words[at].text
        for at in numbers
        if len(sentence.words[at].text) > 3 and is_company(sentence, at, people)
    ]


def _span(sentence: Sentence, match: re.Match[str]) -> tuple[int, int]:
    return sentence.word_at(match.start()), sentence.word_at(match.end() - 1)
