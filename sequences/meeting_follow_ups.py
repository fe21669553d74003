"""Which events a meeting raises: only for what somebody certainly said, one of each type (INTENT-06 … 09, 16)."""

import re

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
_IN_PRICES = re.compile(r"\b(?:pric(?:e|es|ing)|rate cards?|tariffs?|fees?|quot(?:e|es|ation)|costs)\b", re.IGNORECASE)


def follow_ups_of(material: MeetingMaterial, intents: Intents) -> tuple[FollowUp, ...]:
    """One follow-up per type of event, resting on its surest detection, with the others as further evidence."""
    found: dict[EventType, list[Intent]] = {}
    for item in intents.items:
        event_type = _raised_by(item)
        if event_type:
            found.setdefault(event_type, []).append(item)
    if EventType.PROPOSAL_GENERATION in found:
        found.pop(EventType.PRICING_RETRIEVAL, None)  # the prices that were asked for are in the proposal
    return tuple(_follow_up(material, event_type, items) for event_type, items in found.items())


def _raised_by(item: Intent) -> EventType | None:
    event_type, side = _RAISES.get(item.kind, (None, None))
    if item.speaker is not side or item.confidence < CHAINING_CONFIDENCE:
        return None
    if event_type is EventType.CONTENT_RETRIEVAL and _IN_PRICES.search(item.quote):
        return EventType.PRICING_RETRIEVAL
    return event_type


def _follow_up(material: MeetingMaterial, event_type: EventType, found: list[Intent]) -> FollowUp:
    surest = max(found, key=lambda item: item.confidence)
    return FollowUp(
        type=event_type, reason=surest.quote, payload=_payload(material, surest, found), key=surest.kind.value
    )


def _payload(material: MeetingMaterial, surest: Intent, found: list[Intent]) -> dict[str, object]:
    customer = material.customer
    return {
        "meeting_id": material.meeting.id,
        "contact_id": customer.contacts[0].id if customer.contacts else None,
        "deal_id": customer.deal.id if customer.deal else None,
        "turn": surest.turn,
        "evidence": [{"quote": item.quote, "turn": item.turn, "start_s": item.start_s} for item in found],
    }
