"""The floor: as many commits as a job of seven steps needs, on the bare driver, and nothing around them.

One for the job, one for its claim, one for each step with the job's progress; the last one is also the end.
"""

import asyncio
import itertools
import sqlite3

import asyncpg

from bench.engine.rivals.timing import asked_for, time_tasks, time_threads

TABLES = (
    "CREATE TABLE jobs (id TEXT PRIMARY KEY, status TEXT, step TEXT, fence INTEGER)",
    "CREATE TABLE steps (job_id TEXT, name TEXT, output TEXT, PRIMARY KEY (job_id, name))",
)
STEPS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


def sqlite_jobs(path: str, jobs: int) -> None:
    """On one connection, one job after the other: SQLite has one writer, and more of them only wait."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = FULL", *TABLES):
        connection.execute(statement)

    def commit(*statements: tuple[str, tuple[object, ...]]) -> None:
        connection.execute("BEGIN IMMEDIATE")
        for statement, values in statements:
            connection.execute(statement, values)
        connection.execute("COMMIT")

    def job(number: int) -> None:
        job_id = f"job-{number}"
        commit(("INSERT INTO jobs VALUES (?, 'pending', '', 0)", (job_id,)))
        commit(("UPDATE jobs SET status = 'running', fence = fence + 1 WHERE id = ?", (job_id,)))
        for name, then in itertools.zip_longest(STEPS, STEPS[1:]):
            commit(
                ("INSERT INTO steps VALUES (?, ?, ?)", (job_id, name, '{"n":1}')),
                ("UPDATE jobs SET step = ?, status = ? WHERE id = ?", (then, "running" if then else "done", job_id)),
            )

    time_threads(job, jobs, 1)
    connection.close()


async def postgres_jobs(url: str, jobs: int, at_once: int) -> None:
    async with asyncpg.create_pool(url, min_size=at_once, max_size=at_once) as pool:
        for statement in TABLES:
            await pool.execute(statement)

        async def job(number: int) -> None:
            job_id = f"job-{number}"
            async with pool.acquire() as connection:
                await connection.execute("INSERT INTO jobs VALUES ($1, 'pending', '', 0)", job_id)
                await connection.execute("UPDATE jobs SET status = 'running', fence = fence + 1 WHERE id = $1", job_id)
                for name, then in itertools.zip_longest(STEPS, STEPS[1:]):
                    async with connection.transaction():
                        await connection.execute("INSERT INTO steps VALUES ($1, $2, $3)", job_id, name, '{"n":1}')
                        await connection.execute(
                            "UPDATE jobs SET step = $1, status = $2 WHERE id = $3",
                            then,
                            "running" if then else "done",
                            job_id,
                        )

        await time_tasks(job, jobs, at_once)


def main() -> None:
    url, jobs, at_once = asked_for()
    if url.startswith("sqlite"):
        sqlite_jobs(url.removeprefix("sqlite:///"), jobs)
    else:
        asyncio.run(postgres_jobs(url, jobs, at_once))


if __name__ == "__main__":
    main()
