"""Brings envelopes to apps: interactions once and within three seconds, events again until somebody takes them."""

import asyncio
from collections.abc import Coroutine
from dataclasses import replace
from time import monotonic
from types import MappingProxyType
from typing import Any
from uuid import uuid4

from workspace.delivery.ack import Ack
from workspace.delivery.http import HttpDelivery
from workspace.delivery.sockets import Sockets
from workspace.feed import Feed
from workspace.log import Entry, Log
from workspace.model import App
from workspace.wire import Json

_RETRY_REASONS = MappingProxyType({"no_answer": "timeout", "not_connected": "connection_failed"})
EVENT_RETRY_SECONDS = (0.0, 60.0, 300.0)
REMEMBERED = 1000  # unanswered envelopes whose late acknowledgement would still be noted


class Courier:
    """``ack_seconds`` is Slack's three; ``event_retries`` are the pauses before the second, third and fourth try."""

    def __init__(
        self,
        sockets: Sockets,
        http: HttpDelivery,
        log: Log,
        feed: Feed,
        *,
        ack_seconds: float = 3.0,
        event_retries: tuple[float, ...] = EVENT_RETRY_SECONDS,
    ) -> None:
        self._sockets = sockets
        self._http = http
        self._log = log
        self._feed = feed
        self._ack_seconds = ack_seconds
        self._event_retries = event_retries
        self._tasks: set[asyncio.Task[Any]] = set()
        self._sent: dict[str, Entry] = {}
        sockets.on_late_ack = self._late

    async def interact(self, app: App, kind: str, payload: Json) -> Ack:
        """``kind`` is ``interactive`` or ``slash_commands``. Never sent twice."""
        return await self._attempt(app, kind, payload, accepts_payload=True)

    def event(self, app: App, payload: Json) -> None:
        """Sends an ``event_callback`` in the background, up to four times."""
        self._start(self._event(app, payload))

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _event(self, app: App, payload: Json) -> None:
        reason = ""
        for attempt, pause in enumerate((0.0, *self._event_retries)):
            if pause:
                await asyncio.sleep(pause)
            facts = {"retry_attempt": attempt, "retry_reason": reason}
            ack = await self._attempt(app, "events_api", payload, accepts_payload=False, **facts)
            if ack.acked or ack.is_final:
                return
            reason = _RETRY_REASONS.get(ack.error or "", ack.error or "")

    async def _attempt(self, app: App, kind: str, payload: Json, *, accepts_payload: bool, **facts: Any) -> Ack:
        envelope = {
            "envelope_id": str(uuid4()),
            "payload": payload,
            "type": kind,
            "accepts_response_payload": accepts_payload,
            **facts,
        }
        entry = self._log.add(
            "envelope",
            app_id=app.id,
            envelope_id=envelope["envelope_id"],
            envelope_type=kind,
            payload=payload,
            state="sent",
            attempt=facts.get("retry_attempt", 0),
            ack=None,
        )
        started = monotonic()
        if app.request_url:
            ack = await self._http.send(app, kind, payload, seconds=self._ack_seconds, **facts)
        else:
            ack = await self._over_socket(app, envelope, entry, wait_for_connection=kind == "events_api")
        state = "acked" if ack.acked else (ack.error or "no_answer")
        self._log.complete(entry, state=state, ack=ack.payload)
        return replace(ack, ms=round((monotonic() - started) * 1000, 2))

    async def _over_socket(self, app: App, envelope: Json, entry: Entry, *, wait_for_connection: bool) -> Ack:
        envelope_id = envelope["envelope_id"]
        try:
            async with asyncio.timeout(self._ack_seconds):
                if wait_for_connection:
                    await self._feed.until(lambda: self._sockets.count(app.id), timeout=self._ack_seconds + 1)
                waiting = await self._sockets.send(app.id, envelope)
                if waiting is None:
                    return Ack(acked=False, error="not_connected")
                payload = await waiting
                return Ack(acked=True, payload=payload if isinstance(payload, dict) else None)
        except TimeoutError:
            self._sockets.forget(envelope_id)
            self._sent[envelope_id] = entry
            if len(self._sent) > REMEMBERED:
                del self._sent[next(iter(self._sent))]
            return Ack(acked=False, error="no_answer" if self._sockets.count(app.id) else "not_connected")

    def _late(self, envelope_id: str) -> None:
        if entry := self._sent.pop(envelope_id, None):
            self._log.complete(entry, state="late")

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
