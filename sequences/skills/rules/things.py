"""What is sent, asked for or meant by "it": a thing that is called by its name nearby. Only where one can be meant."""

import re
from collections.abc import Iterable, Iterator

from sequences.records.meeting import Side
from sequences.skills.rules.endings import rounded_off
from sequences.skills.rules.fragments import CONTENT

_MORE = (
    r"(?:annex|appendix|attachments?|handbook|notebook|packet|folders?|forms?|sheets?|tariffs?|charter|wording|calculations?|print|contacts?|"
    r"letters?|leaflets?|benchmarks?|worksheets?|artwork|patterns?|maps?|model|models|scripts?|accounts|register|index|matrix|analysis|"
    r"write-up|one-pager|one-sider|read-out|agreement|contract|booklet|swatch(?:es)?|translations?|recipes?|measurements?|readings?)"
)
_NOUN = rf"(?:{CONTENT}|{_MORE})"
# Words that end the name of a thing, or never belong to it.
_NO_PART = (
    r"(?:i|we|you|he|she|they|it|us|me|him|them|this|that|these|those|which|who|whom|what|whatever|where|when|how|there|here|is|are|was|were|be|has|have|had|"
    r"can|could|will|would|should|do|does|did|to|and|or|but|so|if|because|as|please|too|again|also|then|now|over|on|in|at|by|before|after|"
    r"for|from|with|of|about|send|get|give|today|tomorrow|tonight|afterwards|beforehand|somewhere|side|first|like|um|uh)\b"
)
_PART = rf"(?!{_NO_PART})[\w\u2019'-]+"
_BEHIND = rf"(?:(?:an?|the|our|your|their|each|all|both|one of the|another)\s+)?{_PART}(?:\s+{_PART}){{0,3}}"
_NAMED = re.compile(
    r"(?<![\w'\u2019-])(?<!\bas )(?P<article>an?|the|your|our|my|some|any|that|those|these|this|another|both)\s+(?:own\s+)?"
    rf"(?P<thing>(?:{_PART}\s+){{0,4}}{_NOUN}(?![\w'\u2019-])(?:\s+(?:of|for|on|about|from|with)\s+{_BEHIND})?)",
    re.IGNORECASE,
)
_ASKED_TO_GIVE = re.compile(
    rf"\b(?:send|give|show|bring|forward|email|mail) (?:me|us) (?P<article>the|your|an?) (?P<thing>{_PART}(?:\s+{_PART}){{0,2}})\s*(?=[,.?!;]|$)",
    re.IGNORECASE,
)
_HAS = re.compile(
    r"\b(?:there(?:'s| is| are)|(?:i|we)(?:'ve| have)(?: got)?|it(?:'s| is)) (?P<article>an?|the|some|two|both) "
    rf"(?P<thing>(?:{_PART} ){{0,3}}{_PART}(?: ?\b(?:of|for|on|about|from|with|in|by|near|at) {_BEHIND}){{0,2}}) ?(?=[,.;?!]|$|for (?:that|it|this)\b|(?:it|that|which|who|i|we)(?:'\w+)?\b)",
    re.IGNORECASE,
)
_NO_MORE_THAN_A_WORD = re.compile(
    r"^(?:cop(?:y|ies)|data|info|information|details|stuff|numbers?|material|end|print|lot|bit|look|idea|chance|question|problem|page|meeting|"
    r"call|one|minute|moment|reason|way|time|day|week|point|case|email|model|plan|couple of things.*|(?:few |two |other )?things?(?: .*)?)$",
    re.IGNORECASE,
)
# What stands right before the thing where somebody asks for it.
_WISHED = re.compile(
    r"(?:^(?:(?:and|then|also|oh|yes|yeah|well|just|please|only|maybe),? )?|\b(?:send|give|show|share|forward|get|have|has|see|need|want|like|love|take|prefer|interested in|put|pass|e-?mail|mail|print|"
    r"bring|provide|supply|there(?:'s)?|is|are|appreciate|attach|upload|grateful for|glad of|got|look at|copy of|read|examine|review|inspect|study)"
    r"(?: (?:me|us|over|out|back|also|please|now|still|got|guys|you|to|in|on|have|see|get|read|at|of|a copy of|a look at|somewhere|maybe|just|i|we)){0,4} )$",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"\?|\b(?:please|(?:can|could|would|will|may|might) (?:you|i|we)|(?:you|i|we) could|let (?:me|us) have|(?:i|we) (?:\w+ )?(?:need|want)|"
    r"send|forward|share|give|(?:i|we)(?:'d| would) (?:\w+ )?(?:like|love|need|want|take|prefer|be)|you (?:\w+ )?have|have you|there)\b|"
    r"^(?:\w+,? )?(?:the|your|an?)\b",
    re.IGNORECASE,
)
_STAMMER = re.compile(r"\b((?:[\w'\u2019]+)(?:\s+[\w'\u2019]+){0,2})(?:,?\s+\1\b)+", re.IGNORECASE)
_TWO_ARTICLES = re.compile(r"\b(?:an?|the) (?:like )?((?:an?|the|our|your) )", re.IGNORECASE)  # "send the a data sheet"
_FILLER = re.compile(r"(?<!\w)(?:u+m+|u+h+|uhm|er+m?|hm+|mm+)(?!\w)[,.]?\s*", re.IGNORECASE)


