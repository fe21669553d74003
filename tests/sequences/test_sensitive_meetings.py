"""A meeting that sounds personal waits for its owner before anything reads it (BEYOND-10)."""

import json
from datetime import timedelta
from typing import TypeVar

import pytest

from sequences.actions.spec import version_of
from sequences.cards.builder import build_card
from sequences.front import Front
from sequences.ids import card_id_for
from sequences.members import Members
from sequences.ports.model import Answer, ModelError, Prompt
from sequences.records.action import ActionStatus, ActionType, ErrorCode, PendingAction
from sequences.records.base import Record
from sequences.records.card import Card, DebriefCard, SensitiveCard
from sequences.records.job import JobStatus
from sequences.records.people import Org
from tests.sequences.fakes import Killed, PricyModel
from tests.sequences.people import BOSS, REP
from tests.sequences.world import World

HEARING = b"""Robin Hale: Thank you for coming. This is a disciplinary meeting about the tenth of March.
Sarah Chen: I know. I will send you my witness statement by Friday.
Robin Hale: We are putting you on a performance improvement plan.
"""
SALE = b"""Robin Hale: How do you log a grievance today?
Sarah Chen: In a spreadsheet. Could you send us a proposal?
Robin Hale: I'll send you the proposal by Friday.
"""
Out = TypeVar("Out", bound=Record)


class Declining(PricyModel):
    """Is asked, and leaves every answer to the offline rules."""

    async def ask(self, skill: str, prompt: Prompt, output_type: type[Out], *, max_output_tokens: int) -> Answer[Out]:  # noqa: ARG002
        self.asked.append(skill)
        raise ModelError("it declined", kind="refused")


@pytest.fixture
def model(world: World) -> Declining:
    world.model = Declining("0.001")
    world.is_free = False
    world.know_built_in()
    return world.model


async def met(world: World, talk: bytes = HEARING) -> str:
    await world.import_customer()
    job_id = await world.start(payload={"meeting_id": await world.store_meeting(talk)})
    await world.work()
    return job_id


async def question(world: World, job_id: str) -> PendingAction:
    (asked,) = await world.actions(job_id)
    assert asked.action_type is ActionType.READ_SENSITIVE_MEETING
    return asked


async def card_of(world: World, job_id: str) -> Card:
    async with world.database.read() as tx:
        row = await tx.cards.get(card_id_for(job_id))
        assert row is not None
        built = await build_card(tx, row, REP, world.clock())
    assert built is not None
    return built.card


async def test_beyond_10_it_asks_before_any_skill_reads_it(world: World, model: Declining) -> None:
    job_id = await met(world)
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL
    assert list(await world.steps(job_id)) == ["respect_privacy"]
    assert model.asked == []

    card = await card_of(world, job_id)
    assert isinstance(card, SensitiveCard)
    assert card.about == "a personnel matter"
    words = card.model_dump_json() + json.dumps((await question(world, job_id)).action_payload)
    assert not any(line.partition(": ")[2] in words for line in HEARING.decode().splitlines())


async def test_beyond_10_with_a_yes_the_debrief_takes_the_place_of_the_question(world: World, model: Declining) -> None:
    job_id = await met(world)
    assert await world.approve(await question(world, job_id))
    await world.work()
    assert len(model.asked) > 3
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL
    card = await card_of(world, job_id)
    assert isinstance(card, DebriefCard)
    assert card.mail is not None


async def test_beyond_10_who_wants_no_debriefs_is_asked_all_the_same(world: World, model: Declining) -> None:
    async with world.database.begin() as tx:
        await tx.notifications.mute(REP.id, "meeting_debrief", at=world.clock())
    job_id = await met(world)
    assert isinstance(await card_of(world, job_id), SensitiveCard)
    assert await world.approve(await question(world, job_id))
    await world.work()
    assert isinstance(await card_of(world, job_id), DebriefCard)
    async with world.database.read() as tx:
        row = await tx.cards.get(card_id_for(job_id))
    assert row is not None
    assert row.rev > 2, "the question shows what came of it"


