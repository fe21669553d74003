"""Starting nodes, raising events for them, and waiting for what they do."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from config import Role, Settings
from scheduler.node import Drain
from scheduler.procrastinate import ProcrastinateDispatcher
from sequences.records.event import Event, EventSource, EventType
from sequences.records.job import Job, JobStatus
from sequences.records.people import Org, User
from storage.database import Database
from tests.processes.story import CATALOGUE, FOLDER, STEPS, Journal
from wiring import Core, build_core, make_dispatcher, queue_tables

PATIENCE_S = 300
PATIENT = {"SIXTY_DRAIN_SECONDS": "300"}  # a stop for what takes as long as another process needs to start
LOOK_EVERY_S = 0.05
ORG = Org(id="org", name="Larkfield", team_id="T1")
REP = User(id="rep", org_id=ORG.id, slack_user_id="U1", name="Robin Hale", quiet_hours_start=None, quiet_hours_end=None)


@dataclass(kw_only=True)
class Node:
    """A process. ``said`` is what it logged, one object per line."""

    process: asyncio.subprocess.Process
    said: list[dict[str, Any]] = field(default_factory=list)
    reading: asyncio.Task[None] | None = None

    @property
    def pid(self) -> int:
        return self.process.pid

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    async def end(self) -> int:
        """Its exit code."""
        code = await self.process.wait()
        if self.reading:
            await self.reading
        return code

    async def read(self) -> None:
        assert self.process.stderr is not None
        while line := await self.process.stderr.readline():
            try:
                self.said.append(json.loads(line))
            except ValueError:
                self.said.append({"message": line.decode()})

    def started(self) -> dict[str, Any] | None:
        return next((line for line in self.said if line["message"] == "sixty is running"), None)

    @property
    def http_port(self) -> int:
        started = self.started()
        assert started is not None
        return int(started["http_port"])


@dataclass(kw_only=True)
class Cluster:
    url: str
    folder: Path
    dispatcher: str
    store: Database
    nodes: list[Node] = field(default_factory=list)

    @property
    def journal(self) -> Journal:
        return Journal(self.folder)

    def settings(self) -> Settings:
        return Settings.model_validate({name.lower(): value for name, value in self._environment().items()})

    def _environment(self) -> dict[str, str]:
        return {
            "SLACK_BOT_TOKEN": "xoxb-of-nobody",
            "SLACK_API_URL": "http://127.0.0.1:9/api/",
            "SIXTY_DATABASE_URL": self.url,
            "SIXTY_DISPATCHER": self.dispatcher,
            "SIXTY_HTTP_PORT": "0",
            "SIXTY_MIGRATE_ON_START": "1",
        }

    async def start(self, *roles: Role, module: str = "tests.processes.node", **environment: str) -> Node:
        """A node that has not said yet that it runs."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", module, *roles,
            env={**os.environ, **self._environment(), FOLDER: str(self.folder), **environment},
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        node = Node(process=process)
        node.reading = asyncio.create_task(node.read())
        self.nodes.append(node)
        return node

    async def start_running(self, *roles: Role, **environment: str) -> Node:
        node = await self.start(*roles, **environment)

        async def is_up_or_gone() -> bool:
            return node.started() is not None or node.process.returncode is not None

        await self.until(is_up_or_gone)
        assert node.started() is not None, node.said
        return node

    @contextlib.asynccontextmanager
    async def front(self, *, wakes: bool = True) -> AsyncIterator[Core]:
        """A process that raises events and does none of the work; without ``wakes``, all its wakes are lost."""
        settings = self.settings()
        dispatcher = make_dispatcher(settings, self.store, _now) if wakes else None
        core = build_core(settings, self.store, _now, dispatcher=dispatcher, catalogue=CATALOGUE)
        async with contextlib.AsyncExitStack() as stack:
            stack.push_async_callback(core.aclose)
            if isinstance(core.dispatcher, ProcrastinateDispatcher):
                role = core.dispatcher.running(works=False, sweeps=False, drain=Drain(timedelta(0)))
                await stack.enter_async_context(role)
            yield core

    async def until(self, condition: Callable[[], Awaitable[object]]) -> None:
        async with asyncio.timeout(PATIENCE_S):
            while not await condition():  # noqa: ASYNC110  # other processes change it
                await asyncio.sleep(LOOK_EVERY_S)

    async def until_written(self, condition: Callable[[Journal], object]) -> None:
        async def is_written() -> object:
            return condition(self.journal)

        await self.until(is_written)

    async def until_said(self, node: Node, message: str) -> None:
        async def is_said() -> bool:
            return any(line["message"] == message for line in node.said)

        await self.until(is_said)

    async def job(self, job_id: str) -> Job:
        async with self.store.read() as tx:
            job = await tx.jobs.get(job_id)
        assert job is not None
        return job

    async def until_done(self, job_ids: list[str]) -> None:
        async def are_done() -> bool:
            return all([(await self.job(job_id)).status is JobStatus.COMPLETED for job_id in job_ids])

        await self.until(are_done)
        async with self.store.read() as tx:
            for job_id in job_ids:
                runs = [run.name for run in await tx.jobs.steps(job_id) if run.name in STEPS]
                assert runs == list(STEPS)

    async def stop(self) -> None:
        for node in self.nodes:
            if node.process.returncode is None:
                node.kill()
            await node.end()


async def raise_event(core: Core, number: int) -> str:
    """The id of its job."""
    accepted = await core.intake.raise_event(
        Event(
            type=EventType.MEETING_ENDED,
            source=EventSource.CLI_MEETING,
            org_id=ORG.id,
            user_id=REP.id,
            payload={"n": number},
            idempotency_key=f"meeting_ended:{number}",
        )
    )
    assert accepted.job is not None, accepted.reason
    return accepted.job.id


@contextlib.asynccontextmanager
async def open_cluster(url: str, folder: Path, *, dispatcher: str) -> AsyncIterator[Cluster]:
    store = Database.open(url)
    async with store.begin() as tx:
        await tx.people.save_org(ORG)
        await tx.people.save_user(REP)
    if dispatcher == "procrastinate":
        await queue_tables(store).install()
    cluster = Cluster(url=url, folder=folder, dispatcher=dispatcher, store=store)
    try:
        yield cluster
    finally:
        await cluster.stop()
        await store.close()


def _now() -> datetime:
    return datetime.now(UTC)
