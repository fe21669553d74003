"""A clock that does not go back. What is due in the tables is due by the wall clock, and that may be set."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sequences.ports.dispatch import Clock

CATCHING_UP = 0.5  # of real time


def utc_now() -> datetime:
    """The wall clock."""
    return datetime.now(UTC)


class SteadyClock:
    """The wall clock; after that was set back, half as fast as time itself until the wall clock has caught up.

    Otherwise a job accepted the moment before would not be due, and a dead worker's lease not over, for as long as
    the clock went back. Forwards it follows at once: that is what waking from a suspension looks like.
    """

    def __init__(self, wall: Clock, *, elapsed: Callable[[], float] = time.monotonic) -> None:
        self._wall = wall
        self._elapsed = elapsed
        self._shown = wall()
        self._shown_at = elapsed()

    def __call__(self) -> datetime:
        elapsed = self._elapsed()
        at_least = self._shown + timedelta(seconds=(elapsed - self._shown_at) * CATCHING_UP)
        self._shown, self._shown_at = max(self._wall(), at_least), elapsed
        return self._shown
