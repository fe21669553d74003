"""What plainly says the opposite. Words that deny are few among those that affirm, so that weights learn them last."""

import re
from functools import cache

from sequences.records.insight import IntentKind

_I_DO_NOT = r"\b(?:i|we) (?:\w+ )?(?:will|would|can|could|shall|do|did|have|am|are) not (?:\w+ )?(?:be able to |going to |want to |be )?"
_REFUSALS: dict[IntentKind, str] = {
    IntentKind.SEND_PROPOSAL: _I_DO_NOT
    + r"(?:send|sending|sent|quot\w+|writ\w+|put|putting|prepar\w+|draft\w*|issu\w+|price|offer\w*)\b",
    IntentKind.PROSPECT_FOLLOWUP: _I_DO_NOT
    + r"(?:get back|come back|send|call|ring|write|ask|tell|share|let you know|revert|return)\b",
    IntentKind.SCHEDULE_MEETING: r"\bno need (?:for|to)\b|"
    r"^(?:(?:so|well|okay|and) )?(?:shall|can|may|could|should) i (?:\w+ )?show you\b"
    r"(?!.*\b(?:week|\w+day|tomorrow|call|meeting|session|invite)\b)|"
    + _I_DO_NOT
    + r"(?:need|book|want|have to (?:meet|talk|speak))\b",
    IntentKind.SEND_CONTENT: r"\byou (?:do|did) not (?:need|have) to\b|\b(?:no need to|do not|not to) (?:send|mail|email|share)\b|"
    r"\byou (?:have )?already (?:sent|gave|given|shared|mailed|emailed)\b",
    IntentKind.MULTI_STAKEHOLDER: r"\b(?:nobody|no one) (?:else )?(?:has|needs|must|gets)\b|\bi (?:do|will) not (?:need|have) to (?:ask|check)\b",
    IntentKind.COMPETITIVE: _I_DO_NOT
    + r"(?:talk|talking|talked|look|looking|looked|speak|speaking|spoken|compar\w+|consider\w*|evaluat\w+) (?:to|at|with|any|other)\b",
    IntentKind.BUYING_POSITIVE: r"\b(?:is|has|was|have|had) not (?:yet )?(?:been )?(?:\w+ )?(?:approved|signed off|agreed|decided|confirmed|released)\b|"
    r"^(?:(?:and|but|so|well) )?(?:if|unless|once|when|until|as soon as|assuming) (?:\w+ ){1,5}(?:approve[sd]?|agree[sd]?|signed off|comes through|released)\b",
    IntentKind.BUYING_NEGATIVE: r"\bnot saying (?:that )?(?:it|that|this|you) (?:is|are) (?:\w+ )?(?:expensive|dear|high|much)\b|\b(?:is|are|was) not (?:\w+ )?(?:expensive|the (?:problem|issue))\b",
}


@cache
def _pattern(kind: IntentKind) -> re.Pattern[str] | None:
    return re.compile(_REFUSALS[kind]) if kind in _REFUSALS else None


def is_refused(kind: IntentKind, plain: str) -> bool:
    """Whether a sentence in plain words says that it is not meant."""
    pattern = _pattern(kind)
    return pattern is not None and pattern.search(plain) is not None
