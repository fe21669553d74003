"""What the prospect holds against it, and what our side made of that."""

import re
from collections.abc import Iterator, Mapping, Sequence

from sequences.coaching.floor import Sides
from sequences.coaching.wording import content_words, sentences
from sequences.records.coaching import Handling, Objection, ObjectionKind
from sequences.records.meeting import Side, Turn


def _any_of(*phrases: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(phrases)})\b", re.IGNORECASE)


_KINDS: dict[ObjectionKind, re.Pattern[str]] = {
    ObjectionKind.PRICE: _any_of(
        r"too (?:expensive|pricey|much money|steep|dear)",
        r"(?:can'?t|cannot|couldn'?t) (?:afford|justify)",
        r"(?:no|not (?:enough|much)|don'?t have (?:the |a )?)\s*budget",
        r"budget (?:is|was|has been) (?:tight|frozen|gone|spent|cut)",
        r"(?:over|above|beyond|out of) (?:our|the|my) (?:budget|price range)",
        r"more than (?:we|i) (?:expected|wanted|can|could|pay|planned)",
        r"(?:price|cost|fee|number)s? (?:is|are|seems?|feels?|looks?) (?:\w+ )?(?:high|steep|a lot)",
        r"(?:that'?s|it'?s) a lot of money",
    ),
    ObjectionKind.TIMING: _any_of(
        r"(?:not|isn'?t|wrong|bad) (?:the )?(?:right |a good |good )?(?:time|moment)(?: for (?:us|this))?",
        r"too (?:early|soon|busy)",
        r"(?:not|nothing) (?:until|before) (?:next|the new) (?:year|quarter)",
        r"no (?:capacity|bandwidth|time for (?:this|it))",
        r"(?:don'?t|won'?t) have (?:the )?(?:capacity|bandwidth)",
    ),
    ObjectionKind.NEED: _any_of(
        r"(?:don'?t|do not|doesn'?t) (?:really |actually )?(?:see|need) (?:the (?:need|point|value)|this|it|that)",
        r"not (?:convinced|sure (?:we|i) need|a priority)",
        r"happy with what we have",
        r"what we have (?:works|is fine)",
        r"works fine (?:for us|as it is|today)",
    ),
    ObjectionKind.RISK: _any_of(
        r"(?:i'?m|we'?re|we are|i am|my|our) (?:\w+ )?(?:worried|concerned|nervous|worry|concern|fear)",
        r"worries me",
        r"what if it (?:fails|breaks|doesn'?t)",
        r"(?:got|been) burn(?:ed|t)",
        r"(?:security|compliance|legal) (?:will|would|won'?t) (?:never|not|object|block)",
        r"locked in|lock-in|vendor lock",
        r"too risky",
    ),
    ObjectionKind.EFFORT: _any_of(
        r"too (?:complicated|complex|much (?:work|effort|hassle))",
        r"(?:nobody|no one|no-one) (?:will|would|is going to) (?:use|learn|adopt) (?:it|this|that)",
        r"(?:a lot|lots) of (?:work|effort|training|change)",
        r"(?:migration|switching|moving|training|onboarding) (?:would|will|is going to) (?:be (?:a )?|take )"
        r"(?:\w+ )?(?:pain|nightmare|hard|painful|months|ages|forever)",
        r"(?:pain|nightmare|hassle) to (?:migrate|switch|move|integrate|set up)",
    ),
    ObjectionKind.COMPETITION: _any_of(
        r"(?:they|somebody else|another vendor|your competitor\w*|\w+) (?:is|are|were|came in) (?:\w+ )?(?:cheaper|"
        r"half the price|less expensive)",
        r"already (?:use|have|work with|signed with|committed to)",
        r"could (?:just )?build (?:it|this|that|something) (?:ourselves|in-house|internally)",
    ),
}
_WITHDRAWN = _any_of(r"not too (?:expensive|complicated|complex|risky)", r"(?:isn'?t|wasn'?t) too", r"no longer")
_EVIDENCE = re.compile(
    r"\d+(?:[.,]\d+)?\s?(?:%|percent|per cent|times|x\b|hours?|days?|weeks?|months?|customers?|clients?|companies|"
    r"users?)"
    r"|\b(?:case stud(?:y|ies)|references?|for (?:example|instance)|another (?:customer|client|company)|"
    r"(?:one|most|many|some) of our (?:customers|clients)|(?:customers|clients) like you|on average|audit(?:ed)?|"
    r"certif(?:ied|icate|ication)|benchmark|pilot (?:showed|results?)|we(?:'ve| have) (?:seen|measured)|"
    r"study|iso \d+|soc ?2)\b",
    re.IGNORECASE,
)
_MOVING_ON = _any_of(
    r"anyway",
    r"moving on",
    r"let me (?:show|share|jump|move)",
    r"next (?:slide|topic|point)",
    r"(?:come|get|circle) back to (?:that|this|it)",
    r"let'?s (?:talk about|look at|move)",
)
_ANSWERS = _any_of(
    r"because",
    r"that'?s why",
    r"the reason",
    r"we (?:can|could|would|do|have|offer|include|handle|take)",
    r"you (?:can|could|would|get|only|don'?t)",
    r"(?:it|that) (?:includes?|comes|covers|means|takes|works)",
    r"instead",
    r"what if",
    r"understand",
)
_SHORTEST_ANSWER = 6  # words
_PATIENCE = 3  # turns in which our side may answer


