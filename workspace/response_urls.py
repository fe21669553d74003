"""Response addresses: the right to answer an interaction, five times within thirty minutes."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from secrets import token_hex

from workspace.wire import SlackError

LIFETIME = timedelta(minutes=30)
USES = 5
REMEMBERED = 100_000  # far more than thirty minutes bring


@dataclass
class Reply:
    """What an answer refers to. ``message_ts`` is the message that was pressed, ``None`` for a command."""

    app_id: str
    user_id: str
    channel_id: str
    issued_at: datetime
    message_ts: str | None = None
    thread_ts: str | None = None
    uses: int = 0


class ResponseUrls:
    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._issued: dict[str, Reply] = {}

    def issue(
        self,
        app_id: str,
        user_id: str,
        channel_id: str,
        *,
        message_ts: str | None = None,
        thread_ts: str | None = None,
    ) -> str:
        """The last part of the address."""
        reply_id = token_hex(12)
        if len(self._issued) >= REMEMBERED:
            del self._issued[next(iter(self._issued))]
        self._issued[reply_id] = Reply(app_id, user_id, channel_id, self._clock(), message_ts, thread_ts)
        return reply_id

    def redeem(self, reply_id: str) -> Reply:
        """Counts one use. Raises ``invalid_url``, ``expired_url`` or ``used_url``."""
        reply = self._issued.get(reply_id)
        if reply is None:
            raise SlackError("invalid_url")
        if self._clock() - reply.issued_at > LIFETIME:
            raise SlackError("expired_url")
        if reply.uses >= USES:
            raise SlackError("used_url")
        reply.uses += 1
        return reply
