"""The modal in which a rep sets what is theirs to set."""

from dataclasses import dataclass
from datetime import time
from typing import ClassVar

from blocks.text import clean
from sequences.records.people import User

LONGEST_SIGNATURE = 1_000


@dataclass(frozen=True, kw_only=True)
class SettingsView:
    """Signature, quiet hours, how many cards an hour may come and how many mails a day may leave."""

    template: ClassVar[str] = "settings"
    signature: str
    quiet_start: str  # HH:MM, empty when there are no quiet hours
    quiet_end: str
    hourly: str
    daily_mails: str

    @classmethod
    def of(cls, user: User) -> "SettingsView":
        return cls(
            signature=clean(user.signature)[:LONGEST_SIGNATURE],
            quiet_start=_clock(user.quiet_hours_start),
            quiet_end=_clock(user.quiet_hours_end),
            hourly=str(user.max_notifications_per_hour),
            daily_mails=str(user.daily_send_limit),
        )


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""
