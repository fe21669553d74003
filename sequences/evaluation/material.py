"""A labelled transcript as a skill sees a meeting."""

from datetime import UTC, datetime
from enum import StrEnum

from sequences.evaluation.labelled import LabelledTranscript
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting, Participant, Role, Side, Transcript, Turn
from sequences.records.people import Org, User
from sequences.skills.sides import assign_sides

# A Monday; no label depends on the date, and the same files give the same results on any day.
HELD_AT = datetime(2026, 1, 5, 10, tzinfo=UTC)
OURS = (Role.REP, Role.INTERNAL)
ORG = Org(id="org_evaluation", name="Our company", team_id="T0")
REP = User(id="user_evaluation", org_id=ORG.id, slack_user_id="U0", name="Our rep")


class Seating(StrEnum):
    """How an engine learns who sits where."""

    ROLES = "roles"  # as the file says
    NAMES = "names"  # only the names of our people, as `sixty meeting --rep` gives them


def material_of(transcript: LabelledTranscript, seating: Seating = Seating.ROLES) -> MeetingMaterial:
    turns = tuple(
        Turn(index=at, speaker=turn.speaker, text=turn.text, start_s=turn.start_s, end_s=turn.end_s)
        for at, turn in enumerate(transcript.turns)
    )
    names = tuple(dict.fromkeys(turn.speaker for turn in turns))
    rep = next((turn.speaker for turn in transcript.turns if turn.role is Role.REP), REP.name)
    words = Transcript(turns=turns)
    return MeetingMaterial(
        meeting=Meeting(
            id=f"meeting_{transcript.id}",
            org_id=ORG.id,
            title=f"Meeting {transcript.id}",
            started_at=HELD_AT,
            source="evaluation",
            external_id=transcript.id,
            participants=tuple(Participant(name=name) for name in names),
        ),
        transcript=words,
        sides=_sides(transcript, words, seating),
        rep=REP.model_copy(update={"name": rep}),
        org=ORG,
        timezone="UTC",
    )


def _sides(transcript: LabelledTranscript, words: Transcript, seating: Seating) -> dict[str, Side]:
    """Without a prospect a meeting is internal, whoever else was there."""
    if transcript.roles & set(OURS) and Role.PROSPECT not in transcript.roles:
        return {turn.speaker: Side.REP for turn in transcript.turns}
    if seating is Seating.NAMES:
        ours = dict.fromkeys(turn.speaker for turn in transcript.turns if turn.role in OURS)
        return assign_sides(words, our_names=list(ours))
    sides: dict[str, Side] = {}
    for turn in transcript.turns:
        # A recorder may give one voice's turn to another; the first role that says something stands.
        if sides.get(turn.speaker, Side.UNKNOWN) is Side.UNKNOWN:
            sides[turn.speaker] = turn.role.side
    return sides
