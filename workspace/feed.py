"""Tells everybody who watches that something changed: the page's live connections and whoever waits for a state."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from workspace.wire import Json


class WaitTimeoutError(Exception):
    """What was waited for did not happen in time. The message lists what did."""


class Feed:
    """Publishes changes to subscribers; a frame is rendered for the person who looks."""

    def __init__(self) -> None:
        self._subscribers: dict[asyncio.Queue[Json], str] = {}
        self._waiters: set[asyncio.Future[None]] = set()
        self._recent: list[str] = []

    @contextmanager
    def subscribe(self, user_id: str) -> Iterator[asyncio.Queue[Json]]:
        """Frames for this person until the block ends."""
        queue: asyncio.Queue[Json] = asyncio.Queue()
        self._subscribers[queue] = user_id
        try:
            yield queue
        finally:
            del self._subscribers[queue]

    def publish(self, kind: str, render: Callable[[str], Json], *, to: Iterable[str] | None = None) -> None:
        """``to`` are the people who may see it; ``None`` means everybody."""
        audience = None if to is None else frozenset(to)
        for queue, user_id in self._subscribers.items():
            if audience is None or user_id in audience:
                queue.put_nowait({"type": kind, **render(user_id)})
        self._recent = [*self._recent[-19:], kind]
        self.wake()

    def wake(self) -> None:
        """Let those who wait look again."""
        waiters, self._waiters = self._waiters, set()
        for waiter in waiters:
            if not waiter.done():
                waiter.set_result(None)

    async def until(self, condition: Callable[[], object], *, timeout: float = 30.0) -> None:  # noqa: ASYNC109 - a bound on a wait, raised as our own error
        """Returns as soon as ``condition()`` is true; looks again after each change and at no other time."""
        try:
            async with asyncio.timeout(timeout):
                while not condition():
                    waiter = asyncio.get_running_loop().create_future()
                    self._waiters.add(waiter)
                    await waiter
        except TimeoutError:
            raise WaitTimeoutError(
                f"nothing of the kind within {timeout:g} s; last: {', '.join(self._recent)}"
            ) from None
