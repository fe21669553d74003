"""Two units of work about one run, open at the same time: whoever comes second sees what the first one did."""

import asyncio
from collections.abc import Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest

from sequences.actions.catalogue import ALL_ACTIONS
from sequences.actions.gate.gate import Gate
from sequences.actions.spec import version_of
from sequences.ports.store import Store
from sequences.records.action import PendingAction
from sequences.records.job import JobStatus
from sequences.step import Result, step
from tests.sequences.overlapping import held_database, is_blocked, overlap
from tests.sequences.people import REP
from tests.sequences.stories import Script, Shown, story
from tests.sequences.world import UNDO, World


def gate_on(world: World, store: Store) -> Gate:
    return Gate(
        store=store,
        specs=ALL_ACTIONS,
        dispatcher=world.dispatcher,
        clock=world.clock,
        undo_window=UNDO,
        mailer=world.mailer,
    )


Deed = Callable[[Gate, PendingAction], Coroutine[Any, Any, object]]


def cancel(gate: Gate, action: PendingAction) -> Coroutine[Any, Any, object]:
    return gate.cancel(action.id, REP, version_of(action.digest))


def approve(gate: Gate, action: PendingAction) -> Coroutine[Any, Any, object]:
    return gate.approve(action.id, REP, version_of(action.digest))


def expire(gate: Gate, action: PendingAction) -> Coroutine[Any, Any, object]:
    return gate.execute(action.id)


@pytest.mark.parametrize(
    ("first", "second", "age"),
    [
        (cancel, cancel, timedelta(0)),
        (approve, cancel, timedelta(0)),
        (expire, approve, timedelta(hours=25)),
        (expire, expire, timedelta(days=8)),
    ],
)
async def test_hitl_07_the_second_of_two_overlapping_ends_wakes_the_run(
    world: World, first: Deed, second: Deed, age: timedelta
) -> None:
    world.know(story(Script()))
    job_id = await world.start()
    await world.work()
    mail, tasks = await world.actions(job_id)
    world.clock.advance(age)
    async with held_database(world) as held:
        await overlap(world, held, first(gate_on(world, held), mail), second(world.gate, tasks))
    assert (await world.job(job_id)).status is JobStatus.PENDING


async def test_hitl_07_a_pause_never_overtakes_the_decision_that_it_waits_for(world: World) -> None:
    """The decision is made but not committed when the run comes to its pause."""
    decisions: list[asyncio.Task[object]] = []

    async with held_database(world) as held:

        @step(critical=True)
        async def show() -> Result[Shown]:
            mail, tasks = await world.actions(job_id)
            await cancel(world.gate, tasks)
            decisions.append(asyncio.create_task(cancel(gate_on(world, held), mail)))
            await held.reached.wait()
            return Result(output=Shown(), waits=True)

        steps = story(Script()).steps
        world.know(story(Script(), *steps[:3], show, steps[4]))
        job_id = await world.start()
        run = asyncio.create_task(world.runner.run(job_id))
        await held.reached.wait()
        while not run.done() and not await is_blocked(world.database):
            continue
        held.release.set()
        await asyncio.gather(run, *decisions)
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
