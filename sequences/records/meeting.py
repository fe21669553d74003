"""What a meeting is to Sixty: who was there, what was said, and who sits on which side of the table."""

from enum import StrEnum

from pydantic import AwareDatetime

from sequences.records.base import Record


class Side(StrEnum):
    """The side of the table that a speaker sits on."""

    REP = "rep"  # anyone of our own company, not only the rep who owns the meeting
    PROSPECT = "prospect"
    UNKNOWN = "unknown"  # no certainty; nothing that needs an owner may follow from it


class Role(StrEnum):
    """What a transcript itself says of a speaker, when it does."""

    REP = "rep"
    INTERNAL = "internal"  # a colleague of the rep
    PROSPECT = "prospect"
    OTHER = "other"  # present, but on neither side

    @property
    def side(self) -> Side:
        if self in (Role.REP, Role.INTERNAL):
            return Side.REP
        return Side.PROSPECT if self is Role.PROSPECT else Side.UNKNOWN


class Participant(Record):
    """Somebody who was invited or present. ``email`` is lower case, ``None`` when the source has none."""

    name: str
    email: str | None = None
    is_organizer: bool = False


class Turn(Record):
    """One uninterrupted utterance. ``index`` counts from 0; times are seconds from the start of the recording."""

    index: int
    speaker: str
    text: str
    start_s: float | None = None
    end_s: float | None = None
    role: Role | None = None  # of the speaker; ``None`` when the source does not say


class Transcript(Record):
    """A whole conversation in order. ``title``, ``started_at`` and ``participants`` only when the file says so."""

    turns: tuple[Turn, ...]
    participants: tuple[Participant, ...] = ()
    title: str | None = None
    started_at: AwareDatetime | None = None
    source_format: str = "json"  # webvtt | srt | meetingbaas | text | json


class Meeting(Record):
    """A meeting that took place, as stored. The transcript is kept apart and reached by ``id``."""

    id: str
    org_id: str
    title: str
    started_at: AwareDatetime
    ended_at: AwareDatetime | None = None
    source: str  # webhook:meetingbaas, cli:meeting …
    external_id: str  # the source's own id; unique per org and source
    participants: tuple[Participant, ...] = ()
    rep_user_id: str | None = None
