"""Promises that it takes two to make: an offer that was accepted, a wish that was granted, an answer that was announced."""

import re
from collections.abc import Iterator

from sequences.records.insight import Intent, IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.commitments import Commitment, is_bargain
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.offered import asked_thing
from sequences.skills.rules.sentences import Sentence, read_sentences

_DEED = (
    r"(?:send|email|mail|forward|share(?! my screen)|put together|put (?:it|that|this|something) (?:together|in writing|on paper|down)|write|draft|draw up|work up|prepare|price|quote|cost|"
    r"pull|find|get|check|look into|set up|introduce|connect|book|arrange|bring|drop|text|add|include|do (?:you|a|an|the|one)|make (?:you|a|an|the|one)|redo|revise|update|print|post|upload|fill)"
)
_OFFER = re.compile(
    rf"\b(?:(?:shall|should|could|can|may) i|(?:do you )?(?:want|need) me to|would you like me to|would it help if i|i (?:can|could)) (?:also |just |maybe |then )*(?P<deed>{_DEED})\b"
)
_ACCEPTS = re.compile(
    r"^(?:(?:oh|ok|ah|well|great|perfect|lovely|brilliant|right) )*(?:yes(?: please)?(?: (?:do|that|sure|of course|go on|would|definitely|absolutely|thanks|i|we))?|please(?: do)?|sure|absolutely|definitely|of course|"
    r"go on(?: then)?|that would (?:be (?:\w+ )?(?:great|helpful|good|useful|lovely|perfect|wonderful|handy|amazing|brilliant)|help)|i would (?:like|love|appreciate) that|do(?: please| that)?|why not|by all means|"
    r"(?:sounds|that is) (?:good|great|perfect)|if you (?:could|would|do not mind)|i think that would help|would you)\b"
)
_DECLINES = re.compile(r"\b(?:no|not|do not|later|another time|hold off|wait|if it|but|rather)\b")
_GRANTS = re.compile(
    r"^(?:(?:oh|ok|ah|well|great|perfect|yes|right|no) )*(?:sure|of course|absolutely|certainly|definitely|no problem|not a problem|no worries|will do|can do|you got it|you bet|gladly|happy to|with pleasure|"
    r"consider it done|on its way|it is on its way|course|understood|noted|for sure|no bother|done|i have|you will have (?:it|them|that|both)|you get|i will|yes)\b"
)
_ALREADY = re.compile(
    r"\b(?:already|last (?:week|month|time)|public|website|online|data room|portal has|you can (?:find|download|get)|here you go|there you go|in the chat|i (?:sent|gave|emailed|shared)|we (?:sent|gave|shared)|cannot|can not|not (?:allowed|able|sure|yet)|"
    r"no (?:we|i)|unfortunately|depends|why|what (?:for|do)|which)\b"
)
_SHORT = 16  # words of a turn that does nothing but agree


_IN_A_CLAUSE = re.compile(r"\b(?:that|which|what|where|how|something|anything|so|if) $")


def is_offer(quote: str) -> bool:
    """Whether the words only offer: a question, or a deed with "if you like"."""
    sentences = read_sentences(0, quote)
    return (
        bool(sentences)
        and bool(_OFFER.search(sentences[-1].plain))
        and (sentences[-1].has_question_mark or " if you" in sentences[-1].plain)
    )


def is_assent(text: str) -> bool:
    """Whether a turn does no more than say that it will be done."""
    sentences = read_sentences(0, text)
    return bool(sentences) and len(text.split()) <= _SHORT and bool(_GRANTS.match(sentences[0].plain))


def accepted_offer(spoken: Spoken) -> Commitment | None:
    """ "Do you want me to quote for the programmes?" "Yes please": a promise of whoever offered."""
    before = spoken.before
    if before is None or before.side is spoken.side or not before.sentences or not spoken.sentences:
        return None
    answer = spoken.sentences[0].plain
    if not _ACCEPTS.match(answer) or _DECLINES.search(answer) or before.is_joke or spoken.is_joke:
        return None
    offer = before.sentences[-1]
    match = _OFFER.search(offer.plain)
    is_asked = offer.has_question_mark or (match is not None and " if you" in offer.plain[match.end() :])
    if match is None or not is_asked or " or " in offer.plain[match.end() :]:
        return None
    if _IN_A_CLAUSE.search(offer.plain[: match.start()]) or " from you" in offer.plain[match.end() :]:
        return None  # "a data sheet that I could get from you" is a wish
    return _offered(before, offer, offer.word_at(match.start("deed")))


def _offered(before: Spoken, offer: Sentence, verb: int) -> Commitment:
    return Commitment(
        spoken=before,
        sentence=offer,
        verb=verb,
        promised=offer.plain_of(verb, len(offer.words)),
        addressee=None,
        quote=offer.text,
    )


def granted_wish(spoken: Spoken, wishes: dict[int, Intent]) -> Commitment | None:
    """ "We'd like that letter for the file." "Certainly." ``wishes`` are requests for content by turn."""
    before = spoken.before
    if before is None or before.side is not Side.PROSPECT or spoken.side is not Side.REP or spoken.is_joke:
        return None
    wish = wishes.get(before.turn.index)
    thing = asked_thing(wish.quote) if wish else None
    if thing is None or not spoken.sentences:
        return None
    first = spoken.sentences[0]
    if len(spoken.plain.split()) > _SHORT or not _GRANTS.match(first.plain) or _ALREADY.search(spoken.plain):
        return None
    return Commitment(
        spoken=spoken,
        sentence=first,
        verb=0,
        promised=f"{before.plain} {spoken.plain}",
        addressee=None,
        quote=spoken.turn.text[first.start : spoken.sentences[-1].end],
        text=f"Send {thing}",
    )


_FIRST_PERSON = re.compile(
    r"\b(?:(?:i|we) (?:will|shall|am going to|are going to)|let me) (?:then |probably |go and |go )*(?P<deed>[a-z]+)\b"
)
_NO_DEED = frozenset(
    ("be", "have", "need", "not", "never", "see", "think", "know", "want", "try", "tell", "say", "like")
)


def announced(spoken: Spoken, intents: tuple[Intent, ...]) -> Iterator[Commitment]:
    """What was heard as a promise of the prospect to come back, in words that no other rule knows."""
    for intent in intents:
        if (
            intent.kind is not IntentKind.PROSPECT_FOLLOWUP
            or intent.turn != spoken.turn.index
            or spoken.side is not Side.PROSPECT
        ):
            continue
        position = spoken.turn.text.find(intent.quote)
        for sentence in spoken.sentences:
            if not (sentence.start < position + len(intent.quote) and position < sentence.end):
                continue
            match = _FIRST_PERSON.search(sentence.plain)
            if match and match["deed"] not in _NO_DEED and not is_bargain(sentence):
                yield _announced(spoken, sentence, sentence.word_at(match.start("deed")))
                break


def _announced(spoken: Spoken, sentence: Sentence, verb: int) -> Commitment:
    return Commitment(
        spoken=spoken,
        sentence=sentence,
        verb=verb,
        promised=sentence.plain_of(verb, len(sentence.words)),
        addressee=None,
        quote=sentence.text,
    )
