"""Ids and time stamps that look like Slack's and never repeat within a workspace."""

import string
from collections.abc import Callable
from datetime import datetime
from itertools import count

from workspace.clock import utc_now

_DIGITS = string.digits + string.ascii_uppercase
_START = 36**6  # so that all ids have the same length from the first one on


class Ids:
    """Hands out ids and message time stamps; the same calls give the same ids, which keeps test output stable."""

    def __init__(self, clock: Callable[[], datetime] = utc_now) -> None:
        self._clock = clock
        self._numbers = count(_START)
        self._last_ts = 0

    def new(self, prefix: str) -> str:
        """An id such as ``U01000000A``."""
        return f"{prefix}0{_base36(next(self._numbers)):0>8}"

    def ts(self) -> str:
        """A message time stamp, later than every one before it."""
        self._last_ts = max(self._last_ts + 1, int(self._clock().timestamp() * 1_000_000))
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def now(self) -> datetime:
        return self._clock()

    def epoch(self) -> int:
        return int(self._clock().timestamp())


def _base36(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = _DIGITS[rest] + digits
    return digits or "0"
