"""A person's answer in its wire shape, through the one door that buttons use as well."""

from datetime import timedelta
from typing import Any

import pytest

from sequences.actions.spec import version_of
from sequences.front import Front
from sequences.members import Members
from sequences.records.action import ActionStatus
from sequences.records.job import JobStatus
from sequences.records.people import Org
from sequences.records.resume import Decision, ResumeRequest
from tests.sequences.people import BOSS, REP
from tests.sequences.stories import Script, short_story, story
from tests.sequences.world import World, mail_proposal


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


async def wire(world: World, action_id: str, decision: Decision, **more: Any) -> ResumeRequest:
    """As it would arrive: JSON."""
    action = await world.action(action_id)
    data = {"action": decision.value, "pending_action_id": action.id, "version": version_of(action.digest)} | more
    body = {"resume_job_id": action.job_id, "resume_step": "long gone", "approval_data": data}
    return ResumeRequest.model_validate(body)


async def test_env_21_a_decision_in_its_wire_shape_resumes_the_run(world: World, front: Front) -> None:
    world.know(story(Script()), short_story(Script()))
    job_id = await world.start(idempotency_key="meeting_ended:wire")
    await world.work()
    mail, tasks = await world.actions(job_id)
    assert (await front.decide(await wire(world, mail.id, Decision.APPROVE), REP)).ok
    assert (await front.decide(await wire(world, tasks.id, Decision.SKIP), REP)).ok
    await world.later(timedelta(minutes=1))
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert (await world.job(job_id)).idempotency_key == "meeting_ended:wire"
    assert len(world.mailer.handed_over) == 1


@pytest.mark.parametrize(
    ("decision", "changes", "status", "subject"),
    [
        (Decision.APPROVE, {}, ActionStatus.CONFIRMED, "Next steps"),
        (Decision.APPROVE, {"subject": "Better"}, ActionStatus.CONFIRMED, "Better"),
        (Decision.EDIT, {"subject": "Better"}, ActionStatus.PENDING, "Better"),
        (Decision.SKIP, {}, ActionStatus.CANCELLED, "Next steps"),
        (Decision.CANCEL, {"subject": "Better"}, ActionStatus.CANCELLED, "Next steps"),
    ],
)
async def test_hitl_06_each_answer_does_what_it_says(
    world: World, front: Front, decision: Decision, changes: dict[str, Any], status: ActionStatus, subject: str
) -> None:
    action = await world.park(mail_proposal())
    assert (await front.decide(await wire(world, action.id, decision, user_modifications=changes), REP)).ok
    after = await world.action(action.id)
    assert (after.status, after.action_payload["subject"]) == (status, subject)
    assert after.approved_digest in (None, after.digest)


async def test_hitl_06_an_answer_for_another_run_or_another_version_or_by_another_person_counts_for_nothing(
    world: World, front: Front
) -> None:
    action = await world.park(mail_proposal())
    right = await wire(world, action.id, Decision.APPROVE)
    assert not (await front.decide(right.model_copy(update={"resume_job_id": "job_other"}), REP)).ok
    assert not (await front.decide(right, BOSS)).ok
    assert not (await front.decide(await wire(world, action.id, Decision.APPROVE, version="0" * 12), REP)).ok
    for changes in ({"to": "nobody"}, {"subject": {"no": "text"}}):
        odd = await wire(world, action.id, Decision.APPROVE, user_modifications=changes)
        refused = await front.decide(odd, REP)
        assert (refused.ok, "nobody" in refused.text) == (False, False)
    assert await world.action(action.id) == action
