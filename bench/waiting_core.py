"""A running core with approvals that wait, in a process of its own. Prints its memory and its presses as JSON.

Arguments: the database, how many approvals to park, how many to press.
"""

import asyncio
import gc
import json
import logging
import os
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

from config import Settings
from sequences.actions.spec import version_of
from sequences.ids import new_id
from sequences.ports.dispatch import WorkKind
from sequences.records.action import ActionType, PendingAction, Proposal
from sequences.records.base import Record
from sequences.records.event import Event, EventSource, EventType
from sequences.records.job import Job, JobStatus
from sequences.records.people import Org, User
from sequences.runner.loading import CONTEXT_TYPES
from sequences.sequence import Affinity, Catalogue, Sequence
from sequences.step import Result, step
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from wiring import Core, build_core

ORGS, REPS_EACH = 20, 10
BATCH = 200
SWEEPS = 3  # looked through before memory is read
PROPOSAL = Proposal(
    type=ActionType.CREATE_TASKS,
    payload={"tasks": [{"title": "Send the deck to Sarah", "quote": "I will send you the deck"}]},
    reason="Promised in the meeting.",
)


class Number(Record):
    n: int = 0


class Asked(Record):
    n: int


class Closed(Record):
    n: int


@step(critical=True, requires_approval=True)
async def ask(given: Number) -> Result[Asked]:
    return Result(output=Asked(n=given.n), proposes=(PROPOSAL,), waits=True)


@step(critical=True)
async def close(asked: Asked) -> Closed:
    return Closed(n=asked.n)


ASKING = Sequence(
    event=EventType.MEETING_ENDED,
    payload=Number,
    sources=frozenset({EventSource.CLI_MEETING}),
    confidence=0.95,
    affinity=Affinity.MEETINGS,
    steps=(ask, close),
)


def now() -> datetime:
    return datetime.now(UTC)


def rep_of(number: int) -> User:
    org, place = number % ORGS, number // ORGS % REPS_EACH
    return User(id=f"user_{org}_{place}", org_id=f"org_{org}", slack_user_id=f"U{place}", name=f"Rep {org} {place}")


class Waiting:
    """The real core without an entrance. Cards stay unposted: there is no Slack here."""

    def __init__(self, store: Database) -> None:
        settings = Settings.model_validate({"slack_bot_token": "xoxb-bench", "sixty_model": "offline"})
        catalogue = Catalogue((ASKING,), CONTEXT_TYPES | {Number})
        self.store = store
        self.core: Core = build_core(settings, store, now, catalogue=catalogue)
        self.ran: dict[str, asyncio.Event] = {}
        self.core.dispatcher.handle({
            WorkKind.JOB: self._noting(self.core.runner.run),
            WorkKind.ACTION: self.core.gate.execute,
            WorkKind.CARD: _nothing,
            WorkKind.DELIVERY: _nothing,
        })  # fmt: skip

    def _noting(self, run: Callable[[str], Awaitable[object]]) -> Callable[[str], Awaitable[None]]:
        async def noting(job_id: str) -> None:
            await run(job_id)
            self.ran.setdefault(job_id, asyncio.Event()).set()

        return noting

    async def hire(self) -> None:
        async with self.store.begin() as tx:
            for number in range(ORGS):
                await tx.people.save_org(Org(id=f"org_{number}", name="Org", team_id=f"T{number}"))
            for number in range(ORGS * REPS_EACH):
                await tx.people.save_user(rep_of(number))

    async def park(self, count: int) -> None:
        """As after a pause: a job that waits, its action admitted by the gate, the dispatcher told of the expiry."""
        for start in range(0, count, BATCH):
            async with self.store.begin() as tx:
                parked = [await self._park_one(tx, number) for number in range(start, min(count, start + BATCH))]
            for action in parked:
                self.core.dispatcher.wake(WorkKind.ACTION, action.id, at=action.expires_at, org_id=action.org_id)

    async def _park_one(self, tx: UnitOfWork, number: int) -> PendingAction:
        rep, at = rep_of(number), now()
        job = Job(
            id=new_id("job"),
            org_id=rep.org_id,
            user_id=rep.id,
            sequence=ASKING.name,
            event_source=EventSource.CLI_MEETING,
            trigger_payload={"n": number},
            idempotency_key=f"parked:{new_id('n')}",
            status=JobStatus.AWAITING_APPROVAL,
            current_step="close",
            run_at=at,
            created_at=at,
        )
        await tx.jobs.add(job)
        return await self.core.gate.admit(tx, job, "ask", PROPOSAL, at)

    async def pause_one(self, number: int) -> str:
        """A run that has come to its question; the id of its job."""
        rep = rep_of(number)
        accepted = await self.core.intake.raise_event(
            Event(
                type=EventType.MEETING_ENDED,
                source=EventSource.CLI_MEETING,
                org_id=rep.org_id,
                user_id=rep.id,
                payload={"n": number},
                idempotency_key=new_id("asked"),
            )
        )
        if accepted.job is None:
            raise RuntimeError(f"the event was not taken up: {accepted.reason}")
        await self._run_of(accepted.job.id)
        return accepted.job.id

    async def press(self, number: int, job_id: str) -> float:
        """Milliseconds from the press to the end of the next step, stored."""
        async with self.store.read() as tx:
            (action,) = await tx.actions.for_job(job_id)
        self.ran.pop(job_id, None)
        started = time.perf_counter()
        ruling = await self.core.gate.approve(action.id, rep_of(number), version_of(action.digest))
        if not ruling.ok:
            raise RuntimeError(f"the press did not count: {ruling.text}")
        await self._run_of(job_id)
        taken = (time.perf_counter() - started) * 1000
        async with self.store.read() as tx:
            job, steps = await tx.jobs.get(job_id), await tx.jobs.steps(job_id)
        if job is None or job.status is not JobStatus.COMPLETED or "close" not in {run.name for run in steps}:
            raise RuntimeError(f"{job_id} has not resumed: {job.status if job else 'gone'}")
        return taken

    async def _run_of(self, job_id: str) -> None:
        await asyncio.wait_for(self.ran.setdefault(job_id, asyncio.Event()).wait(), timeout=60)


async def _nothing(_: str) -> None:
    """What cards and deliveries would do."""


def resident_mb() -> float:
    """Memory in use by this process now; the operating system's figure, not Python's."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


async def measure(url: str, parked: int, presses: int) -> dict[str, object]:
    store = Database.open(url)
    await store.migrate()
    waiting = Waiting(store)
    await waiting.hire()
    running = asyncio.create_task(waiting.core.dispatcher.run())
    try:
        for number in range(BATCH // 10):
            await waiting.press(number, await waiting.pause_one(number))
        await waiting.park(BATCH)
        await waiting.park(parked)
        for _ in range(SWEEPS):
            await waiting.core.dispatcher.sweep()
        await waiting.core.dispatcher.settle()
        resident = resident_mb()
        taken = [await waiting.press(number, await waiting.pause_one(number)) for number in range(presses)]
        return {"resident_mb": resident, "taken_ms": taken}
    finally:
        running.cancel()
        await asyncio.wait([running])
        await waiting.core.aclose()
        await store.close()


def main() -> None:
    logging.disable(logging.WARNING)
    url, parked, presses = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    print(json.dumps(asyncio.run(measure(url, parked, presses))))


if __name__ == "__main__":
    main()
