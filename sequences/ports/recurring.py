"""Who is due for what comes round again."""

from collections.abc import Sequence
from datetime import date, time
from typing import NamedTuple, Protocol

from sequences.records.base import Record
from sequences.records.event import EventType


class Rhythm(NamedTuple):
    """By whose clock some people live, and when they want their morning brief (None: at the usual hour)."""

    timezone: str
    briefing_time: time | None


class Occasion(Record):
    """One local day's round of an event in a zone: for everybody there, or for those with these briefing times."""

    event: EventType
    on: date
    timezone: str
    briefing_times: tuple[time | None, ...] | None = None

    def key_for(self, user_id: str) -> str:
        """The idempotency key of one person's event: it carries the date (CHAIN-14)."""
        return f"{self.key_start}{user_id}{self.key_end}"

    @property
    def key_start(self) -> str:
        return f"{self.event.value}:"

    @property
    def key_end(self) -> str:
        return f":{self.on.isoformat()}"


class Recipient(NamedTuple):
    org_id: str
    user_id: str


class RecurringEvents(Protocol):
    async def rhythms(self) -> Sequence[Rhythm]:
        """Each that some present member lives by, once."""

    async def take_turn(self) -> None:
        """Until the transaction ends nobody else, on any node, takes a turn: they wait, and then see what was done."""

    async def not_yet(self, occasion: Occasion, *, after: Recipient | None, limit: int) -> Sequence[Recipient]:
        """Present members of orgs that have the event switched on, without such an event yet, in order."""

    async def count_not_yet(self, occasion: Occasion) -> int: ...
