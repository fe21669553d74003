"""Follow-ups become child jobs with their parent, three generations deep and no deeper."""

import logging

import pytest

from sequences.records.event import EventSource, EventStatus, EventType
from sequences.records.job import FollowUp, JobStatus
from tests.sequences.people import REP, STRANGER
from tests.sequences.stories import FOLLOW_UP, Script, short_story, story
from tests.sequences.world import World

TALK = EventType.CALENDAR_FIND_TIMES


@pytest.fixture
def script(world: World) -> Script:
    """A sequence that raises itself."""
    script = Script()
    world.know(story(script), short_story(script, follow_ups=(FOLLOW_UP,)))
    return script


async def test_chain_01_a_follow_up_becomes_a_child_job(world: World, script: Script) -> None:
    job_id = await world.start()
    await world.work()
    (child,) = await world.children(job_id)
    assert (child.parent_job_id, child.depth, child.user_id) == (job_id, 2, REP.id)
    assert child.event_source == EventSource.ORCHESTRATOR_CHAIN
    assert child.idempotency_key == f"calendar_find_times:{job_id}:talk"
    assert child.trigger_payload == {"words": "again"}


async def test_chain_04_a_fourth_generation_is_refused_and_its_parent_still_ends_well(
    world: World, script: Script
) -> None:
    family = [await world.start(TALK, payload={"words": "first"})]
    await world.work()
    while children := await world.children(family[-1]):
        family.append(children[0].id)
    assert [(await world.job(job_id)).depth for job_id in family] == [1, 2, 3]
    assert {(await world.job(job_id)).status for job_id in family} == {JobStatus.COMPLETED}
    refused = (await world.events())[-1]
    assert (refused.status, refused.reason) == (EventStatus.SKIPPED, "a chain may be 3 deep, this would be 4")
    assert refused.event.parent_job_id == family[-1]


async def test_chain_03_a_run_without_a_pause_raises_its_follow_ups_at_its_end(world: World, script: Script) -> None:
    job_id = await world.start(TALK)
    await world.runner.run(job_id)
    assert len(await world.children(job_id)) == 1
    assert (await world.job(job_id)).metadata["followups_queued"] == 1


async def test_chain_03_a_failed_run_raises_nothing(world: World, script: Script) -> None:
    script.failures["close"] = [ValueError("a bug")]
    steps = story(script).steps
    world.know(story(script, *steps[:3], steps[4]), short_story(script))
    job_id = await world.start()
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.FAILED
    assert await world.children(job_id) == []
    async with world.database.begin() as tx:
        assert await tx.jobs.retry(job_id, now=world.clock())
    await world.work()
    assert len(await world.children(job_id)) == 1


async def test_env_13_a_follow_up_that_nobody_answers_is_kept_with_its_reason(world: World) -> None:
    unknown = FollowUp(type="content_retrieval", reason="“the deck, please”", key="deck")
    world.know(short_story(Script(), follow_ups=(unknown, FOLLOW_UP)))
    job_id = await world.start(TALK)
    await world.runner.run(job_id)
    children = [stored for stored in await world.events() if stored.event.parent_job_id == job_id]
    accepted, skipped = sorted(children, key=lambda stored: stored.status)
    assert (skipped.status, skipped.reason) == (EventStatus.SKIPPED, "no sequence answers content_retrieval yet")
    assert accepted.status is EventStatus.ACCEPTED
    assert (await world.job(job_id)).status is JobStatus.COMPLETED


async def test_chain_06_a_chain_that_is_too_deep_is_warned_of_in_the_log(
    world: World, script: Script, caplog: pytest.LogCaptureFixture
) -> None:
    await world.start(TALK, payload={"words": "first"})
    await world.work()
    (warning,) = [record for record in caplog.records if record.levelno == logging.WARNING]
    assert (warning.message, getattr(warning, "reason", "")) == (
        "event skipped",
        "a chain may be 3 deep, this would be 4",
    )


@pytest.mark.parametrize("parent", [None, "job_gone", "job_stranger"])
async def test_chain_17_a_follow_up_without_a_valid_parent_is_kept_and_not_run(
    world: World, script: Script, parent: str | None
) -> None:
    async with world.database.begin() as tx:
        await world.add_job(tx, id="job_stranger", org_id=STRANGER.org_id, user_id=STRANGER.id)
    accepted = await world.raise_event(TALK, source=EventSource.ORCHESTRATOR_CHAIN, parent_job_id=parent)
    assert accepted.status is EventStatus.SKIPPED
    assert accepted.reason == (
        "the run that it comes from does not exist" if parent else "a follow-up must name the run that it comes from"
    )


async def test_chain_17_a_child_that_comes_from_elsewhere_is_counted_in_its_parents_chain(
    world: World, script: Script
) -> None:
    """Whoever raises it, the depth is that of the parent plus one."""
    async with world.database.begin() as tx:
        deepest = await world.add_job(tx, depth=3)
        middle = await world.add_job(tx, depth=2)
    refused = await world.raise_event(TALK, parent_job_id=deepest.id)
    assert refused.reason == "a chain may be 3 deep, this would be 4"
    child = await world.raise_event(TALK, parent_job_id=middle.id)
    assert child.job is not None
    assert (child.job.depth, child.job.parent_job_id) == (3, middle.id)


async def test_chain_04_a_run_cannot_become_its_own_ancestor(world: World, script: Script) -> None:
    """The sequence raises itself; each child has a key of its parent's, so no run is met twice on the way up."""
    root = await world.start(TALK, payload={"words": "first"})
    await world.work()
    async with world.database.read() as tx:
        family = {job.id: job for job in await tx.jobs.for_user(REP.id, 100)}
    assert len(family) == 3
    for job in family.values():
        line = [job.id]
        while (parent := family[line[-1]].parent_job_id) is not None:
            assert parent not in line
            line.append(parent)
        assert line[-1] == root
