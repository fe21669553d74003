"""The time in a workspace: the real one, until somebody moves it forward to see what happens then."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta


def utc_now() -> datetime:
    return datetime.now(UTC)


class Clock:
    """Runs on from wherever it was moved to. Never backwards: messages would come before their causes."""

    def __init__(self, base: Callable[[], datetime] = utc_now, *, ahead: timedelta = timedelta()) -> None:
        self._base = base
        self.ahead = ahead

    def now(self) -> datetime:
        return self._base() + self.ahead

    def move(self, by: timedelta) -> datetime:
        """Raises ValueError for a step back."""
        if by < timedelta():
            raise ValueError("time only moves forward")
        self.ahead += by
        return self.now()

    def move_to(self, moment: datetime) -> datetime:
        return self.move(moment - self.now())
