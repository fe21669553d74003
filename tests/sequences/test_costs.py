"""What a run's model calls cost is recorded once, counted against every limit, and stops the run before one."""

from datetime import timedelta
from decimal import Decimal

import pytest

from sequences.context import Tier1
from sequences.policy.budget import BUDGET_MESSAGE
from sequences.records.job import JobStatus
from sequences.records.material import MeetingMaterial
from sequences.sequence import Sequence
from sequences.skills.catalogue import CLASSIFY_CALL
from sequences.skills.thinker import Thinker
from sequences.step import Step, Tier, step
from tests.sequences.fakes import TALK, PricyModel
from tests.sequences.people import ORG, REP
from tests.sequences.stories import Guessed, Heard, Script, draft_step, show_step, story
from tests.sequences.world import World


def thinking(name_one: str = "0.12") -> Sequence:
    """Two steps that ask the model once each, then a pause."""

    @step(context=(Tier.ONE,), critical=True, cost_usd=name_one)
    async def first(tier1: Tier1, material: MeetingMaterial, thinker: Thinker) -> Heard:
        return Heard(text=(await thinker.think(CLASSIFY_CALL, material)).kind)

    @step()
    async def second(material: MeetingMaterial, thinker: Thinker) -> Guessed:
        return Guessed(text=(await thinker.think(CLASSIFY_CALL, material)).kind)

    steps: tuple[Step, ...] = (first, second, show_step(Script()))
    return story(Script(), *steps)


@pytest.fixture
def model(world: World) -> PricyModel:
    model = PricyModel()
    world.model, world.is_free = model, False
    world.know(thinking())
    return model


async def begun(world: World) -> str:
    meeting_id = await world.store_meeting(TALK)
    job_id = await world.start(payload={"meeting_id": meeting_id})
    await world.work()
    return job_id


async def spent(world: World, user_id: str | None = None) -> Decimal:
    """In the last day, by the org or by one of its people."""
    day = world.clock() - timedelta(days=1)
    async with world.database.read() as tx:
        org, _, user, _ = await tx.costs.spent_in(org_id=ORG.id, user_id=user_id or "", day=day, month=day)
    return user if user_id else org


async def test_cost_04_each_call_is_recorded_and_summed_in_the_run(world: World, model: PricyModel) -> None:
    job_id = await begun(world)
    job, steps = await world.job(job_id), await world.steps(job_id)
    assert (job.status, job.cost_usd) == (JobStatus.COMPLETED, Decimal("0.20"))
    assert job.metadata["ai_cost_usd"] == "0.20"
    assert (steps["first"].cost_usd, steps["second"].cost_usd) == (Decimal("0.10"), Decimal("0.10"))


async def test_cost_08_a_cost_event_says_for_what_for_whom_and_how_much(world: World, model: PricyModel) -> None:
    job_id = await begun(world)
    async with world.database.read() as tx:
        events = await tx.costs.for_job(job_id)
    assert len(events) == len(model.asked) == 2
    event = events[0]
    assert (event.job_id, event.sequence, event.skill) == (job_id, "meeting_ended", CLASSIFY_CALL.key)
    assert (event.org_id, event.user_id, event.engine) == (ORG.id, REP.id, "test:pricy")
    assert (event.input_tokens, event.cached_input_tokens, event.output_tokens) == (100, 80, 10)


async def test_cost_01_a_finished_run_frees_what_it_reserved(world: World, model: PricyModel) -> None:
    await begun(world)
    assert await spent(world) == await spent(world, REP.id) == Decimal("0.20")


async def test_cost_01_a_run_that_waits_for_its_owner_holds_back_no_budget(world: World, model: PricyModel) -> None:
    """Thirty cards that nobody has decided yet must not stop the next meeting."""
    first, second, show = thinking("3.00").steps
    world.know(story(Script(), first, second, draft_step(Script(), ()), show))
    job_id = await begun(world)
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL
    assert await spent(world) == Decimal("0.20")


async def test_err_05_the_call_that_would_pass_the_limit_is_not_made(world: World, model: PricyModel) -> None:
    """The reservation fits the limit, the second call does not: not one call more."""
    await world.save_rep(daily_budget_usd=Decimal("0.15"))
    job_id = await begun(world)
    job = await world.job(job_id)
    assert (job.status, job.error) == (JobStatus.FAILED, f"{BUDGET_MESSAGE}, which begins tomorrow.")
    assert len(model.asked) == 1
    assert await spent(world) == Decimal("0.10")
    async with world.database.read() as tx:
        notice = await tx.cards.by_key(f"notice:{job_id}")
    assert notice is not None


async def test_err_05_the_next_day_a_retry_goes_on_without_paying_twice(world: World, model: PricyModel) -> None:
    await world.save_rep(daily_budget_usd=Decimal("0.15"))
    job_id = await begun(world)
    world.clock.advance(timedelta(days=1))
    async with world.database.begin() as tx:
        assert await tx.jobs.retry(job_id, now=world.clock())
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert len(model.asked) == 2


async def test_cost_01_a_run_that_would_not_fit_is_not_begun(world: World, model: PricyModel) -> None:
    await world.save_rep(daily_budget_usd=Decimal("0.11"))
    meeting_id = await world.store_meeting(TALK)
    accepted = await world.raise_event(payload={"meeting_id": meeting_id})
    assert accepted.job is None
    assert model.asked == []
