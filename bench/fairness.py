"""What an org feels of another one's flood: its own event's way, alone and while the other has raised a thousand."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from bench.databases import migrated, postgres_url, sqlite_url
from bench.engine.sixty_jobs import ORG, REP, Engine
from bench.figures import Figure, percentile
from sequences.ports.dispatch import WorkKind
from sequences.records.event import Event, EventSource, EventType
from sequences.records.people import Org, User
from storage.database import Database

QUIET = Org(id="quiet", name="Elsewhere", team_id="T2")
QUIET_REP = REP.model_copy(update={"id": "quiet_rep", "org_id": QUIET.id})
FLOOD = 1_000
ALONE = 60
WARM_UP = 20
WORKERS = 8


@dataclass
class Race:
    """Jobs of seven steps through intake, dispatcher and runner; whoever waits for one is told of its end."""

    engine: Engine
    ended: dict[str, asyncio.Event] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    async def run(self, job_id: str) -> None:
        await self.engine.runner.run(job_id)
        self._end_of(job_id).set()

    async def event(self, user: User) -> tuple[float, float]:
        """Milliseconds from raising the event to the end of its job, and from its acceptance on."""
        number = next(self.numbers)
        event = Event(
            type=EventType.MEETING_ENDED,
            source=EventSource.CLI_MEETING,
            org_id=user.org_id,
            user_id=user.id,
            payload={"n": number},
            idempotency_key=f"{EventType.MEETING_ENDED}:{number}",
        )
        raised = time.perf_counter()
        accepted = await self.engine.intake.raise_event(event)
        at = time.perf_counter()
        if accepted.job is None:
            raise RuntimeError(f"the event was not taken up: {accepted.reason}")
        await self._end_of(accepted.job.id).wait()
        end = time.perf_counter()
        return (end - raised) * 1000, (end - at) * 1000

    def _end_of(self, job_id: str) -> asyncio.Event:
        return self.ended.setdefault(job_id, asyncio.Event())


def measure() -> list[Figure]:
    with sqlite_url() as url:
        on_sqlite = asyncio.run(_on("sqlite", url))
    with postgres_url() as url:
        return on_sqlite + asyncio.run(_on("postgres", url))


async def _on(name: str, url: str) -> list[Figure]:
    async with migrated(url) as database:
        async with database.begin() as tx:
            for org, user in ((ORG, REP), (QUIET, QUIET_REP)):
                await tx.people.save_org(org)
                await tx.people.save_user(user)
        alone, flooded = await _race(database)
    from_acceptance = [[accepted for _, accepted in each] for each in (alone, flooded)]
    quiet, busy = (percentile(each, 50) for each in from_acceptance)
    raised = percentile([raised for raised, _ in flooded], 50)
    return [
        Figure(name=f"fairness_{name}_alone_p50_ms", value=quiet, what=f"an event from acceptance to its end, {name}"),
        Figure(name=f"fairness_{name}_flooded_p50_ms", value=busy,
               what=f"the same while another org has raised {FLOOD:,} events at once"),
        Figure(name=f"fairness_{name}_flooded_p99_ms", value=percentile(from_acceptance[1], 99),
               what="the same, the slowest in a hundred"),
        Figure(name=f"fairness_{name}_flooded_raised_p50_ms", value=raised,
               what="the same with intake, whose commits stand in one line with everybody's"),
        Figure(name=f"fairness_{name}_ratio", value=busy / quiet, what="how many times longer an event takes then"),
    ]  # fmt: skip


async def _race(database: Database) -> tuple[list[tuple[float, float]], list[tuple[float, float]]]:
    engine = Engine(database, WORKERS)
    race = Race(engine)
    engine.dispatcher.handle(dict.fromkeys(WorkKind, _nothing) | {WorkKind.JOB: race.run})
    async with _dispatching(engine):
        alone = [await race.event(QUIET_REP) for _ in range(WARM_UP + ALONE)][WARM_UP:]
        flood = asyncio.gather(*(race.event(REP) for _ in range(FLOOD)))
        flooded = []
        while not flood.done():
            flooded.append(await race.event(QUIET_REP))
        await flood
        await engine.dispatcher.settle()
    return alone, flooded


@asynccontextmanager
async def _dispatching(engine: Engine) -> AsyncIterator[None]:
    task = asyncio.create_task(engine.dispatcher.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.wait([task])


async def _nothing(_: str) -> None:
    """What the other kinds of work would do."""
