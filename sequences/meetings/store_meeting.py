"""A transcript with what is known around it becomes a stored meeting."""

import math
from datetime import UTC, datetime, timedelta

from sequences.ids import new_id
from sequences.ports.store import Transaction
from sequences.records.base import Record
from sequences.records.meeting import Meeting, Participant, Transcript
from sequences.transcripts.english import is_english

# A source may say anything; what lies outside of these is no time of a meeting.
EARLIEST, LATEST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
LONGEST = timedelta(hours=24)


class SoloRecordingError(Exception):
    """Only one person was there, so nothing is to be done (MEET-05)."""


class NotEnglishError(Exception):
    """Sixty understands English alone so far (EXCL-04); guessing at anything else would cost trust."""

    def __init__(self) -> None:
        super().__init__("This conversation seems not to be in English, and English is all I understand so far.")


class Around(Record):
    """What the source says beside the transcript; the transcript's own word fills what is missing."""

    org_id: str
    source: str
    external_id: str
    title: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    participants: tuple[Participant, ...] = ()


def meeting_of(around: Around, transcript: Transcript, *, received_at: datetime) -> Meeting:
    """SoloRecordingError when there was nobody to meet, NotEnglishError when it cannot be understood."""
    people = everybody(around.participants, transcript)
    if len(people) < 2:
        raise SoloRecordingError("Only one person was there: a solo recording, not a meeting.")
    if not is_english(transcript):
        raise NotEnglishError
    length = _length(transcript)
    started_at = _possible(around.started_at) or _possible(transcript.started_at) or received_at - length
    return Meeting(
        id=new_id("meeting"),
        org_id=around.org_id,
        title=around.title or transcript.title or f"Meeting with {_some_names(people)}",
        started_at=started_at,
        ended_at=_possible(around.ended_at) or (started_at + length if length else None),
        source=around.source,
        external_id=around.external_id,
        participants=people,
    )


def _length(transcript: Transcript) -> timedelta:
    """Up to the last word, as far as the source tells."""
    moments = [turn.end_s or turn.start_s or 0.0 for turn in transcript.turns]
    latest = max((moment for moment in moments if math.isfinite(moment)), default=0.0)
    return timedelta(seconds=min(latest, LONGEST.total_seconds()))


def _possible(moment: datetime | None) -> datetime | None:
    return moment if moment and EARLIEST <= moment < LATEST else None


def everybody(invited: tuple[Participant, ...], transcript: Transcript) -> tuple[Participant, ...]:
    """Invited, listed or speaking: each once, by name."""
    found: dict[str, Participant] = {}
    speakers = tuple(Participant(name=turn.speaker) for turn in transcript.turns if turn.speaker.strip())
    for person in (*invited, *transcript.participants, *speakers):
        key = " ".join(person.name.split()).casefold()
        known = found.get(key)
        if known is None:
            found[key] = person
        else:
            is_organizer = known.is_organizer or person.is_organizer
            found[key] = known.model_copy(update={"email": known.email or person.email, "is_organizer": is_organizer})
    return tuple(found.values())


def _some_names(people: tuple[Participant, ...]) -> str:
    names = [person.name for person in people[:3]]
    return ", ".join(names[:-1]) + f" and {names[-1]}"


async def keep(tx: Transaction, meeting: Meeting, transcript: Transcript) -> str:
    """The id under which the meeting is stored: an earlier one when the same meeting was delivered before."""
    return await tx.meetings.add(meeting, transcript)
