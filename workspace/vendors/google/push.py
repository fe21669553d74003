"""Notifications from Google to an app: sent in the background, in order, and again until they are taken."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field

import aiohttp

from workspace.log import Log

TIMEOUT_SECONDS = 10
_TAKEN = (102, 200, 201, 202, 204)


@dataclass(frozen=True)
class Notice:
    """One POST. ``operation`` is its name in the log; ``signed`` makes the bearer token, when it is sent with one."""

    vendor: str
    operation: str
    target: str
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    signed: Callable[[], Awaitable[str]] | None = None


class Pushes:
    """``retries``: pauses in seconds before the second try, the third …"""

    def __init__(self, log: Log, retries: tuple[float, ...]) -> None:
        self._log = log
        self._retries = retries
        self._lines: dict[str, asyncio.Queue[Notice]] = {}
        self._tasks: list[asyncio.Task[None]] = []

    def send(self, notice: Notice) -> None:
        """Those to one address go in the order in which they were sent."""
        if notice.target not in self._lines:
            self._lines[notice.target] = asyncio.Queue()
            self._tasks.append(asyncio.create_task(self._work(self._lines[notice.target])))
        self._lines[notice.target].put_nowait(notice)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self, line: asyncio.Queue[Notice]) -> None:
        while True:
            notice = await line.get()
            for pause in (0.0, *self._retries):
                await asyncio.sleep(pause)
                if await self._try(notice):
                    break

    async def _try(self, notice: Notice) -> bool:
        entry = self._log.add(
            "vendor",
            vendor=notice.vendor,
            operation=notice.operation,
            method="POST",
            path=notice.target,
            query={},
            request={**notice.headers, "body": notice.body.decode()},
            response=None,
            status=None,
        )
        bearer = {"Authorization": f"Bearer {await notice.signed()}"} if notice.signed else {}
        status, said = 0, ""
        try:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(notice.target, data=notice.body, headers={**notice.headers, **bearer}) as answer,
            ):
                status = answer.status
        except (aiohttp.ClientError, TimeoutError) as error:
            said = str(error) or type(error).__name__
        self._log.complete(entry, status=status, response=said)
        return status in _TAKEN
