"""What exactly is offered or asked for: "the revised quote for eleven shops", "your security questionnaire"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import takewhile

from sequences.records.meeting import Side
from sequences.skills.rules.endings import rounded_off
from sequences.skills.rules.fragments import CONTENT
from sequences.skills.rules.sentences import read_sentences
from sequences.skills.rules.things import (
    can_be_sent,
    is_declined,
    said_once,
    tells,
    thing_named,
    thing_there,
    thing_wished,
    wish_named,
    worded,
)

_OFFER = (
    r"(?:proposals?|quotes?|quotations?|estimates?|offers?|order forms?|bids?|tenders?|pricing|prices|statement of work|rate card|price list|"
    r"commercials|cost breakdown)"
)
_THING = re.compile(
    rf"\b(?:a|an|the|our|your|one|that|two)\s+(?:(?!to\b|into\b|in\b|of\b|and\b|with\b|as\b)[\w'\u2019-]+\s+){{0,4}}?{_OFFER}\b"
    r"(?:\s+(?:for|with)\s+(?:the\s+|both\s+|all\s+)?[\w'\u2019-]+(?:\s+(?!by\b|on\b|before\b|and\b|this\b|next\b|tomorrow\b|today\b|tonight\b|"
    r"ready\b|as\b|in\b|so\b|to\b|over\b|if\b|that\b|with\b|for\b|at\b|from\b|into\b|or\b|but\b|which\b|because\b|once\b|when\b)"
    r"[\w'\u2019-]+){0,3})?",
    re.IGNORECASE,
)
# "With eight and a half": what was taken of a number is another number.
_HALF_A_NUMBER = re.compile(
    r"\s+(?:with|for)\s+(?:\w+\s+)*?(?:\d+|\w*teen|ten|eleven|twelve|one|two|three|four|five|six|seven|eight|nine|\w+ty|hundred|thousand|million|point)$",
    re.IGNORECASE,
)
_NUMBER_GOES_ON = re.compile(
    r"[\s-]+(?:(?:and\s+)?(?:a\s+)?(?:half|quarter|third)|and\s+\w*(?:ty|teen|one|two|three|four|five|six|seven|eight|nine)|point|hundred|thousand|million|k)\b",
    re.IGNORECASE,
)
_NO_THING = re.compile(
    r"\b(?:you|i|we|he|she|they|ready|day|friday|monday|tuesday|wednesday|thursday|send|have|get|together|mail|email|us|me|kindly|please)\b",
    re.IGNORECASE,
)


def offered_thing(text: str) -> str | None:
    """The first offer named, with its article; "your" becomes "the" because it is ours until it is sent."""
    text = said_once(text)
    for match in _THING.finditer(text):
        thing = rounded_off(" ".join(match[0].split()))
        if _NUMBER_GOES_ON.match(text, match.end()):
            thing = _HALF_A_NUMBER.sub("", thing)
        if not _NO_THING.search(thing):
            return re.sub(r"^(?:the|your|our|that|one) ", "the ", thing, flags=re.IGNORECASE)
    return None


_BARE_OFFER = re.compile(
    rf"\b(?P<offer>{_OFFER}|(?:written|final|revised|renewal|lease|formal) (?:terms|numbers|figures)|terms|costings?|agreement)\b",
    re.IGNORECASE,
)


def offer_named(texts: Iterable[str]) -> str:
    """The offer as the first of ``texts`` that names one calls it; "the offer" where none does."""
    for text in texts:
        thing = offered_thing(text)
        if thing:
            return thing
        bare = _BARE_OFFER.search(text)
        if bare:
            return f"the {bare['offer'].lower()}"
    return "the offer"


_IT = re.compile(
    r"(?P<deed>(?:Send|Email|Mail|Share|Forward|Get|Drop|Shoot|Post|Bring|Give|Upload|Attach|Ping|Text|Dig out|Find|Scan|Print|Submit|Fax|Courier|"
    r"Pass|Put up|Resend|Return|Sign|Complete|Have)(?: over| across| along)?)"
    r"(?: (?P<whom>them|us|[A-Z][\w.-]*(?: [A-Z][\w-]*)?))?"
    r" (?P<what>it|that|them|those|this|one|both)(?= (?:to|over|across|along|on|in|for|with|as|by|at|and|straight|right|back|out|up|off|their|our|your|after|before|when|once|today|tomorrow|tonight|this|from|through)\b|$)(?P<rest>.*)"
)
_SEVERAL = re.compile(r"\b(?:data|paperwork|and|\w+s)\b", re.IGNORECASE)
_TWO = re.compile(r"\b(?:two|both)\b", re.IGNORECASE)


def _fits(pronoun: str, thing: str) -> bool:
    """ "Those" are several, "both" are two."""
    if pronoun == "both":
        return _TWO.search(thing) is not None
    return pronoun not in ("them", "those") or _SEVERAL.search(thing) is not None


_THEIR_WAY = re.compile(r"^ (?:their|our|your) way\b")
_WHOM = re.compile(
    r"(?P<deed>Ask|Call|Ring|Phone|Email|Contact) (?:them|him|her)(?= (?:whether|if|about|what|when|how|for)\b|$)(?P<rest>.*)"
)
_NO_REFERENCE = re.compile(
    r"\b(?:that|this|it|them|those|page|look|while|minute|idea|problem|question|chance|meeting|call)\b"
)


@dataclass(frozen=True)
class Heard:
    """Words before a promise; ``is_own`` when its maker's side said them."""

    text: str
    side: Side
    is_own: bool
    is_same_breath: bool = False


