"""What comes round again: at its local time, every day or every week, each person's event is raised once (SRC-04).

Nothing remembers what has been raised but the events themselves, so any node may ask at any minute, and a tick that
was missed is caught up by the next one.
"""

import asyncio
import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sequences.intake import Intake
from sequences.ports.dispatch import Dispatcher, WorkKind
from sequences.ports.recurring import Occasion, Recipient, Rhythm
from sequences.ports.store import Store, Transaction
from sequences.records.event import Event, EventSource, EventType
from sequences.records.job import Job
from sequences.records.scheduling import Weekday
from sequences.scheduling.zones import moment_of
from sequences.sequence import Catalogue

log = logging.getLogger(__name__)

USUAL_TIME = time(8)
CATCH_UP = timedelta(hours=4)  # a morning that was missed by more is over
LOOK_BACK = timedelta(days=1)
BATCH = 100  # events in one transaction: long enough to be quick, short enough for a press to slip in between
BREATH = 0.05  # seconds between batches: other processes only look now and then whether SQLite is free
DAY = timedelta(days=1)


@dataclass(frozen=True, kw_only=True)
class Recurrence:
    """``at`` is a local time; None means each person's briefing time. ``weekday`` None means every day."""

    event: EventType
    source: EventSource
    at: time | None = None
    weekday: Weekday | None = None


RECURRENCES = (
    Recurrence(event=EventType.MORNING_BRIEF, source=EventSource.CRON_MORNING),
    Recurrence(event=EventType.CAMPAIGN_DAILY_CHECK, source=EventSource.CRON_CAMPAIGN_CHECK),
    Recurrence(
        event=EventType.COACHING_WEEKLY, source=EventSource.CRON_COACHING_WEEKLY, weekday=Weekday.MONDAY
    ),
    Recurrence(event=EventType.DEAL_RISK_SCAN, source=EventSource.CRON_PIPELINE_SCAN, at=time(8)),
)  # fmt: skip


def occasions(recurrence: Recurrence, rhythms: Iterable[Rhythm], *, after: datetime, until: datetime) -> list[Occasion]:
    """The rounds whose local time came in ``after`` (exclusive) to ``until``, one for each zone and local day.

    A local time that is left out or comes twice on a clock change comes once (``moment_of``). Both moments are UTC.
    """
    found: dict[tuple[str, date], set[time | None]] = {}
    for rhythm in rhythms:
        zone = _zone(rhythm.timezone)
        if zone is None:
            continue
        at = recurrence.at or rhythm.briefing_time or USUAL_TIME
        for on in _days(after.astimezone(zone).date(), until.astimezone(zone).date()):
            is_its_day = recurrence.weekday is None or on.weekday() == recurrence.weekday
            if is_its_day and after < moment_of(on, at, zone) <= until:
                found.setdefault((rhythm.timezone, on), set()).add(rhythm.briefing_time)
    return [
        Occasion(event=recurrence.event, on=on, timezone=zone, briefing_times=None if recurrence.at else tuple(times))
        for (zone, on), times in found.items()
    ]


class RecurringEvents:
    """Raises what is due. Several nodes may do so at the same moment; they take turns, batch by batch."""

    def __init__(self, *, store: Store, intake: Intake, catalogue: Catalogue, dispatcher: Dispatcher) -> None:
        self._store = store
        self._intake = intake
        self._dispatcher = dispatcher
        # What no sequence answers is not raised at all: a reason on thousands of rows each day helps nobody.
        self._answered = [one for one in RECURRENCES if catalogue.find(one.event)]
        self._seen_until: datetime | None = None

    async def raise_due(self, now: datetime) -> int:
        """How many events were raised. Those of the last hours that are missing are caught up; older ones are let go.

        StoreError when the database is away; what has been raised by then stays, and the next tick goes on behind it.
        """
        async with self._store.read() as tx:
            rhythms = await tx.recurring.rhythms()
        raised = 0
        for recurrence in self._answered:
            for occasion in occasions(recurrence, rhythms, after=now - CATCH_UP, until=now):
                raised += await self._raise_all(recurrence, occasion)
        await self._tell_missed(rhythms, now)
        self._seen_until = now
        return raised

    async def _raise_all(self, recurrence: Recurrence, occasion: Occasion) -> int:
        raised, after = 0, None
        while True:
            batch, after = await self._raise_some(recurrence, occasion, after)
            raised += batch
            if after is None:
                break
            await asyncio.sleep(BREATH)
        if raised:
            details = {"event_type": occasion.event, "on": occasion.on.isoformat(), "timezone": occasion.timezone}
            log.info("recurring events raised", extra={**details, "count": raised})
        return raised

    async def _raise_some(
        self, recurrence: Recurrence, occasion: Occasion, after: Recipient | None
    ) -> tuple[int, Recipient | None]:
        """One transaction; answers how many were raised and behind whom to go on, None at the end."""
        async with self._store.begin() as tx:
            await tx.recurring.take_turn()
            people = await tx.recurring.not_yet(occasion, after=after, limit=BATCH)
            jobs = [await self._raise_one(tx, recurrence, occasion, one) for one in people]
        for job in jobs:
            if job:
                self._dispatcher.wake(WorkKind.JOB, job.id, at=job.run_at, org_id=job.org_id)
        return len(people), people[-1] if len(people) == BATCH else None

    async def _raise_one(
        self, tx: Transaction, recurrence: Recurrence, occasion: Occasion, to: Recipient
    ) -> Job | None:
        event = Event(
            type=recurrence.event,
            source=recurrence.source,
            org_id=to.org_id,
            user_id=to.user_id,
            payload={"on": occasion.on.isoformat()},
            idempotency_key=occasion.key_for(to.user_id),
        )
        return (await self._intake.accept(tx, event)).job

    async def _tell_missed(self, rhythms: Iterable[Rhythm], now: datetime) -> None:
        """Rounds that came while nobody asked, and are too long ago by now, leave a line in the log.

        At the start it is no warning: those whom it counts may be new themselves.
        """
        level = logging.WARNING if self._seen_until else logging.INFO
        since = max(self._seen_until or now - LOOK_BACK, now - LOOK_BACK)
        late = now - CATCH_UP
        if since >= late:
            return
        rhythms = list(rhythms)
        async with self._store.read() as tx:
            for recurrence in self._answered:
                for occasion in occasions(recurrence, rhythms, after=since, until=late):
                    count = await tx.recurring.count_not_yet(occasion)
                    if count:
                        details = {"event_type": occasion.event, "on": occasion.on.isoformat(), "count": count}
                        log.log(level, "recurring events skipped: their time is long over", extra=details)


def _days(first: date, last: date) -> Iterator[date]:
    while first <= last:
        yield first
        first += DAY


def _zone(name: str) -> ZoneInfo | None:
    """None for what the zone data does not know: one person's odd profile holds up nobody else."""
    try:
        return ZoneInfo(name)
    except (LookupError, OSError, ValueError):
        log.warning("unknown timezone: nothing recurring is raised there", extra={"timezone": name})
        return None
