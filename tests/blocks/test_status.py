"""What ran and what waits, as /60 status and the Home tab tell it."""

from datetime import UTC, datetime, timedelta

import pytest

from blocks.contexts.home import HomeContext
from blocks.contexts.replies import BriefReply, MutedReply
from blocks.contexts.status import StatusReply
from blocks.examples.states import debriefs
from blocks.ids import ActionId
from blocks.render import render_home, render_reply
from blocks.values import CategoryRef, JobRef
from sequences.records.action import ActionType, PendingAction, Risk
from sequences.records.event import Event, EventSource, EventStatus, StoredEvent
from sequences.records.job import Job, JobStatus
from sequences.records.people import User
from tests.blocks.reading import action_ids, all_text, button

NOW = datetime(2026, 11, 19, 15, 5, tzinfo=UTC)
USER = User(id="usr_1", org_id="org_1", slack_user_id="U1", name="Maya & Co", timezone="Europe/London")


def job(name: str, parent: str | None = None, status: JobStatus = JobStatus.COMPLETED, title: str = "") -> Job:
    return Job(
        id=name,
        org_id="org_1",
        user_id="usr_1",
        sequence="meeting_ended",
        event_source="cli:meeting",
        trigger_payload={"title": title} if title else {},
        idempotency_key=name,
        parent_job_id=parent,
        status=status,
        run_at=NOW,
        created_at=NOW - timedelta(days=1),
    )


def waiting(kind: ActionType, **payload: object) -> PendingAction:
    return PendingAction(
        id="act_1",
        org_id="org_1",
        user_id="usr_1",
        action_type=kind,
        action_payload=payload,
        digest="d",
        risk_level=Risk.LOW,
        expires_at=NOW + timedelta(hours=1),
        created_at=NOW,
    )


def test_children_stand_below_their_parents_each_once() -> None:
    jobs = [job("c"), job("root", title="Root"), job("orphan", parent="gone", title="Orphan")]
    children = [job("child", "root", title="Child"), job("grandchild", "child", title="Grand"), jobs[0]]
    status = StatusReply.of(jobs=jobs, children=children, now=NOW, timezone="Europe/London")
    assert [(run.depth, run.title) for run in status.runs] == [
        (0, "Debrief"),
        (0, "Debrief: Root"),
        (1, "Debrief: Child"),
        (2, "Debrief: Grand"),
        (0, "Debrief: Orphan"),
    ]
    assert "↳↳ ✅ Debrief: Grand" in all_text(render_reply(status))


def test_what_a_run_was_about_is_told_where_somebody_knows() -> None:
    status = StatusReply.of(jobs=[job("job_1")], titles={"job_1": "Acme <b>"}, now=NOW, timezone="UTC")
    assert "Debrief: Acme <b> · done · Wed 18 Nov 15:05" in all_text(render_reply(status))


def test_err_06_a_run_that_was_put_back_says_why_and_when_it_goes_on() -> None:
    put_back = job("job_1", status=JobStatus.PENDING).model_copy(
        update={"run_at": NOW + timedelta(minutes=5), "error": "the model is busy"}
    )
    deferred = job("job_2", status=JobStatus.DEFERRED).model_copy(update={"run_at": NOW + timedelta(hours=16)})
    status = StatusReply.of(jobs=[put_back, deferred], now=NOW, timezone="UTC")
    assert [run.state for run in status.runs] == [
        "goes on at 15:10",
        "waits for the end of your quiet hours, until Fri 20 Nov 07:05",
    ]
    assert "the model is busy" in all_text(render_reply(status))


def test_a_family_that_loops_ends() -> None:
    loop = [job("root"), job("a", "root"), job("b", "a"), job("self", "self")]
    status = StatusReply.of(jobs=loop[:1], children=loop[1:], now=NOW, timezone="UTC")
    assert len(status.runs) == 3


def refused(parent: str, kind: str = "proposal_generation", reason: str = "") -> StoredEvent:
    event = Event(
        type=kind,
        source=EventSource.ORCHESTRATOR_CHAIN,
        org_id="org_1",
        user_id="usr_1",
        idempotency_key="k",
        parent_job_id=parent,
    )
    why = reason or f"no sequence answers {kind} yet"
    return StoredEvent(id=f"event_{parent}", event=event, status=EventStatus.SKIPPED, reason=why, received_at=NOW)


def test_chain_01_a_promise_that_nothing_came_of_stands_below_its_run_with_the_reason() -> None:
    children: list[Job | StoredEvent] = [job("child", "root", title="Child")]
    children += [refused("root"), refused("child", "tea_time"), refused("gone")]
    reply = StatusReply.of(jobs=[job("root")], children=children, now=NOW, timezone="Europe/London")
    assert [(run.depth, run.title, run.state) for run in reply.runs] == [
        (0, "Debrief", "done"),
        (1, "Debrief: Child", "done"),
        (2, "Tea time", "noted, I cannot do this by myself yet"),
        (1, "Proposal", "noted, I cannot do this by myself yet"),
    ]
    assert "↳ ⏭️ Proposal · noted, I cannot do this by myself yet · 15:05" in all_text(render_reply(reply))