def spelt_out(task: str, before: Iterable[Heard]) -> str:
    """ "Mail Kristen that" as "Mail Kristen the controls matrix", where the words before it say what "that" is."""
    match = _IT.fullmatch(task)
    if match is None:
        return _said_in_full(_called_by_name(task, before := list(before)), before)
    for heard in before:
        if heard.is_same_breath and _ANSWER_AWAITED.search(heard.text):
            return task  # "it" is what will be found out
        thing = _named_in(heard)
        if thing and not _NO_REFERENCE.search(thing) and _fits(match["what"], thing):
            whom = f" {match['whom']}" if match["whom"] else ""
            return f"{match['deed']}{whom} {thing}{_THEIR_WAY.sub('', match['rest'])}"
    return task


_CONFIRMS = re.compile(r"(?P<deed>Confirm|Put) (?:it|that|this)(?P<how> in writing| by e-?mail)?")
_PLAIN_STATEMENT = re.compile(
    r"^(?:(?:and|so|then|yes|right|okay|ok),? )?(?P<words>(?:we|our|the)\b[^?]{8,80}?)[.!]?$", re.IGNORECASE
)


def _said_in_full(task: str, before: list[Heard]) -> str:
    """ "We can store them. I'll confirm that in writing." as "Confirm in writing that we can store them"."""
    match = _CONFIRMS.fullmatch(task)
    heard = next((one for one in before if one.is_same_breath and len(one.text.split()) > _FEWEST_WORDS), None)
    said = _PLAIN_STATEMENT.match(heard.text) if heard and heard.side is Side.REP else None
    if match is None or said is None or re.search(r"\b(?:you|your|i|my|me)\b", said["words"], re.IGNORECASE):
        return task
    words = said["words"]
    return f"{match['deed']}{match['how'] or ''} that {words[:1].lower()}{words[1:]}"


_FEWEST_WORDS = 3


def _called_by_name(task: str, before: Iterable[Heard]) -> str:
    """ "There's a family in Wales who did that. I'll ask them": only of the same breath."""
    match = _WHOM.fullmatch(task)
    if match is None:
        return task
    for heard in takewhile(lambda one: one.is_same_breath, before):
        there = thing_there(heard.text)
        if there:
            return f"{match['deed']} {worded(there, said_by=heard.side, is_known=True)}{match['rest']}"
    return task


