"""An event, the run that it becomes, and what a step of it can do: each on the real parts."""

import re
from datetime import timedelta

import pytest
from pydantic import ValidationError

from sequences.context import Run, Tier1, Tier2
from sequences.policy.budget import BudgetExceededError, limits_of
from sequences.ports.model import ModelError
from sequences.records.action import ActionStatus, ActionType, Proposal
from sequences.records.crm import Activity
from sequences.records.event import Event, EventSource, EventStatus
from sequences.records.insight import CallType, CrmObject
from sequences.records.job import FollowUp, JobStatus, StepStatus
from sequences.records.material import MeetingMaterial
from sequences.records.resume import ResumeRequest
from sequences.runner import attempt
from sequences.skills.catalogue import ALL_SKILLS
from sequences.skills.thinker import Thinker
from sequences.step import Result, Step, Tier, step
from tests.sequences.fakes import TALK
from tests.sequences.people import ORG, REP
from tests.sequences.stories import (
    Closed,
    Drafted,
    Guessed,
    Heard,
    Script,
    close_step,
    hear_step,
    short_story,
    show_step,
    story,
)
from tests.sequences.world import World, mail_proposal


@pytest.fixture
def script(world: World, monkeypatch: pytest.MonkeyPatch) -> Script:
    monkeypatch.setattr(attempt, "RETRY_BASE_S", 0)
    script = Script()
    world.know(story(script), short_story(script))
    return script


# -- events -----------------------------------------------------------------------------------------------------------


async def test_env_01_one_shape_holds_whatever_happened_and_comes_back_as_it_was(world: World, script: Script) -> None:
    parent = await world.start(idempotency_key="meeting_ended:parent")
    event = Event(
        type="calendar_find_times",
        source=EventSource.ORCHESTRATOR_CHAIN,
        org_id=ORG.id,
        user_id=REP.id,
        payload={"words": "again", "deep": {"list": [1, 2.5, None, "ä"]}},
        idempotency_key="calendar_find_times:1",
        parent_job_id=parent,
    )
    await world.intake.raise_event(event)
    (stored,) = [stored.event for stored in await world.events() if stored.event.parent_job_id]
    assert stored == event


def test_env_02_what_an_event_and_a_resume_must_say() -> None:
    required = {name for name, field in Event.model_fields.items() if field.is_required()}
    assert required == {"type", "source", "org_id", "user_id", "idempotency_key"}
    assert not Event.model_fields["parent_job_id"].is_required()
    assert not ResumeRequest.model_fields["resume_step"].is_required()


