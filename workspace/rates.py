"""Rate tiers per method and app. Off unless a scale is given: then Slack's own numbers times that scale."""

from collections import defaultdict, deque
from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil

WINDOW = timedelta(minutes=1)
PER_MINUTE = {1: 1, 2: 20, 3: 50, 4: 100, "post": 60, "webhook": 60, "special": 600}


class Rates:
    """``scale`` 1.0 is as strict as Slack says it is, 10.0 ten times as generous, ``None`` without limits."""

    def __init__(self, clock: Callable[[], datetime], scale: float | None = None) -> None:
        self._clock = clock
        self._scale = scale
        self._calls: dict[tuple[str, str], deque[datetime]] = defaultdict(deque)

    def seconds_to_wait(self, app_id: str, method: str, tier: int | str) -> int:
        """0 when the call is allowed (and counted), else what goes into ``Retry-After``."""
        if self._scale is None:
            return 0
        now = self._clock()
        calls = self._calls[app_id, method]
        while calls and now - calls[0] >= WINDOW:
            calls.popleft()
        if len(calls) >= max(1, int(PER_MINUTE[tier] * self._scale)):
            return max(1, ceil((calls[0] + WINDOW - now).total_seconds()))
        calls.append(now)
        return 0
