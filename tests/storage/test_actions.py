"""Pending actions: compare-and-set, what is due, what counts, history and feedback."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from sequences.ids import new_id
from sequences.records.action import ActionStatus, ActionType, Feedback, HistoryEntry, PendingAction
from storage.actions import LEFT_BEHIND_AFTER
from storage.database import Database
from tests.storage.samples import ANNA, BEN, MINUTE, NOW, ORG, ids, make_action, make_job

PENDING, CONFIRMED, EXECUTING = ActionStatus.PENDING, ActionStatus.CONFIRMED, ActionStatus.EXECUTING


async def add(database: Database, *actions: PendingAction) -> None:
    async with database.begin() as tx:
        for action in actions:
            await tx.actions.add(action)


async def test_an_action_comes_back_as_it_went_in(database: Database) -> None:
    job = make_job()
    action = make_action(
        job_id=job.id, card_id="card_not_there_yet", confidence_score=0.8125, original_payload={"a": [1, {"b": None}]}
    )
    async with database.begin() as tx:
        await tx.actions.add(action)
        await tx.jobs.add(job)  # what belongs together may be written in any order
    async with database.read() as tx:
        assert await tx.actions.get(action.id) == action
        assert await tx.actions.get("act_unknown") is None


async def test_a_jobs_actions_keep_the_order_in_which_they_were_proposed(database: Database) -> None:
    job = make_job()
    actions = [make_action(job_id=job.id, created_at=NOW) for _ in range(6)]
    async with database.begin() as tx:
        await tx.jobs.add(job)
        for action in actions:
            await tx.actions.add(action)
        await tx.actions.add(make_action())
    async with database.read() as tx:
        assert await tx.actions.for_job(job.id) == actions


@pytest.mark.parametrize(
    ("expected", "digest", "won"),
    [(PENDING, "digest-1", True), (PENDING, "digest-2", False), (CONFIRMED, "digest-1", False)],
)
async def test_change_writes_only_when_status_and_digest_are_as_expected(
    database: Database, expected: ActionStatus, digest: str, won: bool
) -> None:
    action = make_action()
    await add(database, action)
    changes: dict[str, Any] = {"status": CONFIRMED, "outcome": {"by": "Anna"}, "confirmed_at": NOW, "error": None}
    async with database.begin() as tx:
        assert await tx.actions.change(action.id, expected=expected, expected_digest=digest, **changes) is won
        assert await tx.actions.get(action.id) == (action.model_copy(update=changes) if won else action)


async def test_change_refuses_what_is_no_field(database: Database) -> None:
    with pytest.raises(TypeError, match="staus"):
        async with database.begin() as tx:
            await tx.actions.change("act_1", expected=PENDING, expected_digest="d", staus="confirmed")


async def test_one_of_many_presses_wins(database_url: str, database: Database) -> None:
    action = make_action()
    await add(database, action)
    other = Database.open(database_url)

    async def press(through: Database, status: ActionStatus) -> bool:
        async with through.begin() as tx:
            return await tx.actions.change(action.id, expected=PENDING, expected_digest="digest-1", status=status)

    answers = await asyncio.gather(
        *(press(through, status) for through in (database, other) for status in (CONFIRMED, ActionStatus.CANCELLED) * 3)
    )
    await other.close()
    assert answers.count(True) == 1


async def test_due_lists_deadlines_that_have_come_the_longest_due_first(database: Database) -> None:
    confirmed = make_action(status=CONFIRMED, execute_at=NOW - MINUTE)
    expired = make_action(expires_at=NOW - MINUTE * 2)
    left_behind = make_action(status=EXECUTING, executed_at=NOW - MINUTE * 3)
    await add(
        database,
        confirmed,
        expired,
        left_behind,
        make_action(status=CONFIRMED, execute_at=NOW + MINUTE),
        make_action(status=CONFIRMED, execute_at=NOW + MINUTE, expires_at=NOW - MINUTE),
        make_action(expires_at=NOW + MINUTE),
        make_action(status=EXECUTING, executed_at=NOW - LEFT_BEHIND_AFTER + timedelta(seconds=1)),
        make_action(status=ActionStatus.EXECUTED, execute_at=NOW - MINUTE, executed_at=NOW - MINUTE * 3),
        make_action(status=ActionStatus.CANCELLED, expires_at=NOW - MINUTE),
    )
    async with database.read() as tx:
        assert ids(await tx.actions.due(NOW, 10)) == [left_behind.id, expired.id, confirmed.id]
        assert ids(await tx.actions.due(NOW, 1)) == [left_behind.id]


async def test_waiting_for_lists_one_persons_open_questions_oldest_first(database: Database) -> None:
    newer, older = make_action(created_at=NOW + MINUTE), make_action(created_at=NOW)
    await add(database, newer, older, make_action(user_id=BEN.id), make_action(status=CONFIRMED, execute_at=NOW))
    async with database.read() as tx:
        assert await tx.actions.waiting_for(ANNA.id, 10) == [older, newer]
        assert await tx.actions.waiting_for(ANNA.id, 1) == [older]


async def test_a_daily_limit_counts_executed_executing_and_approved_ones(database: Database) -> None:
    since = NOW - timedelta(hours=9)
    before = since - MINUTE
    await add(
        database,
        make_action(status=ActionStatus.EXECUTED, confirmed_at=before, executed_at=NOW),
        make_action(status=EXECUTING, confirmed_at=NOW, executed_at=NOW),
        make_action(status=CONFIRMED, confirmed_at=NOW, execute_at=NOW + MINUTE),
        make_action(status=ActionStatus.EXECUTED, confirmed_at=before, executed_at=before),
        make_action(status=ActionStatus.CANCELLED, confirmed_at=NOW),
        make_action(),
        make_action(status=ActionStatus.EXECUTED, executed_at=NOW, user_id=BEN.id),
        make_action(status=ActionStatus.EXECUTED, executed_at=NOW, action_type="create_tasks"),
    )
    async with database.read() as tx:
        assert await tx.actions.count_executed(ANNA.id, "send_email", since=since) == 3


async def test_history_is_kept_in_order(database: Database) -> None:
    action, other = make_action(), make_action()
    await add(database, action, other)
    whats = ["proposed", "edited", "approved", "executing", "executed"]
    entries = [
        HistoryEntry(
            id=new_id("history"),
            action_id=action.id,
            org_id=ORG.id,
            user_id=None,
            what=what,
            digest="d",
            detail={"n": number},
            at=NOW,
        )
        for number, what in enumerate(whats)
    ]
    async with database.begin() as tx:
        for entry in entries:
            await tx.actions.add_history(entry)
            await tx.actions.add_history(entry.model_copy(update={"id": new_id("history"), "action_id": other.id}))
    async with database.read() as tx:
        assert await tx.actions.history(action.id) == entries


async def test_feedback_is_kept_with_what_was_changed(database: Database) -> None:
    action = make_action()
    await add(database, action)
    given = Feedback(
        id=new_id("feedback"),
        action_id=action.id,
        org_id=ORG.id,
        user_id=ANNA.id,
        feedback_type="edited",
        original_payload={"body": "a"},
        edited_payload={"body": "b"},
        feedback_text="too formal",
        time_to_decision_ms=30 * 24 * 3600 * 1000,
        created_at=NOW,
    )
    async with database.begin() as tx:
        await tx.actions.add_feedback(given)
        assert await tx.actions.feedback(action.id) == [given]


async def test_the_latest_executed_are_of_one_user_and_kind(database: Database) -> None:
    def done(minutes: int, **changes: Any) -> PendingAction:
        return make_action(status=ActionStatus.EXECUTED, executed_at=NOW + minutes * MINUTE, **changes)

    mails = [done(minutes) for minutes in (1, 3, 2)]
    others = [
        make_action(status=ActionStatus.CONFIRMED, confirmed_at=NOW),
        done(9, user_id=BEN.id),
        done(9, action_type=ActionType.CREATE_TASKS),
    ]
    await add(database, *mails, *others)
    async with database.read() as tx:
        found = await tx.actions.latest_executed(ANNA.id, ActionType.SEND_EMAIL, 2)
    assert found == [mails[1], mails[2]]
