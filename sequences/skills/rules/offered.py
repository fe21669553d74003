"""What exactly is offered or asked for: "the revised quote for eleven shops", "your security questionnaire"."""

import re
from collections.abc import Iterable

from sequences.skills.rules.endings import rounded_off
from sequences.skills.rules.fragments import CONTENT

_OFFER = (
    r"(?:proposals?|quotes?|quotations?|estimates?|offers?|order forms?|bids?|tenders?|pricing|prices|statement of work|rate card|price list|"
    r"commercials|cost breakdown)"
)
_THING = re.compile(
    rf"\b(?:a|an|the|our|your|one|that|two)\s+(?:(?!to\b|into\b|in\b|of\b|and\b|with\b)[\w'\u2019-]+\s+){{0,4}}?{_OFFER}\b"
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


_HAVE_ONE = re.compile(
    r"\b(?:there(?:'s| is)|(?:i|we)(?:'ve| have)(?: got)?|it(?:'s| is)) (?P<thing>(?:a|an|the|some) (?:[\w'-]+ ){0,3}[\w'-]+)(?=[,.;]|$| (?:i|we)(?:'ll| will| can)\b)",
    re.IGNORECASE,
)
_IT = re.compile(
    r"(?P<deed>(?:Send|Email|Mail|Share|Forward|Get|Drop|Shoot|Post|Bring|Give|Upload|Attach|Ping|Text|Dig out|Find)(?: over| across)?)(?: (?P<whom>them|[A-Z][\w.-]*(?: [A-Z][\w-]*)?))?"
    r" (?:it|that|them|those|both|this)(?= (?:to|over|across|in|on)\b|$)(?P<rest>.*)"
)


_NO_REFERENCE = re.compile(
    r"\b(?:that|this|it|them|those|page|look|while|minute|idea|problem|question|chance|meeting|call)\b"
)


def spelt_out(task: str, before: Iterable[str]) -> str:
    """ "Mail Kristen that" as "Mail Kristen the controls matrix", where the texts before it say what "that" is."""
    match = _IT.fullmatch(task)
    if match is None:
        return task
    for number, text in enumerate(before):
        have = _HAVE_ONE.search(text.replace("\u2019", "'"))
        is_named = have is not None and (number == 0 or bool(_CONTENT.search(have["thing"])))
        thing = asked_thing(text) or offered_thing(text) or (have["thing"] if have and is_named else None)
        if thing and not _NO_REFERENCE.search(thing):
            thing = re.sub(r"^(?:a|an|our|some|any) ", "the ", re.sub(r"\s+(?:you|i|we) .*$", "", thing))
            whom = f" {match['whom']}" if match["whom"] else ""
            return f"{match['deed']}{whom} {thing}{match['rest']}"
    return task


_ASKED = re.compile(
    r"\b(?:send|share|e-?mail|forward|get|have|see|provide|supply|give|need|want|like)\s+(?:me\s+|us\s+|over\s+|to see\s+|to have\s+)*"
    r"(?P<thing>(?:the|a|an|your|some|any|those|that|two|both|a copy of)\s+[^,.;:?!\n]{3,70})",
    re.IGNORECASE,
)
_ASKED_END = re.compile(
    r"\s+(?:as well|too|please|if|so|because|when|by|before|and then|over|to (?:me|us|look|show|share)|that (?:i|we)|you (?:mentioned|showed)|"
    r"(?:i|we) (?:can|could)|from you|first|today|tomorrow|this|in writing|somewhere|anyway|for me|for us|across|through|and (?:i|we|the|a|maybe)|but|or)\b.*$",
    re.IGNORECASE,
)
_CONTENT = re.compile(rf"\b{CONTENT}\b", re.IGNORECASE)
_OUR_ARTICLES = {"your": "our", "that": "the", "any": "", "some": ""}
_NO_ASK = re.compile(
    r"^\S+ (?:as|for|to|in|on|by|from|please|too|with|at|and)\b|\b(?:i|we|he|she|they|it|me|us|my|our|thing|something|stuff|one)\b",
    re.IGNORECASE,
)


def asked_thing(text: str) -> str | None:
    """What a prospect asks for, with its article and "your" as "our"; ``None`` when it cannot be told safely."""
    for match in _ASKED.finditer(text):
        thing = rounded_off(_ASKED_END.sub("", " ".join(match["thing"].split())))
        if 2 <= len(thing.split()) <= 8 and _CONTENT.search(thing) and not _NO_ASK.search(thing):
            article, _, rest = thing.partition(" ")
            return f"{_OUR_ARTICLES.get(article.lower(), article.lower())} {rest}".strip()
    return None
