"""What can be seen of a running process from outside, wired: readiness, one check per part, and the figures."""

import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import timedelta

from aiohttp import web

from config import Role, Settings
from sequences.ports.dispatch import Clock
from sequences.ports.store import StoreError
from storage.metrics import StoredFigures
from storage.schema import SchemaBehindError, require_schema
from telemetry.page import Page
from web.health import Check, Health
from web.metrics import make_metrics_app
from wiring import Core

log = logging.getLogger(__name__)

SWEPT_WITHIN = timedelta(minutes=1)

Trouble = Callable[[], str | None]


def no_trouble() -> str | None:
    return None


@dataclass(kw_only=True)
class Watch:
    """``slack`` says why Slack cannot reach this process; the role slack sets it as it opens."""

    core: Core
    clock: Clock
    roles: frozenset[Role]
    slack: Trouble | None = None

    def health(self) -> Health:
        """Only what this process's roles stand on."""
        checks: dict[str, Check] = {"database": self._database, "schema": self._schema}
        if Role.SLACK in self.roles:
            checks["slack"] = self._slack
        if Role.SCHEDULER in self.roles:
            checks["sweep"] = self._sweep
        return Health(checks)

    async def _database(self) -> str | None:
        """Where the database is and what it said is for the log: whoever asks may be a stranger."""
        try:
            await self.core.store.ping()
        except StoreError as error:
            log.warning("database check failed", extra={"reason": str(error)})
            return "the database cannot be used; the log says why"
        return None

    async def _schema(self) -> str | None:
        try:
            await require_schema(self.core.store)
        except SchemaBehindError as error:
            return str(error)
        except StoreError:
            return "the database cannot be asked"
        return None

    async def _slack(self) -> str | None:
        trouble = self.slack() if self.slack else "not open yet"
        return f"not connected to Slack: {trouble}" if trouble else None

    async def _sweep(self) -> str | None:
        swept_at = self.core.dispatcher.swept_at
        if swept_at is None:
            return "the tables have not been asked for due work yet"
        age = self.clock() - swept_at
        if age <= SWEPT_WITHIN:
            return None
        return f"the tables were last asked for due work {age.total_seconds():.0f} seconds ago; see the log"


@contextlib.asynccontextmanager
async def showing_metrics(settings: Settings, core: Core, clock: Clock) -> AsyncIterator[int | None]:
    """GET /metrics while the block lasts, when the settings name an address. Answers the bound port."""
    address = settings.metrics_address
    if address is None:
        yield None
        return
    page = Page(metrics=core.telemetry, figures=StoredFigures(core.store), clock=clock)
    runner = web.AppRunner(make_metrics_app(page.text), access_log=None)
    await runner.setup()
    try:
        await web.TCPSite(runner, *address).start()
        yield int(runner.addresses[0][1])
    finally:
        await runner.cleanup()