async def test_beyond_03_a_muted_debrief_of_any_other_meeting_makes_no_card(world: World, model: Declining) -> None:
    async with world.database.begin() as tx:
        await tx.notifications.mute(REP.id, "meeting_debrief", at=world.clock())
    job_id = await met(world, SALE)
    async with world.database.read() as tx:
        assert await tx.cards.get(card_id_for(job_id)) is None


async def test_beyond_10_with_a_no_the_run_ends_and_nothing_was_read(world: World, model: Declining) -> None:
    job_id = await met(world)
    asked = await question(world, job_id)
    assert (await world.gate.cancel(asked.id, REP, version_of(asked.digest))).ok
    await world.later(timedelta(days=3))
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert list(await world.steps(job_id)) == ["respect_privacy"]
    assert model.asked == []
    assert await world.children(job_id) == []
    card = await card_of(world, job_id)
    assert isinstance(card, SensitiveCard)
    assert card.decision.status is ActionStatus.CANCELLED


async def test_beyond_10_without_an_answer_it_is_left_alone(world: World, model: Declining) -> None:
    job_id = await met(world)
    await world.later(timedelta(hours=49))
    assert (await question(world, job_id)).status is ActionStatus.EXPIRED
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert list(await world.steps(job_id)) == ["respect_privacy"]
    asked = await question(world, job_id)
    late = await world.gate.approve(asked.id, REP, version_of(asked.digest))
    assert (late.ok, late.code) == (False, ErrorCode.ACTION_EXPIRED)
    await world.work()
    assert model.asked == []


async def test_beyond_10_nobody_else_may_allow_it(world: World, model: Declining) -> None:
    job_id = await met(world)
    assert not await world.approve(await question(world, job_id), actor=BOSS)
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL
    assert model.asked == []


@pytest.mark.parametrize("dies_after", range(1, 9))
@pytest.mark.parametrize("says_yes", [True, False])
async def test_beyond_10_a_crash_anywhere_forgets_neither_the_question_nor_the_answer(
    world: World, model: Declining, dies_after: int, says_yes: bool
) -> None:
    await world.import_customer()
    job_id = await world.start(payload={"meeting_id": await world.store_meeting(HEARING)})
    world.store.dies_after = world.store.commits + dies_after
    for _ in range(5):
        try:
            await world.work()
            asked = await question(world, job_id) if not await has_more(world, job_id) else None
            if asked and asked.status is ActionStatus.PENDING:
                assert model.asked == []
                await decide(world, asked, says_yes=says_yes)
            await world.work()
            break
        except Killed:
            world.clock.advance(timedelta(minutes=3))
    await world.later(timedelta(minutes=3))
    job = await world.job(job_id)
    assert job.status is (JobStatus.AWAITING_APPROVAL if says_yes else JobStatus.COMPLETED)
    assert bool(model.asked) is says_yes


async def has_more(world: World, job_id: str) -> bool:
    return len(await world.actions(job_id)) > 1


async def decide(world: World, asked: PendingAction, *, says_yes: bool) -> None:
    if says_yes:
        await world.approve(asked)
    else:
        await world.gate.cancel(asked.id, REP, version_of(asked.digest))


async def test_a_meeting_left_alone_is_not_offered_as_the_last_debrief(world: World, model: Declining) -> None:
    front = Front(
        store=world.store,
        gate=world.gate,
        members=Members(
            store=world.store, messenger=world.messenger, defaults=Org(id="", name="", team_id=""), clock=world.clock
        ),
        dispatcher=world.dispatcher,
        clock=world.clock,
        engine=model.engine,
    )
    await met(world)
    assert await front.last_debrief(REP) is None


async def test_a_sales_call_about_such_things_is_not_held_up(world: World, model: Declining) -> None:
    job_id = await met(world, SALE)
    assert model.asked
    assert isinstance(await card_of(world, job_id), DebriefCard)
