"""Socket Mode: several connections of one app, each kept open by itself.

Slack deals its envelopes out among them. One that is about to end is replaced before it does, so there is always one
that hears; an acknowledgement whose own connection is gone leaves by another.
"""

import asyncio
import contextlib
import logging
import random
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from sequences.ports.outside import MessengerError

log = logging.getLogger(__name__)

Frame = dict[str, Any]

LEAVING = frozenset(("warning", "refresh_requested"))  # it ends soon and still works until then
LINGER_S = 20.0  # Slack ends a connection ten seconds after it has said so
STEADY_S = 10.0  # one that ends sooner counts as a failure, so that nobody opens one after another without a pause
FREE_CHANGES = 3  # that many may follow each other without a pause
FIRST_TRY_S = 15.0
ACKNOWLEDGED_S = 3.0  # later Slack does not want an acknowledgement any more


class Link(Protocol):
    """An open connection."""

    async def receive(self) -> Frame | None:
        """The next frame; None when there will be no more. MessengerError when Slack says that a person is needed."""

    async def send(self, frame: Frame) -> None:
        """Raises MessengerError when the connection has ended."""

    async def close(self) -> None: ...


Open = Callable[[], Awaitable[Link]]  # raises MessengerError
Take = Callable[[Frame], Awaitable[Frame | None]]


@dataclass(frozen=True, kw_only=True)
class Backoff:
    """How long to wait after so many failures in a row, never quite the same: many nodes fail at the same moment."""

    first_s: float = 0.5
    most_s: float = 60.0

    def seconds(self, failures: int, error: MessengerError | None) -> float:
        spread = random.uniform(0.5, 1.0)  # noqa: S311  # spread, not secrecy
        if error and error.retry_after is not None:
            return error.retry_after + self.first_s * spread
        if error and error.is_final:
            return self.most_s * spread
        return min(self.most_s, self.first_s * 2.0 ** min(failures, 16)) * spread


class Standing:
    """One link that is being read, until it ends. ``leaving`` is decided as soon as it must be replaced."""

    def __init__(self, link: Link, take: Callable[[Link, Frame], None]) -> None:
        self.link = link
        self.leaving: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self.error: MessengerError | None = None
        self._take = take
        self.reading = asyncio.create_task(self._read(), name="slack socket")

    @property
    def is_open(self) -> bool:
        return not self.reading.done()

    async def close(self) -> None:
        self.reading.cancel()
        await asyncio.wait([self.reading])

    async def _read(self) -> None:
        try:
            while (frame := await self.link.receive()) is not None:
                if frame.get("type") == "disconnect":
                    self._leave(str(frame.get("reason", "")))
                elif "envelope_id" in frame:
                    self._take(self.link, frame)
        except MessengerError as error:
            self.error = error
        except Exception:
            log.exception("a connection to Slack broke while it was read")
        finally:
            self._leave("ended")
            await self.link.close()

    def _leave(self, reason: str) -> None:
        if not self.leaving.done():
            self.leaving.set_result(reason)


