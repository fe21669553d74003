"""Cards, and the ledger of what was sent."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Protocol

from sequences.ports.dispatch import Due
from sequences.records.card_row import CardRow


class Cards(Protocol):
    async def add(self, card: CardRow) -> bool:
        """False when the key exists."""

    async def get(self, card_id: str) -> CardRow | None: ...
    async def by_key(self, key: str) -> CardRow | None: ...
    async def touch(self, card_id: str, *, now: datetime) -> None:
        """The truth has changed: rev + 1, to be shown now."""

    async def claim(self, card_id: str, *, now: datetime, lease: timedelta) -> CardRow | None:
        """Take the right to show it when ``rev > shown_rev``, it is due and nobody else holds it.

        ``attempts`` grows by one: above 1, an earlier showing did not come to its end and may have reached Slack.
        """

    async def shown(
        self, card_id: str, *, rev: int, channel_id: str, message_ts: str, again_at: datetime | None
    ) -> None:
        """Release it. ``again_at`` asks for one more showing then (a countdown)."""

    async def failed(self, card_id: str, *, attempts: int, retry_at: datetime) -> None:
        """Release it; nothing happens when somebody has claimed or shown it since the ``attempts``-th try."""

    async def lay_aside(self, card_id: str, *, rev: int) -> None:
        """Release it without a place in Slack: nothing is due until its truth changes again."""

    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]: ...


class Notifications(Protocol):
    """``slack_notifications_sent``: the ledger that the hourly cap reads (QUIET-04)."""

    async def add(self, *, org_id: str, user_id: str, category: str, card_id: str | None, at: datetime) -> None:
        """A card is in the ledger once; a second try moves its time."""

    async def count(self, user_id: str, *, since: datetime) -> int: ...
    async def room_at(self, user_id: str, *, most: int, now: datetime, besides: str) -> datetime | None:
        """When one more may be sent without more than ``most`` in any hour; None for at once.

        ``besides`` is the card that asks: an earlier try of it does not stand in its way.
        """

    async def is_muted(self, user_id: str, category: str) -> bool: ...
    async def mute(self, user_id: str, category: str, *, at: datetime) -> None:
        """ "Less of this": kept per user and category."""

    async def unmute(self, user_id: str, category: str) -> None: ...
    async def muted(self, user_id: str) -> list[str]: ...
