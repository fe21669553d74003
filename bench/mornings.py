"""The same minute strikes for ten thousand reps: how long until all their jobs are there, with two nodes at it."""

import asyncio
import time
from datetime import UTC, datetime
from decimal import Decimal

from sqlalchemy import func, insert, select

from bench.databases import migrated, postgres_url, sqlite_url
from bench.figures import Figure
from sequences.intake import Intake
from sequences.ports.dispatch import WorkKind
from sequences.records.base import Record
from sequences.records.event import EventSource, EventType
from sequences.records.people import Org, User
from sequences.recurring import RecurringEvents
from sequences.sequence import Affinity, Catalogue, Sequence
from sequences.step import step
from storage.database import Database
from storage.people import USER
from storage.tables import events, sequence_jobs, users

REPS, ORGS, NODES = 10_000, 50, 2
EIGHT = datetime(2026, 3, 9, 8, tzinfo=UTC)
BATCH = 1000


class Day(Record):
    on: str


class Greeting(Record):
    text: str


@step(critical=True)
async def greet(day: Day) -> Greeting:
    return Greeting(text=day.on)


BRIEF = Sequence(
    event=EventType.MORNING_BRIEF,
    payload=Day,
    sources=frozenset({EventSource.CRON_MORNING}),
    confidence=0.95,
    affinity=Affinity.PIPELINE,
    steps=(greet,),
)


class Nobody:
    """Hears the wakes. Running the jobs is measured elsewhere."""

    def wake(self, kind: WorkKind, id: str, *, at: datetime | None = None, org_id: str | None = None) -> None: ...


def measure() -> list[Figure]:
    with sqlite_url() as url:
        on_sqlite = asyncio.run(_on("sqlite", url))
    with postgres_url() as url:
        return on_sqlite + asyncio.run(_on("postgres", url))


async def _on(name: str, url: str) -> list[Figure]:
    async with migrated(url) as database, migrated(url) as other:
        await _hire(database)
        started = time.perf_counter()
        raised = await asyncio.gather(_node(database).raise_due(EIGHT), _node(other).raise_due(EIGHT))
        taken = time.perf_counter() - started
        started = time.perf_counter()
        again = await _node(database).raise_due(EIGHT)
        idle = time.perf_counter() - started
        jobs, of_people, kept = await _count(database)
    if of_people != REPS or sum(raised) + again != kept:
        raise RuntimeError(f"{of_people} of {REPS} reps have a job; {raised} and {again} raised, {kept} kept")
    return [
        Figure(name=f"mornings_{name}_s", value=taken, target=60,
               what=f"{REPS:,} reps in {ORGS} orgs due in the same minute, {NODES} nodes: until all jobs are there"),
        Figure(name=f"mornings_{name}_doubled", value=jobs - of_people, target=0, what="jobs that were there twice"),
        Figure(name=f"mornings_{name}_idle_tick_ms", value=idle * 1000, what="a tick when all of them are done"),
    ]  # fmt: skip


def _node(database: Database) -> RecurringEvents:
    catalogue = Catalogue((BRIEF,), frozenset({Day}))
    dispatcher = Nobody()
    intake = Intake(
        store=database, catalogue=catalogue, dispatcher=dispatcher, clock=lambda: EIGHT, is_free=True
    )  # fmt: skip
    return RecurringEvents(store=database, intake=intake, catalogue=catalogue, dispatcher=dispatcher)


async def _hire(database: Database) -> None:
    async with database.begin() as tx:
        for number in range(ORGS):
            await tx.people.save_org(Org(id=f"org_{number}", name="Org", team_id=f"T{number}"))
        people = [USER.values(_rep(number)) for number in range(REPS)]
        for start in range(0, REPS, BATCH):
            await tx.connection.execute(insert(users), people[start : start + BATCH])


def _rep(number: int) -> User:
    return User(
        id=f"user_{number}",
        org_id=f"org_{number % ORGS}",
        slack_user_id=f"U{number}",
        name=f"Rep {number}",
        daily_budget_usd=Decimal(5),
    )


async def _count(database: Database) -> tuple[int, int, int]:
    """Jobs, reps that have one, and events."""
    job = sequence_jobs.c
    async with database.read() as tx:
        row = (await tx.connection.execute(select(func.count(), func.count(job.user_id.distinct())))).one()
        kept = (await tx.connection.execute(select(func.count()).select_from(events))).scalar_one()
    return row[0], row[1], kept