@dataclass(kw_only=True)
class Line:
    """One of the connections: replaced, retried and never given up."""

    open: Open
    take: Callable[[Link, Frame], None]
    backoff: Backoff
    on_open: Callable[[], None]
    standing: list[Standing] = field(default_factory=list)  # the newest last; older ones are about to end
    trouble: str = "connecting"
    tried: asyncio.Event = field(default_factory=asyncio.Event)
    failures: int = 0

    @property
    def open_links(self) -> list[Link]:
        return [one.link for one in reversed(self.standing) if one.is_open]

    async def keep(self) -> None:
        """For ever: have one open."""
        while True:
            newest = await self._open()
            if newest is None:
                continue
            opened_at = asyncio.get_running_loop().time()
            reason = await newest.leaving
            log.info("slack socket ends", extra={"reason": reason})
            if asyncio.get_running_loop().time() - opened_at >= STEADY_S:
                self.failures = 0
            if reason in LEAVING and self.failures < FREE_CHANGES:
                self.failures += 1
            else:
                await self._failed(newest.error or MessengerError("the connection to Slack ended"))

    async def close(self) -> None:
        await asyncio.gather(*(one.close() for one in self.standing))

    async def _open(self) -> Standing | None:
        try:
            link = await self.open()
        except MessengerError as error:
            await self._failed(error)
            return None
        except Exception:
            log.exception("a connection to Slack could not be opened")
            await self._failed(MessengerError("Slack gave no connection that could be used; see the log"))
            return None
        older, newest = self.standing, Standing(link, self.take)
        self.standing = [one for one in older if one.is_open] + [newest]
        for one in older:
            asyncio.get_running_loop().call_later(LINGER_S, one.reading.cancel)
        log.info("slack socket is open")
        self.tried.set()
        self.on_open()
        return newest

    async def _failed(self, error: MessengerError) -> None:
        self.trouble = str(error)
        self.tried.set()
        seconds = self.backoff.seconds(self.failures, error)
        self.failures += 1
        level = logging.ERROR if error.is_final else logging.WARNING
        log.log(level, "slack socket failed", extra={"reason": self.trouble, "again_in_s": round(seconds, 1)})
        await asyncio.sleep(seconds)


class Sockets:
    """``count`` connections, all heard by ``take``, which answers an envelope with its acknowledgement."""

    def __init__(self, *, open: Open, take: Take, count: int, backoff: Backoff | None = None) -> None:
        self._take = take
        kept = backoff or Backoff()
        self._lines = [
            Line(open=open, take=self._taken, backoff=kept, on_open=self._tell_waiting) for _ in range(count)
        ]
        self._opened = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()

    @property
    def open_count(self) -> int:
        return sum(bool(line.open_links) for line in self._lines)

    def trouble(self) -> str | None:
        """None while at least one connection hears; else a plain sentence that says why none does."""
        return None if self.open_count else self._lines[0].trouble

    @contextlib.asynccontextmanager
    async def connected(self, left: Callable[[], timedelta]) -> AsyncIterator[None]:
        """Open while the block lasts. At the end what has come in is acknowledged first, for ``left`` at most.

        The block begins when each connection has been tried once. One that fails is no reason not to begin: the work
        that waits in the tables needs no socket.
        """
        keeping = [asyncio.create_task(line.keep(), name="slack line") for line in self._lines]
        try:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(asyncio.gather(*(line.tried.wait() for line in self._lines)), FIRST_TRY_S)
            yield
        finally:
            for task in keeping:
                task.cancel()
            await asyncio.wait(keeping)
            await self._settle(left())
            await asyncio.gather(*(line.close() for line in self._lines))
            await self._settle(left())

    def _taken(self, link: Link, envelope: Frame) -> None:
        self._start(self._answer(link, envelope))

    async def _answer(self, link: Link, envelope: Frame) -> None:
        try:
            answer = await self._take(envelope)
        except Exception:
            log.exception("an envelope could not be taken", extra={"kind": envelope.get("type")})
            return
        if answer is None:
            return
        try:
            async with asyncio.timeout(ACKNOWLEDGED_S):
                while not await self._sent(link, answer):
                    await self._opened.wait()
        except TimeoutError:
            log.warning("an acknowledgement found no connection", extra={"kind": envelope.get("type")})

    async def _sent(self, link: Link, answer: Frame) -> bool:
        others = [other for line in self._lines for other in line.open_links if other is not link]
        for way in (link, *others):
            with contextlib.suppress(MessengerError):
                await way.send(answer)
                return True
        return False

    def _tell_waiting(self) -> None:
        self._opened.set()
        self._opened = asyncio.Event()

    async def _settle(self, at_most: timedelta) -> None:
        if self._under_way:
            await asyncio.wait(self._under_way, timeout=at_most.total_seconds())

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)
