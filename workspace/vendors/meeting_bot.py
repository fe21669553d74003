"""A meeting bot that plays the sender's part of MeetingBaaS v2: signed webhooks, transcripts behind addresses."""

from collections.abc import Mapping
from datetime import timedelta
from secrets import token_hex
from typing import Any
from uuid import uuid4

from aiohttp import web

from workspace.ids import Ids
from workspace.log import Log
from workspace.model import Person
from workspace.vendors.samples import Sample, Samples, utc_text
from workspace.vendors.webhooks import WebhookSender, filled
from workspace.wire import Json, SlackError

CONTENT_TYPES = {"vtt": "text/vtt", "srt": "application/x-subrip", "json": "application/json"}


class MeetingBot:
    """Ends meetings: posts ``bot.completed`` to ``target`` and serves what it names, on the workspace's own port.

    ``secret`` as in ``Options``.
    """

    name = "meeting_bot"

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
        self.base_url = ""
        self._ids = ids
        self._sender = WebhookSender(log, ids, secret=secret, retries=retries, header="x-mb-secret")
        self._extra = extra
        self._files: dict[str, Sample] = {}
        self.close = self._sender.close

    def routes(self) -> list[web.RouteDef]:
        """Below ``/meeting-bot/``."""
        return [web.get("/transcripts/{key}/{file}", self.serve_transcript, name="transcripts.get")]

    def refusal(self, _request: web.Request, status: int) -> Json:
        return {"success": False, "error": f"HTTP {status}", "code": f"HTTP_{status}"}

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
        facts = {"bot_id": payload["data"]["bot_id"], "sample": sample_id}
        return await self._sender.deliver("meeting", facts, payload, target=str(self.target), message_id=message_id)

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
        if sample is None or request.match_info["file"] != sample.file:
            return web.Response(status=403, text="expired")
        kind = CONTENT_TYPES.get(sample.format, "text/plain")
        headers = {"X-Content-Type-Options": "nosniff"}
        return web.Response(body=sample.content, content_type=kind, charset="utf-8", headers=headers)

    def _filled(self, person: Person | None) -> Json:
        if person is None:
            return {}
        facts = {"email": person.email or "", "name": person.real_name, "id": person.id}
        return dict(filled(dict(self._extra), facts))
