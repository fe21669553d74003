"""What plainly says it, whatever was said around. Weights that learn from real talk, where people seldom put it so
plainly, expect a roundabout answer where this one stands."""

import re
from functools import cache

from sequences.records.insight import IntentKind

_STILL = (
    r"(?:(?:really|just|still|pretty|very|a bit|a little|way|far|quite|simply|currently|completely|all|also|now|already|"
    r"honestly|actually|then|probably|definitely) )*"
)
_MONEY = r"(?:budget|money|funding|funds|spend|spending|capex|cash)"
_OTHERS = (
    r"(?:vendors?|suppliers?|providers?|agenc(?:y|ies)|firms?|competitors?|platforms?|solutions?|quotes?|bids?|offers?)"
)
_NOBODY = r"(?!(?:you|our|my|the|this|that|it|a|an|how|people|customers|them|some|your|more|about|to|every|all|what|something)\b)"
_WHO = (
    r"(?:boss|manager|director|board|committee|council|partners?|team|lawyers?|owner|controller|treasurer|counsel|"
    r"c[efiot]o|ciso|cmo|vp|head|(?:finance|legal|procurement|purchasing|security|itdept|compliance|leadership|management)"
    r"(?: (?:team|department|director|people|committee))?)"
)
_DAY = r"(?:monday|tuesday|wednesday|thursday|friday|tomorrow|next week|the week after|in (?:a|two) weeks?)"
_MONTH = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december|q ?[1-4]|"
    r"(?:the |this |next |first |second |third |fourth )+(?:quarter|month|year)|summer|autumn|fall|winter|spring|christmas)"
)
_BY = rf"(?:by|before|in|from|on|no later than|at)(?: the)? (?:(?:start|beginning|end|middle) of (?:the )?|early |late |mid )?{_MONTH}"
_OFFER = r"(?:proposal|quote|quotation|offer|order form|pric(?:es|ing) in writing|estimate)"
_MEET = r"(?:call|meeting|demo|follow up|session|workshop|walkthrough|review|sync|catch up)"

