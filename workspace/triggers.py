"""Trigger ids: the right to open a modal, given with an interaction. Three seconds, one use."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from secrets import token_hex

from workspace.wire import SlackError

REMEMBERED = 10_000  # the oldest are forgotten; they have expired long ago


@dataclass
class Trigger:
    user_id: str
    app_id: str
    issued_at: datetime
    view_id: str | None = None  # the modal it was given in
    channel_id: str | None = None
    is_used: bool = False


class Triggers:
    """``lifetime`` is Slack's three seconds unless a test needs another."""

    def __init__(self, clock: Callable[[], datetime], lifetime: timedelta = timedelta(seconds=3)) -> None:
        self._clock = clock
        self._lifetime = lifetime
        self._issued: dict[str, Trigger] = {}
        self._numbers = count(7_000_000_000_001)

    def issue(self, user_id: str, app_id: str, *, view_id: str | None = None, channel_id: str | None = None) -> str:
        trigger_id = f"{next(self._numbers)}.{next(self._numbers)}.{token_hex(16)}"
        if len(self._issued) >= REMEMBERED:
            del self._issued[next(iter(self._issued))]
        self._issued[trigger_id] = Trigger(user_id, app_id, self._clock(), view_id, channel_id)
        return trigger_id

    def redeem(self, trigger_id: str, app_id: str) -> Trigger:
        """Raises ``invalid_trigger_id``, ``exchanged_trigger_id`` or ``expired_trigger_id``."""
        trigger = self._issued.get(trigger_id)
        if trigger is None or trigger.app_id != app_id:
            raise SlackError("invalid_trigger_id")
        if trigger.is_used:
            raise SlackError("exchanged_trigger_id")
        if self._clock() - trigger.issued_at > self._lifetime:
            raise SlackError("expired_trigger_id")
        trigger.is_used = True
        return trigger
