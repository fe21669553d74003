"""POST /webhooks/meetingbaas: prove, store, answer. A repeated delivery is a quiet no-op (ENV-12, SRC-06)."""

import hashlib
import json
import logging
from typing import Any

from aiohttp import web

from sequences.meetings.receiving import Receiving
from web.signatures import ForgedError, verify_meetingbaas

log = logging.getLogger(__name__)


class MeetingBaasWebhook:
    """``secrets`` are all that may sign: the account webhook's and the bots' callbacks'."""

    def __init__(self, *, receiving: Receiving, secrets: tuple[str, ...]) -> None:
        self._receiving = receiving
        self._secrets = secrets

    async def handle(self, request: web.Request) -> web.Response:
        raw = await request.read()
        try:
            verify_meetingbaas(request.headers, raw, self._secrets)
        except ForgedError as error:
            log.warning("webhook refused", extra={"provider": "meetingbaas", "reason": str(error)})
            return web.json_response({"error": "not authentic"}, status=401)
        body = _json_object(raw)
        if body is None:
            return web.json_response({"error": "the body must be a JSON object"}, status=400)
        delivery_id = request.headers.get("svix-id") or hashlib.sha256(raw).hexdigest()
        taken = await self._receiving.receive("meetingbaas", delivery_id, body)
        if taken is None:
            # Not connected to Slack yet: the sender tries again, which is better than a meeting without an owner.
            return web.json_response({"error": "starting, try again"}, status=503, headers={"Retry-After": "5"})
        return web.json_response({"status": "accepted" if taken else "duplicate"})


def _json_object(raw: bytes) -> dict[str, Any] | None:
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None
