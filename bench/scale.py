"""More worker processes, more jobs a second: seven steps on PostgreSQL, shared over the queue.

Once they are empty, so that the machine's cores are what is short; once one of them waits as for a model's answer, as
nearly all real work does, so that the places of the workers are. Everything is raised before the workers start to work,
and the clock runs while they do.
"""

import asyncio
import contextlib
import json
import os
import signal
import sys
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta

from sqlalchemy import text

from bench.databases import postgres_url
from bench.engine.sixty_jobs import ORG, REP
from bench.figures import Figure
from bench.scale_node import seven_steps
from config import Role, Settings
from scheduler.node import Drain
from scheduler.procrastinate import ProcrastinateDispatcher
from sequences.intake import Intake
from sequences.ports.dispatch import WorkKind
from sequences.records.event import Event, EventSource, EventType
from sequences.records.job import JobStatus
from storage.database import Database
from wiring import build_core, make_dispatcher, queue_tables

WORKERS = (1, 2, 4)
WARM_UP = 40
JOBS = 600
WAITING_JOBS, WAIT_S = 320, 0.5
LINEAR = 0.8  # of what as many single workers do, until the cores are full
STEPS = 7
LOOK_EVERY_S = 0.02
UNFINISHED = text("SELECT count(*) FROM sequence_jobs WHERE status <> 'completed'")
NODE = "bench.scale_node"
ENVIRONMENT = {
    "SLACK_BOT_TOKEN": "xoxb-of-nobody",
    "SLACK_API_URL": "http://127.0.0.1:9/api/",
    "SIXTY_DISPATCHER": "procrastinate",
    "SIXTY_HTTP_PORT": "0",
    "SIXTY_MIGRATE_ON_START": "0",
    "SIXTY_LOG_LEVEL": "INFO",
}


def now() -> datetime:
    return datetime.now(UTC)


def measure() -> list[Figure]:
    """A database for each number of workers, on one server."""
    empty = {workers: asyncio.run(_jobs_per_s(workers, JOBS, waits_s=0)) for workers in WORKERS}
    waiting = {workers: asyncio.run(_jobs_per_s(workers, WAITING_JOBS, waits_s=WAIT_S)) for workers in WORKERS}
    return [
        *(
            Figure(name=f"engine.postgres.workers_{workers}_jobs_per_s", value=per_s,
                   what=f"jobs of seven empty steps a second, worker processes on PostgreSQL: {workers}")
            for workers, per_s in empty.items()
        ),
        *(
            Figure(name=f"engine.postgres.waiting_workers_{workers}_jobs_per_s", value=per_s,
                   what=f"the same where one step waits {WAIT_S} s as for a model, worker processes: {workers}")
            for workers, per_s in waiting.items()
        ),
        *(
            Figure(name=f"engine.postgres.waiting_workers_{workers}_times_1", value=waiting[workers] / waiting[1],
                   at_least=LINEAR * workers, what=f"as many as one of them, worker processes: {workers}")
            for workers in WORKERS[1:]
        ),
    ]  # fmt: skip


async def _jobs_per_s(workers: int, jobs: int, *, waits_s: float) -> float:
    with postgres_url() as url:
        store = Database.open(url)
        try:
            await store.migrate()
            await queue_tables(store).install()
            async with store.begin() as tx:
                await tx.people.save_org(ORG)
                await tx.people.save_user(REP)
            async with _nodes(url, workers, waits_s=waits_s):
                ids, took = await _work_off(url, store, jobs)
            await _prove(store, ids)
        finally:
            await store.close()
    return jobs / took


@contextlib.asynccontextmanager
async def _nodes(url: str, workers: int, *, waits_s: float) -> AsyncIterator[None]:
    """Worker processes that have connected and said so, stopped as an operator stops them."""
    environment = {**os.environ, **ENVIRONMENT, "SIXTY_DATABASE_URL": url}
    nodes = [
        await asyncio.create_subprocess_exec(
            sys.executable, "-m", NODE, str(waits_s), Role.WORKER, env=environment, stderr=asyncio.subprocess.PIPE
        )
        for _ in range(workers)
    ]
    try:
        readers = [await _until_running(node) for node in nodes]
        yield
    finally:
        for node in nodes:
            if node.returncode is None:
                node.send_signal(signal.SIGTERM)
        await asyncio.gather(*(node.wait() for node in nodes))
    await asyncio.gather(*readers)


async def _until_running(node: asyncio.subprocess.Process) -> asyncio.Task[None]:
    """Answers the task that goes on reading what it says, so that it never waits for us."""
    if node.stderr is None:
        raise RuntimeError("the node has no voice")
    async for line in node.stderr:
        if json.loads(line)["message"] == "sixty is running":
            return asyncio.create_task(_read_on(node.stderr))
    raise RuntimeError("the node did not start")


async def _read_on(lines: asyncio.StreamReader) -> None:
    async for _ in lines:
        pass


async def _work_off(url: str, store: Database, jobs: int) -> tuple[list[str], float]:
    """The jobs are there before anybody is woken; from then on it counts. The first few only warm the workers up."""
    settings = Settings.model_validate(
        {name.lower(): value for name, value in ENVIRONMENT.items()} | {"sixty_database_url": url}
    )
    quiet = build_core(settings, store, now, catalogue=seven_steps(0))
    dispatcher = make_dispatcher(settings, store, now)
    if not isinstance(dispatcher, ProcrastinateDispatcher):
        raise TypeError("work is to be shared here")
    async with dispatcher.running(works=False, sweeps=False, drain=Drain(timedelta(0))):
        for numbers in (range(WARM_UP), range(WARM_UP, WARM_UP + jobs)):
            ids = [await _raise(quiet.intake, number) for number in numbers]
            started = time.perf_counter()
            for job_id in ids:
                dispatcher.wake(WorkKind.JOB, job_id, org_id=ORG.id)
            await _until_done(store)
            took = time.perf_counter() - started
    await quiet.aclose()
    return ids, took


async def _raise(intake: Intake, number: int) -> str:
    accepted = await intake.raise_event(
        Event(
            type=EventType.MEETING_ENDED,
            source=EventSource.CLI_MEETING,
            org_id=ORG.id,
            user_id=REP.id,
            payload={"n": number},
            idempotency_key=f"meeting_ended:{number}",
        )
    )
    if accepted.job is None:
        raise RuntimeError(f"the event was not taken up: {accepted.reason}")
    return accepted.job.id


async def _until_done(store: Database) -> None:
    """Asks for one number only, so that asking costs the workers little."""
    left = 1
    while left:
        async with store.read() as tx:
            left = (await tx.connection.execute(UNFINISHED)).scalar_one()
        await asyncio.sleep(LOOK_EVERY_S if left else 0)


async def _prove(store: Database, ids: list[str]) -> None:
    async with store.read() as tx:
        for job_id in ids:
            job, runs = await tx.jobs.get(job_id), await tx.jobs.steps(job_id)
            if job is None or job.status is not JobStatus.COMPLETED or len({run.name for run in runs}) < STEPS:
                raise RuntimeError(f"{job_id} is not complete")


if __name__ == "__main__":
    for figure in measure():
        print(f"{figure.name} {figure.value:.0f}")