def said_once(text: str) -> str:
    """Without "um" and without what a stammer says twice."""
    once = _STAMMER.sub(r"\1", _FILLER.sub("", " ".join(text.replace("\u2019", "'").split())))
    return _TWO_ARTICLES.sub(r"\1", once)


def thing_named(text: str) -> tuple[str, str] | None:
    """The article and the name of the one thing in a text that can be sent; ``None`` when there are two, or none."""
    found = [thing for _, thing in _things(text)]
    return found[0] if len(found) == 1 else None


def _things(text: str) -> Iterator[tuple[str, tuple[str, str]]]:
    """Each with the words before it."""
    said = said_once(text)
    for match in _NAMED.finditer(said):
        thing = _name(match["thing"])
        if not _NO_MORE_THAN_A_WORD.match(thing):
            yield said[: match.start()], (match["article"].lower(), thing)


def thing_wished(text: str) -> tuple[str, str] | None:
    """As :func:`thing_named`, of a sentence in which somebody asks for something."""
    if not _ASKS.search(text):
        return None
    named = [thing for before, thing in _things(text) if _WISHED.search(before)]
    if named:
        return named[0] if len(named) == 1 else None
    given = _ASKED_TO_GIVE.search(said_once(text))
    return (given["article"].lower(), _name(given["thing"])) if given else None


def thing_there(text: str) -> tuple[str, str] | None:
    """What somebody says to have: "There's a study from one of the universities."""
    match = _HAS.search(said_once(text))
    if match is None:
        return None
    thing = _name(match["thing"])
    return None if _NO_MORE_THAN_A_WORD.match(thing) or thing.endswith(" one") else (match["article"].lower(), thing)


def worded(found: tuple[str, str], *, said_by: Side, is_known: bool = False) -> str:
    """With the article that it has for us; "the" where it was named before, or pointed at."""
    article, thing = found
    if article in ("your", "our", "my"):
        is_ours = (article == "your") is (said_by is Side.PROSPECT)
        return f"{'our' if is_ours else 'their'} {thing}"
    if article in ("two", "both"):
        return f"the two {thing}"
    return f"{'the' if is_known or article not in ('a', 'an') else article} {thing}"


def tells(thing: str) -> bool:
    """Whether a name, with or without its article, says what it is: "the copy" does not."""
    return _NO_MORE_THAN_A_WORD.match(re.sub(r"^(?:an?|the|our|their|your|some|any) ", "", thing)) is None


def can_be_sent(thing: str) -> bool:
    return re.search(rf"\b{_NOUN}\b", thing, re.IGNORECASE) is not None


_POINTS_BACK = re.compile(
    r"\b(?:(?:send|get|mail|email|forward|share|show|give|have|see|do|take|post|ping)(?: (?:me|us|over))?|pass) "
    r"(?:it|that|this|them|those|one|both)(?= (?:to|over|along|on|across|as|in|for|by|my|our|around|please)\b|[,.?!]|$)|"
    r"\bdo you have one\b|\bthe (?:last|first|other) (?:\w+)\b",
    re.IGNORECASE,
)


_NOT_WISHED = re.compile(
    r"\b(?:(?:do|did|does) ?n[o']t (?:\w+ )?(?:need|want)|no (?:longer need|need)|not (?:needed|necessary)|already (?:have|got|sent)|found)\b",
    re.IGNORECASE,
)


def is_declined(wish: str) -> bool:
    """ "We don't need the video after all"."""
    return _NOT_WISHED.search(wish) is not None


def wish_named(sentences: Iterable[str], wish: str) -> tuple[str, str] | None:
    """What a wish is for: named in it, or in the words right before it where it only points back to them."""
    back = _POINTS_BACK.search(wish)
    named = thing_wished(wish[: back.start()] if back else wish)
    if named or back is None:
        return named
    earlier = (_wished(text) for text in _before(sentences, wish))
    return next((thing for thing in earlier if thing), None)


def _wished(text: str) -> tuple[str, str] | None:
    return thing_wished(text) or thing_there(text)


def _before(sentences: Iterable[str], wish: str) -> Iterator[str]:
    """The sentences before the one of the wish, the last first."""
    known = list(sentences)
    at = next((number for number, one in enumerate(known) if wish[:40] in one or one in wish), len(known))
    return reversed(known[:at])


def _name(words: str) -> str:
    return rounded_off(" ".join(words.split()), is_cut=True).strip(" ,.")
