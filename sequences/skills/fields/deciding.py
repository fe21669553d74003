"""Who decides, and by when a prospect wants it signed."""

import re
from datetime import date

from sequences.records.insight import Intent
from sequences.records.meeting import Turn
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.dates import due_on
from sequences.skills.rules.sentences import Sentence, read_sentences
from sequences.skills.rules.wording import tidy

_DECIDES = re.compile(
    r"\b(?:(?:i|he|she|we|they|[a-z]+) (?:\w+ )?(?:decides?|signs?|approves?) (?:off )?(?:on )?(?:it |this |that |everything |every \w+ |anything )?(?:alone|myself|on my own|up to|under|over|above|at the end of the day|in the end|together)|"
    r"(?:under|up to|below|over|above|anything over|anything under) \S+ (?:\S+ ){0,2}?(?:i|he|she|they|[a-z]+) (?:can |has to |must |have to )?(?:sign|signs|approve|approves|decide|decides)|"
    r"(?:committee|board|council|trustees|panel|partners|owners?|directors?) (?:\w+ )?(?:picks?|decides?|votes?|approves?|has the (?:last|final) (?:word|say)|gets the (?:last|final) (?:word|say)))\b"
)
_NOT_YET = re.compile(r"\b(?:if|would|do not know|not sure|your|you)\b")
_UNCLEAR = re.compile(
    r"^(?:(?:and|but|so|then|well|nothing|now) )?(?:he|she|they|it|this|that)\b|\b(?:him|her|them|he|she)\b",
    re.IGNORECASE,
)
_NOBODY_NAMED = re.compile(r"(?:he|she|they|it|this|that|him|her|them)(?:'\w+)?\b", re.IGNORECASE)
_LONGEST = 220  # characters of a quote that was widened
_CLOSES = re.compile(
    r"\b(?:(?:want|need|have|has|like|plan|planning|hope|got|must|should) to (?:\w+ )?(?:sign|order|decide|be signed|have (?:it|this|that) signed|close|place the order|be obligated|make (?:a|the) (?:decision|call))|"
    r"(?:i|we|they) (?:will |are going to )?(?:sign|decide|order|make (?:a|the) decision|place the order)|(?:decision|signature|purchase order|po|contract|order) (?:\w+ ){0,3}?(?:has to be|must be|needs to be|will be|due|cut|signed|made|placed|taken)|"
    r"(?:has|have) to be (?:signed|ordered|obligated|decided|committed|spent))\b"
)
_HYPOTHETICAL = re.compile(
    r"\b(?:if|unless|would|could|might|maybe|perhaps|not|lapses?|expires? on|last (?:year|month|week))\b"
)


def says_who_decides(sentence: Sentence) -> bool:
    """Plain statements of who may sign what, beyond those in which somebody still has to be convinced."""
    return (
        not sentence.has_question_mark and bool(_DECIDES.search(sentence.plain)) and not _NOT_YET.search(sentence.plain)
    )


def widened(quote: str, turn: Turn) -> str:
    """ "I'd need to talk him round" together with the sentence before it, which says who he is, if it is that of the same turn."""
    if not _UNCLEAR.search(quote):
        return quote
    sentences = list(read_sentences(turn.index, turn.text))
    at = next((number for number, one in enumerate(sentences) if one.start <= turn.text.find(quote) < one.end), 0)
    if at == 0 or sentences[at - 1].has_question_mark:
        return quote
    whole = turn.text[sentences[at - 1].start : sentences[at].end]
    return whole if len(whole) <= _LONGEST and quote in whole else quote


_SHORT = 28  # characters that seldom say anything by themselves
_FEWEST = 4  # words
_OTHERS = re.compile(
    r"^(?:(?:and|but|so|well),? )?(?:our|the|most|my) (?:guests|visitors|customers|clients|patients|passengers|students|shoppers|diners|fans|tourists|"
    r"listeners|readers|subscribers|donors|parents) (?!(?:\w+ )?(?:need|want|expect|must|have to)\b)\w+",
    re.IGNORECASE,
)


def told_whole(quote: str, turn: Turn) -> str | None:
    """ "Our director of care." with what is said of her behind it; ``None`` where a few words are all there is."""
    if len(quote) >= _SHORT:
        return quote
    at = turn.text.find(quote)
    behind = [one for one in read_sentences(turn.index, turn.text) if one.start >= at + len(quote) > 0]
    if behind and not behind[0].has_question_mark and behind[0].end - at <= _LONGEST:
        return turn.text[at : behind[0].end]
    return quote if len(quote.split()) >= _FEWEST else None


def is_about_others(quote: str) -> bool:
    """When their guests travel is no date of the deal."""
    return _OTHERS.match(quote) is not None


def vagueness(item: Intent) -> tuple[bool, float]:
    """Least for what names its subject and is surest."""
    return bool(_NOBODY_NAMED.match(tidy(item.quote))), -item.confidence


def closes_on(spoken: Spoken, sentence: Sentence, said_on: date) -> date | None:
    """The day by which they want to have signed; nothing that depends on something else."""
    if sentence.has_question_mark or spoken.is_joke:
        return None
    match = _CLOSES.search(sentence.plain)
    if match is None or _HYPOTHETICAL.search(sentence.plain):
        return None
    day = due_on(sentence.plain[match.start() :], said_on)
    return day if day and day > said_on else None