_PLAIN: dict[IntentKind, tuple[str, ...]] = {
    IntentKind.SEND_PROPOSAL: (
        (
            r"(?:i|we) will (?:\w+ )?(?:send|email|get|write|prepare|put together|draft|draw up|work up|issue|revise)"
            rf"(?: (?!if\b|when\b|once\b)\w+){{0,4}}? {_OFFER}\b"
        ),
        rf"let me (?:send|draft|write|prepare|put together|get)(?: \w+){{0,3}}? {_OFFER}\b",
        rf"you will (?:have|get|receive) (?:our|my|the|a|your) (?:\w+ )?{_OFFER}\b",
    ),
    IntentKind.SCHEDULE_MEETING: (
        (
            r"(?:let us|shall we|can we|could we|should we|i suggest we|do you want to|why do not we) (?:\w+ )?"
            rf"(?:schedule|book|set up|meet|arrange|talk|speak|grab)(?: \w+){{0,5}}? {_DAY}\b"
        ),
        r"(?:i|we) will (?:\w+ )?send (?:\w+ ){0,3}?(?:invites?|invitation)\b",
        rf"(?:how|what) about (?:a |an )?(?:\w+ )?{_MEET} (?:on |for )?(?:next |this )?{_DAY}\b",
        rf"(?:does|would) (?:next |this )?{_DAY}(?: \w+){{0,4}}? (?:work|suit)\b",
    ),
    IntentKind.MULTI_STAKEHOLDER: (
        rf"(?:my|our|the) (?:\w+ )?{_WHO} (?:makes the (?:final )?(?:call|decision)|has the (?:final|last) (?:say|word)|decides)\b",
        (
            r"(?:this|it|that|the (?:\w+ )?(?:amount|sum|contract|order|rest)) (?:first )?(?:goes|(?:has|needs|would have) to go|must go)"
            rf" (?:to|past|by|through|before) (?:my|our|the) (?:\w+ )?(?:{_WHO}|group)\b"
        ),
        (
            r"(?:i|we) (?:will |still |do )*(?:need|have) to (?:run|take|clear|discuss|check|talk|speak|go over|align|review)"
            rf"(?: \w+){{0,3}}? (?:by|past|to|with)(?: my| our| the)? (?:\w+ )?{_WHO}\b"
        ),
        (
            rf"(?:my|our|the) (?:\w+ )?{_WHO} (?:\w+ )?(?:has|have|needs?|will have|will need|must)(?: to)? "
            r"(?:approve|sign|review|see|agree|look|ok|decide)\b"
        ),
        r"(?:it is|this is|that is) not (?:only|just) my (?:decision|call)|i am not the only (?:one deciding|decision maker)",
        rf"(?:i|we) need (?:my |our |the )?{_WHO} (?:to be )?(?:involved|on board|to (?:sign|approve|agree))\b",
    ),
    IntentKind.COMPETITIVE: (
        r"the other (?:bidder|vendor|supplier|provider|agency|quote|offer|bid) (?:is|was|includes|included|offers|offered|quoted|came|costs?|has)\b",
        r"(?:came in|quoted us|is|are) (?:at )?(?:about |around |roughly )?(?:half|a third of|two thirds of) (?:of )?(?:your price|what you)\b",
        (
            r"(?:we|i) are (?:talking to|looking at|evaluating|comparing|speaking (?:to|with)|in talks with) "
            rf"(?:one|two|three|four|several|some|a couple of|a few|another)(?: other)? (?:\w+ )?{_OTHERS}\b"
        ),
        (
            r"we are (?:talking to|speaking (?:to|with)|evaluating|comparing you (?:with|to|against)) "
            rf"{_NOBODY}\w+(?: \w+)?(?: as well| too)?$"
        ),
        r"your competitors? (?:\w+ )?(?:quoted|offers?|offered|came in|is|are|charges?|gave)\b",
        rf"(?:one|two|three|four|several|a few|a couple of) other {_OTHERS}$",
        r"our (?:current|existing|present) (?:vendor|supplier|provider|agency) (?:is|costs?|charges?|does|offers?)\b",
        r"we (?:already )?have (?:a|an|another|one|two) (?:\w+ )?(?:quote|offer|proposal|bid)s? from\b",
        (
            r"we (?:are (?:thinking (?:of|about)|considering)|could) (?:\w+ )?(?:build|develop)\w* (?:it|this|that|one|something) "
            r"(?:ourselves|in house|internally)"
        ),
        rf"we (?:tried|tested|evaluated|piloted) {_NOBODY}\w+(?: \w+)? (?:last (?:year|spring|summer|autumn|fall|winter)|before)\b",
    ),
    IntentKind.BUYING_POSITIVE: (
        (
            rf"(?:our|the) (?:\w+ )?(?:budget|money|funding|spend) (?:is|has been|was) {_STILL}"
            r"(?:approved|signed off|released|set aside|secured|allocated|ring fenced)\b"
        ),
        r"(?:we|i) have (?:the |a |our )?(?:budget|money|funding|funds) (?:approved|for (?:this|it|that)|signed off|set aside)\b",
        (
            r"(?:we|i) (?:would like to|want to|are ready to|are going to|have decided to|decided to) "
            r"(?:go ahead|go with you|move forward|sign)(?: with (?:you|it|this))?$"
        ),
        r"let us (?:go ahead|do it|move forward)(?: with (?:it|this|that|you))?$",
        r"(?:the|your|this|that) (?:price|number|figure|pricing|quote) (?:works|is (?:fine|acceptable))(?: for (?:us|me))?$",
        r"(?:that|this|it|price) is (?:well )?within (?:our|the) budget\b",
        r"(?:cfo|ceo|board|boss|finance) (?:has )?(?:signed off on|approved|released) (?:the|our|this) (?:budget|money|spend)\b",
    ),
    IntentKind.BUYING_NEGATIVE: (
        rf"there is {_STILL}no (?:cash|budget|money|funding) (?:for|left|before|until|this)\b",
        rf"(?:that|this|it|price) is {_STILL}(?:steep|pricey)$",
        rf"(?:over|above|beyond|more than) what (?:i|we) can {_STILL}(?:get approved|pay|spend|afford|justify|get through)\b",
        r"at (?:that|this) (?:price|rate|number) (?:we are out|it is (?:a )?no)\b",
        (
            rf"(?:that|this|it|price|cost|quote|number|total|figure) (?:is|was|feels|seems|looks) {_STILL}"
            r"(?:too|much too) (?:expensive|high|steep|pricey|dear|rich)(?: for (?:us|me|our budget))?$"
        ),
        (
            rf"(?:more|higher|above|over|beyond|outside) (?:than )?{_STILL}(?:what )?(?:we|i|our|my) (?:(?:had|have) )?{_STILL}"
            r"(?:budget(?:ed)?|planned|in mind|set aside|expected|allocated|can (?:spend|justify))\b"
        ),
        (
            rf"(?:our|the|my) (?:\w+ )?{_MONEY} (?:is|are|was|has been|have been|got) {_STILL}"
            r"(?:frozen|cut|tight|spent|capped|slashed|used up|exhausted|on hold|maxed out)\b"
        ),
        (
            rf"(?:we|i) (?:do not|did not) {_STILL}(?:have|get) (?:the |any |a |much |enough )?(?:budget|money|funding|funds)"
            r"(?: for (?:it|this|that|anything)| this (?:year|quarter|month)| (?:right )?now| left)?$"
        ),
        r"there is (?:no|not any|hardly any|not much) (?:budget|money|funding)(?: for (?:it|this|that)| this year| left)\b",
        rf"(?:money|cash|budgets?) (?:is|are) {_STILL}tight\b",
        rf"(?:we|i) (?:can not|could not) {_STILL}(?:afford (?:it|that|this|to (?:pay|spend))|justify (?:that|this|the) (?:price|cost|spend))\b",
        r"(?:spending|budget|purchasing|capex) freeze\b",
    ),
    IntentKind.TIMELINE: (
        rf"(?:i|we) have (?:got )?until (?:the )?(?:\w+(?:st|nd|rd|th)|{_DAY}|end of|{_MONTH})\b",
        (
            r"(?:we|it) (?:need|have|has|want|would like|must|hope|plan|aim|are planning|are aiming|are hoping)(?: to)? "
            r"(?:be |have (?:it|this|that|everything) )?(?:live|running|up and running|start\w*|launch\w*|go live|roll\w* out|"
            rf"done|in place|decide|ready|implemented)(?: \w+){{0,2}}? {_BY}\b"
        ),
        (
            r"our (?:\w+ )?(?:contract|agreement|licen[cs]e|subscription)(?: with \w+)? "
            r"(?:ends|expires|runs out|is up|runs until|renews)\b"
        ),
        r"(?:we are|i am) (?:\w+ )?(?:not in (?:a|any) (?:hurry|rush)|in (?:a hurry|no (?:hurry|rush)))\b",
        r"there is no (?:rush|hurry)\b|(?:the|our) deadline is\b",
    ),
    IntentKind.PROSPECT_FOLLOWUP: (
        r"(?:i|we) will (?:\w+ )?(?:get|come) back to you\b|(?:i|we) will let you know (?:by|on|next|this|tomorrow)\b",
        r"(?:i|we) will (?:\w+ )?(?:send|forward|email|mail) you (?:the|our|my|a|some)\b",
        r"let me (?:check|ask|find out)(?: \w+){0,3}? and (?:i will )?(?:get|come) back to you\b",
        r"(?:i|we) will (?:set up|arrange|organi[sz]e) (?:a|the) (?:call|meeting|session) with (?:our|my|the)\b",
    ),
}
# Asked for an offer, our side promises "that".
_ASKS_FOR_OFFER = re.compile(
    rf"\b(?:send|give|get|put|have|need|want|like|see|write|prepare|price|make)\b(?: \w+){{0,6}}? {_OFFER}\b"
)
_PROMISES_IT = re.compile(
    r"\b(?:i|we) will (?:\w+ )?(?:get|send|have|email|mail|do|put|write|prepare) (?:you )?(?:that|it|this|one|both)\b"
)
# Then it was so once, may be so one day, or is somebody else's.
_NOT_NOW = re.compile(
    r"\b(?:if|when|once|unless|as soon as|assuming|last (?:year|time|spring|summer|autumn|fall|winter|month)|ago|used to|"
    r"back then|in the past|would|might|may|could be|not|never|wrong|told|said|customers?|clients?|they|their|he|she|his|"
    r"her)\b"
)


@cache
def _pattern(kind: IntentKind) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{'|'.join(_PLAIN[kind])})") if kind in _PLAIN else None


def says_plainly(kind: IntentKind, plain: str) -> bool:
    """Whether a sentence in plain words can hardly mean anything else."""
    pattern = _pattern(kind)
    found = pattern.search(plain) if pattern else None
    return found is not None and not _NOT_NOW.search(plain[: found.start()] + plain[found.end() :])


def promises_the_offer(plain: str, asked: str) -> bool:
    """Whether a sentence promises what the one before it asked for, and that is an offer."""
    found = _PROMISES_IT.search(plain)
    return found is not None and not _NOT_NOW.search(plain) and _ASKS_FOR_OFFER.search(asked) is not None
