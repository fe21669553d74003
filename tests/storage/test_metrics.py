"""What the tables say about themselves is counted right, on both databases."""

from datetime import date, timedelta
from decimal import Decimal

from sequences.ports.dispatch import WorkKind
from sequences.ports.store import CronOutcome, CronTick
from sequences.records.action import ActionStatus
from sequences.records.figures import Backlog, Complaint, DayCount, RunFigures, Tally
from sequences.records.job import JobStatus, StepStatus
from storage.actions import LEFT_BEHIND_AFTER
from storage.database import Database
from storage.metrics import StoredFigures
from tests.storage.samples import (
    MINUTE,
    NOW,
    OTHER_ORG,
    STRANGER,
    make_action,
    make_card,
    make_cost,
    make_delivery,
    make_job,
    make_step,
)

DAY = timedelta(days=1)


async def runs(database: Database, *, days: int = 7, org_id: str | None = None) -> RunFigures:
    return await StoredFigures(database).runs(since=NOW - days * DAY, until=NOW + MINUTE, org_id=org_id)


async def test_obs_03_an_empty_house_has_nothing_to_say(database: Database) -> None:
    assert await runs(database) == RunFigures(
        since=NOW - 7 * DAY,
        until=NOW + MINUTE,
        total_sequences=0,
        by_sequence={},
        by_source={},
        by_status={},
        avg_duration_ms=None,
        success_rate=None,
        stuck_jobs=(),
        daily_counts=(),
        top_steps=(),
        top_skills=(),
        ai_cost_usd=Decimal(0),
        error_summary=(),
    )


async def test_obs_03_runs_are_counted_by_sequence_source_status_and_day(database: Database) -> None:
    before = NOW - 2 * DAY
    done = {"status": JobStatus.COMPLETED, "started_at": NOW, "finished_at": NOW + timedelta(seconds=2)}
    slow = {
        **done,
        "finished_at": NOW + timedelta(seconds=4),
        "created_at": before,
        "event_source": "webhook:meetingbaas",
    }
    failed = {"status": JobStatus.FAILED, "error": "It took too long.", "finished_at": NOW}
    async with database.begin() as tx:
        for changes in (done, slow, failed, failed, {"status": JobStatus.AWAITING_APPROVAL}):
            await tx.jobs.add(make_job(**changes))
        await tx.jobs.add(make_job(**done, created_at=NOW - 30 * DAY))
        await tx.jobs.add(make_job(**done, org_id=OTHER_ORG.id, user_id=STRANGER.id, sequence="morning_brief"))
    found = await runs(database)
    assert found.total_sequences == 6
    assert found.by_sequence == {"meeting_ended": 5, "morning_brief": 1}
    assert found.by_source == {"cli:meeting": 5, "webhook:meetingbaas": 1}
    assert found.by_status == {"completed": 3, "failed": 2, "awaiting_approval": 1}
    assert found.success_rate == 3 / 5
    assert found.avg_duration_ms is not None
    assert abs(found.avg_duration_ms - 2667) <= 1  # SQLite reckons in fractions of a day
    assert found.daily_counts == (
        DayCount(on=date(2026, 3, 3), total=1, completed=1, failed=0),
        DayCount(on=date(2026, 3, 5), total=5, completed=2, failed=2),
    )
    assert found.error_summary == (
        Complaint(sequence="meeting_ended", error="It took too long.", count=2, last_at=NOW),
    )
    assert (await runs(database, org_id=OTHER_ORG.id)).by_sequence == {"morning_brief": 1}
    assert (await runs(database, days=90)).total_sequences == 7


async def test_obs_03_jobs_that_nobody_takes_up_are_stuck(database: Database) -> None:
    long_ago = NOW - timedelta(minutes=30)
    left = make_job(status=JobStatus.IN_PROGRESS, run_at=long_ago - MINUTE, lease_until=long_ago)
    overdue = make_job(run_at=long_ago)
    fine = [
        make_job(status=JobStatus.IN_PROGRESS, run_at=long_ago, lease_until=NOW),
        make_job(status=JobStatus.AWAITING_APPROVAL, run_at=long_ago),
        make_job(status=JobStatus.DEFERRED, run_at=NOW + DAY),
    ]
    async with database.begin() as tx:
        for job in (left, overdue, *fine):
            await tx.jobs.add(job)
    assert (await runs(database)).stuck_jobs == (left.id, overdue.id)


