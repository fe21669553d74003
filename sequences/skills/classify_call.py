"""What sort of conversation it was, from what each side talked about."""

import re
from collections.abc import Iterable

from sequences.records.insight import CallKind, CallType
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.skill import Skill

_CUES: dict[CallKind, re.Pattern[str]] = {
    CallKind.DEMO: re.compile(
        r"\b(?:shar(?:e|ing) my screen|see my screen|let me show you|(?:shall i|i'll) show you|if (?:i|you) click|"
        r"click on|this (?:screen|view|dashboard|tab|page|button)|here(?:'s| is) the (?:screen|view|dashboard)|on the (?:left|right)|"
        r"as you can see|what you(?:'re| are) seeing|walk you through the (?:product|platform|tool))\b",
        re.IGNORECASE,
    ),
    CallKind.NEGOTIATION: re.compile(
        r"\b(?:discount|too (?:high|expensive)|lower (?:number|price)|best (?:price|offer)|payment terms|net (?:30|45|60|thirty|sixty)|"
        r"redline[sd]?|contract terms|liability|clause|sign (?:off|the contract|it)|counter(?:offer)?|renewal|procurement|legal review|"
        r"two[- ]year|multi[- ]year|notice period|order form|purchase order|per cent off|percent off)\b",
        re.IGNORECASE,
    ),
    CallKind.CHECK_IN: re.compile(
        r"\b(?:how(?:'s| is| are) (?:it|things|everything|the \w+) (?:going|working)|since (?:we|you) went live|quarterly (?:business )?review|"
        r"qbr|adoption|usage|check(?:ing)?[ -]in|onboarding|support tickets?|any issues|roll[- ]?out so far|logins?|your teams? (?:use|accepted))\b",
        re.IGNORECASE,
    ),
    CallKind.DISCOVERY: re.compile(
        r"\b(?:how do you (?:currently|handle|manage|plan|do|decide|track)|what (?:happens|does .{0,30} look like) today|tell me (?:more|about)|"
        r"walk me through|what(?:'s| is) (?:the|your) (?:biggest|main)|what have you tried|what would .{0,30} worth|how often|how many|"
        r"who (?:else )?(?:is involved|decides|would)|what are you (?:using|hoping|trying)|what made you|what prompted|what(?:'s| is) driving)\b",
        re.IGNORECASE,
    ),
}
_WEIGHT = {CallKind.DEMO: 1.0, CallKind.NEGOTIATION: 1.3, CallKind.CHECK_IN: 1.2, CallKind.DISCOVERY: 1.4}
_TITLES = {
    CallKind.DEMO: re.compile(r"\bdemo", re.IGNORECASE),
    CallKind.NEGOTIATION: re.compile(r"\b(?:negotiat|renewal|contract|pricing|terms)", re.IGNORECASE),
    CallKind.CHECK_IN: re.compile(r"\b(?:check[- ]?in|qbr|review|catch[- ]?up|onboarding)", re.IGNORECASE),
    CallKind.DISCOVERY: re.compile(r"\b(?:discovery|intro|first (?:call|conversation|meeting))", re.IGNORECASE),
}
_TITLE_WEIGHT = 3.0
_LEAST = 2.0  # below it there is too little to go by


def classify_offline(material: MeetingMaterial) -> CallType:
    """By counting cues; the confidence is the winner's share, held below certainty."""
    if material.is_internal:
        return CallType(kind=CallKind.INTERNAL, confidence=0.97)
    text = "\n".join(_said(material))
    scores = {kind: _WEIGHT[kind] * min(len(cues.findall(text)), 12) for kind, cues in _CUES.items()}
    for kind, title in _TITLES.items():
        scores[kind] += _TITLE_WEIGHT * bool(title.search(material.meeting.title))
    best = max(scores, key=lambda kind: scores[kind])
    if scores[best] < _LEAST:
        return CallType(kind=CallKind.OTHER, confidence=0.5)
    return CallType(kind=best, confidence=round(min(0.95, 0.4 + 0.55 * scores[best] / sum(scores.values())), 2))


def _said(material: MeetingMaterial) -> Iterable[str]:
    """Questions of ours tell discovery; everything else may come from either side."""
    for turn in material.transcript.turns:
        if material.sides.get(turn.speaker) is not Side.PROSPECT or len(turn.text) < 2_000:
            yield turn.text


def check_call_type(material: MeetingMaterial, found: CallType) -> CallType:
    """Whether a meeting is internal is known from who spoke, not a matter of opinion."""
    if material.is_internal:
        return CallType(kind=CallKind.INTERNAL, confidence=max(found.confidence, 0.97))
    if found.kind is CallKind.INTERNAL and Side.PROSPECT in material.sides.values():
        return CallType(kind=CallKind.OTHER, confidence=min(found.confidence, 0.5))
    return found


def _itself(material: MeetingMaterial) -> MeetingMaterial:
    return material


CLASSIFY_CALL = Skill(
    key="classify_call",
    output=CallType,
    offline=classify_offline,
    check=check_call_type,
    material=_itself,
    max_output_tokens=200,
)
