"""Webhooks as vendors send them: signed the Svix way or with a shared secret, and tried again until they are taken."""

import asyncio
import json
import re
from collections.abc import Coroutine, Mapping
from secrets import token_hex
from time import monotonic
from typing import Any

import aiohttp
from svix.webhooks import Webhook

from workspace.clock import utc_now
from workspace.ids import Ids
from workspace.log import Entry, Log
from workspace.vendors.samples import utc_text
from workspace.wire import Json

TIMEOUT_SECONDS = 30
_PLACEHOLDER = re.compile(r"\{(\w+)\}")


class WebhookSender:
    """``retries``: pauses in seconds. A ``secret`` that begins with ``whsec_`` signs, any other travels as a header."""

    def __init__(self, log: Log, ids: Ids, *, secret: str | None, retries: tuple[float, ...], header: str) -> None:
        self.secret = secret
        self._log = log
        self._ids = ids
        self._retries = retries
        self._header = header
        self._tasks: set[asyncio.Task[None]] = set()

    async def deliver(
        self, kind: str, facts: Json, payload: Any, *, target: str, message_id: str | None = None
    ) -> Json:
        """One webhook, tried at once (the result is in the answer) and again in the background.

        ``kind`` and ``facts`` are those of its line in the log. The same ``message_id`` again is a repeated delivery.
        """
        delivery = message_id or f"msg_{token_hex(13)}"
        body = json.dumps(payload, separators=(",", ":"))
        told: Json = {**facts, "message_id": delivery, "status": "sending", "attempts": []}
        entry = self._log.add(kind, **told)
        if not await self._attempt(entry, target, body):
            self._start(self._retry(entry, target, body))
        return {key: entry.fields[key] for key in told}

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _retry(self, entry: Entry, target: str, body: str) -> None:
        for pause in self._retries:
            await asyncio.sleep(pause)
            if await self._attempt(entry, target, body):
                return
        self._log.complete(entry, status="gave_up")

    async def _attempt(self, entry: Entry, target: str, body: str) -> bool:
        """True when there is nothing left to try: delivered, or a callback that was refused for good."""
        attempt: Json = {"at": utc_text(self._ids.now()), "status": None, "error": None}
        headers = self._headers(entry.fields["message_id"], body)
        started = monotonic()
        try:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(target, data=body.encode(), headers=headers) as answer,
            ):
                attempt["status"] = answer.status
        except (aiohttp.ClientError, TimeoutError) as error:
            attempt["error"] = str(error) or type(error).__name__
        attempt["ms"] = round((monotonic() - started) * 1000, 2)
        status = attempt["status"] or 0
        is_final = status // 100 == 2 or (not self._is_svix and status // 100 == 4)
        outcome = "delivered" if status // 100 == 2 else "refused" if is_final else "sending"
        self._log.complete(entry, status=outcome, attempts=[*entry.fields["attempts"], attempt])
        return is_final

    @property
    def _is_svix(self) -> bool:
        return (self.secret or "").startswith("whsec_")

    def _headers(self, delivery: str, body: str) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "User-Agent": "Svix-Webhooks/1.0"}
        if self._is_svix:
            now = utc_now()  # receivers compare it with the real time
            signature = Webhook(str(self.secret)).sign(delivery, now, body)
            return headers | {
                "svix-id": delivery,
                "svix-timestamp": str(int(now.timestamp())),
                "svix-signature": signature,
            }
        return headers | ({self._header: self.secret} if self.secret else {})

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def filled(template: Any, facts: Mapping[str, str]) -> Any:
    """The template with each ``{name}`` in its texts replaced, once; what is not among the facts stays as it is."""
    if isinstance(template, str):
        return _PLACEHOLDER.sub(lambda found: facts.get(found[1], found[0]), template)
    if isinstance(template, Mapping):
        return {key: filled(value, facts) for key, value in template.items()}
    if isinstance(template, list):
        return [filled(value, facts) for value in template]
    return template
