"""What plainly says it, whatever was said around. Weights that learn from real talk, where people seldom put it so
plainly, expect a roundabout answer where this one stands."""

import re
from functools import cache

from sequences.records.insight import IntentKind

_STILL = (
    r"(?:(?:really|just|still|pretty|very|a bit|a little|way|far|quite|simply|currently|completely|all|also|now|already|"
    r"honestly|actually) )*"
)
_MONEY = r"(?:budget|money|funding|funds|spend|spending|capex|cash)"
_OTHERS = (
    r"(?:vendors?|suppliers?|providers?|agenc(?:y|ies)|firms?|competitors?|platforms?|solutions?|quotes?|bids?|offers?)"
)
_PLAIN: dict[IntentKind, tuple[str, ...]] = {
    IntentKind.BUYING_NEGATIVE: (
        (
            rf"(?:that|this|it|price|cost|quote|number|total|figure) (?:is|was|feels|seems|looks) {_STILL}"
            r"(?:too|much too) (?:expensive|high|steep|pricey|dear|rich)(?: for (?:us|me|our budget))?$"
        ),
        (
            rf"(?:more|higher|above|over|beyond|outside) (?:than )?{_STILL}(?:what )?(?:we|i|our|my) (?:(?:had|have) )?{_STILL}"
            r"(?:budget(?:ed)?|planned|in mind|set aside|expected|allocated|can (?:spend|justify))\b"
        ),
        (
            rf"(?:our|the|my) (?:\w+ )?{_MONEY} (?:is|are|has been|have been) {_STILL}"
            r"(?:frozen|cut|tight|spent|capped|slashed|used up|exhausted|on hold|maxed out)\b"
        ),
        (
            rf"(?:we|i) (?:do not|did not) {_STILL}(?:have|get) (?:the |any |a |much |enough )?(?:budget|money|funding|funds)"
            r"(?: for (?:it|this|that|anything)| this (?:year|quarter|month)| (?:right )?now| left)?$"
        ),
        r"there is (?:no|not any|hardly any|not much) (?:budget|money|funding)(?: for (?:it|this|that)| this year| left)\b",
        rf"(?:money|cash|budgets?) (?:is|are) {_STILL}tight\b",
        rf"(?:we|i) (?:can not|could not) {_STILL}afford (?:it|that|this|to (?:pay|spend))\b",
        r"(?:spending|budget|purchasing|capex) freeze\b",
    ),
    IntentKind.BUYING_POSITIVE: (
        (
            rf"(?:our|the) (?:\w+ )?(?:budget|money|funding|spend) (?:is|has been|was) {_STILL}"
            r"(?:approved|signed off|released|set aside|secured|allocated|ring fenced)\b"
        ),
        r"(?:we|i) have (?:the |a |our )?(?:budget|money|funding|funds) (?:approved|for (?:this|it|that)|signed off|set aside)\b",
        r"(?:we|i) (?:would like to|want to|are ready to|are going to|have decided to|decided to) (?:go ahead|go with you)$",
    ),
    IntentKind.COMPETITIVE: (
        (
            r"(?:we|i) are (?:also )?(?:talking to|looking at|evaluating|comparing|speaking (?:to|with)|in talks with) "
            rf"(?:one|two|three|four|several|some|a couple of|a few|another)(?: other)? (?:\w+ )?{_OTHERS}\b"
        ),
        r"your competitors? (?:quoted|offered|came in|is|are|charges?) \w+",
        rf"(?:one|two|three|four|several|a few|a couple of) other {_OTHERS}$",
    ),
}
# Then it was so once, may be so one day, or is somebody else's.
_NOT_NOW = re.compile(
    r"\b(?:if|when|once|unless|until|as soon as|assuming|last (?:year|time|spring|summer|autumn|fall|winter|month)|ago|"
    r"used to|back then|in the past|would|might|may|could be|not|never|wrong|told|said|customers?|clients?|they|their|"
    r"he|she|his|her)\b"
)


@cache
def _pattern(kind: IntentKind) -> re.Pattern[str] | None:
    return re.compile(rf"\b(?:{'|'.join(_PLAIN[kind])})") if kind in _PLAIN else None


def says_plainly(kind: IntentKind, plain: str) -> bool:
    """Whether a statement in plain words can hardly mean anything else."""
    pattern = _pattern(kind)
    found = pattern.search(plain) if pattern else None
    return found is not None and not _NOT_NOW.search(plain[: found.start()] + plain[found.end() :])
