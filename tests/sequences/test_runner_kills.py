"""The process dies after any commit and inside any effect; the end is what it would have been (BEYOND-07)."""

from datetime import timedelta
from typing import Any

import pytest

from sequences.ports.dispatch import WorkKind
from sequences.records.action import ActionStatus
from sequences.records.job import JobStatus
from tests.sequences.fakes import Killed
from tests.sequences.people import ORG
from tests.sequences.stories import Script, short_story, story
from tests.sequences.world import World


async def live(world: World, key: str) -> str:
    """From the event to the end, with a rep who presses whatever still waits, as often as the process dies."""
    accepted = None
    for _ in range(10):
        try:
            accepted = accepted or await world.raise_event(idempotency_key=key)
            await world.work()
            for action in await _actions_of(world, key):
                if action.status is ActionStatus.PENDING:
                    await world.approve(action)
            await world.later(timedelta(minutes=1))
            if world.store.dies_after is None or world.store.commits > world.store.dies_after:
                break
        except Killed:
            pass
        # Another process starts some time later: leases are over by then.
        world.clock.advance(timedelta(minutes=3))
    await world.later(timedelta(minutes=3))
    return str((await _job_of(world, key)).id)


async def _job_of(world: World, key: str) -> Any:
    async with world.database.read() as tx:
        return await tx.jobs.by_key(ORG.id, key)


async def _actions_of(world: World, key: str) -> list[Any]:
    job = await _job_of(world, key)
    return await world.actions(job.id) if job else []


async def end_state(world: World, job_id: str) -> dict[str, Any]:
    """Everything that a rep could notice."""
    steps = await world.steps(job_id)
    children = await world.children(job_id)
    actions = await world.actions(job_id)
    async with world.database.read() as tx:
        tasks = (await tx.crm.picture(ORG.id, [])).open_tasks
        card = await tx.cards.get(f"card_{job_id}")
    trails = {action.action_type.value: await world.trail(action.id) for action in actions}
    return {
        "status": (await world.job(job_id)).status,
        "steps": {name: run.status for name, run in steps.items()},
        "order": list(steps),
        "actions": [(action.action_type, action.status) for action in actions],
        "proposed": {kind: trail.count("proposed") for kind, trail in trails.items()},
        "executed": {kind: trail.count("executed") for kind, trail in trails.items()},
        "children": [(child.sequence, child.status) for child in children],
        "mails": len(world.mailer.handed_over),
        "tasks": len(tasks),
        "card": card is not None,
    }


async def rest(world: World) -> None:
    """Nothing is left to do, now or in a week."""
    await world.later(timedelta(days=8))
    for kind in (WorkKind.JOB, WorkKind.ACTION):
        assert await world.due(kind) == []


async def test_beyond_07_killed_after_any_commit_the_run_ends_as_if_nothing_had_happened(world: World) -> None:
    script = Script()
    world.know(story(script), short_story(script))
    quiet = await live(world, "meeting_ended:0")
    expected = await end_state(world, quiet)
    commits = world.store.commits
    assert expected["status"] is JobStatus.COMPLETED
    assert expected["mails"] == 1
    assert commits > 15

    for point in range(1, commits + 1):
        world.mailer.handed_over.clear()
        world.store.commits, world.store.dies_after = 0, point
        job_id = await live(world, f"meeting_ended:{point}")
        assert await end_state(world, job_id) == expected, f"killed after commit {point}"
    world.store.dies_after = None
    await rest(world)


async def test_beyond_07_killed_at_the_pause_the_run_still_waits_for_its_owner(world: World) -> None:
    """No step behind the pause runs before the decision, wherever the process died."""
    script = Script()
    world.know(story(script), short_story(Script()))
    job_id = await world.start()
    await world.work()
    commits = world.store.commits
    for point in range(1, commits + 1):
        world.store.commits, world.store.dies_after = 0, point
        try:
            await world.raise_event(idempotency_key=f"meeting_ended:{point}")
            await world.work()
        except Killed:
            pass
        await world.later(timedelta(minutes=3))
        job_id = (await _job_of(world, f"meeting_ended:{point}")).id
        assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL, f"killed after commit {point}"
        assert "close" not in script.calls


@pytest.mark.parametrize("knows", [True, False], ids=["provider can look up", "plain SMTP"])
async def test_beyond_07_killed_right_after_the_hand_over_the_mail_is_not_sent_again(world: World, knows: bool) -> None:
    script = Script()
    world.know(story(script), short_story(script))
    world.mailer.knows = knows
    world.mailer.die_after = True
    job_id = await live(world, "meeting_ended:1")

    mail = (await world.actions(job_id))[0]
    assert len(world.mailer.handed_over) == 1
    assert mail.status is (ActionStatus.EXECUTED if knows else ActionStatus.FAILED)
    assert (await world.job(job_id)).status is JobStatus.COMPLETED


async def test_env_12_an_event_raised_again_after_a_crash_is_the_same_run(world: World) -> None:
    script = Script()
    world.know(story(script))
    world.store.dies_after = 1
    with pytest.raises(Killed):
        await world.start()
    again = await world.raise_event()
    assert again.job is None
    await world.work()
    assert script.calls.count("hear") == 1
