"""What a prospect uses today for the job that we would do."""

import re

from sequences.skills.fields.names import named_others
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.sentences import Sentence

_NAME = r"([A-Z][\w&]*(?:['\u2019.-]\w+)*(?: [A-Z][\w&-]*)?)"
_NOW = r"(?:(?:currently|still|today|mostly|now|all|just|actually|also|already) )*"
_AN = r"(?:(?:an?|the|our|this|that|old|ancient|legacy|plain|good old) )*"
# The name comes right behind the verb: what stands further on may be anybody's.
_USES = re.compile(
    rf"\b(?:[Ww]e|I|[Tt]hey all|[Ee]verybody|[Ee]veryone)(?:['\u2019](?:re|ve|m)| are| have| am)? {_NOW}"
    rf"(?:use|using|run on|running on|run|running|work with|live in|on|with|pay for|pay (?:[\d,.]+k? )?to|paying for) {_NOW}{_AN}{_NAME}|"
    rf"\b(?:[Ww]e|I)(?:['\u2019]ve| have)? got {_AN}{_NAME} (?:for|doing|on (?:the|our|all)) |"
    rf"\b[Tt]he {_NAME} (?:that )?(?:we|I)(?:['\u2019]ve| have)? (?:got|use|run|have)\b"
)
_ASKED = re.compile(
    r"\b(?:what|which|who) (?:\w+ ){0,3}?(?:are you (?:on|using|with|running)|do you (?:use|have|run)|did you use|is it today|is it now)\b|"
    r"\bwhat (?:is|are) (?:you|your|they) (?:\w+ ){0,3}?(?:on|using|system|tool|software|provider)\b|\byou (?:guys )?are on\b"
)
_NOT_NOW = re.compile(r"\b(?:last year|years? ago|used to|before|trialed|tried|never|not|in 20\d\d|bought|no)\b")
_NAME_ALONE = re.compile(
    r"^(?:(?:[Ii]t['\u2019]s|[Ii]t is|[Tt]hat['\u2019]s|[Oo]h|[Ww]ell|[Uu]m|[Uu]h|[Ss]o|[Yy]eah|[Yy]es|[Cc]urrently|[Tt]oday|[Nn]ow|[Mm]ostly)[,.]? )*"
    rf"{_NAME}(?=[,.!]|$)"
)


def stays(sentence: Sentence) -> bool:
    """Whether a tool is spoken of that we would work with, not replace: "It has to fit in with Sage"."""
    return _STAYS.search(sentence.plain) is not None


_STAYS = re.compile(
    r"\b(?:fits? (?:in )?with|integrat\w+ (?:with|into)|talks? to|connects? (?:to|with)|works? with|plugs? into|syncs? with|exports? to|"
    r"(?:is|are) not going (?:to change|away|anywhere)|(?:stays|staying|keeping|keep it))\b"
)


def current_tool(spoken: Spoken, sentence: Sentence) -> str | None:
    """The name of a product in use: only words that are written like a name."""
    if sentence.has_question_mark or _NOT_NOW.search(sentence.plain):
        return None
    match = _USES.search(sentence.text)
    if match:
        return _name(next(found for found in match.groups() if found), spoken)
    return _answered(spoken, sentence)


def _answered(spoken: Spoken, sentence: Sentence) -> str | None:
    """ "What are you on now?" "MediBook." """
    before = spoken.before
    if before is None or sentence is not spoken.sentences[0] or not before.sentences:
        return None
    asked = before.sentences[-1]
    if not (asked.has_question_mark and _ASKED.search(asked.plain)):
        return None
    match = _NAME_ALONE.match(sentence.text)
    return _name(match[1], spoken) if match and not _is_plain_word(match[1], spoken) else None


_ABSTRACT = re.compile(
    r"^(?:\w+(?:ness|ity|tion|sion|ment|ance|ence|ship|ism)|speed|cost|price|time|money|quality|space|scale|people|paper|pen|spreadsheets?|emails?|"
    r"phones?|trust|safety|support|service|stock|growth|staff|habit|memory|word)$",
    re.IGNORECASE,
)


def _is_plain_word(name: str, spoken: Spoken) -> bool:
    """ "Speed, mostly.": any word is written large at the start of an answer."""
    return (
        _ABSTRACT.match(name) is not None or re.search(rf"\b{re.escape(name.lower())}\b", spoken.turn.text) is not None
    )


def _name(written: str, spoken: Spoken) -> str | None:
    names = named_others(f"We went with {written}.", spoken.people)
    return names[0] if names else None
