"""A labelled transcript as a skill sees a meeting."""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum

from sequences.evaluation.labelled import LabelledTranscript, LabelledTurn
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting, Participant, Role, Side, Transcript, Turn
from sequences.records.people import Org, User
from sequences.skills.sides import assign_sides
from sequences.transcripts.voices import told_apart

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
        Turn(index=at, speaker=turn.speaker, text=turn.text, start_s=turn.start_s, end_s=turn.end_s, role=turn.role)
        for at, turn in enumerate(transcript.turns)
    )
    # The engine is told the sides apart from the words, and never by a turn.
    turns = tuple(turn.model_copy(update={"role": None}) for turn in told_apart(turns))
    words = Transcript(turns=turns)
    names = tuple(dict.fromkeys(turn.speaker for turn in turns))
    rep = next((turn.speaker for turn, said in _both(words, transcript) if said.role is Role.REP), REP.name)
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
        return {turn.speaker: Side.REP for turn in words.turns}
    if seating is Seating.NAMES:
        ours = dict.fromkeys(turn.speaker for turn, said in _both(words, transcript) if said.role in OURS)
        return assign_sides(words, our_names=list(ours))
    sides: dict[str, Side] = {}
    for turn, said in _both(words, transcript):
        # A recorder may give one voice's turn to another; the first role that says something stands.
        if sides.get(turn.speaker, Side.UNKNOWN) is Side.UNKNOWN:
            sides[turn.speaker] = said.role.side
    return sides


def _both(words: Transcript, transcript: LabelledTranscript) -> Iterable[tuple[Turn, LabelledTurn]]:
    """Each turn as the engine sees it, and as its author wrote it down."""
    return zip(words.turns, transcript.turns, strict=True)
