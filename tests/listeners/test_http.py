"""POST /slack/events: only what Slack signed, a moment ago, over exactly this body, reaches a listener."""

import hashlib
import hmac
import json
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from listeners.http import SlackDoor, UnprovenError, verify_slack

SECRET = "8f742231b10e8888abcd99yyyzzz85a5"
NOW = datetime(2026, 11, 19, 15, 5, tzinfo=UTC)
BODY = b'{"type":"url_verification","challenge":"3eZbrw1a","token":"t"}'


def signed(body: bytes = BODY, *, secret: str = SECRET, at: datetime = NOW) -> dict[str, str]:
    stamp = str(int(at.timestamp()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:".encode() + body, hashlib.sha256).hexdigest()
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": f"v0={digest}"}


def without(name: str) -> dict[str, str]:
    return {key: value for key, value in signed().items() if key != name}


def with_stamp(stamp: str) -> dict[str, str]:
    return {**signed(), "X-Slack-Request-Timestamp": stamp}


FORGED: dict[str, tuple[dict[str, str], bytes]] = {
    "another secret": (signed(secret="another"), BODY),
    "an empty secret": (signed(secret=""), BODY),
    "five minutes and a second old": (signed(at=NOW - timedelta(seconds=301)), BODY),
    "from the future": (signed(at=NOW + timedelta(seconds=301)), BODY),
    "a body that was changed": (signed(), BODY.replace(b"3eZ", b"3eY")),
    "a body that was added to": (signed(), BODY + b" "),
    "an empty body": (signed(), b""),
    "no signature": (without("X-Slack-Signature"), BODY),
    "no time": (without("X-Slack-Request-Timestamp"), BODY),
    "a time of its own": (with_stamp(str(int(NOW.timestamp()) + 1)), BODY),
    "a time that is no number": (with_stamp("now"), BODY),
    "a negative time": (with_stamp("-1"), BODY),
    "a time out of all bounds": (with_stamp("9" * 40), BODY),
    "a time in other digits": (with_stamp("١٧٦٣٥٦٤٧٠٠"), BODY),
    "half a signature": ({**signed(), "X-Slack-Signature": signed()["X-Slack-Signature"][:20]}, BODY),
    "another version": (
        {**signed(), "X-Slack-Signature": signed()["X-Slack-Signature"].replace("v0=", "v1=")},
        BODY,
    ),
    "a signature that is no text": ({**signed(), "X-Slack-Signature": "v0=\udcff"}, BODY),
    "nothing at all": ({}, BODY),
}


@pytest.mark.parametrize("name", list(FORGED))
def test_src_07_a_forged_call_is_told_apart(name: str) -> None:
    headers, body = FORGED[name]
    with pytest.raises(UnprovenError):
        verify_slack(headers, body, secret=SECRET, now=NOW)


@pytest.mark.parametrize("age", [timedelta(minutes=-5), timedelta(0), timedelta(minutes=5)])
def test_src_07_a_signed_call_is_believed_for_five_minutes(age: timedelta) -> None:
    verify_slack(signed(at=NOW - age), BODY, secret=SECRET, now=NOW)


def test_src_07_the_example_of_slacks_own_documentation_is_believed() -> None:
    """docs.slack.dev/authentication/verifying-requests-from-slack"""
    body = (
        b"token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V"
        b"&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text="
        b"&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN"
        b"&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c"
    )
    headers = {
        "X-Slack-Request-Timestamp": "1531420618",
        "X-Slack-Signature": "v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503",
    }
    verify_slack(headers, body, secret=SECRET, now=datetime.fromtimestamp(1531420618, UTC))


@dataclass
class Served:
    """The door on a port, with a listener that notes what reached it."""

    client: TestClient[web.Request, web.Application]
    heard: list[str] = field(default_factory=list)

    async def post(
        self, body: bytes, headers: dict[str, str], content_type: str = "application/json"
    ) -> tuple[int, str]:
        everything = {**headers, "Content-Type": content_type}
        async with self.client.post("/slack/events", data=body, headers=everything) as answer:
            return answer.status, await answer.text()


@pytest.fixture
async def served() -> AsyncIterator[Served]:
    bolt = AsyncApp(client=AsyncWebClient(token="xoxb-none"), request_verification_enabled=False)
    door = SlackDoor(bolt, signing_secret=SECRET, clock=lambda: NOW)
    app = web.Application()
    app.router.add_post("/slack/events", door.handle)
    async with TestClient(TestServer(app)) as client:
        found = Served(client)
        bolt.use(_noting(found.heard))
        yield found


def _noting(heard: list[str]) -> Callable[..., Any]:
    async def note(body: dict[str, Any], next: Callable[[], Any]) -> None:
        heard.append(str(body.get("type")))
        await next()

    return note


async def test_src_07_the_address_proves_itself_when_slack_asks(served: Served) -> None:
    status, text = await served.post(BODY, signed())
    assert (status, json.loads(text)) == (200, {"challenge": "3eZbrw1a"})


@pytest.mark.parametrize("name", [name for name in FORGED if name != "a time in other digits"])
async def test_src_07_a_forged_call_gets_401_and_reaches_nobody(served: Served, name: str) -> None:
    """Other digits cannot travel in a header; the rule itself is asked about them above."""
    headers, body = FORGED[name]
    assert await served.post(body, headers) == (401, '{"error": "not authentic"}')
    assert served.heard == []


async def test_src_07_a_forged_call_gets_401_however_broken_it_is(served: Served) -> None:
    for body in (b"\xff\xfe", b"{", b"payload=%7B", b"[" * 100_000):
        for content_type in ("application/json", "application/x-www-form-urlencoded", "text/plain"):
            assert (await served.post(body, signed(), content_type))[0] == 401
    assert served.heard == []


async def test_src_07_nothing_stands_behind_a_get(served: Served) -> None:
    async with served.client.get("/slack/events", headers=signed(b"")) as answer:
        assert answer.status == 405
    assert served.heard == []
