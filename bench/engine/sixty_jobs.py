"""Seven empty steps through intake, dispatcher and runner, as every event takes them. Prints its figures as JSON."""

import asyncio
import json
import logging
import sys
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from statistics import median

from scheduler.dispatcher import InProcessDispatcher
from sequences.actions.catalogue import ALL_ACTIONS
from sequences.actions.gate.gate import Gate
from sequences.ids import new_id
from sequences.intake import Intake
from sequences.ports.dispatch import WorkKind
from sequences.records.base import Record
from sequences.records.event import Event, EventSource, EventType
from sequences.records.job import Job, JobStatus
from sequences.records.people import Org, User
from sequences.runner.loading import CONTEXT_TYPES, Loader
from sequences.runner.runner import Runner
from sequences.runner.settlement import Settlement
from sequences.sequence import Affinity, Catalogue, Sequence
from sequences.skills.thinker import Thinker
from sequences.step import step
from storage.database import Database

WARM_UP = 20
ORG = Org(id="org", name="Larkfield", team_id="T1")
REP = User(id="rep", org_id=ORG.id, slack_user_id="U1", name="Robin Hale", quiet_hours_start=None, quiet_hours_end=None)


class Number(Record):
    n: int = 0


class One(Number): ...


class Two(Number): ...


class Three(Number): ...


class Four(Number): ...


class Five(Number): ...


class Six(Number): ...


class Seven(Number): ...


@step(critical=True)
async def first(given: Number) -> One:
    return One(n=given.n)


@step(critical=True)
async def second(before: One) -> Two:
    return Two(n=before.n + 1)


@step(critical=True)
async def third(before: Two) -> Three:
    return Three(n=before.n + 1)


@step(critical=True)
async def fourth(before: Three) -> Four:
    return Four(n=before.n + 1)


@step(critical=True)
async def fifth(before: Four) -> Five:
    return Five(n=before.n + 1)


@step(critical=True)
async def sixth(before: Five) -> Six:
    return Six(n=before.n + 1)


@step(critical=True)
async def seventh(before: Six) -> Seven:
    return Seven(n=before.n + 1)


SEVEN_STEPS = Sequence(
    event=EventType.MEETING_ENDED,
    payload=Number,
    sources=frozenset(EventSource),
    confidence=0.95,
    affinity=Affinity.MEETINGS,
    steps=(first, second, third, fourth, fifth, sixth, seventh),
)


def now() -> datetime:
    return datetime.now(UTC)


@dataclass
class Engine:
    """The parts of the core that a job passes through, on a database of its own. No Slack, no skills."""

    store: Database
    workers: int
    name: str = field(default_factory=lambda: new_id("bench"))
    done: dict[str, asyncio.Event] = field(default_factory=dict)
    taken_ms: list[float] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dispatcher = InProcessDispatcher(store=self.store, clock=now, workers=self.workers)
        catalogue = Catalogue((SEVEN_STEPS,), CONTEXT_TYPES | {Number})
        gate = Gate(
            store=self.store,
            specs=ALL_ACTIONS,
            dispatcher=self.dispatcher,
            clock=now,
            undo_window=timedelta(0),
            mailer=None,
        )
        self.intake = Intake(store=self.store, catalogue=catalogue, dispatcher=self.dispatcher, clock=now, is_free=True)
        self.runner = Runner(
            store=self.store,
            catalogue=catalogue,
            gate=gate,
            loader=Loader(store=self.store, clock=now, make_thinker=self._thinker),
            settlement=Settlement(store=self.store, intake=self.intake, dispatcher=self.dispatcher, clock=now),
            clock=now,
        )
        self.dispatcher.handle({WorkKind.JOB: self._run, WorkKind.CARD: _nothing, WorkKind.ACTION: _nothing,
                                WorkKind.DELIVERY: _nothing})  # fmt: skip

    def _thinker(self, job: Job, org: Org, user: User) -> Thinker:
        return Thinker(
            store=self.store, model=None, clock=now, org=org, user=user, job_id=job.id, sequence=job.sequence
        )

    async def _run(self, job_id: str) -> None:
        await self.runner.run(job_id)
        self._done(job_id).set()

    def _done(self, job_id: str) -> asyncio.Event:
        return self.done.setdefault(job_id, asyncio.Event())

    async def do(self, number: int) -> str:
        """One job from its event to its end; answers its id."""
        started = time.perf_counter()
        accepted = await self.intake.raise_event(
            Event(
                type=EventType.MEETING_ENDED,
                source=EventSource.CLI_MEETING,
                org_id=ORG.id,
                user_id=REP.id,
                payload={"n": number},
                idempotency_key=f"meeting_ended:{self.name}:{number}",
            )
        )
        if accepted.job is None:
            raise RuntimeError(f"the event was not taken up: {accepted.reason}")
        await self._done(accepted.job.id).wait()
        self.taken_ms.append((time.perf_counter() - started) * 1000)
        return accepted.job.id


async def _nothing(_: str) -> None:
    """What the other kinds of work would do."""


async def measure(url: str, jobs: int, workers: int) -> dict[str, float]:
    store = Database.open(url)
    try:
        await store.migrate()
        async with store.begin() as tx:
            await tx.people.save_org(ORG)
            await tx.people.save_user(REP)
        return await _drive(Engine(store, workers), jobs)
    finally:
        await store.close()


async def _drive(engine: Engine, jobs: int) -> dict[str, float]:
    running = asyncio.create_task(engine.dispatcher.run())
    try:
        await _burst(engine, range(WARM_UP))
        engine.taken_ms.clear()
        started = time.perf_counter()
        ids = await _burst(engine, range(WARM_UP, WARM_UP + jobs))
        took = time.perf_counter() - started
        await _prove(engine, ids)
    finally:
        running.cancel()
        await asyncio.wait([running])
    return {"jobs_per_s": jobs / took, "p50_ms": median(engine.taken_ms)}


async def _burst(engine: Engine, numbers: range) -> list[str]:
    """At most as many at a time as there are workers, as the others have it."""
    room = asyncio.Semaphore(engine.workers)

    async def one(number: int) -> str:
        async with room:
            return await engine.do(number)

    return await asyncio.gather(*(one(number) for number in numbers))


async def _prove(engine: Engine, ids: list[str]) -> None:
    """Every job is complete with all its steps stored; a fast engine that forgets is none."""
    async with engine.store.read() as tx:
        for job_id in ids:
            job, steps = await tx.jobs.get(job_id), await tx.jobs.steps(job_id)
            names = {run.name for run in steps}
            if job is None or job.status is not JobStatus.COMPLETED or not names >= {s.name for s in SEVEN_STEPS.steps}:
                raise RuntimeError(f"{job_id} is not complete")


def main() -> None:
    logging.disable(logging.WARNING)
    url, jobs, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    print(json.dumps(asyncio.run(measure(url, jobs, workers))))


if __name__ == "__main__":
    main()
