"""Several processes on PostgreSQL share the work, and nothing is lost or done twice when one of them goes."""

import pytest

from config import Role
from sequences.records.job import JobStatus
from sequences.runner.heartbeat import LEASE
from tests.processes.cluster import PATIENT, Cluster, Node, raise_event
from tests.processes.story import STEPS

pytestmark = pytest.mark.postgres

MANY = 24


def done_once(cluster: Cluster, numbers: range) -> None:
    """Each step of each job once, whoever did it."""
    did = sorted((line.number, line.name) for line in cluster.journal.lines("did"))
    assert did == sorted((str(number), step) for number in numbers for step in STEPS)


async def test_core_14_two_workers_share_the_work_and_nothing_is_done_twice(cluster: Cluster) -> None:
    cluster.journal.hold.touch()
    workers = [await cluster.start_running(Role.WORKER) for _ in range(2)]
    pids = {worker.pid for worker in workers}
    async with cluster.front() as front:
        jobs = [await raise_event(front, number) for number in range(MANY)]
        await cluster.until_written(lambda journal: {line.pid for line in journal.lines("began")} == pids)
        cluster.journal.hold.unlink()
        await cluster.until_done(jobs)
    done_once(cluster, range(MANY))


async def test_chain_13_another_worker_finishes_what_was_in_the_hands_of_one_that_was_killed(cluster: Cluster) -> None:
    cluster.journal.hold.touch()
    dead = await cluster.start_running(Role.WORKER)
    async with cluster.front() as front:
        jobs = [await raise_event(front, number) for number in range(3)]
        await cluster.until_written(lambda journal: len(journal.lines("began")) == 3)
        dead.kill()
        await dead.end()
        cluster.journal.hold.unlink()
        # As long after the kill as a lease lasts; what makes it 60 seconds at most is in test_time_to_recover.
        later = {"NODE_AHEAD_S": str(LEASE.total_seconds())}
        await cluster.start_running(Role.SCHEDULER, **later)
        heir = await cluster.start_running(Role.WORKER, **later)
        await cluster.until_done(jobs)
    firsts = cluster.journal.lines("did", "first")
    assert {line.pid for line in firsts} == {dead.pid}, "a finished step does not run again"
    assert len(firsts) == 3
    assert {line.pid for line in cluster.journal.lines("did", "second")} == {heir.pid}
    assert len(cluster.journal.lines("began", "second")) == 6
    assert [(await cluster.job(job)).fence for job in jobs] == [2, 2, 2]


async def test_err_09_the_scheduler_alone_finds_what_nobody_was_woken_for(cluster: Cluster) -> None:
    async with cluster.front(wakes=False) as front:
        jobs = [await raise_event(front, number) for number in range(MANY)]
    await cluster.start_running(Role.WORKER)
    assert {(await cluster.job(job)).status for job in jobs} == {JobStatus.PENDING}
    await cluster.start_running(Role.SCHEDULER)
    await cluster.until_done(jobs)
    done_once(cluster, range(MANY))


async def stopped(node: Node) -> None:
    node.terminate()
    assert await node.end() == 0, node.said


async def test_chain_08_err_08_a_worker_that_is_told_to_stop_hands_its_jobs_to_another(cluster: Cluster) -> None:
    """Its step is finished and stored; the next one runs elsewhere, at once: no lease has to run out."""
    cluster.journal.hold.touch()
    first = await cluster.start_running(Role.WORKER, **PATIENT)
    async with cluster.front() as front:
        jobs = [await raise_event(front, number) for number in range(3)]
        await cluster.until_written(lambda journal: len(journal.lines("began")) == 3)
        first.terminate()
        await cluster.until_said(first, "finishing what is in hand")
        second = await cluster.start_running(Role.WORKER)
        cluster.journal.hold.unlink()
        assert await first.end() == 0, first.said
        await cluster.until_done(jobs)
    done_once(cluster, range(3))
    assert {line.pid for line in cluster.journal.lines("did", "second")} == {first.pid}
    assert {line.pid for line in cluster.journal.lines("did", "third")} == {second.pid}


async def test_chain_13_a_step_that_outlasts_the_drain_is_given_to_another_worker_at_once(cluster: Cluster) -> None:
    cluster.journal.hold.touch()
    first = await cluster.start_running(Role.WORKER, SIXTY_DRAIN_SECONDS="0")
    async with cluster.front() as front:
        job = await raise_event(front, 0)
        await cluster.until_written(lambda journal: journal.lines("began"))
        await stopped(first)
        assert not cluster.journal.lines("did", "second")
        cluster.journal.hold.unlink()
        await cluster.start_running(Role.SCHEDULER)  # with the right time: the lease was given back
        second = await cluster.start_running(Role.WORKER)
        await cluster.until_done([job])
    assert [line.pid for line in cluster.journal.lines("began", "second")] == [first.pid, second.pid]
    done_once(cluster, range(1))


@pytest.mark.parametrize("role", [Role.WEB, Role.SCHEDULER])
async def test_a_process_of_any_role_stops_when_it_is_told_to(cluster: Cluster, role: Role) -> None:
    await stopped(await cluster.start_running(role))
