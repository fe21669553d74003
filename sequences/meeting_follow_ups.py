"""Which events a meeting raises: only for what somebody certainly said, one of each kind (INTENT-06 … INTENT-09)."""

from sequences.records.event import EventType
from sequences.records.insight import Intent, IntentKind, Intents
from sequences.records.job import FollowUp
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side

CHAINING_CONFIDENCE = 0.8

# A commitment chains when our side made it; a request is the prospect's by definition.
_RAISES: dict[IntentKind, tuple[EventType, Side]] = {
    IntentKind.SEND_PROPOSAL: (EventType.PROPOSAL_GENERATION, Side.REP),
    IntentKind.SCHEDULE_MEETING: (EventType.CALENDAR_FIND_TIMES, Side.REP),
    IntentKind.SEND_CONTENT: (EventType.CONTENT_RETRIEVAL, Side.PROSPECT),
}


def follow_ups_of(material: MeetingMaterial, intents: Intents) -> tuple[FollowUp, ...]:
    """One follow-up per kind, resting on its surest detection, with the others as further evidence."""
    wanted = []
    for kind, (event_type, side) in _RAISES.items():
        found = [item for item in intents.items if item.kind is kind and _chains(item, side)]
        if not found:
            continue
        surest = max(found, key=lambda item: item.confidence)
        wanted.append(
            FollowUp(type=event_type, reason=surest.quote, payload=_payload(material, surest, found), key=kind.value)
        )
    return tuple(wanted)


def _chains(item: Intent, side: Side) -> bool:
    return item.confidence >= CHAINING_CONFIDENCE and item.speaker is side


def _payload(material: MeetingMaterial, surest: Intent, found: list[Intent]) -> dict[str, object]:
    customer = material.customer
    return {
        "meeting_id": material.meeting.id,
        "contact_id": customer.contacts[0].id if customer.contacts else None,
        "deal_id": customer.deal.id if customer.deal else None,
        "turn": surest.turn,
        "evidence": [{"quote": item.quote, "turn": item.turn, "start_s": item.start_s} for item in found],
    }
