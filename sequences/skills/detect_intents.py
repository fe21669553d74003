"""Commitments, requests and signals, each with the words that prove it. What counts: ``docs/glossary.md``.

Offline each sentence is weighed (``odds``). No detection is better than a wrong one.
"""

from sequences.records.insight import Intent, IntentKind, Intents
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.odds.features import Heard, hear
from sequences.skills.odds.weigh import weigh
from sequences.skills.rules.conversation import read_conversation
from sequences.skills.rules.evidence import turn_of, verbatim
from sequences.skills.rules.once import once_per_meeting
from sequences.skills.skill import Skill

LEAST_CONFIDENCE = 0.7  # at or below it nothing is listed (INTENT-05)

# Who can mean it: an offer is ours to make; what they want, have and plan is theirs to say.
_SPEAKER = {
    IntentKind.SEND_PROPOSAL: Side.REP,
    IntentKind.SEND_CONTENT: Side.PROSPECT,
    IntentKind.COMPETITIVE: Side.PROSPECT,
    IntentKind.BUYING_POSITIVE: Side.PROSPECT,
    IntentKind.BUYING_NEGATIVE: Side.PROSPECT,
    IntentKind.TIMELINE: Side.PROSPECT,
    IntentKind.PROSPECT_FOLLOWUP: Side.PROSPECT,
}


@once_per_meeting
def detect_offline(material: MeetingMaterial) -> Intents:
    """By odds; nothing in a meeting where nobody from outside spoke."""
    if material.is_internal:
        return Intents()
    return Intents(items=tuple(weigh(hear_conversation(material))))


def hear_conversation(material: MeetingMaterial) -> list[Heard]:
    """The turns with what the odds weigh of each, in order."""
    return hear(list(read_conversation(material)))


def check_intents(material: MeetingMaterial, intents: Intents) -> Intents:
    """Only what a turn really says, by somebody who can mean it, surely enough, once per turn and kind."""
    if material.is_internal:
        return Intents()
    kept: dict[tuple[int, IntentKind], Intent] = {}
    for item in intents.items:
        checked = _checked(material, item)
        if checked is None:
            continue
        known = kept.get((item.turn, item.kind))
        if known is None or known.confidence < item.confidence:
            kept[item.turn, item.kind] = checked
    return Intents(items=tuple(sorted(kept.values(), key=lambda item: item.turn)))


def _checked(material: MeetingMaterial, item: Intent) -> Intent | None:
    turn = turn_of(material, item.turn)
    quote = verbatim(item.quote, turn.text) if turn else None
    if turn is None or quote is None or item.confidence <= LEAST_CONFIDENCE:
        return None
    side = material.sides.get(turn.speaker, Side.UNKNOWN)
    if side is not _SPEAKER.get(item.kind, side):
        return None
    return item.model_copy(
        update={"quote": quote, "speaker": side, "speaker_name": turn.speaker, "start_s": turn.start_s}
    )


def _itself(material: MeetingMaterial) -> MeetingMaterial:
    return material


DETECT_INTENTS = Skill(
    key="detect_intents",
    output=Intents,
    offline=detect_offline,
    check=check_intents,
    material=_itself,
    max_output_tokens=4_000,
)
