"""What only separate processes can show: two that start at once, and one that is killed while it writes."""

import asyncio
import sys
from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from storage.tables import METADATA
from tests.storage.samples import ANNA, NOW, ORG, make_job

MIGRATE = """
import asyncio, sys
from storage.database import Database

async def main():
    database = Database.open(sys.argv[1])
    print("ready", flush=True)
    sys.stdin.readline()
    await database.migrate()
    await database.close()

asyncio.run(main())
"""

WRITE = """
import asyncio, sys
from storage.database import Database
from tests.storage.samples import make_job, make_step

async def main():
    database = Database.open(sys.argv[1])
    while True:
        job = make_job()
        async with database.begin() as tx:
            await tx.jobs.add(job)
        print(job.id, flush=True)

asyncio.run(main())
"""


async def start(program: str, url: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-c",
        program,
        url,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def read_line(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


@pytest.fixture
async def reopened(database_url: str) -> AsyncIterator[Database]:
    database = Database.open(database_url)
    yield database
    await database.close()


async def test_processes_that_start_at_once_migrate_once(empty_database_url: str) -> None:
    processes = [await start(MIGRATE, empty_database_url) for _ in range(3)]
    for process in processes:
        assert await read_line(process) == "ready"
    results = await asyncio.gather(*(process.communicate(b"go\n") for process in processes))
    assert [process.returncode for process in processes] == [0, 0, 0], [error.decode() for _, error in results]
    database = Database.open(empty_database_url)
    async with database.read() as tx:
        assert await tx.jobs.due(NOW, 1) == []
    await database.close()
    assert METADATA.tables


async def test_what_was_committed_survives_a_kill(database_url: str, reopened: Database) -> None:
    async with reopened.begin() as tx:
        await tx.people.save_org(ORG)
        await tx.people.save_user(ANNA)
    process = await start(WRITE, database_url)
    committed = [await read_line(process) for _ in range(25)]
    process.kill()
    await process.communicate()
    async with reopened.begin() as tx:
        for job_id in committed:
            assert await tx.jobs.get(job_id) is not None
        assert await tx.jobs.add(make_job()), "the dead one holds no lock"
