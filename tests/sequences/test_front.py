"""What the entrances may ask for: each person sees and does what is theirs."""

import pytest

from sequences.actions.spec import version_of
from sequences.front import Front
from sequences.members import Members
from sequences.ports.dispatch import WorkKind
from sequences.records.action import ActionStatus
from sequences.records.card import DebriefCard
from sequences.records.job import FollowUp, JobStatus
from sequences.records.people import Org
from tests.sequences.fakes import TALK
from tests.sequences.people import BOSS, REP
from tests.sequences.stories import Script, short_story, story
from tests.sequences.world import World, task_proposal


@pytest.fixture
def front(world: World) -> Front:
    members = Members(
        store=world.store, messenger=world.messenger, defaults=Org(id="", name="", team_id=""), clock=world.clock
    )
    return Front(
        store=world.store,
        gate=world.gate,
        members=members,
        dispatcher=world.dispatcher,
        clock=world.clock,
        engine="offline rules",
    )


async def met(world: World) -> str:
    world.know(story(Script()), short_story(Script()))
    meeting_id = await world.store_meeting(TALK)
    job_id = await world.start(payload={"meeting_id": meeting_id})
    await world.work()
    return job_id


async def test_chain_02_the_overview_shows_runs_children_and_what_waits(world: World, front: Front) -> None:
    job_id = await met(world)
    seen = await front.overview(REP)
    assert job_id in {job.id for job in seen.jobs}
    assert {child.parent_job_id for child in seen.children} == {job_id}
    assert [action.action_type for action in seen.waiting] == ["send_email", "create_tasks"]
    assert seen.titles[job_id] == "Acme call"
    other = await front.overview(BOSS)
    assert (other.jobs, other.children, other.waiting) == ((), (), ())


async def test_chain_02_the_overview_shows_what_became_of_every_follow_up(world: World, front: Front) -> None:
    unknown = FollowUp(type="content_retrieval", reason="“the deck, please”", key="deck")
    world.know(story(Script()), short_story(Script(), follow_ups=(unknown,)))
    job_id = await world.start()
    await world.work()
    seen = await front.overview(REP)
    (child,) = await world.children(job_id)
    assert [(stored.event.parent_job_id, stored.event.type) for stored in seen.refused] == [
        (child.id, "content_retrieval")
    ]
    assert (await front.overview(BOSS)).refused == ()


async def test_beyond_03_the_last_debrief_is_ones_own(world: World, front: Front) -> None:
    await met(world)
    card = await front.last_debrief(REP)
    assert isinstance(card, DebriefCard)
    assert card.title == "Acme call"
    assert await front.last_debrief(BOSS) is None


async def test_beyond_01_a_card_is_shown_to_its_owner_alone(world: World, front: Front) -> None:
    job_id = await met(world)
    assert await front.card(f"card_{job_id}", REP) is not None
    assert await front.card(f"card_{job_id}", BOSS) is None
    assert await front.card("card_gone", REP) is None


@pytest.mark.parametrize(
    ("chosen", "titles"), [((0, 2), ["Deck", "Call"]), ((2, 2, 9, -1), ["Call"]), ((1,), ["Quote"])]
)
async def test_hitl_03_the_ticked_tasks_are_approved_and_no_others(
    world: World, front: Front, chosen: tuple[int, ...], titles: list[str]
) -> None:
    action = await world.park(task_proposal("Deck", "Quote", "Call"))
    assert (await front.choose_tasks(action.id, REP, version_of(action.digest), chosen)).ok
    await world.work()
    after = await world.action(action.id)
    assert after.status is ActionStatus.EXECUTED
    assert [task["title"] for task in after.action_payload["tasks"]] == titles


async def test_beyond_01_nobody_else_chooses_tasks(world: World, front: Front) -> None:
    action = await world.park(task_proposal("Deck", "Quote"))
    assert not (await front.choose_tasks(action.id, BOSS, version_of(action.digest), (0,))).ok
    assert await world.action(action.id) == action


async def test_flag_06_only_the_owner_retries_a_failed_run_once(world: World, front: Front) -> None:
    script = Script(failures={"hear": [ValueError("a bug")]})
    world.know(story(script))
    job_id = await world.start()
    assert not await front.retry_job(job_id, REP)
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.FAILED
    assert not await front.retry_job(job_id, BOSS)
    assert not await front.retry_job("job_gone", REP)
    assert await front.retry_job(job_id, REP)
    assert not await front.retry_job(job_id, REP)
    assert (WorkKind.JOB, job_id, None) in world.dispatcher.woken
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL


async def test_hitl_19_feedback_on_a_card_is_kept_with_what_it_suggested(world: World, front: Front) -> None:
    job_id = await met(world)
    assert (await front.rate_card(f"card_{job_id}", REP, "thumbs_up", "Nice")).ok
    assert not (await front.rate_card(f"card_{job_id}", BOSS, "thumbs_up", None)).ok
    assert not (await front.rate_card("card_gone", REP, "thumbs_up", None)).ok
    async with world.database.read() as tx:
        (kept,) = await tx.actions.feedback((await world.actions(job_id))[0].id)
    assert (kept.feedback_type, kept.feedback_text) == ("thumbs_up", "Nice")


async def test_beyond_03_less_of_this_and_back_again(world: World, front: Front) -> None:
    for _ in range(2):
        await front.mute("meeting_debrief", REP)
    assert (await front.overview(REP)).muted == ("meeting_debrief",)
    assert (await front.overview(BOSS)).muted == ()
    await front.unmute("meeting_debrief", REP)
    assert (await front.overview(REP)).muted == ()
