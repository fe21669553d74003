"""Pauses: several approvals wait at once, each executes by itself, and the run goes on when the last is decided."""

import asyncio
from datetime import timedelta

import pytest

from sequences.actions.spec import version_of
from sequences.records.action import ActionStatus
from sequences.records.job import JobStatus
from tests.sequences.people import REP
from tests.sequences.stories import Script, short_story, story
from tests.sequences.world import World


@pytest.fixture
def script(world: World) -> Script:
    script = Script()
    world.know(story(script), short_story(Script()))
    return script


async def paused(world: World) -> str:
    job_id = await world.start()
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL
    return job_id


async def test_hitl_07_the_run_goes_on_when_the_last_action_is_decided(world: World, script: Script) -> None:
    job_id = await paused(world)
    mail, tasks = await world.actions(job_id)
    await world.approve(mail)
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL
    assert "close" not in script.calls

    await world.gate.cancel(tasks.id, REP, version_of(tasks.digest))
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert script.calls.count("close") == 1


async def test_hitl_05_each_decision_executes_at_once_while_the_others_wait(world: World, script: Script) -> None:
    job_id = await paused(world)
    _, tasks = await world.actions(job_id)
    await world.approve(tasks)
    await world.work()
    assert [action.status for action in await world.actions(job_id)] == [ActionStatus.PENDING, ActionStatus.EXECUTED]


async def test_pend_12_the_run_goes_on_when_the_rest_has_expired(world: World, script: Script) -> None:
    job_id = await paused(world)
    await world.later(timedelta(days=8))
    assert [action.status for action in await world.actions(job_id)] == [ActionStatus.EXPIRED] * 2
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert world.mailer.handed_over == []


async def test_chain_03_children_are_raised_once_at_the_pause(world: World, script: Script) -> None:
    job_id = await paused(world)
    assert [child.sequence for child in await world.children(job_id)] == ["calendar_find_times"]
    await world.later(timedelta(days=8))

    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert len(await world.children(job_id)) == 1
    assert [stored.event.type for stored in await world.events()] == ["meeting_ended", "calendar_find_times"]


async def test_chain_12_a_failed_child_is_not_raised_again_by_the_resuming_parent(world: World, script: Script) -> None:
    child = Script(failures={"talk": [ValueError("a bug")]})
    world.know(story(script), short_story(child))
    job_id = await paused(world)
    assert [job.status for job in await world.children(job_id)] == [JobStatus.FAILED]
    await world.later(timedelta(days=8))

    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert [job.status for job in await world.children(job_id)] == [JobStatus.FAILED]
    assert child.calls == ["talk"]


async def test_hitl_05_a_step_that_waits_for_nobody_does_not_pause(world: World, script: Script) -> None:
    steps = story(script).steps
    world.know(story(script, steps[0], steps[3]))
    job_id = await world.start()
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.COMPLETED


@pytest.mark.parametrize("round_", range(8))
async def test_hitl_07_two_decisions_at_the_same_moment_never_leave_the_run_waiting(
    world: World, script: Script, round_: int
) -> None:
    """Each must see the other's, or neither wakes the job."""
    job_id = await paused(world)
    mail, tasks = await world.actions(job_id)
    await asyncio.gather(world.approve(mail), world.gate.cancel(tasks.id, REP, version_of(tasks.digest)))
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.COMPLETED


@pytest.mark.parametrize("round_", range(6))
async def test_pend_12_two_expiries_at_the_same_moment_never_leave_the_run_waiting(
    world: World, script: Script, round_: int
) -> None:
    """Two workers, each with one action of the job; on PostgreSQL both transactions are open at once."""
    job_id = await paused(world)
    world.clock.advance(timedelta(days=8))
    await asyncio.gather(*(world.gate.execute(action.id) for action in await world.actions(job_id)))
    assert (await world.job(job_id)).status is JobStatus.PENDING
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.COMPLETED


@pytest.mark.parametrize("round_", range(6))
async def test_pend_12_an_expiry_and_a_decision_at_the_same_moment_end_the_wait(
    world: World, script: Script, round_: int
) -> None:
    job_id = await paused(world)
    mail, tasks = await world.actions(job_id)
    world.clock.advance(timedelta(hours=25))  # the mail's offer is over, the tasks' is not
    await asyncio.gather(world.gate.execute(mail.id), world.approve(tasks))
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.COMPLETED


@pytest.mark.parametrize("round_", range(8))
async def test_hitl_07_a_decision_that_races_with_the_pause_is_never_missed(
    world: World, script: Script, round_: int
) -> None:
    decisions: list[asyncio.Task[object]] = []

    async def decide() -> None:
        for action in await world.actions(job_id):
            await world.gate.cancel(action.id, REP, version_of(action.digest))

    job_id = await world.start()
    script.on_call = lambda name: decisions.append(asyncio.create_task(decide())) if name == "show" else None
    await world.runner.run(job_id)
    await asyncio.gather(*decisions)
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
