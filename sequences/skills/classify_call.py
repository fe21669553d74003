"""What sort of conversation it was, from what each side talked about."""

import re
from collections.abc import Callable
from dataclasses import dataclass

from sequences.coaching.questions import questions_of
from sequences.records.coaching import QuestionForm
from sequences.records.insight import CallKind, CallType, IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.detect_intents import detect_offline
from sequences.skills.fields.trouble import troubles
from sequences.skills.rules.call_cues import CHECK_IN, DEMO, DISCOVERY, FEATURES, NEGOTIATION, PRICE, TITLES
from sequences.skills.skill import Skill

_LONGEST_TURN = 5_000  # characters of a turn that are looked at
_TITLE_WEIGHT = 3.0
_LEAST = 0.8  # below it there is too little to go by
_LEAD = 1.0  # added to the sum that the winner's share is taken of, so that few cues make nobody sure


@dataclass(frozen=True, kw_only=True)
class _Seen:
    """How often each thing was seen, capped: the tenth mention of a discount says no more than the fifth."""

    count: float
    weight: float
    most: int

    @property
    def score(self) -> float:
        return self.weight * min(self.count, self.most)


def classify_offline(material: MeetingMaterial) -> CallType:
    """By counting cues; the confidence is the winner's share, held below certainty."""
    if material.is_internal:
        return CallType(kind=CallKind.INTERNAL, confidence=0.97)
    scores = {kind: seen(material) + _titled(material, kind) for kind, seen in _SCORES.items()}
    best = max(scores, key=lambda kind: scores[kind])
    if scores[best] < _LEAST:
        return CallType(kind=CallKind.OTHER, confidence=0.5)
    share = scores[best] / (sum(scores.values()) + _LEAD)
    return CallType(kind=best, confidence=round(min(0.95, 0.35 + 0.6 * share), 2))


def _titled(material: MeetingMaterial, kind: CallKind) -> float:
    return _TITLE_WEIGHT * bool(TITLES[kind].search(material.meeting.title))


def _discovery(material: MeetingMaterial) -> float:
    """Our side asks how things are, theirs tells what goes wrong."""
    turns = material.transcript.turns
    ours = questions_of(turns, material.sides, Side.REP)
    asked = sum(question.is_discovery for question in ours)
    wide = sum(question.is_discovery and question.form is QuestionForm.OPEN for question in ours)
    troubled = len({spoken.turn.index for spoken, _ in troubles(material)})
    return _sum(
        _Seen(count=_cues(material, DISCOVERY, besides=Side.PROSPECT), weight=1.0, most=8),
        _Seen(count=wide, weight=0.35, most=8),
        _Seen(count=asked - wide, weight=0.15, most=10),
        _Seen(count=troubled, weight=0.5, most=3),
    )


def _demo(material: MeetingMaterial) -> float:
    """Our side shows; that the prospect was shown something elsewhere is no demo."""
    shown = _cues(material, DEMO, besides=Side.PROSPECT)
    wondered = _cues(material, FEATURES, besides=Side.REP) if shown else 0
    return _sum(_Seen(count=shown, weight=1.6, most=8), _Seen(count=wondered, weight=0.35, most=5))


def _negotiation(material: MeetingMaterial) -> float:
    """Price and terms are talked over: both sides name figures, one of them minds."""
    intents = detect_offline(material).items
    money = sum(item.kind in (IntentKind.BUYING_POSITIVE, IntentKind.BUYING_NEGATIVE) for item in intents)
    return _sum(
        _Seen(count=_cues(material, NEGOTIATION), weight=0.7, most=8),
        _Seen(count=_cues(material, PRICE), weight=0.25, most=6),
        _Seen(count=money, weight=0.3, most=3),
    )


def _check_in(material: MeetingMaterial) -> float:
    return _sum(_Seen(count=_cues(material, CHECK_IN), weight=1.4, most=6))


_SCORES: dict[CallKind, Callable[[MeetingMaterial], float]] = {
    CallKind.DISCOVERY: _discovery,
    CallKind.DEMO: _demo,
    CallKind.NEGOTIATION: _negotiation,
    CallKind.CHECK_IN: _check_in,
}


def _sum(*seen: _Seen) -> float:
    return sum(one.score for one in seen)


def _cues(material: MeetingMaterial, cues: re.Pattern[str], *, besides: Side | None = None) -> int:
    """Mentions by everybody, but for those of side ``besides``."""
    texts = (
        turn.text[:_LONGEST_TURN].replace("\u2019", "'")
        for turn in material.transcript.turns
        if besides is None or material.sides.get(turn.speaker) is not besides
    )
    return sum(len(cues.findall(text)) for text in texts)


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
