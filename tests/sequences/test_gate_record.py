"""What has happened outside is recorded, although the database is away at that very moment."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import pytest

from sequences.actions.gate.execution import RECORD_PAUSES_S
from sequences.ports.store import StoreError, Transaction
from sequences.records.action import ActionStatus
from tests.sequences.test_gate_execution import approved
from tests.sequences.world import UNDO, World


@dataclass
class Outage:
    """The database refuses the next ``left`` transactions, counted from the first mail that left."""

    world: World
    left: int

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        if self.world.mailer.handed_over and self.left:
            self.left -= 1
            raise StoreError("it does not answer")
        async with self.world.database.begin() as tx:
            yield tx


@pytest.mark.parametrize("refusals", [1, 3])
async def test_beyond_07_a_mail_that_left_is_recorded_when_the_database_comes_back(
    world: World, monkeypatch: pytest.MonkeyPatch, refusals: int
) -> None:
    action = await approved(world)
    world.clock.advance(UNDO)
    outage = Outage(world, refusals)
    monkeypatch.setattr(world.store, "begin", outage.begin)
    await world.gate.execute(action.id)
    assert outage.left == 0
    assert (await world.action(action.id)).status is ActionStatus.EXECUTED
    assert len(world.mailer.handed_over) == 1


async def test_beyond_07_a_database_that_stays_away_ends_in_honesty(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sequences.actions.gate.execution.RECORD_PAUSES_S", (0.0,) * len(RECORD_PAUSES_S))
    world.mailer.knows = False
    action = await approved(world)
    world.clock.advance(UNDO)
    monkeypatch.setattr(world.store, "begin", Outage(world, 100).begin)
    with pytest.raises(StoreError):
        await world.gate.execute(action.id)
    monkeypatch.undo()
    await world.later(UNDO * 10)
    told = await world.action(action.id)
    assert told.status is ActionStatus.FAILED
    assert "may have left" in str(told.error)
    assert len(world.mailer.handed_over) == 1
