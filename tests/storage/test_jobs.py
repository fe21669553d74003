"""Jobs: keys, claims, fences, steps, due order."""

import asyncio
from datetime import datetime, timedelta
from decimal import Decimal

from sequences.ports.store import Store
from sequences.records.job import Job, JobStatus
from storage.database import Database
from tests.storage.samples import MINUTE, NOW, OTHER_ORG, STRANGER, make_job

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
