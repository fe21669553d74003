"""Questions: which are asked, open or closed, how deep they go, and which nobody answers."""

import re
from collections.abc import Sequence

from sequences.coaching.floor import Sides, is_noise
from sequences.coaching.wording import content_words, sentences
from sequences.records.coaching import Question, QuestionForm
from sequences.records.meeting import Side, Turn

_LEAD_IN = (
    r"(?:(?:and|so|but|okay|ok|well|right|now|great|thanks|yeah|yes|no|also|then|just|maybe|um|uh|i see|got it|"
    r"out of curiosity|can i ask|may i ask|i'm curious|[a-z]+)[,.]?\s+)??"
)
_OPEN = re.compile(
    rf"^{_LEAD_IN}(?:(?:and|so|but)\s+)?(?:what(?!\s+(?:time|day|date)\b)|why|how(?!\s+(?:many|much|long|often|big|old|"
    r"soon|far)\b)|in what way|(?:can|could|would) you (?:tell|walk|talk|describe|explain|share|help)|tell me|walk me|"
    r"talk me|describe|help me understand)\b",
    re.IGNORECASE,
)
_INVITATION = re.compile(
    rf"^{_LEAD_IN}(?:tell (?:me|us) (?:a bit |a little |more )*about|walk (?:me|us) through|talk (?:me|us) through|"
    r"describe (?:for|to) (?:me|us)|help me understand)\b",
    re.IGNORECASE,
)
_COURTESY = re.compile(
    r"\b(?:can you (?:hear|see)|how are you|how(?:'s| is) (?:it going|everything|the weather)|does that make sense|"
    r"make sense|any (?:other )?questions|shall we (?:start|begin)|how was your|did you find|is now a good time|"
    r"you know|sound good|sounds good|are you (?:still )?there|is that (?:okay|ok|alright|fine))\b",
    re.IGNORECASE,
)
_LOGISTICS = re.compile(
    r"\b(?:(?:shall|should|can|could) we (?:meet|talk|speak|have a call)|(?:set|put) up a (?:call|meeting)|calendar|"
    r"invite|(?:(?:mon|tues|wednes|thurs|fri)day|tomorrow|next week) (?:at|work|suit|morning|afternoon)|"
    r"what time|o'clock|e-?mail address|share (?:my|your) screen|(?:works?|suits?|good) for you|"
    r"(?:should|shall|can|may) i (?:send|show|call|book|put|get|give)|"
    r"(?:should|shall|could|can) we (?:\w+ )?(?:do|put|set|book|schedule|have|plan|arrange|get|start|kick)|"
    r"(?:would you like|do you want|would you want) (?:to|me|us)|"
    r"would (?:it|that) be (?:worth|useful|helpful|of interest)|"
    r"(?:would|are) you (?:be )?(?:open|up for|interested|willing|free|available|around)|"
    r"(?:have you|you) got (?:half )?(?:a|a few|five|ten) (?:minutes?|moments?|seconds?|secs?)|"
    r"is (?:now|this) a (?:good|bad) time|"
    r"when would you like)\b",
    re.IGNORECASE,
)
_THEIRS = re.compile(
    r"\b(?:you|your|yours|you're|you've|you'd|they|their|the team|everybody|everyone)\b", re.IGNORECASE
)
_FOLLOWS_UP = re.compile(
    r"^(?:and|so|why|how so|how come|what do you mean|which ones?|like what|such as|in what way|how much of|"
    r"what happens then)\b|\b(?:you (?:said|mentioned|just said)|tell me more|more about that|"
    r"what (?:does|did|would) that|how (?:does|did|would) that|why (?:is|was) that)\b",
    re.IGNORECASE,
)
_PUT_OFF = re.compile(
    r"\b(?:(?:come|get|circle) back to (?:that|this|it)|park (?:that|this|it)|leave that (?:for now|aside)|"
    r"before i (?:answer|get to) (?:that|it)|let'?s not|i'?d rather not|we'?ll get to that)\b",
    re.IGNORECASE,
)
_SHORTEST = 3  # words; "right?" and "you know?" ask nothing
_PATIENCE = 3  # turns in which an answer may come
_OTHER = {Side.REP: Side.PROSPECT, Side.PROSPECT: Side.REP}


def questions_of(turns: Sequence[Turn], sides: Sides, side: Side) -> tuple[Question, ...]:
    """In order. Courtesies and tags are no questions."""
    found: list[Question] = []
    for at, turn in enumerate(turns):
        if sides.get(turn.speaker) is not side:
            continue
        for quote in _asked(turn):
            depth = _depth(quote, turns, at, sides, found) if side is Side.REP else 0
            form = QuestionForm.OPEN if _OPEN.search(quote) else QuestionForm.CLOSED
            found.append(
                Question(turn=turn.index, speaker=turn.speaker, side=side, quote=quote, form=form, depth=depth)
            )
    return tuple(found)


def unanswered(turns: Sequence[Turn], sides: Sides) -> tuple[Question, ...]:
    """Questions that end what their side says and to which the other side says nothing. In the order of the turns."""
    position = {turn.index: at for at, turn in enumerate(turns)}
    asked = [*questions_of(turns, sides, Side.REP), *questions_of(turns, sides, Side.PROSPECT)]
    last_of_turn = {question.turn: question for question in asked}
    open_ended = [
        question
        for question in last_of_turn.values()
        if turns[position[question.turn]].text.rstrip().endswith(question.quote)
        and not _is_answered(question, turns, position[question.turn], sides)
    ]
    return tuple(sorted(open_ended, key=lambda question: question.turn))


def _asked(turn: Turn) -> list[str]:
    return [part for part in sentences(turn.text) if _is_question(part)]


def _is_question(sentence: str) -> bool:
    if len(sentence.split()) < _SHORTEST or _COURTESY.search(sentence):
        return False
    return sentence.endswith("?") or bool(_INVITATION.search(sentence))


def _depth(quote: str, turns: Sequence[Turn], at: int, sides: Sides, before: Sequence[Question]) -> int:
    if _LOGISTICS.search(quote) or not (_THEIRS.search(quote) or _FOLLOWS_UP.search(quote)):
        return 0
    answer_at = next((back for back in range(at - 1, -1, -1) if not is_noise(turns[back])), None)
    previous = before[-1] if before else None
    if previous is None or not previous.is_discovery or answer_at is None:
        return 1
    answer = turns[answer_at]
    if sides.get(answer.speaker) is not Side.PROSPECT or not previous.turn < answer.index:
        return 1
    is_about_it = bool(_FOLLOWS_UP.search(quote)) or bool(content_words(quote) & content_words(answer.text))
    return previous.depth + 1 if is_about_it else 1


def _is_answered(question: Question, turns: Sequence[Turn], at: int, sides: Sides) -> bool:
    """By the first turn of the other side that comes soon enough, unless it only puts it off or asks about it."""
    after = [turn for turn in turns[at + 1 : at + 1 + _PATIENCE] if turn.text.strip()]
    reply = next((turn for turn in after if sides.get(turn.speaker) is not question.side), None)
    if reply is None:
        return False
    if sides.get(reply.speaker) is not _OTHER[question.side]:
        return True  # by somebody of whom the side is not known: in doubt it was answered
    if _PUT_OFF.search(reply.text):
        return False
    said = [part for part in sentences(reply.text) if not part.endswith("?")]
    return bool(said) or bool(content_words(question.quote) & content_words(reply.text))
