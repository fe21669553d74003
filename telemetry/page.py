"""The page that Prometheus reads: what this process did, and how the queues stand in the tables that all share."""

import asyncio
from datetime import datetime, timedelta

from prometheus_client import Gauge

from sequences.ports.dispatch import Clock
from sequences.ports.figures import Figures
from sequences.ports.store import StoreError
from sequences.records.figures import Backlog
from telemetry.metrics import Metrics

KEPT = timedelta(seconds=5)  # several scrapers, or an impatient one, cost one look at the tables


class Page:
    """Queue figures are the same on every node: take one node's, or the maximum, never the sum."""

    def __init__(self, *, metrics: Metrics, figures: Figures, clock: Clock) -> None:
        self._metrics = metrics
        self._figures = figures
        self._clock = clock
        self._looked_at: datetime | None = None
        self._looking = asyncio.Lock()
        self._is_up = self._gauge("database_up", "Whether the database answered this process just now.")
        self._due = self._gauge("queue_due", "Work that could be done now.", "kind")
        self._age = self._gauge("queue_oldest_due_seconds", "For how long the oldest of it has waited.", "kind")
        self._jobs = self._gauge("jobs_open", "Jobs that are not finished.", "status")
        self._actions = self._gauge("actions_open", "Actions that are not settled.", "status")
        self._ticks = self._gauge("cron_last_success_timestamp_seconds", "The last good tick.", "cron")

    async def text(self) -> bytes:
        async with self._looking:
            now = self._clock()
            if self._looked_at is None or abs(now - self._looked_at) >= KEPT:
                await self._look(now)
                self._looked_at = now
        return self._metrics.text()

    async def _look(self, now: datetime) -> None:
        """Old figures would look like good ones, so without a database there are none."""
        for gauge in (self._due, self._age, self._jobs, self._actions, self._ticks):
            gauge.clear()
        try:
            backlog = await self._figures.backlog(now)
        except StoreError:
            self._is_up.set(0)
            return
        self._is_up.set(1)
        self._show(backlog, now)

    def _show(self, backlog: Backlog, now: datetime) -> None:
        for queue in backlog.queues:
            self._due.labels(queue.kind).set(queue.due)
            age = (now - queue.oldest_due_at).total_seconds() if queue.oldest_due_at else 0
            self._age.labels(queue.kind).set(max(0, age))
        for status, count in backlog.open_jobs.items():
            self._jobs.labels(status).set(count)
        for status, count in {"pending_confirmation": 0, **backlog.open_actions}.items():
            self._actions.labels(status).set(count)
        for name, at in backlog.crons.items():
            self._ticks.labels(name).set(at.timestamp())

    def _gauge(self, name: str, about: str, *labels: str) -> Gauge:
        return Gauge(f"sixty_{name}", about, labels, registry=self._metrics.registry)
