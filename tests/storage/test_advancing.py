"""Claims and advances of several jobs at once: each on its own terms, together in few transactions."""

import asyncio
from contextlib import AbstractAsyncContextManager
from datetime import timedelta
from decimal import Decimal

import pytest

from sequences.ports.store import Advance, Claimed, End, FenceLostError
from sequences.records.job import Job, JobStatus, StepRun
from storage.database import Database
from storage.errors import ConstraintError
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import ANNA, MINUTE, NOW, ORG, make_job, make_step

LEASE = timedelta(seconds=45)


async def add(database: Database, *jobs: Job) -> None:
    async with database.begin() as tx:
        for job in jobs:
            assert await tx.jobs.add(job)


async def take(database: Database, job: Job) -> Claimed:
    claimed = await database.claim(job.id, now=NOW, lease=LEASE)
    assert claimed is not None
    return claimed


async def stored(database: Database, job: Job) -> tuple[Job, list[StepRun]]:
    async with database.read() as tx:
        found = await tx.jobs.get(job.id)
        assert found is not None
        return found, await tx.jobs.steps(job.id)


def count_units(database: Database, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Grows by one with each unit of work that begins for a group."""
    begun: list[int] = []

    def begin() -> AbstractAsyncContextManager[UnitOfWork]:
        begun.append(1)
        return database.begin()

    monkeypatch.setattr(database._group, "_begin", begin)
    return begun


async def test_a_claim_brings_the_job_its_steps_and_whom_it_is_for(database: Database) -> None:
    job = make_job()
    await add(database, job)
    first = await take(database, job)
    assert (first.job.fence, first.job.status, first.steps) == (1, JobStatus.IN_PROGRESS, [])
    assert first.people == (ANNA, ORG)
    await database.advance(Advance(first.job, (make_step(job, "one"), make_step(job, "two")), "three"))
    again = await database.claim(job.id, now=NOW + MINUTE, lease=LEASE)
    assert again is not None
    assert [run.name for run in again.steps] == ["one", "two"]
    assert again.job.current_step == "three"


async def test_a_job_that_is_not_to_be_had_is_none(database: Database) -> None:
    job = make_job(run_at=NOW + MINUTE)
    await add(database, job)
    assert await database.claim(job.id, now=NOW, lease=LEASE) is None
    assert await database.claim("no such job", now=NOW, lease=LEASE) is None


async def test_of_two_that_want_the_same_job_at_once_one_has_it(database: Database) -> None:
    job = make_job()
    await add(database, job)
    answers = await asyncio.gather(*(database.claim(job.id, now=NOW, lease=LEASE) for _ in range(5)))
    assert sum(answer is not None for answer in answers) == 1
    assert (await stored(database, job))[0].fence == 1


async def test_many_at_once_share_few_transactions(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    jobs = [make_job() for _ in range(30)]
    await add(database, *jobs)
    units = count_units(database, monkeypatch)
    claims = await asyncio.gather(*(take(database, job) for job in jobs))
    await asyncio.gather(
        *(database.advance(Advance(claim.job, (make_step(claim.job, "one"),), "two")) for claim in claims)
    )
    assert len(units) <= 4
    for job in jobs:
        found, steps = await stored(database, job)
        assert (found.current_step, [run.name for run in steps]) == ("two", ["one"])


async def test_steps_add_up_their_cost_and_keep_their_order(database: Database) -> None:
    job = make_job()
    await add(database, job)
    held = (await take(database, job)).job
    await database.advance(Advance(held, (make_step(job, "context"), make_step(job, "one", cost_usd="0.0031")), "two"))
    await database.advance(Advance(held, (make_step(job, "two", cost_usd="0.0000000007"),), "three"))
    found, steps = await stored(database, job)
    assert found.cost_usd == Decimal("0.0031000007")
    assert [run.name for run in steps] == ["context", "one", "two"]
    assert steps[0] == make_step(job, "context")


async def test_the_end_commits_with_the_last_step(database: Database) -> None:
    job = make_job(metadata={"claims": 0})
    await add(database, job)
    held = (await take(database, job)).job
    end = End(NOW + MINUTE, {"steps_completed": 1, "note": "käse \x00 “quoted”"})
    await database.advance(Advance(held, (make_step(job, "one"),), None, end))
    found, steps = await stored(database, job)
    assert (found.status, found.finished_at, found.lease_until) == (JobStatus.COMPLETED, NOW + MINUTE, None)
    assert found.metadata == {"steps_completed": 1, "note": "käse \ufffd “quoted”"}
    assert found.current_step is None
    assert len(steps) == 1


async def test_without_an_end_nothing_else_of_the_job_changes(database: Database) -> None:
    job = make_job(metadata={"claims": 0})
    await add(database, job)
    held = (await take(database, job)).job
    await database.advance(Advance(held, (make_step(job, "one"),), "two"))
    found, _ = await stored(database, job)
    assert found == held.model_copy(update={"current_step": "two"})


async def test_chain_13_a_zombie_in_the_group_writes_nothing_and_stops_nobody(database: Database) -> None:
    job, other = make_job(), make_job()
    await add(database, job, other)
    zombie, living = (await take(database, job)).job, (await take(database, other)).job
    newer = await database.claim(job.id, now=NOW + MINUTE, lease=LEASE)
    assert newer is not None
    answers = await asyncio.gather(
        database.advance(Advance(zombie, (make_step(job, "one", output={"by": "zombie"}),), "two")),
        database.advance(Advance(newer.job, (make_step(job, "one", output={"by": "heir"}),), "two")),
        database.advance(Advance(living, (make_step(other, "one"),), "two")),
        return_exceptions=True,
    )
    assert [type(answer) for answer in answers] == [FenceLostError, type(None), type(None)]
    assert [run.output for run in (await stored(database, job))[1]] == [{"by": "heir"}]
    assert [run.name for run in (await stored(database, other))[1]] == ["one"]


async def test_a_part_that_cannot_be_stored_takes_no_other_with_it(database: Database) -> None:
    jobs = [make_job() for _ in range(5)]
    await add(database, *jobs)
    held = [(await take(database, job)).job for job in jobs]
    runs = [make_step(job, "one") for job in jobs]
    runs[2] = runs[2].model_copy(update={"job_id": "no such job"})
    answers = await asyncio.gather(
        *(database.advance(Advance(job, (run,), "two")) for job, run in zip(held, runs, strict=True)),
        return_exceptions=True,
    )
    assert [isinstance(answer, ConstraintError) for answer in answers] == [False, False, True, False, False]
    states = [(await stored(database, job))[0].current_step for job in jobs]
    assert states == ["two", "two", None, "two", "two"]


async def test_whoever_gives_up_waiting_holds_up_nobody(database: Database) -> None:
    jobs = [make_job() for _ in range(3)]
    await add(database, *jobs)
    wishes = [asyncio.create_task(database.claim(job.id, now=NOW, lease=LEASE)) for job in jobs]
    await asyncio.sleep(0)
    wishes[1].cancel()
    first, second, third = await asyncio.gather(*wishes, return_exceptions=True)
    assert isinstance(first, Claimed)
    assert isinstance(second, asyncio.CancelledError)
    assert isinstance(third, Claimed)


async def test_asking_from_within_a_unit_of_work_is_refused_where_it_would_wait_for_itself(
    database: Database,
) -> None:
    job = make_job()
    await add(database, job)
    if database.url.get_backend_name() != "sqlite":
        assert await database.claim(job.id, now=NOW, lease=LEASE)
        return
    async with database.begin():
        with pytest.raises(RuntimeError, match="inside a unit of work"):
            await database.claim(job.id, now=NOW, lease=LEASE)


async def test_closing_waits_for_what_is_on_its_way(database_url: str, database: Database) -> None:
    job = make_job()
    await add(database, job)
    other = Database.open(database_url)
    wish = asyncio.create_task(other.claim(job.id, now=NOW, lease=LEASE))
    await asyncio.sleep(0)
    await other.close()
    assert await wish is not None
