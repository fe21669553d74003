"""The database: repositories grouped in a ``Transaction`` that commits as one or not at all.

Absent is ``None``; forbidden and broken raise.
"""

from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol, TypeVar

from sequences.ports.actions import Actions
from sequences.ports.arriving import Deliveries, Meetings
from sequences.ports.cards import Cards, Notifications
from sequences.ports.costs import Costs
from sequences.ports.crm import CrmReader, CrmWriter
from sequences.ports.crons import CronLog
from sequences.ports.deals import Deals
from sequences.ports.held import Held
from sequences.ports.people import People, Standing
from sequences.ports.recurring import RecurringEvents
from sequences.ports.work import Advance, Claimed, End, Events, Jobs
from sequences.records.card_row import CardRow
from sequences.records.cost import CostEvent
from sequences.records.cron import CronOutcome, CronTick
from sequences.records.delivery import Delivery, DeliveryStatus

__all__ = [
    "Actions",
    "Advance",
    "CardRow",
    "Cards",
    "Claimed",
    "CostEvent",
    "Costs",
    "CrmReader",
    "CrmWriter",
    "CronLog",
    "CronOutcome",
    "CronTick",
    "Deals",
    "Deliveries",
    "Delivery",
    "DeliveryStatus",
    "End",
    "Events",
    "FenceLostError",
    "Held",
    "Jobs",
    "Meetings",
    "Notifications",
    "People",
    "RecurringEvents",
    "Standing",
    "Store",
    "StoreError",
    "StoreRuleError",
    "Transaction",
]

T = TypeVar("T")


class StoreError(Exception):
    """The database cannot be reached, read or written; the message says what to do.

    A unit of work that raised it has changed nothing, unless the connection broke in the middle of the commit.
    """


class StoreRuleError(Exception):
    """What was to be stored refers to something that is gone, or breaks another rule of the schema."""


class FenceLostError(Exception):
    """Another invocation has claimed the job since; whatever this one still holds must not be written."""


class Transaction(Protocol):
    """One unit of work: everything below commits together when the block ends, or nothing does."""

    @property
    def events(self) -> Events: ...
    @property
    def jobs(self) -> Jobs: ...
    @property
    def actions(self) -> Actions: ...
    @property
    def cards(self) -> Cards: ...
    @property
    def held(self) -> Held: ...
    @property
    def meetings(self) -> Meetings: ...
    @property
    def people(self) -> People: ...
    @property
    def costs(self) -> Costs: ...
    @property
    def notifications(self) -> Notifications: ...
    @property
    def deliveries(self) -> Deliveries: ...
    @property
    def deals(self) -> Deals: ...
    @property
    def recurring(self) -> RecurringEvents: ...
    @property
    def cron_log(self) -> CronLog: ...
    @property
    def crm(self) -> CrmReader: ...
    @property
    def crm_writer(self) -> CrmWriter: ...


class Store(Protocol):
    """``join``, ``claim`` and ``advance`` are units of work that commit together when asked for at the same moment.

    Each returns when its own part is committed, and raises StoreError when it is not.
    """

    def begin(self) -> AbstractAsyncContextManager[Transaction]:
        """Commits when the block ends, rolls back when it raises."""

    def read(self) -> AbstractAsyncContextManager[Transaction]:
        """A consistent look without taking the right to write."""

    async def join(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        """``work`` may be done twice, when another one's failure undid the first time: it must touch tables only."""

    async def claim(self, job_id: str, *, now: datetime, lease: timedelta) -> Claimed | None:
        """As ``Jobs.claim`` with ``Jobs.steps``."""

    async def advance(self, advance: Advance) -> None:
        """As ``Jobs.record_step`` for each of the runs and ``Jobs.settle`` at the end; FenceLostError as there."""
