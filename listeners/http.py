"""HTTP mode: POST /slack/events takes everything that Slack sends. Proven first; a forged call starts nothing.

Any node may take any call: what must not happen twice is decided in the tables.
"""

import hashlib
import hmac
import logging
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_bolt.async_app import AsyncApp

from sequences.ports.dispatch import Clock

log = logging.getLogger(__name__)

WINDOW = timedelta(minutes=5)


class UnprovenError(Exception):
    """The call does not prove that it comes from Slack. The message is for our log alone."""


def verify_slack(headers: Mapping[str, str], body: bytes, *, secret: str, now: datetime) -> None:
    """Slack's v0 signature, at most five minutes old. ``headers`` are read without regard to case. UnprovenError."""
    stamp = headers.get("X-Slack-Request-Timestamp", "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) < 12):
        raise UnprovenError("no time stamp")
    if abs(now - datetime.fromtimestamp(int(stamp), UTC)) > WINDOW:
        raise UnprovenError("signed too long ago, or in the future: is the clock of this machine right?")
    digest = hmac.new(secret.encode(), b"v0:" + stamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    # A header may hold bytes that are no text; they arrive as surrogates.
    presented = headers.get("X-Slack-Signature", "").encode("utf-8", "surrogateescape")
    if not hmac.compare_digest(presented, f"v0={digest}".encode()):
        raise UnprovenError("the signature is not that of SLACK_SIGNING_SECRET")


class SlackDoor:
    """Answers with the listener's acknowledgement; the work goes on after it."""

    def __init__(self, bolt: AsyncApp, *, signing_secret: str, clock: Clock) -> None:
        self._bolt = bolt
        self._secret = signing_secret
        self._clock = clock

    async def handle(self, request: web.Request) -> web.Response:
        body = await request.read()
        try:
            verify_slack(request.headers, body, secret=self._secret, now=self._clock())
        except UnprovenError as error:
            log.warning("call refused", extra={"provider": "slack", "reason": str(error)})
            return web.json_response({"error": "not authentic"}, status=401)
        return await to_aiohttp_response(await self._bolt.async_dispatch(await to_bolt_request(request)))
