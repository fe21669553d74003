"""A look at what the tables say is still to be done, from outside and without the app's own queries."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Table, select
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from storage import tables

Clue = tuple[str, str, datetime | None]  # what, id, when


@dataclass(frozen=True, kw_only=True)
class Glance:
    """``in_hand`` is held by a worker or was when it died; ``to_do`` is due now; ``later`` waits for its next try."""

    in_hand: tuple[Clue, ...] = ()
    to_do: tuple[Clue, ...] = ()
    later: tuple[Clue, ...] = ()

    @property
    def is_quiet(self) -> bool:
        """Nothing happens now."""
        return not self.in_hand and not self.to_do

    @property
    def is_done(self) -> bool:
        """Nor will it, by itself."""
        return self.is_quiet and not self.later

    @property
    def next_at(self) -> datetime | None:
        return min((at for _, _, at in self.later if at), default=None)


class Tables:
    """Connections of the driver's own; each look takes a new one, so that a database may come and go."""

    def __init__(self, url: str) -> None:
        self._engine = create_async_engine(url, poolclass=NullPool)

    @contextlib.asynccontextmanager
    async def connection(self) -> AsyncIterator[AsyncConnection]:
        async with self._engine.connect() as connection:
            yield connection

    async def close(self) -> None:
        await self._engine.dispose()

    async def glance(self, now: datetime) -> Glance | None:
        """None while the database does not answer."""
        try:
            async with self.connection() as connection:
                clues = [clue async for clue in _clues(connection, now)]
        except (SQLAlchemyError, OSError):
            return None
        return Glance(
            in_hand=tuple(clue for kind, clue in clues if kind == "in hand"),
            to_do=tuple(clue for kind, clue in clues if kind == "to do"),
            later=tuple(clue for kind, clue in clues if kind == "later"),
        )


async def _clues(connection: AsyncConnection, now: datetime) -> AsyncIterator[tuple[str, Clue]]:
    jobs, actions = tables.sequence_jobs, tables.pending_agent_actions
    cards, deliveries = tables.cards, tables.webhook_deliveries
    async for found in _of(connection, jobs, ("pending", "deferred"), "run_at", now):
        yield found
    async for found in _of(connection, jobs, ("in_progress",), "lease_until", None):
        yield found
    async for found in _of(connection, actions, ("confirmed",), "execute_at", now):
        yield found
    async for found in _of(connection, actions, ("executing",), "executed_at", None):
        yield found
    async for found in _of(connection, deliveries, ("received",), "process_at", now):
        yield found
    for row in await connection.execute(select(cards).where(cards.c.rev > cards.c.shown_rev)):
        is_due = row.show_at <= now
        is_held = row.lease_until is not None and row.lease_until > now
        # One that was shown well comes again at its time (a countdown, an offer that ends): nobody waits for that.
        if is_due or row.attempts:
            yield "in hand" if is_due and is_held else "to do" if is_due else "later", ("card", row.id, row.show_at)


async def _of(
    connection: AsyncConnection, table: Table, statuses: tuple[str, ...], at: str, now: datetime | None
) -> AsyncIterator[tuple[str, Clue]]:
    """Without ``now``: what somebody holds."""
    when = table.c[at]
    for row in await connection.execute(select(table.c.id, when).where(table.c.status.in_(statuses))):
        moment = row[1]
        kind = "in hand" if now is None else "later" if moment and moment > now else "to do"
        yield kind, (table.name, row.id, moment)
