"""The modal in which a rep sets what is theirs to set."""

from dataclasses import dataclass
from datetime import time
from typing import ClassVar

from blocks.text import clean
from sequences.records.people import User

LONGEST_SIGNATURE = 1_000


@dataclass(frozen=True, kw_only=True)
class SettingsView:
    """Signature, quiet hours and how many cards an hour may come."""

    template: ClassVar[str] = "settings"
    signature: str
    quiet_start: str  # HH:MM, empty when there are no quiet hours
    quiet_end: str
    hourly: str

    @classmethod
    def of(cls, user: User) -> "SettingsView":
        return cls(
            signature=clean(user.signature)[:LONGEST_SIGNATURE],
            quiet_start=_clock(user.quiet_hours_start),
            quiet_end=_clock(user.quiet_hours_end),
            hourly=str(user.max_notifications_per_hour),
        )


def _clock(at: time | None) -> str:
    return f"{at:%H:%M}" if at else ""
