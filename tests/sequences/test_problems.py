"""What stops a run is told truly: what was done, what was not, what left, what waits, and whether to try again."""

from datetime import timedelta
from typing import Any

import pytest

from sequences.actions.spec import version_of
from sequences.cards.failure import build_failure
from sequences.policy.budget import BudgetExceededError, limits_of
from sequences.ports.dispatch import WorkKind
from sequences.ports.model import ModelError
from sequences.records.action import ActionStatus, ErrorCode
from sequences.records.card import NoticeCard
from sequences.records.job import JobStatus
from sequences.records.problem import Problem
from sequences.runner.runner import MAX_CLAIMS
from tests.sequences.fakes import START, lost_mail, refused_mail
from tests.sequences.people import BOSS, ORG, REP
from tests.sequences.stories import Script, story
from tests.sequences.world import UNDO, World


async def failure(world: World, job_id: str) -> NoticeCard:
    async with world.database.read() as tx:
        job = await tx.jobs.get(job_id)
        assert job is not None
        return await build_failure(tx, job)


async def stopped(world: World, step: str = "close", error: BaseException | None = None) -> str:
    """A run that waits for its owner and, once they have decided, stops at ``step``."""
    script = Script(failures={step: [error or ValueError("a bug")]})
    world.know(story(script))
    job_id = await world.start()
    await world.work()
    return job_id


async def test_err_01_before_anything_left_the_card_says_so(world: World) -> None:
    job_id = await stopped(world, "draft")
    card = await failure(world, job_id)
    assert card.text == (
        "something unexpected went wrong. Done until then: hear, guess. Not done: draft, show, close. Nothing was sent."
    )
    assert card.retry_job_id == job_id


async def test_err_01_a_mail_that_left_is_not_denied(world: World) -> None:
    job_id = await stopped(world)
    mail, tasks = await world.actions(job_id)
    assert await world.approve(mail)
    assert await world.approve(tasks)
    await world.later(UNDO)
    assert (await world.job(job_id)).status is JobStatus.FAILED
    card = await failure(world, job_id)
    assert "1 mail was sent." in card.text
    assert "Already so: tasks were created." in card.text
    assert "Nothing was sent" not in card.text


async def test_err_01_a_mail_that_is_about_to_leave_is_told(world: World) -> None:
    job_id = await stopped(world)
    mail, tasks = await world.actions(job_id)
    assert await world.approve(mail)
    assert (await world.gate.cancel(tasks.id, REP, version_of(tasks.digest))).ok
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.FAILED
    assert "A mail that you approved will still be sent" in (await failure(world, job_id)).text


@pytest.mark.parametrize(
    ("error", "text"),
    [(lost_mail(), "A mail may have been sent or not"), (refused_mail(), "Nothing was sent.")],
    ids=["unknown", "refused"],
)
async def test_err_01_a_mail_of_which_nobody_knows_is_told_as_such(
    world: World, error: BaseException, text: str
) -> None:
    job_id = await stopped(world)
    mail, tasks = await world.actions(job_id)
    world.mailer.errors = [error]
    assert await world.approve(mail)
    assert (await world.gate.cancel(tasks.id, REP, version_of(tasks.digest))).ok
    await world.later(UNDO)
    assert text in (await failure(world, job_id)).text


async def test_err_01_what_still_waits_for_a_decision_is_told(world: World) -> None:
    job_id = await stopped(world, "show")
    card = await failure(world, job_id)
    assert "Still waits for your decision: a mail, tasks." in card.text


@pytest.mark.parametrize(
    ("error", "code", "message", "details"),
    [
        (ValueError("secret"), ErrorCode.INTERNAL_ERROR, "something unexpected went wrong", {"step": "hear"}),
        (
            ModelError("The model refused", kind="refused"),
            ErrorCode.SERVICE_UNAVAILABLE,
            "The model refused",
            {"step": "hear", "attempts": 1},
        ),
        (
            BudgetExceededError(limits_of(ORG, REP, START)[3]),
            ErrorCode.RATE_LIMITED,
            "which begins on 1 April.",
            {"limit": "user_rep:monthly:2026-03-01"},
        ),
    ],
    ids=["a bug", "the model", "the budget"],
)
async def test_err_10_a_stopped_run_keeps_code_message_recoverable_and_details(
    world: World, error: BaseException, code: ErrorCode, message: str, details: dict[str, Any]
) -> None:
    job_id = await stopped(world, "hear", error)
    job = await world.job(job_id)
    problem = Problem.model_validate(job.metadata["problem"])
    assert (problem.code, problem.recoverable) == (code, True)
    assert problem.message.endswith(message)
    assert problem.message == job.error
    assert details.items() <= problem.details.items()
    assert "secret" not in str(job.metadata)


