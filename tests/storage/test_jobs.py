"""Jobs: keys, claims, fences, steps, due order."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from decimal import Decimal

import pytest

from sequences.ports.store import FenceLostError, Jobs, Store
from sequences.records.job import FollowUp, Job, JobStatus, StepStatus
from storage.database import Database
from tests.storage.samples import ANNA, MINUTE, NOW, OTHER_ORG, STRANGER, ids, make_job, make_step

LEASE = timedelta(minutes=3)


async def add(database: Database, *jobs: Job) -> None:
    async with database.begin() as tx:
        for job in jobs:
            assert await tx.jobs.add(job)


async def claim(database: Database, job: Job, *, now: datetime = NOW) -> Job:
    async with database.begin() as tx:
        claimed = await tx.jobs.claim(job.id, now=now, lease=LEASE)
    assert claimed is not None
    return claimed


async def settle(database: Database, job: Job, status: JobStatus) -> None:
    async with database.begin() as tx:
        await tx.jobs.settle(job, status, now=NOW)


async def stored(database: Database, job: Job) -> Job:
    async with database.read() as tx:
        found = await tx.jobs.get(job.id)
    assert found is not None
    return found


async def test_the_database_is_a_store(database: Database) -> None:
    store: Store = database
    async with store.read() as tx:
        assert await tx.jobs.get("job_unknown") is None


async def test_a_job_comes_back_as_it_went_in(database: Database) -> None:
    job = make_job(
        reserved_usd=Decimal("0.15"), metadata={"events": [1, {"a": None}]}, current_step="load", error="kept", depth=2
    )
    await add(database, job)
    assert await stored(database, job) == job


async def test_one_key_one_live_job_per_org(database: Database) -> None:
    first, second = make_job(idempotency_key="k"), make_job(idempotency_key="k")
    elsewhere = make_job(idempotency_key="k", org_id=OTHER_ORG.id, user_id=STRANGER.id)
    await add(database, first, elsewhere)
    async with database.begin() as tx:
        assert not await tx.jobs.add(second)
        found = await tx.jobs.by_key(first.org_id, "k")
    assert found is not None
    assert found.id == first.id


async def test_two_adds_with_one_key_at_once_make_one_job(database_url: str, database: Database) -> None:
    other = Database.open(database_url)

    async def attempt(through: Database) -> bool:
        async with through.begin() as tx:
            return await tx.jobs.add(make_job(idempotency_key="race"))

    answers = await asyncio.gather(*(attempt(through) for through in (database, other) * 5))
    await other.close()
    assert answers.count(True) == 1


async def test_chain_12_a_failed_job_gives_up_its_key(database: Database) -> None:
    failed, again = make_job(idempotency_key="k"), make_job(idempotency_key="k", created_at=NOW + MINUTE)
    await add(database, failed)
    await settle(database, await claim(database, failed), JobStatus.FAILED)
    await add(database, again)
    async with database.begin() as tx:
        found = await tx.jobs.by_key(failed.org_id, "k")
        assert found is not None
        assert found.id == again.id
        assert not await tx.jobs.retry(failed.id, now=NOW), "the new job holds the key now"
    assert (await stored(database, failed)).status is JobStatus.FAILED


async def test_a_failed_job_may_run_again(database: Database) -> None:
    job = make_job()
    await add(database, job)
    claimed = await claim(database, job)
    async with database.begin() as tx:
        await tx.jobs.record_step(claimed, make_step(job, "one"), next_step="two")
        await tx.jobs.settle(claimed, JobStatus.FAILED, now=NOW, error="the model was away")
        assert await tx.jobs.retry(job.id, now=NOW + MINUTE)
        assert not await tx.jobs.retry(job.id, now=NOW + MINUTE), "it is no longer failed"
        steps = await tx.jobs.steps(job.id)
    found = await stored(database, job)
    assert (found.status, found.run_at, found.error, found.finished_at) == (
        JobStatus.PENDING,
        NOW + MINUTE,
        None,
        None,
    )
    assert [step.name for step in steps] == ["one"]


async def test_retry_and_add_at_once_leave_one_live_job(database_url: str, database: Database) -> None:
    failed = make_job(idempotency_key="k")
    await add(database, failed)
    await settle(database, await claim(database, failed), JobStatus.FAILED)
    other = Database.open(database_url)

    async def add_again() -> bool:
        async with other.begin() as tx:
            return await tx.jobs.add(make_job(idempotency_key="k"))

    async def retry() -> bool:
        async with database.begin() as tx:
            return await tx.jobs.retry(failed.id, now=NOW)

    answers = await asyncio.gather(add_again(), retry())
    await other.close()
    assert sorted(answers) == [False, True]


async def test_claim_takes_a_due_job_and_grows_its_fence(database: Database) -> None:
    job = make_job()
    await add(database, job)
    claimed = await claim(database, job)
    assert (claimed.status, claimed.fence, claimed.lease_until) == (JobStatus.IN_PROGRESS, 1, NOW + LEASE)
    assert claimed.started_at == NOW
    assert await stored(database, job) == claimed


async def test_claim_refuses_what_is_not_due_held_or_done(database: Database) -> None:
    later, held, done = make_job(run_at=NOW + MINUTE), make_job(), make_job()
    await add(database, later, held, done)
    await claim(database, held)
    await settle(database, await claim(database, done), JobStatus.COMPLETED)
    async with database.begin() as tx:
        for job in (later, held, done, make_job()):
            assert await tx.jobs.claim(job.id, now=NOW, lease=LEASE) is None


async def test_claim_takes_over_when_the_lease_has_run_out(database: Database) -> None:
    job = make_job()
    await add(database, job)
    first = await claim(database, job)
    second = await claim(database, job, now=NOW + LEASE)
    assert (second.fence, second.started_at) == (first.fence + 1, NOW)


async def test_two_claims_at_once_give_the_job_out_once(database_url: str, database: Database) -> None:
    job = make_job()
    await add(database, job)
    other = Database.open(database_url)

    async def attempt(through: Database) -> Job | None:
        async with through.begin() as tx:
            return await tx.jobs.claim(job.id, now=NOW, lease=LEASE)

    answers = await asyncio.gather(*(attempt(through) for through in (database, other) * 5))
    await other.close()
    assert [answer.fence for answer in answers if answer is not None] == [1]


async def test_chain_13_a_fenced_off_worker_writes_nothing(database: Database) -> None:
    job = make_job()
    await add(database, job)
    zombie = await claim(database, job)
    successor = await claim(database, job, now=NOW + LEASE)
    attempts: list[Callable[[Jobs], Awaitable[None]]] = [
        lambda jobs: jobs.record_step(zombie, make_step(job, "one"), next_step=None),
        lambda jobs: jobs.settle(zombie, JobStatus.COMPLETED, now=NOW),
        lambda jobs: jobs.renew(zombie, lease_until=NOW + LEASE * 5),
    ]
    for attempt in attempts:
        with pytest.raises(FenceLostError):
            async with database.begin() as tx:
                await attempt(tx.jobs)
    async with database.read() as tx:
        assert await tx.jobs.steps(job.id) == []
    assert await stored(database, job) == successor


async def test_a_settled_job_takes_no_more_steps(database: Database) -> None:
    job = make_job()
    await add(database, job)
    holder = await claim(database, job)
    await settle(database, holder, JobStatus.AWAITING_APPROVAL)
    with pytest.raises(FenceLostError):
        async with database.begin() as tx:
            await tx.jobs.record_step(holder, make_step(job, "one"), next_step=None)


async def test_renewing_moves_the_lease(database: Database) -> None:
    job = make_job()
    await add(database, job)
    holder = await claim(database, job)
    async with database.begin() as tx:
        await tx.jobs.renew(holder, lease_until=NOW + LEASE * 2)
        assert await tx.jobs.claim(job.id, now=NOW + LEASE, lease=LEASE) is None


async def test_a_step_and_the_jobs_progress_commit_together(database: Database) -> None:
    job = make_job(cost_usd=Decimal("0.1"))
    await add(database, job)
    holder = await claim(database, job)
    run = make_step(
        job,
        "summarize",
        cost_usd=Decimal("0.0031"),
        attempts=2,
        follow_ups=(FollowUp(type="proposal_generation", reason="promised", payload={"a": 1}, key="p"),),
    )
    async with database.begin() as tx:
        await tx.jobs.record_step(holder, run, next_step="draft")
    found = await stored(database, job)
    assert (found.current_step, found.cost_usd) == ("draft", Decimal("0.1031"))
    async with database.read() as tx:
        assert await tx.jobs.steps(job.id) == [run]


async def test_a_failure_after_the_step_takes_the_step_back(database: Database) -> None:
    job = make_job()
    await add(database, job)
    holder = await claim(database, job)

    async def fail_halfway() -> None:
        async with database.begin() as tx:
            await tx.jobs.record_step(holder, make_step(job, "one"), next_step="two")
            raise RuntimeError("the power failed")

    with pytest.raises(RuntimeError):
        await fail_halfway()
    assert await stored(database, job) == holder
    async with database.read() as tx:
        assert await tx.jobs.steps(job.id) == []


async def test_steps_keep_the_order_in_which_they_finished(database: Database) -> None:
    job = make_job()
    await add(database, job)
    holder = await claim(database, job)
    names = ["zebra", "apple", "mango"]
    async with database.begin() as tx:
        for name in names:
            await tx.jobs.record_step(holder, make_step(job, name), next_step=None)
        await tx.jobs.record_step(
            holder, make_step(job, "apple", status=StepStatus.FAILED, output=None), next_step=None
        )
        steps = await tx.jobs.steps(job.id)
    assert [(step.name, step.status) for step in steps] == [
        ("zebra", StepStatus.DONE),
        ("apple", StepStatus.FAILED),
        ("mango", StepStatus.DONE),
    ]


async def test_settling_records_how_it_ended(database: Database) -> None:
    job = make_job(metadata={"old": True})
    await add(database, job)
    holder = await claim(database, job)
    async with database.begin() as tx:
        await tx.jobs.settle(holder, JobStatus.COMPLETED, now=NOW + MINUTE, metadata={"total_ai_cost": "0.02"})
    found = await stored(database, job)
    assert (found.status, found.lease_until, found.finished_at) == (JobStatus.COMPLETED, None, NOW + MINUTE)
    assert found.metadata == {"total_ai_cost": "0.02"}


async def test_a_job_handed_back_queues_behind_those_due(database: Database) -> None:
    long, waiting = make_job(run_at=NOW - MINUTE), make_job(run_at=NOW)
    await add(database, long, waiting)
    holder = await claim(database, long)
    async with database.begin() as tx:
        await tx.jobs.settle(holder, JobStatus.PENDING, now=NOW + MINUTE)
        assert ids(await tx.jobs.due(NOW + MINUTE, 10)) == [waiting.id, long.id]


async def test_a_deferred_job_is_due_at_its_time(database: Database) -> None:
    job = make_job()
    await add(database, job)
    holder = await claim(database, job)
    async with database.begin() as tx:
        await tx.jobs.settle(holder, JobStatus.DEFERRED, now=NOW, run_at=NOW + MINUTE)
        assert await tx.jobs.due(NOW, 10) == []
        assert ids(await tx.jobs.due(NOW + MINUTE, 10)) == [job.id]
        assert await tx.jobs.claim(job.id, now=NOW + MINUTE, lease=LEASE) is not None


async def test_only_a_waiting_job_resumes(database: Database) -> None:
    job = make_job()
    await add(database, job)
    holder = await claim(database, job)
    async with database.begin() as tx:
        await tx.jobs.lock(job.id)
        assert not await tx.jobs.resume(job.id, now=NOW)
        await tx.jobs.settle(holder, JobStatus.AWAITING_APPROVAL, now=NOW)
        assert await tx.jobs.resume(job.id, now=NOW + MINUTE)
        assert not await tx.jobs.resume(job.id, now=NOW + MINUTE)
    found = await stored(database, job)
    assert (found.status, found.run_at) == (JobStatus.PENDING, NOW + MINUTE)


async def test_due_lists_what_claim_would_give_out_the_longest_due_first(database: Database) -> None:
    third, first, later, waiting, running = (make_job(run_at=NOW + MINUTE * n) for n in (3, 1, 30, 0, -1))
    await add(database, third, first, later, waiting, running)
    await settle(database, await claim(database, waiting), JobStatus.AWAITING_APPROVAL)
    left_behind = await claim(database, running, now=NOW - MINUTE)  # its lease ends two minutes from now
    async with database.read() as tx:
        assert ids(await tx.jobs.due(NOW + MINUTE * 10, 10)) == [first.id, left_behind.id, third.id]
        assert ids(await tx.jobs.due(NOW + MINUTE * 10, 2)) == [first.id, left_behind.id]
        assert await tx.jobs.due(NOW, 10) == []


async def test_a_users_jobs_newest_first_and_their_children(database: Database) -> None:
    parent, newer = make_job(), make_job(created_at=NOW + MINUTE)
    children = [make_job(parent_job_id=parent.id, depth=2, user_id="user_ben") for _ in range(2)]
    await add(database, parent, newer, *children)
    async with database.read() as tx:
        assert [job.id for job in await tx.jobs.for_user(ANNA.id, 5)] == [newer.id, parent.id]
        assert [job.id for job in await tx.jobs.for_user(ANNA.id, 1)] == [newer.id]
        assert {job.id for job in await tx.jobs.children([parent.id, newer.id])} == {job.id for job in children}
        assert await tx.jobs.children([]) == []
