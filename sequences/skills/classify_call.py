"""What sort of conversation it was, from what each side talked about."""

import re

from sequences.records.insight import CallKind, CallType
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.skill import Skill

_LONGEST_TURN = 5_000  # characters of a turn that are looked at


def _cues(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


_CUES: dict[CallKind, re.Pattern[str]] = {
    CallKind.DEMO: _cues(
        r"(?:share|sharing) my screen",
        r"see my screen",
        r"let me show you",
        r"(?:i'll|shall i|i can) show you",
        r"if (?:i|you) click",
        r"click (?:on|here|this)",
        r"this (?:screen|view|dashboard|tab|page|button)",
        r"here(?:'s| is) the (?:screen|view|dashboard)",
        r"as you can see",
        r"what you(?:'re| are) (?:seeing|looking at)",
        r"walk you through the (?:product|platform|tool|system)",
        r"in the demo",
        r"go back to (?:that|the) screen",
        r"drag (?:it|this|and)",
        r"up here on",
        r"the next screen",
        r"let me (?:pull|bring) (?:it|this|that) up",
    ),
    CallKind.NEGOTIATION: _cues(
        r"discount",
        r"too (?:high|expensive|much)",
        r"lower (?:number|price)",
        r"best (?:price|offer|you can do)",
        r"payment terms",
        r"net (?:30|45|60|thirty|forty-five|sixty)",
        r"redline[sd]?",
        r"contract terms",
        r"liability",
        r"clauses?",
        r"sign (?:the contract|it|this)",
        r"counter(?:offer)?",
        r"renewal",
        r"legal review",
        r"notice period",
        r"(?:two|three|multi)[- ]year",
        r"order form",
        r"purchase order",
        r"per ?cent off",
        r"knock (?:\w+ )?off",
        r"come down (?:on|to|a)",
        r"throw in",
        r"meet (?:me|us|you) (?:half|in the middle)",
        r"price match",
        r"steep",
        r"cheaper",
        r"quoted",
        r"uplift",
        r"revised (?:\w+ )?(?:quote|offer|proposal|price)",
        r"the (?:price|quote|number)",
    ),
    CallKind.CHECK_IN: _cues(
        r"how(?:'s| is| are| has| have) (?:it|things|everything|that|the \w+)(?: been)? (?:going|working|doing|"
        r"getting on)",
        r"since (?:we|you) (?:went live|last spoke|launched|started)",
        r"quarterly (?:business )?review",
        r"qbr",
        r"adoption",
        r"usage",
        r"check(?:ing)?[- ]in",
        r"onboarding",
        r"support tickets?",
        r"any issues",
        r"roll[- ]?out so far",
        r"logins?",
        r"your teams? (?:use|accepted|like)",
        r"last (?:quarter|month)(?:'s)? (?:numbers|figures|report)",
        r"uptime",
    ),
    CallKind.DISCOVERY: _cues(
        r"how do you (?:currently|handle|manage|plan|do|decide|track|know|get)",
        r"what (?:happens|does .{0,30} look like) today",
        r"tell me (?:more|about|how|what|a (?:bit|little))",
        r"walk me through",
        r"what(?:'s| is) (?:the|your) (?:biggest|main)",
        r"what have you tried",
        r"what would .{0,30} worth",
        r"how often",
        r"how many",
        r"who (?:else )?(?:is involved|decides|would)",
        r"what are you (?:using|hoping|trying|looking)",
        r"what made you",
        r"what prompted",
        r"what(?:'s| is) driving",
        r"what do you (?:use|do|need|want)",
        r"what would you (?:need|want|like)",
        r"why (?:now|are you|do you)",
        r"how does (?:it|that) work (?:today|now)",
        r"what(?:'s| is) (?:wrong|the problem|happening|going on)",
    ),
}
_WEIGHT = {CallKind.DEMO: 1.0, CallKind.NEGOTIATION: 1.0, CallKind.CHECK_IN: 1.3, CallKind.DISCOVERY: 1.4}
_TITLES = {
    CallKind.DEMO: _cues("demo", "demonstration", "walkthrough"),
    CallKind.NEGOTIATION: _cues("negotiation", "renewal", "contract", "pricing", "terms", "quote", "proposal"),
    CallKind.CHECK_IN: _cues("check[- ]?in", "qbr", "review", "catch[- ]?up", "onboarding"),
    CallKind.DISCOVERY: _cues("discovery", "intro", "introduction", "first (?:call|conversation|meeting)"),
}
_TITLE_WEIGHT = 3.0
_MOST = 10  # cues of one kind that count
_LEAST = 2.0  # below it there is too little to go by
_CLOSE = 1.15  # the winner must be ahead by this


def classify_offline(material: MeetingMaterial) -> CallType:
    """By counting cues; the confidence is the winner's share, held below certainty."""
    if material.is_internal:
        return CallType(kind=CallKind.INTERNAL, confidence=0.97)
    scores = {kind: _score(material, kind) for kind in _CUES}
    ranked = sorted(scores, key=lambda kind: -scores[kind])
    best, second = ranked[0], ranked[1]
    if scores[best] < _LEAST or scores[best] < _CLOSE * scores[second]:
        return CallType(kind=CallKind.OTHER, confidence=0.5)
    share = scores[best] / sum(scores.values())
    return CallType(kind=best, confidence=round(min(0.95, 0.4 + 0.55 * share), 2))


def _score(material: MeetingMaterial, kind: CallKind) -> float:
    """Questions about how things are today count only when our side asks them."""
    ours_only = kind in (CallKind.DISCOVERY, CallKind.DEMO)
    count = sum(
        len(_CUES[kind].findall(turn.text[:_LONGEST_TURN]))
        for turn in material.transcript.turns
        if not ours_only or material.sides.get(turn.speaker) is not Side.PROSPECT
    )
    return _WEIGHT[kind] * min(count, _MOST) + _TITLE_WEIGHT * bool(_TITLES[kind].search(material.meeting.title))


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
