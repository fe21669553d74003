"""All that can be counted in one meeting (COACH-04, COACH-06, COACH-08, COACH-10)."""

from sequences.coaching.floor import interruptions, longest_monologue, talk_share
from sequences.coaching.objections import objections_of
from sequences.coaching.questions import questions_of, unanswered
from sequences.records.coaching import CoachingFacts
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side


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
        objections=objections_of(turns, sides),
        interruptions=interruptions(turns, sides),
    )
