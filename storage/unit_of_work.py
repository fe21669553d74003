"""One unit of work: every repository on the same connection, in the same transaction."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncConnection

from storage.actions import PendingActions
from storage.cards import CardRows
from storage.costs import StoredCosts
from storage.crm import EmbeddedCrm
from storage.crm_writer import EmbeddedCrmWriter
from storage.cron_log import CronLog
from storage.deals import StoredDeals
from storage.deliveries import WebhookDeliveries
from storage.events import StoredEvents
from storage.held import HeldWork
from storage.jobs import SequenceJobs
from storage.meetings import StoredMeetings
from storage.notifications import SentNotifications
from storage.people import StoredPeople
from storage.recurring import StoredRecurringEvents


class UnitOfWork:
    """Implements ``sequences.ports.store.Transaction``. ``connection`` is for the rest of this package only."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection

    @cached_property
    def events(self) -> StoredEvents:
        return StoredEvents(self.connection)

    @cached_property
    def jobs(self) -> SequenceJobs:
        return SequenceJobs(self.connection)

    @cached_property
    def actions(self) -> PendingActions:
        return PendingActions(self.connection)

    @cached_property
    def cards(self) -> CardRows:
        return CardRows(self.connection)

    @cached_property
    def held(self) -> HeldWork:
        return HeldWork(self.connection)

    @cached_property
    def meetings(self) -> StoredMeetings:
        return StoredMeetings(self.connection)

    @cached_property
    def people(self) -> StoredPeople:
        return StoredPeople(self.connection)

    @cached_property
    def costs(self) -> StoredCosts:
        return StoredCosts(self.connection)

    @cached_property
    def notifications(self) -> SentNotifications:
        return SentNotifications(self.connection)

    @cached_property
    def deliveries(self) -> WebhookDeliveries:
        return WebhookDeliveries(self.connection)

    @cached_property
    def deals(self) -> StoredDeals:
        return StoredDeals(self.connection)

    @cached_property
    def recurring(self) -> StoredRecurringEvents:
        return StoredRecurringEvents(self.connection)

    @cached_property
    def cron_log(self) -> CronLog:
        return CronLog(self.connection)

    @cached_property
    def crm(self) -> EmbeddedCrm:
        return EmbeddedCrm(self.connection)

    @cached_property
    def crm_writer(self) -> EmbeddedCrmWriter:
        return EmbeddedCrmWriter(self.connection)