_ANSWER_AWAITED = re.compile(
    r"\b(?:ask|find out|check|see|count|work out)\b.*\b(?:what|whether|if|how|which|when|where|who|why)\b",
    re.IGNORECASE,
)


def _named_in(heard: Heard) -> str | None:
    there = thing_there(heard.text) if heard.is_own else None
    if there and (heard.is_same_breath or can_be_sent(there[1])):
        return worded(there, said_by=heard.side, is_known=True)
    is_asked = not heard.is_own or heard.is_same_breath or heard.side is Side.REP
    asked = asked_thing(heard.text) if is_asked else None
    offered = offered_thing(heard.text) if heard.is_same_breath or _ASKS_OR_ORDERS.search(heard.text) else None
    known = next(
        (thing for thing in (asked, offered) if thing and not _NO_REFERENCE.search(thing) and tells(thing)), None
    )
    if known:
        return re.sub(r"^(?:a|an|some|any) ", "the ", known)
    named = thing_named(heard.text) if heard.is_same_breath else thing_wished(heard.text)
    return worded(named, said_by=heard.side, is_known=True) if named else None


_ASKS_OR_ORDERS = re.compile(r"\?|\b(?:can|could|would|will) you\b|\b(?:send|please)\b", re.IGNORECASE)


_ASKED = re.compile(
    r"\b(?:send|share|e-?mail|forward|get|have|see|provide|supply|give|need|want|like)\s+(?:me\s+|us\s+|over\s+|to see\s+|to have\s+)*"
    r"(?P<thing>(?:the|a|an|your|some|any|those|these|that|two|both|a copy of)\s+[^,.;:?!\n]{3,70})",
    re.IGNORECASE,
)
_ASKED_END = re.compile(
    r"\s+(?:as well|again|too|please|if|so|bit\b|because|when|by|before|and then|over|to (?:me|us|look|show|share)|that (?:i|we)|you (?:mentioned|showed)|"
    r"(?:i|we) (?:can|could)|from you|first|today|tomorrow|this|in writing|somewhere|anyway|for me|for us|across|through|and (?:i|we|the|a|maybe)|but|or)\b.*$",
    re.IGNORECASE,
)
_CONTENT = re.compile(rf"\b{CONTENT}\b", re.IGNORECASE)
_OUR_ARTICLES = {"your": "our", "that": "the", "those": "the", "these": "the", "any": "", "some": ""}
_NO_ASK = re.compile(
    r"^\S+ (?:as|for|to|in|on|by|from|please|too|with|at|and)\b|\b(?:i|we|he|she|they|it|me|us|my|our|thing|something|stuff|one)\b",
    re.IGNORECASE,
)


def asked_thing(text: str) -> str | None:
    """What a prospect asks for, with its article and "your" as "our"; ``None`` when it cannot be told safely."""
    for match in _ASKED.finditer(said_once(text)):
        thing = rounded_off(_ASKED_END.sub("", " ".join(match["thing"].split())))
        if 2 <= len(thing.split()) <= 8 and _CONTENT.search(thing) and not _NO_ASK.search(thing):
            article, _, rest = thing.partition(" ")
            ours = re.sub(r"\byour\b", "our", rest, flags=re.IGNORECASE)
            return f"{_OUR_ARTICLES.get(article.lower(), article.lower())} {ours}".strip()
    return None


def wished_thing(text: str, quote: str) -> str | None:
    """As :func:`asked_thing`, of a wish in any words and with what was said before it in the turn ``text``."""
    if is_declined(quote):
        return None
    asked = asked_thing(quote)
    if asked:
        return asked
    found = wish_named((sentence.text for sentence in read_sentences(0, text)), quote)
    return worded(found, said_by=Side.PROSPECT) if found else None
