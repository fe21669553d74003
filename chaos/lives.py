"""The driver's end of the nursery: begin a life, end it, stop it for a while, and learn how it ended."""

import asyncio
import contextlib
import json
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from chaos.orders import OrdersFile

ROOT = Path(__file__).resolve().parents[1]
BIRTH_S = 240.0  # a bound on waiting, generous for a busy machine


class NoLifeError(Exception):
    """A process that had to start did not, or one that had to end did not. The message ends with its last lines."""


@dataclass(frozen=True, kw_only=True)
class Home:
    """Where lives of one kind live: the app's settings, further environment, the orders they follow, their log."""

    settings: Mapping[str, Any]
    orders: OrdersFile
    log: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def to_json(self) -> str:
        return json.dumps({
            "settings": dict(self.settings),
            "environment": dict(self.environment),
            "orders": str(self.orders.path),
            "counts": str(self.orders.counts_path),
            "log": str(self.log),
        })  # fmt: skip


class Life:
    """One process. ``ended`` is its exit code, negative for a signal, as soon as there is one."""

    def __init__(self, pid: int) -> None:
        loop = asyncio.get_running_loop()
        self.pid = pid
        self.ready: asyncio.Future[None] = loop.create_future()
        self.ended: asyncio.Future[int] = loop.create_future()

    @property
    def is_over(self) -> bool:
        return self.ended.done()

    def signal(self, number: signal.Signals) -> None:
        """Nothing happens to a process that has ended already."""
        if not self.is_over:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    async def kill(self) -> None:
        self.signal(signal.SIGKILL)
        await self.ended

    async def until_ready(self) -> bool:
        """False when it ended first."""
        either: tuple[asyncio.Future[Any], ...] = (self.ready, self.ended)
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        return self.ready.done()


class Nursery:
    """Bears lives; see ``chaos.victim``."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self._births: asyncio.Queue[Life] = asyncio.Queue()
        self._lives: dict[int, Life] = {}
        self._turn = asyncio.Lock()
        self.is_up: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    async def bear(self, home: Home) -> Life:
        """A new process that is starting."""
        if self._process.stdin is None or self._process.returncode is not None:
            raise NoLifeError("The nursery has ended.")
        async with self._turn:
            self._process.stdin.write(home.to_json().encode() + b"\n")
            async with asyncio.timeout(BIRTH_S):
                return await self._births.get()

    async def listen(self) -> None:
        """Take note of what the nursery says, until it ends."""
        assert self._process.stdout is not None  # noqa: S101  # opened with a pipe
        async for line in self._process.stdout:
            self._hear(json.loads(line))

    def _hear(self, said: dict[str, int]) -> None:
        match said:
            case {"nursery": _}:
                self.is_up.set_result(None)
            case {"born": pid}:
                self._births.put_nowait(self._life(pid))
            case {"ready": pid}:
                self._life(pid).ready.set_result(None)
            case {"dead": pid, "code": code}:
                # A pid may be given again: the next one of this number is another life.
                self._lives.pop(pid).ended.set_result(code)

    def _life(self, pid: int) -> Life:
        """Whatever is heard of it first: a quick life may be ready before its birth is told."""
        return self._lives.setdefault(pid, Life(pid))


@contextlib.asynccontextmanager
async def open_nursery() -> AsyncIterator[Nursery]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "chaos.victim", cwd=ROOT,
        stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    nursery = Nursery(process)
    listening = asyncio.create_task(nursery.listen(), name="nursery")
    try:
        async with asyncio.timeout(BIRTH_S):
            await asyncio.wait([nursery.is_up, listening], return_when=asyncio.FIRST_COMPLETED)
        if not nursery.is_up.done():
            raise NoLifeError("The nursery did not start; what it said stands above.")
        yield nursery
    finally:
        if process.stdin:
            process.stdin.close()
        await process.wait()
        await listening