def test_chain_04_the_tree_shows_what_was_refused_below_the_third_generation() -> None:
    family: list[Job | StoredEvent] = [job("a", "root"), job("b", "a")]
    family += [refused("b", reason="a chain may be 3 deep, this would be 4")]
    reply = StatusReply.of(jobs=[job("root")], children=family, now=NOW, timezone="UTC")
    assert [run.depth for run in reply.runs] == [0, 1, 2, 3]
    assert "↳↳↳ ⏭️ Proposal · skipped, a chain may be 3 deep" in all_text(render_reply(reply))


@pytest.mark.parametrize("status", JobStatus)
def test_each_status_has_its_words_and_only_a_failed_job_a_retry(status: JobStatus) -> None:
    reply = render_reply(StatusReply.of(jobs=[job("job_1", status=status)], now=NOW, timezone="UTC"))
    assert status.value not in all_text(reply) or status is JobStatus.SKIPPED
    retry = [JobRef.decode(button(reply, ActionId.JOB_RETRY)["value"])] if status is JobStatus.FAILED else []
    assert retry == ([JobRef("job_1")] if ActionId.JOB_RETRY in action_ids(reply) else [])


@pytest.mark.parametrize(
    ("action", "says"),
    [
        (waiting(ActionType.SEND_EMAIL, to=["a@x.example"], subject="Hi <b>"), "Send “Hi <b>” to a@x.example"),
        (waiting(ActionType.SEND_EMAIL), "Send a mail to nobody yet"),
        (waiting(ActionType.CREATE_TASKS, tasks=[1]), "Create 1 task "),
        (waiting(ActionType.CREATE_TASKS, tasks=[{"title": "Call Ann"}]), "Create 1 task: “Call Ann” ("),
        (
            waiting(ActionType.CREATE_TASKS, tasks=[{"title": "Call Ann"}] * 3),
            "Create 3 tasks: “Call Ann” and 2 more (",
        ),
        (waiting(ActionType.CREATE_TASKS), "Create tasks"),
        (waiting(ActionType.MOVE_DEAL_STAGE, deal_name="Acme", new="won"), "Move Acme to Won"),
        (waiting(ActionType.CHOOSE_REP, title="Demo"), "Say whose meeting “Demo” was"),
        (waiting(ActionType.UPDATE_CRM_FIELDS), "Update crm fields"),
    ],
)
def test_what_waits_is_named(action: PendingAction, says: str) -> None:
    reply = render_reply(StatusReply.of(jobs=(), waiting=[action], now=NOW, timezone="Europe/London"))
    assert says in all_text(reply)
    assert "(until 16:05)" in all_text(reply)
    assert reply.text == "1 decision waiting for you."


def test_many_jobs_and_decisions_stay_within_the_limits() -> None:
    jobs = [job(f"job_{n}", title="x" * 500) for n in range(200)]
    children = [job(f"child_{n}", f"job_{n % 3}", JobStatus.FAILED, "y" * 500) for n in range(200)]
    many = [waiting(ActionType.SEND_EMAIL, to=["a" * 300], subject="s" * 900)] * 60
    reply = render_reply(StatusReply.of(jobs=jobs, children=children, waiting=many, now=NOW, timezone="UTC"))
    assert len(reply.blocks) <= 50
    assert "and 50 more" in all_text(reply)
    assert "and 384 more" in all_text(reply)
    home = HomeContext.of(USER, jobs=jobs, children=children, waiting=many, muted=["notice"] * 99, now=NOW)
    assert len(render_home(home)["blocks"]) <= 100


def test_a_status_too_large_for_one_message_shows_half() -> None:
    jobs = [job(f"job_{n}", title='"' * 500).model_copy(update={"error": "\\" * 500}) for n in range(20)]
    reply = render_reply(StatusReply.of(jobs=jobs, now=NOW, timezone="UTC"))
    assert "and 12 more" in all_text(reply)


def test_home_greets_and_offers_the_way_back_from_less_of_this() -> None:
    home = render_home(HomeContext.of(USER, muted=["meeting_debrief"], now=NOW))
    assert "Hello, Maya & Co" in all_text(home)
    assert "Switched off by you: Meeting debriefs" in all_text(home)
    assert CategoryRef.decode(button(home, ActionId.HOME_UNMUTE)["value"]) == CategoryRef("meeting_debrief")


def test_less_of_this_can_be_taken_back_at_once() -> None:
    reply = render_reply(MutedReply(category="meeting_debrief"))
    assert CategoryRef.decode(button(reply, ActionId.HOME_UNMUTE)["value"]) == CategoryRef("meeting_debrief")


@pytest.mark.parametrize("state", sorted(debriefs()))
def test_a_debrief_shown_again_has_no_buttons(state: str) -> None:
    reply = render_reply(BriefReply(card=debriefs()[state]))
    assert action_ids(reply) == []
