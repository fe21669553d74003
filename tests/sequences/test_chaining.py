"""Follow-ups become child jobs with their parent, three generations deep and no deeper."""

import pytest

from sequences.records.event import EventSource, EventStatus, EventType
from sequences.records.job import FollowUp, JobStatus
from tests.sequences.people import REP
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
    skipped, accepted = (await world.events())[-2:]
    assert (skipped.status, skipped.reason) == (EventStatus.SKIPPED, "no sequence answers content_retrieval yet")
    assert accepted.status is EventStatus.ACCEPTED
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
