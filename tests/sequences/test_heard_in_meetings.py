"""What becomes of each kind of intent that a meeting carries: events, fields of the deal, questions to its owner."""

import pytest

from sequences.catalogue import load_catalogue
from sequences.records.action import ActionStatus, ActionType
from sequences.records.crm import Deal, Stage
from tests.sequences.fakes import PricyModel
from tests.sequences.people import ORG
from tests.sequences.world import World

OPENING = (
    "Robin Hale: Thank you for making the time today, Sarah. How do you plan your routes at the moment?",
    "Sarah Chen: We plan them in spreadsheets, and it takes us most of a day every week.",
)


async def met(world: World, *lines: str) -> str:
    world.know(*load_catalogue().sequences)
    await world.import_customer()
    meeting_id = await world.store_meeting("\n".join((*OPENING, *lines)).encode())
    job_id = await world.start(payload={"meeting_id": meeting_id})
    await world.work()
    return job_id


async def children_of(world: World, job_id: str) -> dict[str, str]:
    """The reason of each event that the run raised, by type."""
    return {stored.event.type: stored.reason for stored in await world.events() if stored.event.parent_job_id == job_id}


async def deal(world: World) -> Deal:
    found = (await world.picture()).deal
    assert found is not None
    return found


async def test_intent_01_one_call_hears_all_the_intents_of_a_meeting(world: World) -> None:
    world.model = model = PricyModel("0.001")
    await met(world, "Robin Hale: I'll send you the proposal by Friday.")
    assert model.asked.count("detect_intents") == 1


async def test_intent_08_a_promised_call_asks_for_times(world: World) -> None:
    job_id = await met(world, "Robin Hale: I'll send you an invite for a demo next Tuesday at ten.")
    assert set(await children_of(world, job_id)) == {"calendar_find_times"}


@pytest.mark.parametrize(
    ("asked", "raised"),
    [
        ("Could you send us the security documentation?", "content_retrieval"),
        ("Could you send us your price list?", "pricing_retrieval"),
    ],
)
async def test_intent_09_and_intent_16_what_was_asked_for_is_looked_up(world: World, asked: str, raised: str) -> None:
    job_id = await met(world, f"Sarah Chen: {asked}")
    assert await children_of(world, job_id) == {raised: f"no sequence answers {raised} yet"}


async def test_intent_16_prices_that_will_stand_in_the_promised_proposal_are_not_looked_up_twice(world: World) -> None:
    job_id = await met(
        world,
        "Sarah Chen: Could you send us your price list?",
        "Robin Hale: I'll send you a proposal with all the prices by Friday.",
    )
    assert set(await children_of(world, job_id)) == {"proposal_generation"}


@pytest.mark.parametrize(
    ("said", "field", "value"),
    [
        ("Our CFO has to sign off on it.", "decision_process", "Our CFO has to sign off on it."),
        ("We are also talking to Routewise about this.", "competitors", "Routewise"),
        ("We need to be live before the end of June.", "timeline", "We need to be live before the end of June."),
    ],
    ids=["intent_10", "intent_11", "intent_14"],
)
async def test_intent_10_intent_11_and_intent_14_the_deal_says_what_was_heard_and_who_said_it(
    world: World, said: str, field: str, value: str
) -> None:
    """Written without a question, since the card shows the change with its quote and takes it back."""
    job_id = await met(world, f"Sarah Chen: {said}")
    assert getattr(await deal(world), field) == value
    (written,) = [each for each in await world.actions(job_id) if each.action_type is ActionType.UPDATE_CRM_FIELDS]
    quotes = {write["field"]: write["quote"] for write in written.action_payload["writes"]}
    assert quotes[field] == said


async def test_intent_12_money_that_is_there_proposes_the_next_stage_and_waits(world: World) -> None:
    job_id = await met(world, "Sarah Chen: The budget is approved, so we are going ahead with you.")
    (move,) = [each for each in await world.actions(job_id) if each.action_type is ActionType.MOVE_DEAL_STAGE]
    assert (move.status, (await deal(world)).stage) == (ActionStatus.PENDING, Stage.DEMO)
    assert "approved" in move.action_payload["quote"]
    assert await world.approve(move)
    await world.work()
    assert (await deal(world)).stage is Stage.PROPOSAL


async def test_intent_12_what_is_taken_back_later_proposes_nothing(world: World) -> None:
    job_id = await met(
        world,
        "Sarah Chen: The budget is approved.",
        "Robin Hale: It would be forty thousand for the first year.",
        "Sarah Chen: Oh. That is far too expensive for us.",
    )
    assert ActionType.MOVE_DEAL_STAGE not in {each.action_type for each in await world.actions(job_id)}


@pytest.mark.parametrize("stage", [Stage.NEGOTIATION, Stage.WON, Stage.LOST])
async def test_intent_12_a_decision_to_buy_is_for_the_rep_to_book(world: World, stage: Stage) -> None:
    contact = await world.import_customer()
    async with world.database.begin() as tx:
        found = (await tx.crm.picture(ORG.id, [contact.id])).deal
        assert found is not None
        await tx.crm_writer.move_stage(ORG.id, found.id, stage)
    world.know(*load_catalogue().sequences)
    talk = "\n".join((*OPENING, "Sarah Chen: The budget is approved, so we are going ahead with you."))
    job_id = await world.start(payload={"meeting_id": await world.store_meeting(talk.encode())})
    await world.work()
    assert ActionType.MOVE_DEAL_STAGE not in {each.action_type for each in await world.actions(job_id)}
