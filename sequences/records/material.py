"""What every skill of one meeting reads: assembled once per run, never stored with the job (INTENT-21)."""

from sequences.records.base import Record
from sequences.records.crm import CustomerPicture
from sequences.records.meeting import Meeting, Side, Transcript
from sequences.records.people import Org, User


class MeetingMaterial(Record):
    """One meeting with its transcript, its people and what the CRM knows.

    ``sides`` maps each speaker name, exactly as the transcript spells it, to a side.
    ``timezone`` is the IANA zone in which "tomorrow" and "by Friday" are to be read (the rep's).
    """

    meeting: Meeting
    transcript: Transcript
    sides: dict[str, Side]
    rep: User
    org: Org
    timezone: str
    customer: CustomerPicture = CustomerPicture()
    sent_mails: tuple[str, ...] = ()  # bodies that the rep sent, newest first: how the rep writes, and nothing else

    @property
    def is_internal(self) -> bool:
        """Whether everybody who spoke is on our side."""
        return bool(self.sides) and all(side is Side.REP for side in self.sides.values())