@pytest.mark.parametrize("who", [{"org_id": "org_gone"}, {"user_id": "user_gone"}])
async def test_env_03_without_org_or_user_nothing_runs_and_the_log_says_why(
    world: World, script: Script, who: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("INFO"):
        accepted = await world.raise_event(**who)
    await world.work()
    assert (accepted.status, accepted.job, script.calls) == (EventStatus.SKIPPED, None, [])
    assert [getattr(record, "reason", None) for record in caplog.records if record.message == "event skipped"] == [
        "its org or user does not exist"
    ]


async def test_env_04_what_a_run_leaves_behind(world: World, script: Script) -> None:
    script.failures["guess"] = [ModelError("no", kind="refused")]
    job_id = await world.start()
    await world.work()
    job, steps = await world.job(job_id), await world.steps(job_id)
    assert job.id == job_id
    assert [name for name, run in steps.items() if run.status is StepStatus.DONE] == ["hear", "draft", "show"]
    assert {name: run.output for name, run in steps.items()} == {
        "hear": {"text": "Robin Hale: hello"},
        "guess": None,
        "draft": {"subject": "About Robin Hale: hello"},
        "show": {"text": "shown"},
    }
    assert {action.status for action in await world.actions(job_id)} == {ActionStatus.PENDING}
    assert [child.sequence for child in await world.children(job_id)] == ["calendar_find_times"]
    assert {name: run.error for name, run in steps.items() if run.error} == {"guess": "no"}


def test_env_05_sources_are_a_closed_list_of_kind_and_detail() -> None:
    assert [source for source in EventSource if not re.fullmatch(r"[a-z]+:[a-z_]+", source)] == []
    assert {"webhook:meetingbaas", "cron:morning", "slack:button_approve", "orchestrator:chain"} <= set(EventSource)
    with pytest.raises(ValidationError, match="source"):
        Event.model_validate({"type": "t", "source": "cron:tea", "org_id": "o", "user_id": "u", "idempotency_key": "k"})


# -- steps ------------------------------------------------------------------------------------------------------------


async def test_core_03_what_a_step_can_do(world: World) -> None:
    """Run a skill by its key, call a function, change the CRM, branch on earlier output, queue a follow-up."""
    contact = await world.import_customer()
    meeting_id = await world.store_meeting(TALK)
    by_key = {skill.key: skill for skill in ALL_SKILLS}
    deal = (await world.picture()).deal
    assert deal is not None

    def is_sure(call_type: CallType | None) -> bool:
        return call_type is not None and call_type.confidence > 0

    def is_unsure(call_type: CallType | None) -> bool:
        return not is_sure(call_type)

    @step(context=(Tier.ONE, Tier.TWO), critical=True)
    async def run_a_skill(material: MeetingMaterial, thinker: Thinker) -> CallType:
        found: CallType = await thinker.think(by_key["classify_call"], material)
        return found

    @step(condition=is_sure)
    async def change_the_crm(tier2: Tier2) -> Result[Heard]:
        write = {"object": CrmObject.DEAL, "object_id": deal.id, "field": "next_step", "new": "Send it", "quote": "q"}
        payload = {"writes": [{"object_name": deal.name, "old": "Call back", **write}]}
        proposal = Proposal(type=ActionType.UPDATE_CRM_FIELDS, payload=payload, reason="Said so.")
        return Result(output=Heard(text=tier2.customer.contacts[0].name), proposes=(proposal,))

    @step(condition=is_unsure)
    async def the_other_branch() -> Drafted:
        raise AssertionError

    @step()
    async def queue_a_follow_up(heard: Heard | None) -> Result[Guessed]:
        follow_up = FollowUp(type="calendar_find_times", reason="asked", key="talk", payload={"words": "again"})
        return Result(output=Guessed(text=str(heard and heard.text)), follow_ups=(follow_up,))

    steps = (run_a_skill, change_the_crm, the_other_branch, queue_a_follow_up)
    world.know(story(Script(), *steps), short_story(Script()))
    job_id = await world.start(payload={"meeting_id": meeting_id})
    await world.work()
    ran = await world.steps(job_id)
    assert {name: run.status for name, run in ran.items()} == {
        "run_a_skill": StepStatus.DONE,
        "change_the_crm": StepStatus.DONE,
        "the_other_branch": StepStatus.SKIPPED,
        "queue_a_follow_up": StepStatus.DONE,
    }
    assert ran["queue_a_follow_up"].output == {"text": contact.name}
    changed = (await world.picture()).deal
    assert changed is not None
    assert changed.next_step == "Send it"
    assert [child.trigger_payload for child in await world.children(job_id)] == [{"words": "again"}]
    assert CallType.model_validate(ran["run_a_skill"].output)


async def test_core_09_each_step_is_stored_and_judged_before_the_next_begins(world: World, script: Script) -> None:
    """What the second step finds in the tables; the third would be over the budget, and the fourth never begins."""
    found: dict[str, object] = {}

    @step(critical=True)
    async def look(heard: Heard, run: Run) -> Result[Guessed]:
        found["steps"] = {name: done.output for name, done in (await world.steps(run.job.id)).items()}
        found["current"] = (await world.job(run.job.id)).current_step
        return Result(output=Guessed(text="looked"), proposes=(mail_proposal(),))

    @step()
    async def spend(run: Run) -> Drafted:
        found["proposed"] = [action.step for action in await world.actions(run.job.id)]
        raise BudgetExceededError(limits_of(ORG, REP, world.clock())[0])

    world.know(story(script, hear_step(script), look, spend, show_step(script)))
    job_id = await world.start()
    await world.work()
    assert found == {"steps": {"hear": {"text": "Robin Hale: hello"}}, "current": "look", "proposed": ["look"]}
    assert "show" not in script.calls
    assert (await world.job(job_id)).status is JobStatus.FAILED


@pytest.mark.parametrize("critical", [False, True])
async def test_core_11_a_step_that_proposes_nonsense_fails_at_once_and_is_not_taken_up_for_ever(
    world: World, script: Script, critical: bool
) -> None:
    nonsense = Proposal(type=ActionType.SEND_EMAIL, payload={"to": 7}, reason="a bug")

    @step(critical=critical)
    async def propose(heard: Heard) -> Result[Guessed]:
        return Result(output=Guessed(text=heard.text), proposes=(mail_proposal(), nonsense))

    world.know(story(script, hear_step(script), propose, show_step(script)))
    job_id = await world.start()
    await world.work()
    assert (await world.job(job_id)).status is (JobStatus.FAILED if critical else JobStatus.COMPLETED)
    assert await world.actions(job_id) == []
    if not critical:
        assert (await world.steps(job_id))["propose"].error == "what it proposed cannot be done"


async def test_core_12_the_state_of_a_run_lies_in_the_tables(world: World, script: Script) -> None:
    job_id = await world.start(payload={"words": "hi"})
    await world.work()
    job = await world.job(job_id)
    assert (job.sequence, job.event_source, job.trigger_payload) == ("meeting_ended", "cli:meeting", {"words": "hi"})
    assert (job.current_step, job.started_at) == ("show", world.clock())
    assert (job.metadata["steps_completed"], job.metadata["approval_gates"]) == (4, 2)
    assert (job.metadata["followups_queued"], job.metadata["ai_cost_usd"]) == (1, "0")
    async with world.database.read() as tx:
        names = [run.name for run in await tx.jobs.steps(job_id)]
    assert names == ["context:tier1", "hear", "guess", "draft", "show"]


async def test_core_15_the_states_of_a_job(world: World, script: Script) -> None:
    assert set(JobStatus) >= {"pending", "in_progress", "awaiting_approval", "completed", "failed"}
    seen: list[JobStatus] = []

    @step(critical=True)
    async def look(run: Run) -> Heard:
        seen.append((await world.job(run.job.id)).status)
        return Heard(text="")

    @step(critical=True)
    async def wait(heard: Heard) -> Result[Drafted]:
        return Result(output=Drafted(subject=heard.text), proposes=(mail_proposal(),), waits=True)

    world.know(story(script, look, wait, close_step(script)))
    job_id = await world.start()
    seen.append((await world.job(job_id)).status)
    await world.work()
    seen.append((await world.job(job_id)).status)
    await world.approve((await world.actions(job_id))[0])
    seen.append((await world.job(job_id)).status)
    script.failures["close"] = [ValueError("a bug")]
    await world.work()
    seen.append((await world.job(job_id)).status)
    async with world.database.begin() as tx:
        await tx.jobs.retry(job_id, now=world.clock())
    await world.later(timedelta(minutes=1))
    seen.append((await world.job(job_id)).status)
    assert seen == ["pending", "in_progress", "awaiting_approval", "pending", "failed", "completed"]


# -- context ----------------------------------------------------------------------------------------------------------


def customer_step() -> Step:
    @step(context=(Tier.ONE, Tier.TWO), critical=True)
    async def look(tier1: Tier1, tier2: Tier2) -> Closed:
        customer = tier2.customer
        names = [contact.name for contact in customer.contacts]
        names += [found.name if found else "-" for found in (customer.company, customer.deal)]
        names += [activity.summary for activity in customer.activities]
        return Closed(text=" | ".join(names))

    return look


@pytest.mark.parametrize(
    ("by", "finds"),
    [
        ("contact_id", "Sarah Chen | Acme Corp | Acme pilot | Mail about the pilot"),
        ("deal_id", "Sarah Chen | Acme Corp | Acme pilot | Mail about the pilot"),
        ("meeting_id", "Sarah Chen | Acme Corp | Acme pilot | Mail about the pilot"),
        ("nothing", "- | -"),
        ("somebody_elses", "- | -"),
    ],
)
async def test_ctx_05_the_customer_is_found_by_whatever_the_event_names(world: World, by: str, finds: str) -> None:
    contact = await world.import_customer()
    deal = (await world.picture()).deal
    assert deal is not None
    activity = Activity(id="a1", kind="email", summary="Mail about the pilot", at=world.clock(), deal_id=deal.id)
    async with world.database.begin() as tx:
        await tx.crm_writer.log_activity(ORG.id, activity, effect_key="a1")
    meeting_id = await world.store_meeting(TALK)
    payload = {
        "contact_id": {"contact_id": contact.id},
        "deal_id": {"deal_id": deal.id},
        "meeting_id": {"meeting_id": meeting_id},
        "nothing": {},
        "somebody_elses": {"deal_id": "deal_gone", "contact_id": "contact_gone"},
    }[by]
    world.know(story(Script(), customer_step()))
    job_id = await world.start(payload=payload)
    await world.work()
    assert (await world.steps(job_id))["look"].output == {"text": finds}


async def test_ctx_03_tier_2_holds_people_company_deal_and_what_happened_with_mails_and_meetings(world: World) -> None:
    contact = await world.import_customer()
    kinds = ("meeting", "email", "note")
    async with world.database.begin() as tx:
        for kind in kinds:
            about = Activity(id=kind, kind=kind, summary=kind, at=world.clock(), contact_id=contact.id)
            await tx.crm_writer.log_activity(ORG.id, about, effect_key=kind)
    world.know(story(Script(), customer_step()))
    job_id = await world.start(payload={"contact_id": contact.id})
    await world.work()
    async with world.database.read() as tx:
        (stored,) = [run for run in await tx.jobs.steps(job_id) if run.name == "context:tier2"]
    customer = Tier2.model_validate(stored.output).customer
    assert customer.company is not None
    assert customer.deal is not None
    assert {activity.kind for activity in customer.activities} == set(kinds)
