"""The main job in the core: a transcript becomes one card, and nothing leaves or changes without its owner."""

import pytest

from sequences.actions.spec import version_of
from sequences.catalogue import load_catalogue
from sequences.front import Front
from sequences.meeting_ended import MEETING_ENDED
from sequences.members import Members
from sequences.records.action import ActionStatus, ActionType
from sequences.records.card import DebriefCard
from sequences.records.event import EventStatus
from sequences.records.job import JobStatus, StepStatus
from sequences.records.people import Org
from tests.sequences.people import REP
from tests.sequences.world import UNDO, World

CALL = b"""Robin Hale: Thank you for making the time today, Sarah. How do you plan your routes at the moment?
Sarah Chen: We plan them in spreadsheets, and it takes us most of a day every week.
Robin Hale: That is a lot of time. What would you like to see next?
Sarah Chen: Could you send us a proposal with the prices for twenty vans?
Robin Hale: I'll send you the proposal by Friday.
Sarah Chen: Great. Our budget for this is approved, and we want to go live in June.
"""
INTERNAL = b"""Robin Hale: Let us look at the pipeline for this week.
Ines Duarte: I will send the numbers to everybody by Friday.
"""


@pytest.fixture
def front(world: World) -> Front:
    world.know(*load_catalogue().sequences)
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


async def met(world: World, talk: bytes = CALL) -> str:
    await world.import_customer()
    meeting_id = await world.store_meeting(talk)
    job_id = await world.start(payload={"meeting_id": meeting_id})
    await world.work()
    return job_id


async def debrief(front: Front) -> DebriefCard:
    card = await front.last_debrief(REP)
    assert card is not None
    return card


async def test_core_21_a_meeting_becomes_one_card_with_everything_on_it(world: World, front: Front) -> None:
    job_id = await met(world)
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL
    assert {run.status for run in (await world.steps(job_id)).values()} == {StepStatus.DONE}
    card = await debrief(front)
    assert (card.title, card.company, card.with_names) == ("Acme call", "Acme Corp", ("Sarah Chen",))
    assert 0 < len(card.summary) <= 5
    assert any("proposal" in item.text.casefold() for item in card.action_items)
    assert card.mail is not None
    assert card.mail.mail.to == ("sarah@acme.example",)
    assert card.mail.mail.body.rstrip().endswith("Robin Hale")
    assert card.tasks is not None
    assert card.explanation.engine == "offline rules"


async def test_intent_18_every_quote_on_the_card_was_said(world: World, front: Front) -> None:
    await met(world)
    card = await debrief(front)
    said = CALL.decode()
    quotes = [item.quote for item in card.action_items] + [item.quote for item in card.intents]
    assert quotes
    assert all(quote in said for quote in quotes)


async def test_hitl_14_nothing_leaves_without_a_press(world: World, front: Front) -> None:
    job_id = await met(world)
    statuses = {action.action_type: action.status for action in await world.actions(job_id)}
    assert statuses[ActionType.SEND_EMAIL] is ActionStatus.PENDING
    assert statuses[ActionType.CREATE_TASKS] is ActionStatus.PENDING
    assert statuses.get(ActionType.MOVE_DEAL_STAGE, ActionStatus.PENDING) is ActionStatus.PENDING
    await world.later(UNDO * 10)
    assert world.mailer.handed_over == []
    assert (await world.picture()).open_tasks == ()


async def test_meet_04_a_promised_proposal_asks_for_its_sequence(world: World, front: Front) -> None:
    await met(world)
    raised = {stored.event.type: stored for stored in await world.events()}
    assert raised["proposal_generation"].event.parent_job_id is not None
    assert raised["proposal_generation"].status in (EventStatus.SKIPPED, EventStatus.ACCEPTED)
    assert raised["proposal_generation"].reason or raised["proposal_generation"].job_id


async def test_send_19_the_approved_follow_up_is_sent_and_the_run_ends(world: World, front: Front) -> None:
    job_id = await met(world)
    for action in await world.actions(job_id):
        if action.status is ActionStatus.PENDING:
            assert await world.approve(action)
    await world.later(UNDO)
    (mail,) = world.mailer.sent.values()
    card = await debrief(front)
    assert card.mail is not None
    assert mail == card.mail.mail
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    picture = await world.picture()
    assert picture.open_tasks
    assert "email" in {activity.kind for activity in picture.activities}


async def test_meet_05_an_internal_meeting_offers_no_mail(world: World, front: Front) -> None:
    job_id = await met(world, INTERNAL)
    assert ActionType.SEND_EMAIL not in {action.action_type for action in await world.actions(job_id)}
    assert (await world.steps(job_id))["draft_follow_up"].status is StepStatus.SKIPPED
    assert (await debrief(front)).mail is None


async def test_intent_21_the_transcript_is_never_copied_into_the_run(world: World, front: Front) -> None:
    job_id = await met(world)
    async with world.database.read() as tx:
        stored = await tx.jobs.steps(job_id)
    whole = " ".join(CALL.decode().split())
    assert whole not in " ".join(str([run.output for run in stored]).split())
    unquoted = "How do you plan your routes at the moment?"
    assert not [run.name for run in stored if unquoted in str(run.output) and run.name.startswith("context:")]


async def test_hitl_16_tasks_from_what_was_said_wait_for_their_owner(world: World, front: Front) -> None:
    job_id = await met(world)
    (tasks,) = [action for action in await world.actions(job_id) if action.action_type is ActionType.CREATE_TASKS]
    assert tasks.status is ActionStatus.PENDING
    assert (await world.picture()).open_tasks == ()
    assert await world.approve(tasks)
    await world.work()
    assert [task.title for task in (await world.picture()).open_tasks] == [
        task["title"] for task in tasks.action_payload["tasks"]
    ]


async def test_hitl_17_a_summary_asks_nobody(world: World, front: Front) -> None:
    """Its steps propose nothing, and the summary is on the card while everything else still waits."""
    job_id = await met(world)
    assert {action.step for action in await world.actions(job_id)} <= {"draft_follow_up", "update_crm", "create_tasks"}
    assert [step.name for step in MEETING_ENDED.steps if step.requires_approval and "summar" in step.name] == []
    assert (await debrief(front)).summary


async def test_the_second_draft_sounds_like_the_first_one_after_its_owner_edited_it(world: World, front: Front) -> None:
    await met(world)
    first = (await debrief(front)).mail
    assert first is not None
    assert first.mail.body.startswith("Hi Sarah,")
    mine = "Hey Sarah,\n\nThanks for the chat! I'll send the proposal by Friday.\n\nCheers,\nRobin Hale"
    action = await world.action(first.decision.action_id)
    edited = await world.gate.edit(action.id, REP, version_of(action.digest), {"body": mine})
    assert edited.ok
    assert await world.approve(action)
    await world.later(UNDO)
    await world.work()
    assert (await world.action(action.id)).status is ActionStatus.EXECUTED

    meeting_id = await world.store_meeting(CALL, external_id="2")
    await world.start(payload={"meeting_id": meeting_id}, idempotency_key="meeting_ended:2")
    await world.work()
    second = (await debrief(front)).mail
    assert second is not None
    assert second.decision.action_id != action.id
    assert second.mail.body.startswith("Hey Sarah,\n\nThanks for your time.\n")
    assert second.mail.body.endswith("\n\nCheers,\nRobin Hale")
    assert "\n- " not in second.mail.body
