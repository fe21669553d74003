"""The in-process dispatcher comes to its end: what is in hand is finished, what is queued stays in the tables."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from scheduler.dispatcher import InProcessDispatcher
from sequences.ports.dispatch import WorkKind
from storage.database import Database
from tests.sequences.fakes import FakeClock


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database.open(database_url)
    yield database
    await database.close()


async def test_chain_08_a_drain_finishes_what_is_in_hand_and_begins_nothing(database: Database) -> None:
    begun: list[str] = []
    done: list[str] = []
    is_begun, may_end = asyncio.Event(), asyncio.Event()

    async def work(id: str) -> None:
        begun.append(id)
        is_begun.set()
        await may_end.wait()
        done.append(id)

    dispatcher = InProcessDispatcher(store=database, clock=FakeClock(), workers=1)
    dispatcher.handle(dict.fromkeys(WorkKind, work))
    running = asyncio.create_task(dispatcher.run())
    for number in range(50):
        dispatcher.wake(WorkKind.JOB, str(number), org_id="org")
    await is_begun.wait()
    draining = asyncio.create_task(dispatcher.drain())
    await asyncio.sleep(0)
    assert not draining.done()
    dispatcher.wake(WorkKind.CARD, "late", org_id="org")
    in_hand = list(begun)
    may_end.set()
    await draining
    assert sorted(done) == sorted(in_hand)
    assert begun == in_hand
    running.cancel()
    await asyncio.wait([running])
