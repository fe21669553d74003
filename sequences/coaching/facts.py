"""All that can be counted in one meeting (COACH-04, COACH-06, COACH-08, COACH-10)."""

from sequences.coaching.floor import interruptions, longest_monologue, talk_share
from sequences.coaching.objections import objections_of
from sequences.coaching.questions import questions_of, unanswered
from sequences.records.coaching import CoachingFacts
from sequences.records.insight import IntentKind
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side
from sequences.skills.detect_intents import detect_offline


def coaching_facts(material: MeetingMaterial) -> CoachingFacts:
    """Empty for a meeting among ourselves: there is nobody to discover."""
    if material.is_internal:
        return CoachingFacts()
    turns, sides = material.transcript.turns, material.sides
    return CoachingFacts(
        talk=talk_share(turns, sides),
        longest_monologue=longest_monologue(turns, sides),
        questions=questions_of(turns, sides, Side.REP),
        unanswered=unanswered(turns, sides),
        objections=objections_of(turns, sides, too_dear=_too_dear(material)),
        interruptions=interruptions(turns, sides),
    )


def _too_dear(material: MeetingMaterial) -> dict[int, str]:
    """What the offline rules hear as a concern about price or budget, whichever engine answers for the skills."""
    return {
        item.turn: item.quote
        for item in detect_offline(material).items
        if item.kind is IntentKind.BUYING_NEGATIVE and item.speaker is Side.PROSPECT
    }
