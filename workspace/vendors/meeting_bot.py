"""A meeting bot that plays the sender's part of MeetingBaaS v2: signed webhooks, transcripts behind addresses."""

import asyncio
import json
from collections.abc import Mapping
from datetime import timedelta
from secrets import token_hex
from time import monotonic
from typing import Any
from uuid import uuid4

import aiohttp
from aiohttp import web
from svix.webhooks import Webhook

from workspace.clock import utc_now
from workspace.ids import Ids
from workspace.log import Entry, Log
from workspace.model import Person
from workspace.vendors.samples import Sample, Samples, utc_text
from workspace.wire import Json, SlackError

TIMEOUT_SECONDS = 30
CONTENT_TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip", "json": "application/json"}


class MeetingBot:
    """Ends meetings: posts ``bot.completed`` to ``target`` and serves what it names. ``secret`` as in ``Options``."""

    def __init__(
        self,
        samples: Samples,
        log: Log,
        ids: Ids,
        *,
        target: str | None,
        secret: str | None,
        retries: tuple[float, ...],
        extra: Mapping[str, Any],
    ) -> None:
        self.samples = samples
        self.target = target
        self.secret = secret
        self.base_url = ""
        self._log = log
        self._ids = ids
        self._retries = retries
        self._extra = extra
        self._files: dict[str, Sample] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/meeting-bot/transcripts/{key}/{file}", self.serve_transcript)]

    async def end(
        self, sample: Sample, *, person: Person | None = None, extra: Mapping[str, Any] | None = None
    ) -> Json:
        """The meeting is over: one webhook, tried at once (its result is in the answer) and again in the background.

        ``person`` fills the placeholders ``{email}``, ``{name}`` and ``{id}`` of the configured ``extra``.
        """
        if self.target is None:
            raise SlackError("no_target", "nobody receives meeting webhooks; start with --meeting-webhook URL")
        payload = self.payload(sample, extra=dict(extra) if extra is not None else self._filled(person))
        return await self.deliver(payload, sample_id=sample.id)

    async def fail(self, *, code: str = "BOT_NOT_ACCEPTED", person: Person | None = None) -> Json:
        """The bot did not get a recording: ``bot.failed``."""
        told = {"bot_id": str(uuid4()), "event_id": None, "error_code": code, "error_message": code.replace("_", " ")}
        data = {**told, "sent_at": utc_text(self._ids.now())}
        return await self.deliver({"event": "bot.failed", "data": data, "extra": self._filled(person)})

    async def deliver(self, payload: Json, *, sample_id: str = "", message_id: str | None = None) -> Json:
        """Sends one webhook; the same ``message_id`` again is a repeated delivery."""
        delivery = message_id or f"msg_{token_hex(13)}"
        body = json.dumps(payload, separators=(",", ":"))
        meeting: Json = {
            "bot_id": payload["data"]["bot_id"],
            "sample": sample_id,
            "message_id": delivery,
            "status": "sending",
            "attempts": [],
        }
        entry = self._log.add("meeting", **meeting)
        if not await self._attempt(entry, delivery, body):
            self._start(self._retry(entry, delivery, body))
        return {key: entry.fields[key] for key in meeting}

    def payload(self, sample: Sample, *, extra: Json | None = None, bot_id: str | None = None) -> Json:
        """``bot.completed`` as documented: ``extra`` beside ``data``, the transcript only as an address."""
        key = token_hex(12)
        self._files[key] = sample
        length = timedelta(seconds=sample.duration_s)
        started = min(sample.started_at, self._ids.now() - length)  # it ends now, so it did not begin later than that
        names = [{"name": str(one.get("name", "")), "id": number} for number, one in enumerate(sample.participants, 1)]
        data: Json = {
            "bot_id": bot_id or str(uuid4()),
            "event_id": None,
            "participants": names,
            "speakers": names,
            "duration_seconds": sample.duration_s,
            "joined_at": utc_text(started),
            "exited_at": utc_text(started + length),
            "data_deleted": False,
            "video": None,
            "audio": None,
            "diarization": None,
            "raw_transcription": None,
            "transcription": f"{self.base_url}/meeting-bot/transcripts/{key}/{sample.file}",
            "transcription_provider": "gladia",
            "transcription_ids": [str(uuid4())],
            "sent_at": utc_text(self._ids.now()),
        }
        described = {"title": sample.title, "participants": list(sample.participants)}
        return {"event": "bot.completed", "data": data, "extra": {**described, **(extra or {})}}

    async def serve_transcript(self, request: web.Request) -> web.Response:
        sample = self._files.get(request.match_info["key"])
        entry = self._log.add("http", method="GET", path=request.path, request=None, response=None, status=None)
        if sample is None or request.match_info["file"] != sample.file:
            self._log.complete(entry, status=403, response="expired")
            return web.Response(status=403, text="expired")
        self._log.complete(entry, status=200, response=f"{len(sample.content)} bytes")
        kind = CONTENT_TYPES.get(sample.format, "text/plain")
        headers = {"X-Content-Type-Options": "nosniff"}
        return web.Response(body=sample.content, content_type=kind, charset="utf-8", headers=headers)

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _retry(self, entry: Entry, delivery: str, body: str) -> None:
        for pause in self._retries:
            await asyncio.sleep(pause)
            if await self._attempt(entry, delivery, body):
                return
        self._log.complete(entry, status="gave_up")

    async def _attempt(self, entry: Entry, delivery: str, body: str) -> bool:
        """True when there is nothing left to try: delivered, or a callback that was refused for good."""
        attempt: Json = {"at": utc_text(self._ids.now()), "status": None, "error": None}
        started = monotonic()
        try:
            timeout = aiohttp.ClientTimeout(total=TIMEOUT_SECONDS)
            async with (
                aiohttp.ClientSession(timeout=timeout) as session,
                session.post(str(self.target), data=body.encode(), headers=self._headers(delivery, body)) as answer,
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
        return headers | ({"x-mb-secret": self.secret} if self.secret else {})

    def _filled(self, person: Person | None) -> Json:
        if person is None:
            return {}
        facts = {"email": person.email or "", "name": person.real_name, "id": person.id}
        return {key: _fill(value, facts) for key, value in self._extra.items()}

    def _start(self, work: Any) -> None:
        task: asyncio.Task[None] = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)


def _fill(value: Any, facts: Mapping[str, str]) -> Any:
    if not isinstance(value, str):
        return value
    for name, fact in facts.items():
        value = value.replace("{" + name + "}", fact)
    return value
