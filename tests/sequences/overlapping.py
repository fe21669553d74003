"""Two units of work that are open at the same time, on either database, without a clock deciding anything."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import text

from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.sequences.world import World

BLOCKED = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


class HeldDatabase(Database):
    """Holds its first unit of work open, all done but the commit, until it is released."""

    reached: asyncio.Event
    release: asyncio.Event

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[UnitOfWork]:
        async with super().begin() as tx:
            yield tx
            self.reached.set()
            await self.release.wait()


@asynccontextmanager
async def held_database(world: World) -> AsyncIterator[HeldDatabase]:
    """Another way into the world's database."""
    held = HeldDatabase.open(world.database.url.render_as_string(hide_password=False))
    held.reached, held.release = asyncio.Event(), asyncio.Event()
    yield held
    await held.close()


async def overlap(
    world: World, held: HeldDatabase, first: Coroutine[Any, Any, Any], second: Coroutine[Any, Any, Any]
) -> tuple[Any, Any]:
    """``first`` works on ``held`` and has all but committed when ``second`` begins.

    The first commits once the second waits for it, or has ended without having to.
    """
    one = asyncio.create_task(first)
    await held.reached.wait()
    other = asyncio.create_task(second)
    while not other.done() and not await is_blocked(world.database):
        continue
    held.release.set()
    return await one, await other


async def is_blocked(database: Database) -> bool:
    """Whether somebody waits for a lock; writers of one SQLite file always take turns."""
    if database.url.get_backend_name() == "sqlite":
        return True
    async with database.read() as tx:
        return bool((await tx.connection.execute(text(BLOCKED))).scalar_one())