async def test_err_10_what_cannot_be_tried_again_offers_no_retry(world: World) -> None:
    world.know(story(Script()))
    job_id = await world.start()
    world.know()
    for _ in range(70):  # for an hour, a newer worker might know it
        await world.later(timedelta(minutes=1))
    job = await world.job(job_id)
    assert Problem.model_validate(job.metadata["problem"]).recoverable is False
    card = await failure(world, job_id)
    assert (card.retry_job_id, card.next_step) == (None, None)


async def test_err_10_a_refused_press_is_told_in_the_same_shape(world: World) -> None:
    world.know(story(Script()))
    job_id = await world.start()
    await world.work()
    mail, _ = await world.actions(job_id)
    refused = (await world.gate.approve(mail.id, BOSS, version_of(mail.digest))).problem
    assert refused is not None
    assert (refused.code, refused.recoverable) == (ErrorCode.PERMISSION_DENIED, False)
    outdated = (await world.gate.approve(mail.id, REP, "000000000000")).problem
    assert outdated is not None
    assert (outdated.code, outdated.recoverable) == (ErrorCode.CONFIRMATION_REQUIRED, True)
    assert outdated.details == {"action_id": mail.id}
    assert (await world.gate.approve(mail.id, REP, version_of(mail.digest))).problem is None


async def test_err_10_a_failed_action_keeps_it_in_its_trail(world: World) -> None:
    world.know(story(Script()))
    job_id = await world.start()
    await world.work()
    mail, _ = await world.actions(job_id)
    world.mailer.errors = [refused_mail()]
    assert await world.approve(mail)
    await world.later(UNDO)
    assert (await world.action(mail.id)).status is ActionStatus.FAILED
    async with world.database.read() as tx:
        (entry,) = [entry for entry in await tx.actions.history(mail.id) if entry.what == "failed"]
    problem = Problem.model_validate(entry.detail)
    assert (problem.code, problem.recoverable) == (ErrorCode.SERVICE_UNAVAILABLE, True)


async def test_err_06_a_rate_limited_run_waits_five_minutes_and_shows_it(world: World) -> None:
    script = Script(failures={"hear": [ModelError("the model is busy", kind="rate_limited")]})
    world.know(story(script))
    job_id = await world.start()
    await world.work()
    job = await world.job(job_id)
    assert (job.status, job.error) == (JobStatus.PENDING, "the model is busy")
    assert job.run_at == world.clock() + timedelta(minutes=5)
    assert await world.due(WorkKind.JOB) == []
    await world.later(timedelta(minutes=5))
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL


async def test_err_06_a_model_that_stays_busy_for_hours_ends_in_a_card_that_says_so(world: World) -> None:
    busy: list[BaseException] = [ModelError("the model is busy", kind="rate_limited")] * (MAX_CLAIMS + 1)
    world.know(story(Script(failures={"hear": busy})))
    job_id = await world.start()
    for _ in range(MAX_CLAIMS + 1):
        await world.later(timedelta(minutes=5))
    assert (await world.job(job_id)).status is JobStatus.FAILED
    card = await failure(world, job_id)
    assert card.text.startswith("the model is busy. Nothing had been done by then.")
    assert card.retry_job_id == job_id


@pytest.mark.parametrize(
    "error",
    [
        ModelError("it took more than 60 s", kind="unreachable"),
        ModelError("it declined", kind="refused"),
        ModelError("it gave no valid answer", kind="invalid"),
        ModelError("its quota is used up", kind="out_of_quota"),
    ],
    ids=["slow", "refuses", "rubbish", "out of quota"],
)
async def test_err_01_whatever_a_model_does_the_run_is_kept_and_the_rep_can_go_on(
    world: World, error: ModelError
) -> None:
    job_id = await stopped(world, "draft", error)
    if error.is_transient:  # the second try went well
        assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL
        return
    card = await failure(world, job_id)
    assert str(error) in card.text
    async with world.database.begin() as tx:
        assert await tx.jobs.retry(job_id, now=world.clock())
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.AWAITING_APPROVAL
