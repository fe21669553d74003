"""Short answers that carry an intent because of what was said just before ("Please do.", "Will do, today.")."""

import re

from sequences.records.insight import IntentKind
from sequences.records.meeting import Side
from sequences.skills.rules.conversation import Spoken
from sequences.skills.rules.fragments import CONTENT, GAP4, GAP8, OFFER
from sequences.skills.rules.matching import Found
from sequences.skills.rules.sentences import Sentence

_LONGEST_ASSENT = 40  # words of the turn; whoever goes on for longer is no longer just agreeing
_YES = r"(?:yes|sure|of course|absolutely|certainly|definitely|ok|great|perfect|no problem|for sure|sure thing|you bet|you got it|gladly|right|fine|good|will do|happy to|lovely|brilliant|excellent)"
_WILL_DO = re.compile(
    rf"^(?:{_YES} )*(?:(?:i|we) will (?:\w+ )?(?:get|send|have|put|email|shoot|share|forward|turn|pull|do|write|draft|prepare) (?:\w+ )?(?:that|it|one|this|them|those|both|something|you one|you that|you it|you something)\b|"
    r"will do\b|consider it done|you will (?:have|get|receive) (?:it|that|one|them|both|something)|can do\b|(?:it|that|they) will be (?:with you|in your inbox|there)|on it\b)"
)
_WEAK_YES = re.compile(rf"^(?:{_YES} ){{1,3}}(?:by |on |today|tomorrow|this |you will|before )")
_PLEASE = re.compile(
    rf"^(?:{_YES} )*(?:please(?: do| yes)?$|please (?:do|that|it|send)\b|do(?: that)? please|do that$|go on then|yes please|do that please|now that i would (?:like|love)|(?:that|it) would be (?:handy|great|good|helpful|useful|perfect|lovely|fantastic|ideal|appreciated|very helpful|really helpful|super helpful|wonderful|brilliant|amazing|excellent|nice)|that would help|i would (?:like|love|appreciate) that|oh yes please|please send (?:it|that|them)|(?:send|email) (?:it|them|that) (?:over|across|through|along|my way))\b"
)
_OFFERED = re.compile(
    rf"\b(?:(?:i|we) (?:can|could|would be happy to|am happy to|are happy to)|(?:shall|should|can|could|may|might) (?:i|we)|(?:do|would) you (?:want|like) (?:me|us) to|want me to|would it help if i|happy to|let me|if you (?:like|want) i can) {GAP4}(?:send|share|email|forward|get|shoot|pass|drop|give|provide|put|write|draft|prepare|whatsapp|quote|price|mail|post|leave) {GAP8}(?:{CONTENT}|over|to you|you|it|them|that|those|one|priced|quoted)\b"
)
_PRICED = re.compile(
    r"\bdo you want (?:those|that|them|it|one|the \w+) (?:priced|quoted|in writing|sent|emailed|mailed)\b"
)
_NO_REQUEST = re.compile(r"\b(?:not|no|never|already|still have|got (?:one|it|your))\b")
_WANTS_OFFER = re.compile(
    rf"\b(?:send|get|give|have|see|share|email|forward|put|need|want|prepare|write|provide|in writing|could|can|raise|draft)\b.*\b{OFFER}\b|\b{OFFER}\b.*\b(?:please|send|get|have|in writing)\b|"
    r"\b(?:price|prices|cost|costs|number|numbers)\b.*\b(?:in an email|in a mail|by email|on paper)\b|"
    r"\b(?:something|it|that|price|prices|number|numbers) in writing\b"
)
_TEMPLATE = re.compile(
    r"\b(?:discuss|approve|received|read|reviewed|went through|rejected|compare|got (?:a|another|two)|from (?:another|them|planwell|two))\b"
)


def detect_assent(spoken: Spoken) -> Found | None:
    """A promise to send the offer just asked for, or a yes to the document just offered."""
    before = spoken.before
    if before is None or not spoken.sentences or len(spoken.plain.split()) > _LONGEST_ASSENT or spoken.is_joke:
        return None
    if spoken.side is Side.REP and before.side is Side.PROSPECT:
        return _promised(spoken, before)
    if spoken.side is Side.PROSPECT and before.side is Side.REP:
        return _accepted(spoken, before)
    return None


def _promised(spoken: Spoken, before: Spoken) -> Found | None:
    asked = before.sentences[-3:]
    if not any(
        _WANTS_OFFER.search(part.plain) and not _TEMPLATE.search(part.plain) and not _denied(part) for part in asked
    ):
        return None
    for sentence in spoken.sentences[:3]:
        match = _WILL_DO.search(sentence.plain) or (
            _WEAK_YES.search(sentence.plain) if sentence is spoken.sentences[0] else None
        )
        if match and not re.search(r"\b(?:if|unless|not|but|once)\b", sentence.plain):
            return _found(IntentKind.SEND_PROPOSAL, sentence, 0.85)
    return None


def _denied(sentence: Sentence) -> bool:
    return bool(re.search(r"\b(?:not|no) (?:need|want|looking for|ready for)\b|\bif you had\b", sentence.plain))


def _accepted(spoken: Spoken, before: Spoken) -> Found | None:
    if not any(_OFFERED.search(part.plain) or _PRICED.search(part.plain) for part in before.sentences[-2:]):
        return None
    for sentence in spoken.sentences[:2]:
        if _PLEASE.search(sentence.plain) and not _NO_REQUEST.search(sentence.plain):
            return _found(IntentKind.SEND_CONTENT, sentence, 0.84)
    return None


def _found(kind: IntentKind, sentence: Sentence, confidence: float) -> Found:
    return Found(kind, sentence, 0, len(sentence.words) - 1, confidence)