async def test_obs_03_steps_and_skills_by_time_and_use(database: Database) -> None:
    job = make_job()
    async with database.begin() as tx:
        await tx.jobs.add(job)
        claimed = await tx.jobs.claim(job.id, now=NOW, lease=MINUTE)
        assert claimed
        for name, status, seconds in (
            ("context:tier1", StepStatus.DONE, 9.0),
            ("summarise", StepStatus.DONE, 0.25),
            ("detect", StepStatus.FAILED, 1.5),
        ):
            step = make_step(job, name, status=status, finished_at=NOW + timedelta(seconds=seconds))
            await tx.jobs.record_step(claimed, step, next_step=None)
        await tx.costs.add(make_cost(skill="intents", latency_ms=100))
        await tx.costs.add(make_cost(skill="intents", latency_ms=300, error="refused: it declined"))
        await tx.costs.add(make_cost(skill="summary", latency_ms=10, at=NOW - 60 * DAY))
    found = await runs(database)
    assert [(step.name, step.count, step.failed) for step in found.top_steps] == [
        ("meeting_ended.detect", 1, 1),
        ("meeting_ended.summarise", 1, 0),
    ]
    assert [abs(step.avg_ms - expected) <= 1 for step, expected in zip(found.top_steps, (1500, 250), strict=True)]
    assert found.top_skills == (Tally(name="intents", count=2, failed=1, avg_ms=200),)
    assert found.ai_cost_usd == Decimal("0.2")


async def backlog(database: Database) -> Backlog:
    return await StoredFigures(database).backlog(NOW)


async def test_obs_03_the_backlog_of_an_empty_house(database: Database) -> None:
    found = await backlog(database)
    assert {queue.kind: (queue.due, queue.oldest_due_at) for queue in found.queues} == {
        kind.value: (0, None) for kind in WorkKind
    }
    assert (found.open_jobs, found.open_actions, found.crons) == ({}, {}, {})


async def test_obs_03_the_backlog_counts_what_is_due_and_since_when(database: Database) -> None:
    late = NOW - 5 * MINUTE
    async with database.begin() as tx:
        for job in (
            make_job(run_at=late),
            make_job(status=JobStatus.IN_PROGRESS, lease_until=NOW - MINUTE),
            make_job(status=JobStatus.IN_PROGRESS, lease_until=NOW + MINUTE),
            make_job(run_at=NOW + MINUTE),
            make_job(status=JobStatus.COMPLETED, run_at=late),
        ):
            await tx.jobs.add(job)
        for action in (
            make_action(expires_at=NOW - 7 * MINUTE),
            make_action(),
            make_action(status=ActionStatus.CONFIRMED, execute_at=late),
            make_action(status=ActionStatus.EXECUTING, executed_at=NOW - LEFT_BEHIND_AFTER),
            make_action(status=ActionStatus.EXECUTING, executed_at=NOW),
            make_action(status=ActionStatus.EXECUTED, executed_at=late),
        ):
            await tx.actions.add(action)
        await tx.cards.add(make_card(show_at=late))
        await tx.cards.add(make_card(show_at=late, lease_until=NOW + MINUTE))
        await tx.cards.add(make_card(show_at=late, shown_rev=1))
        await tx.deliveries.add(make_delivery(process_at=late))
        await tx.deliveries.add(make_delivery(process_at=NOW + MINUTE))
        for number, outcome in enumerate((CronOutcome.DONE, CronOutcome.FAILED)):
            tick = CronTick(name="refresh", tick=NOW - number * MINUTE, node="n", started_at=NOW)
            await tx.cron_log.claim(tick)
            await tx.cron_log.finish(tick, outcome, now=NOW - number * MINUTE)
    found = await backlog(database)
    assert {queue.kind: (queue.due, queue.oldest_due_at) for queue in found.queues} == {
        "job": (2, late),
        "action": (3, NOW - 7 * MINUTE),
        "card": (1, late),
        "delivery": (1, late),
    }
    assert found.open_jobs == {"pending": 2, "in_progress": 2}
    assert found.open_actions == {"pending_confirmation": 2, "executing": 2, "confirmed": 1}
    assert found.crons == {"refresh": NOW}
