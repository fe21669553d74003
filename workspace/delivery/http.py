"""Delivery over signed HTTP, for apps that have a request address instead of a socket."""

import asyncio
import hashlib
import hmac
import json
from collections import defaultdict
from http import HTTPStatus
from secrets import token_urlsafe
from urllib.parse import parse_qs, urlencode

import aiohttp

from workspace.clock import utc_now
from workspace.delivery.ack import Ack
from workspace.model import App
from workspace.wire import Json

MOST_REDIRECTS = 3  # Slack follows two


class HttpDelivery:
    """Posts what Slack posts, signed with the app's signing secret."""

    def __init__(self) -> None:
        self._session: aiohttp.ClientSession | None = None
        self._verified: set[tuple[str, str]] = set()  # (app, address)
        self._verifying: defaultdict[tuple[str, str], asyncio.Lock] = defaultdict(asyncio.Lock)

    async def send(
        self, app: App, kind: str, payload: Json, *, seconds: float, retry_attempt: int = 0, retry_reason: str = ""
    ) -> Ack:
        """One try. 2xx is an acknowledgement, a JSON object in the body is its payload.

        An address gets events only after it has answered Slack's challenge, which an app must do to be set up at all.
        """
        if kind == "events_api" and not await self._is_verified(app, seconds):
            return Ack(acked=False, error="url_not_verified")
        body, content_type = _encode(kind, payload)
        headers = {"Content-Type": content_type, **self._signature(app, body)}
        if retry_attempt:
            headers |= {"X-Slack-Retry-Num": str(retry_attempt), "X-Slack-Retry-Reason": _http_reason(retry_reason)}
        url = _address(app, kind, payload)
        try:
            timeout = aiohttp.ClientTimeout(total=seconds)
            posted = self._open().post(url, data=body, headers=headers, timeout=timeout, max_redirects=MOST_REDIRECTS)
            async with posted as answer:
                text = await answer.text()
                if answer.status // 100 != 2:
                    no_retry = answer.headers.get("X-Slack-No-Retry") == "1"
                    return Ack(acked=False, error="dispatch_failed", is_final=no_retry)
                return Ack(acked=True, payload=_payload(kind, text))
        except TimeoutError:
            return Ack(acked=False, error="no_answer")
        except aiohttp.TooManyRedirects:
            return Ack(acked=False, error="too_many_redirects")
        except aiohttp.ClientError:
            return Ack(acked=False, error="not_connected")

    async def _is_verified(self, app: App, seconds: float) -> bool:
        """``url_verification``: the challenge comes back as plain text, as a form, or in JSON."""
        address = (app.id, str(app.request_url))
        async with self._verifying[address]:  # events that come together wait for one challenge
            if address not in self._verified and await self._answers_challenge(app, seconds):
                self._verified.add(address)
        return address in self._verified

    async def _answers_challenge(self, app: App, seconds: float) -> bool:
        challenge = token_urlsafe(32)
        body = json.dumps({"token": "deprecated", "challenge": challenge, "type": "url_verification"}).encode()
        headers = {"Content-Type": "application/json", **self._signature(app, body)}
        timeout = aiohttp.ClientTimeout(total=seconds)
        try:
            async with self._open().post(str(app.request_url), data=body, headers=headers, timeout=timeout) as answer:
                return answer.status == HTTPStatus.OK and _challenge(await answer.text()) == challenge
        except (aiohttp.ClientError, TimeoutError):
            return False

    async def close(self) -> None:
        if self._session is not None:
            await self._session.close()

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                headers={"User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
            )
        return self._session

    def _signature(self, app: App, body: bytes) -> dict[str, str]:
        stamp = str(int(utc_now().timestamp()))  # receivers compare it with the real time
        base = b"v0:" + stamp.encode() + b":" + body
        digest = hmac.new(app.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def _encode(kind: str, payload: Json) -> tuple[bytes, str]:
    if kind == "events_api":
        return json.dumps(payload).encode(), "application/json"
    form = payload if kind == "slash_commands" else {"payload": json.dumps(payload)}
    return urlencode(form).encode(), "application/x-www-form-urlencoded"


def _address(app: App, kind: str, payload: Json) -> str:
    if kind == "slash_commands":
        own = next((c.request_url for c in app.commands if c.command == payload["command"]), None)
        return own or str(app.request_url)
    if payload.get("type") == "block_suggestion" and app.options_url:
        return app.options_url
    return str(app.request_url)


def _payload(kind: str, text: str) -> Json | None:
    try:
        payload = json.loads(text) if text.strip() else None
    except ValueError:
        return {"text": text} if kind == "slash_commands" else None
    return payload if isinstance(payload, dict) else None


def _http_reason(reason: str) -> str:
    return {"timeout": "http_timeout", "dispatch_failed": "http_error"}.get(reason, reason)


def _challenge(text: str) -> str:
    """What was answered to ``url_verification``."""
    try:
        told = json.loads(text)
    except ValueError:
        return parse_qs(text).get("challenge", [text.strip()])[0]
    return str(told.get("challenge", "")) if isinstance(told, dict) else text.strip()
