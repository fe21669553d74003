"""Listeners that have acknowledged and still work. A stop waits for them: what was acknowledged must be done."""

import asyncio
import functools
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

from sequences.ports.observing import Observer

Listener = Callable[..., Awaitable[None]]


class InFlight:
    """Counts the listeners that run. Bolt runs each in a task of its own that nobody else holds."""

    def __init__(self, observer: Observer) -> None:
        self._observer = observer
        self._running = 0
        self._idle = asyncio.Event()
        self._idle.set()

    def track(self, listener: Listener, id: str) -> Listener:
        """The same listener, counted. Bolt still finds its arguments by name. ``id`` is what it was registered for."""

        @functools.wraps(listener)
        async def tracked(*args: Any, **kwargs: Any) -> None:
            self._running += 1
            self._idle.clear()
            try:
                with self._observer.span("slack", listener=id):
                    await listener(*args, **kwargs)
            finally:
                self._running -= 1
                if not self._running:
                    self._idle.set()

        return tracked

    async def drain(self, at_most: timedelta) -> bool:
        """Wait until none runs; False when some still do after ``at_most``."""
        try:
            async with asyncio.timeout(at_most.total_seconds()):
                # A press that was acknowledged a moment ago may not have reached its listener yet.
                await asyncio.sleep(0)
                await self._idle.wait()
        except TimeoutError:
            return False
        return True
