"""One process on either database: told to stop, killed, and started again."""

from config import Role
from sequences.records.job import JobStatus
from sequences.runner.heartbeat import LEASE
from tests.processes.cluster import PATIENT, Cluster, raise_event

ALL_WORK = (Role.WORKER, Role.SCHEDULER)


async def test_chain_08_told_to_stop_it_finishes_the_step_and_the_next_process_goes_on(alone: Cluster) -> None:
    alone.journal.hold.touch()
    first = await alone.start_running(*ALL_WORK, **PATIENT)
    async with alone.front() as front:
        job = await raise_event(front, 0)
    await alone.until_written(lambda journal: journal.lines("began"))
    first.terminate()
    await alone.until_said(first, "finishing what is in hand")
    alone.journal.hold.unlink()
    assert await first.end() == 0, first.said
    assert (await alone.job(job)).status is JobStatus.PENDING
    second = await alone.start_running(*ALL_WORK)
    await alone.until_done([job])
    assert [(line.name, line.pid) for line in alone.journal.lines("did")] == [
        ("first", first.pid),
        ("second", first.pid),
        ("third", second.pid),
    ]


async def test_chain_13_a_step_that_outlasts_the_drain_runs_again_at_once_in_the_next_process(alone: Cluster) -> None:
    alone.journal.hold.touch()
    first = await alone.start_running(*ALL_WORK, SIXTY_DRAIN_SECONDS="0")
    async with alone.front() as front:
        job = await raise_event(front, 0)
    await alone.until_written(lambda journal: journal.lines("began"))
    first.terminate()
    assert await first.end() == 0, first.said
    alone.journal.hold.unlink()
    second = await alone.start_running(*ALL_WORK)
    await alone.until_done([job])
    assert [line.pid for line in alone.journal.lines("began")] == [first.pid, second.pid]


async def test_core_14_killed_in_the_middle_of_a_step_it_goes_on_behind_the_last_stored_one(alone: Cluster) -> None:
    alone.journal.hold.touch()
    first = await alone.start_running(*ALL_WORK)
    async with alone.front() as front:
        job = await raise_event(front, 0)
    await alone.until_written(lambda journal: journal.lines("began"))
    first.kill()
    await first.end()
    alone.journal.hold.unlink()
    second = await alone.start_running(*ALL_WORK, NODE_AHEAD_S=str(LEASE.total_seconds()))
    await alone.until_done([job])
    assert [(line.name, line.pid) for line in alone.journal.lines("did")] == [
        ("first", first.pid),
        ("second", second.pid),
        ("third", second.pid),
    ]


async def test_chain_14_a_cron_on_three_nodes_fires_once_for_each_moment(alone: Cluster) -> None:
    nodes = [await alone.start(module="tests.processes.cron_node") for _ in range(3)]

    async def have_all_run() -> bool:
        async with alone.store.read() as tx:
            ticks = await tx.cron_log.recent(100)
        return len({tick.tick for tick in ticks if tick.finished_at}) >= 5

    await alone.until(have_all_run)
    for node in nodes:
        node.kill()
        await node.end()
    async with alone.store.read() as tx:
        ticks = await tx.cron_log.recent(100)
    ran = alone.journal.lines("ticked")
    begun = len(ticks)
    finished = sum(1 for tick in ticks if tick.finished_at)
    assert len({tick.tick for tick in ticks}) == begun
    assert finished <= len(ran) <= begun, "at most the tick in hand at the kill is without its end"
    assert len({line.number for line in ran}) == len(ran)
