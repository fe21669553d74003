"""Messages that apps have scheduled; they are posted when their time has come."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from workspace.ids import Ids
from workspace.wire import Json, SlackError

FARTHEST_SECONDS = 120 * 86_400
MOST = 30  # to one channel within five minutes
WINDOW_SECONDS = 300
LAST_CALL_SECONDS = 60  # from then on nothing is called back


@dataclass(frozen=True)
class Scheduled:
    """``post_at`` in epoch seconds; ``send`` posts it."""

    id: str
    app_id: str
    channel_id: str
    post_at: int
    created: int
    text: str
    send: Callable[[], object]

    def to_json(self) -> Json:
        return {
            "id": self.id,
            "channel_id": self.channel_id,
            "post_at": self.post_at,
            "date_created": self.created,
            "text": self.text,
        }


class ScheduledMessages:
    def __init__(self, ids: Ids) -> None:
        self.waiting: dict[str, Scheduled] = {}
        self._ids = ids
        self._timers: set[asyncio.TimerHandle] = set()

    def add(self, *, app_id: str, channel_id: str, post_at: int, text: str, send: Callable[[], object]) -> Scheduled:
        """Raises ``time_in_past``, ``time_too_far`` (more than 120 days) or ``restricted_too_many``."""
        now = self._ids.epoch()
        if post_at <= now:
            raise SlackError("time_in_past")
        if post_at - now > FARTHEST_SECONDS:
            raise SlackError("time_too_far")
        window = post_at // WINDOW_SECONDS
        if (
            sum((one.channel_id, one.post_at // WINDOW_SECONDS) == (channel_id, window) for one in self._of(app_id))
            >= MOST
        ):
            raise SlackError("restricted_too_many")
        message = Scheduled(self._ids.new("Q"), app_id, channel_id, post_at, now, text, send)
        self.waiting[message.id] = message
        timer = asyncio.get_running_loop().call_later(post_at - now, self.post_due)
        self._timers.add(timer)
        return message

    def _of(self, app_id: str) -> list[Scheduled]:
        return [message for message in self.waiting.values() if message.app_id == app_id]

    def remove(self, message_id: str, app_id: str) -> None:
        message = self.waiting.get(message_id)
        if message is None or message.app_id != app_id or message.post_at - self._ids.epoch() < LAST_CALL_SECONDS:
            raise SlackError("invalid_scheduled_message_id")
        del self.waiting[message_id]

    def post_due(self) -> None:
        """Posts everything whose time has come; also called when a clock was moved."""
        now = self._ids.epoch()
        for message in sorted(self.waiting.values(), key=lambda one: one.post_at):
            if message.post_at <= now:
                del self.waiting[message.id]
                message.send()

    def close(self) -> None:
        for timer in self._timers:
            timer.cancel()
