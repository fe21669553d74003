"""Read on in a meeting that sounds personal. The yes itself is all that happens: the run waits for it (BEYOND-10)."""

from datetime import timedelta

from sequences.actions.spec import ActionSpec
from sequences.records.action import ActionType, Risk
from sequences.records.base import Record


class SensitiveMeeting(Record):
    """``about`` is the noun phrase of the recogniser. Nobody's words are kept here."""

    meeting_id: str
    title: str
    about: str


READ_SENSITIVE_MEETING = ActionSpec(
    action_type=ActionType.READ_SENSITIVE_MEETING,
    payload=SensitiveMeeting,
    risk=Risk.HIGH,
    always_asks=True,
    expires_after=timedelta(hours=48),
)
