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
        r"(?:not|isn'?t|wrong) (?:the )?(?:right |a good |good )(?:time|moment)(?: for (?:us|this))?",
        r"(?:wrong|bad) (?:time|moment) for (?:us|this|it)",
        r"too (?:early|soon|busy)",
        r"(?:not|nothing) (?:until|before|till) (?:next|the new) (?:year|quarter|budget)",
        r"(?:that'?s|it'?s|that is) (?:\w+ )?(?:aggressive|too tight|not realistic|unrealistic|ambitious|a stretch)(?:,| given| for| to)?",
        r"not changing anything (?:till|until|before)",
        r"(?:we|i) (?:can'?t|cannot|couldn'?t) (?:\w+ )?(?:do|start|begin) (?:it |that |this |anything )?(?:before|until|till)",
        r"after the (?:summer|season|audit|migration|year end)[^.?!]{0,30}(?:maybe|perhaps|at the earliest)",
        r"no (?:capacity|bandwidth|time for (?:this|it))",
        r"(?:don'?t|won'?t) have (?:the )?(?:capacity|bandwidth)",
    ),
    ObjectionKind.NEED: _any_of(
        r"(?:don'?t|do not|doesn'?t) (?:really |actually )?(?:see|need) (?:the (?:need|point|value)|this|it|that)",
        r"not (?:convinced|sure (?:we|i) need|a priority)",
        r"happy with what we have",
        r"(?:don'?t|not sure (?:that )?we) (?:really )?need (?:clever|another|more|all|that many)",
        r"(?:it'?s )?(?:just )?not something (?:we'?d|we would|we|for us)",
        r"i don'?t think so(?:, no)?|don'?t see (?:us|ourselves)",
        r"(?:really )?not in the market",
        r"what we have (?:works|is fine)",
        r"works fine (?:for us|as it is|today)",
    ),
    ObjectionKind.SECURITY: _any_of(
        r"(?:security|compliance|privacy|data protection|infosec|legal|the auditors?) (?:\w+ )?(?:will|would|won'?t|wouldn'?t|is|are|has|have) (?:\w+ )?(?:never|not|object|block|problem|concern\w*|issue|worried|reject|veto|want|insist)",
        r"(?:that|this|it) makes (?:me|us) (?:\w+ )?(?:nervous|uneasy|uncomfortable)",
        r"(?:our|the|customer|patient|personal) data (?:can'?t|cannot|must not|mustn'?t|may not|isn'?t allowed to) (?:leave|go|be|sit)",
        r"(?:not|isn'?t|aren'?t) (?:gdpr|hipaa|soc ?2|iso) (?:compliant|certified)",
        r"(?:where|who) (?:\w+ )?(?:can see|has access to|is) (?:our|the|that) data (?:worries|concerns|bothers)",
        r"that is the limit for us",
        r"(?:data )?(?:breach|leak)(?:es)? (?:worries|would|scares|is what)",
        r"worried about (?:our |the |where (?:our |the )?)?(?:data|privacy|security|compliance|gdpr)",
    ),
    ObjectionKind.INTEGRATION: _any_of(
        r"(?:won'?t|doesn'?t|don'?t|didn'?t|can'?t|not sure (?:that )?it|never) (?:\w+ )?(?:integrate|connect|sync|talk to|work with|plays? (?:well|nicely) with|fit (?:with|into))",
        r"(?:not sure|unsure|doubt|worried) (?:that |if |whether |about )?(?:it|this|that|how it|how this)(?:'?s| is| will| would|'?ll)? (?:\w+ )?(?:plays?|works?|integrates?|connects?|talks?|fits?|going to (?:work|fit)|work) (?:well |nicely )?(?:with|to|into|in)",
        r"integrat(?:ion|ing) (?:with|is|worries|would|will|has been|into)",
        r"(?:another|one more|yet another) (?:system|tool|login|app|password)",
        r"(?:the )?developers looked worried",
        r"would have to (?:sit|run|live) (?:next to|alongside) (?:our|the|what)",
    ),
    ObjectionKind.TRUST: _any_of(
        r"(?:been|got|were) burn(?:ed|t)",
        r"(?:ended|end|ends) in tears",
        r"(?:sold|promised|told) us (?:\w+ ){0,6}?(?:and (?:then )?(?:never|it didn'?t|nothing)|the same|and it (?:didn'?t|never))",
        r"(?:everybody|everyone|they all|you all|vendors|the dealers|dealers|salespeople) (?:\w+ )?(?:always )?(?:say|says|said|promise[sd]?|is perfect|'?s perfect)(?: (?:that|it|the same|so|in a demo|perfect))?(?= |$|[.,])(?!.{0,20}\b(?:yes|no problem)\b)",
        r"you were perfect",
        r"so did they,? on paper",
        r"(?:i'?ll|i will) believe (?:it|that) when",
        r"(?:need|want) to (?:know|be sure) (?:that )?it won'?t happen again",
        r"(?:i am|i'?m) a sceptic|a skeptic|sceptical|skeptical",
        r"(?:the last|last time|the previous|our last) (?:\w+ )?(?:tool|system|vendor|supplier|provider|project|one)? ?(?:\w+ ){0,6}?(?:failed|took (?:\w+ )?(?:months|years|forever)|was a (?:nightmare|disaster)|never (?:worked|delivered)|went wrong)",
        r"(?:how do (?:we|i) know|why should (?:we|i) (?:believe|trust))",
        r"(?:don'?t|do not) (?:\w+ )?trust (?:anything|it|that|vendors|you|these|what)",
        r"told us the same",
    ),
    ObjectionKind.AUTHORITY: _any_of(
        r"(?:can'?t|cannot|couldn'?t) (?:\w+ )?(?:sign|decide|approve|release|commit to|agree to)(?: \w+){0,4}? (?:without|alone|on my own|myself|until|before|the order)",
        r"(?:it'?s|it is|that'?s) (?:not|not only|not just) (?:my|our) (?:decision|call|choice)",
        r"not mine to (?:decide|give|sign)",
        r"(?:over|above) (?:that|\w+(?: \w+)?) (?:i'?ve|i have|i'?d have|we have|it has) to go (?:to|cap in hand|through|past)",
        r"without (?:his|her|their|the \w+'?s?) (?:go-ahead|sign-off|approval|say-so|signature|blessing)",
        r"(?:\w+) (?:has|have) to be (?:won over|convinced|on board)",
        r"(?:would|'?d) never (?:sign|approve|agree)",
    ),
    ObjectionKind.RISK: _any_of(
        r"(?:i'?m|we'?re|we are|i am|my|our) (?:\w+ )?(?:worried|concerned|nervous|worry|concern|fear)",
        r"worries me",
        r"what if it (?:fails|breaks|doesn'?t)",
        r"locked in|lock-in|vendor lock",
        r"too risky",
    ),
    ObjectionKind.EFFORT: _any_of(
        r"too (?:complicated|complex|much (?:work|effort|hassle))",
        r"(?:nobody|no one|no-one) (?:will|would|is going to) (?:use|learn|adopt) (?:it|this|that)",
        r"(?:a lot|lots) of (?:work|effort|training|change)",
        r"(?:the )?(?:boys|lads|guys|drivers|staff|team|nurses|people|users|engineering|they)(?:'?ll| will|'?s| is| are|'?re) (?:\w+ )?(?:hate|not going to|never going to|going to hate|refuse|resist|rebel|not like)",
        r"it took (?:\w+ )?(?:\w+ )?(?:months|years)",
        r"(?:too many|forty|fifty|a hundred) clicks",
        r"(?:migration|switching|moving|training|onboarding) (?:would|will|is going to) (?:be (?:a )?|take )"
        r"(?:\w+ )?(?:pain|nightmare|hard|painful|months|ages|forever)",
        r"(?:pain|nightmare|hassle) to (?:migrate|switch|move|integrate|set up)",
    ),
    ObjectionKind.COMPETITION: _any_of(
        r"(?:they|somebody else|another vendor|your competitor\w*|\w+) (?:is|are|were|came in) (?:\w+ )?(?:cheaper|"
        r"half the price|less expensive)(?! than us)",
        r"(?:will|would|'?ll|can|could) do (?:it|that|this) for (?:\w+|less)",
        r"(?:is giving me|gives me|gave us|offered us|offering us|asked|quoted|quoted us|quoted me)(?: it)?(?: at| for)? (?:\w+ )?(?:for less|less|cheaper|thirty|forty|fifty|sixty|seventy|eighty|ninety|\d+)",
        r"(?:into|with) \w+(?: \w+)? for less than",
        r"does (?:most of )?the same (?:stuff|thing|job)",
        r"already (?:use|have|work with|signed with|committed to)",
        r"could (?:just )?build (?:it|this|that|something) (?:ourselves|in-house|internally)",
    ),
}
_WITHDRAWN = _any_of(
    r"as far as (?:i'?m|i am|we'?re|we are) concerned",
    r"^if it",
    r"not too (?:expensive|complicated|complex|risky)",
    r"(?:isn'?t|wasn'?t) too",
    r"no longer",
)
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
    r"what happens next",
    r"where does that leave us",
    r"(?:by the way|speaking of)",
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
# Speaks of what was just said, or owns it.
_TAKES_UP = re.compile(
    r"^(?:(?:well|look|okay|ok|yeah|yes|no|sure|right|and|but|so|i mean|honestly|sir|ma'am|oh|ah|hm+)[,.]?\s+)*"
    r"(?:(?:it|that|they|he|she|theirs|this|those|compared|with|without|including|excluding|even|if)(?:'\w+)?\b|"
    r"i (?:hear|know|get|see why|appreciate|agree|can|could)|fair|totally|of course|understood|point taken|every|some)",
    re.IGNORECASE,
)
_SHORTEST_ANSWER = 3  # words
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
    takes_up = _TAKES_UP.match(answer.text.replace("\u2019", "'")) or "?" in answer.text
    if takes_up or _ANSWERS.search(answer.text) or content_words(quote) & content_words(answer.text):
        return Handling.ANSWERED, answer
    return Handling.PASSED_OVER, None