def objections_of(
    turns: Sequence[Turn], sides: Sides, *, too_dear: Mapping[int, str] | None = None
) -> tuple[Objection, ...]:
    """At most one for each turn of the prospect: the first that it voices.

    ``too_dear`` has quotes, by the position of their turn, that are known from elsewhere to be about money.
    """
    known = too_dear or {}
    found = (
        _objection(turns, at, sides, known.get(at))
        for at, turn in enumerate(turns)
        if sides.get(turn.speaker) is Side.PROSPECT
    )
    return tuple(item for item in found if item)


def _objection(turns: Sequence[Turn], at: int, sides: Sides, too_dear: str | None) -> Objection | None:
    turn = turns[at]
    voiced = next(_voiced(turn.text, too_dear), None)
    if voiced is None:
        return None
    kind, quote = voiced
    handling, answer = _handling(quote, turns, at, sides)
    return Objection(
        turn=turn.index,
        speaker=turn.speaker,
        kind=kind,
        quote=quote,
        handling=handling,
        answer_turn=answer.index if answer else None,
        answer=answer.text if answer else None,
    )


def _voiced(text: str, too_dear: str | None) -> Iterator[tuple[ObjectionKind, str]]:
    if too_dear is not None:
        yield ObjectionKind.PRICE, too_dear
    for quote in sentences(text):
        kind = next((kind for kind, pattern in _KINDS.items() if pattern.search(quote)), None)
        if kind is not None and not _WITHDRAWN.search(quote):
            yield kind, quote


def _handling(quote: str, turns: Sequence[Turn], at: int, sides: Sides) -> tuple[Handling, Turn | None]:
    """What our side says next to it: in the first of its turns that is more than a word of hearing."""
    ours = [turn for turn in turns[at + 1 : at + 1 + _PATIENCE] if sides.get(turn.speaker) is Side.REP]
    answer = next((turn for turn in ours if len(turn.text.split()) >= _SHORTEST_ANSWER), None)
    if answer is None or _MOVING_ON.search(answer.text):
        return Handling.PASSED_OVER, None
    if _EVIDENCE.search(answer.text):
        return Handling.WITH_EVIDENCE, answer
    if _ANSWERS.search(answer.text) or content_words(quote) & content_words(answer.text):
        return Handling.ANSWERED, answer
    return Handling.PASSED_OVER, None
