"""Google tells an app that something changed: Calendar's channels and Gmail's Pub/Sub pushes, as they are received."""

import json
from base64 import urlsafe_b64decode
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
import pytest
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicNumbers
from cryptography.hazmat.primitives.hashes import SHA256

from tests.workspace.conftest import SEED
from tests.workspace.discovery import Contract
from tests.workspace.google_client import Google, google
from tests.workspace.receiver import Receiver, receiving
from workspace.options import Options
from workspace.server import Running, running

ANN, BEN = "ann@example.com", "ben@example.com"
NOW = datetime(2027, 3, 22, 9, tzinfo=UTC)
EVENT = {
    "summary": "Call",
    "start": {"dateTime": "2027-03-23T10:00:00Z"},
    "end": {"dateTime": "2027-03-23T11:00:00Z"},
    "attendees": [{"email": BEN}],
}


@dataclass
class Scene:
    ws: Running
    receiver: Receiver

    def channel(self, **more: Any) -> dict[str, Any]:
        return {"id": "c1", "type": "web_hook", "address": self.receiver.url, "token": "user=1", **more}


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    async with receiving() as receiver:
        options = Options(
            seed=SEED,
            clock=lambda: NOW,
            vendors={"calendar": 0, "gmail": 0},
            gmail_push=receiver.url,
            webhook_retries=(0.0, 0.0),
        )
        async with running(options) as ws:
            yield Scene(ws, receiver)


@pytest.fixture
async def ann(scene: Scene) -> AsyncIterator[Google]:
    async with google(scene.ws, "calendar", ANN) as client:
        yield client


def states(receiver: Receiver) -> list[tuple[str, str]]:
    return [(headers["x-goog-resource-state"], headers["x-goog-message-number"]) for headers, _ in receiver.received]


async def test_a_channel_tells_of_each_change_until_it_is_stopped(scene: Scene, ann: Google) -> None:
    async with google(scene.ws, "calendar", BEN) as ben:
        opened = await ben.run(ben.api.events().watch(calendarId="primary", body=scene.channel()))
        made = await ann.run(ann.api.events().insert(calendarId="primary", body=EVENT))
        await ann.run(ann.api.events().delete(calendarId="primary", eventId=made["id"]))
        await scene.receiver.until(3)
        assert states(scene.receiver) == [("sync", "1"), ("exists", "2"), ("exists", "3")]
        headers, body = scene.receiver.received[1]
        assert body == b""
        assert {name: headers[f"x-goog-{name}"] for name in ("channel-id", "channel-token", "resource-id")} == {
            "channel-id": "c1",
            "channel-token": "user=1",
            "resource-id": opened["resourceId"],
        }
        assert headers["x-goog-resource-uri"] == opened["resourceUri"]
        assert headers["x-goog-channel-expiration"] == "Mon, 29 Mar 2027 09:00:00 GMT"
        stop = {"id": "c1", "resourceId": opened["resourceId"]}
        assert await ann.refused(ann.api.channels().stop(body=stop)) == (404, "notFound")
        await ben.run(ben.api.channels().stop(body=stop))
        assert await ben.refused(ben.api.channels().stop(body=stop)) == (404, "notFound")
        await ann.run(ann.api.events().insert(calendarId="primary", body=EVENT))
        assert scene.ws.vendors.calendar.channels.open == {}


async def test_a_push_that_fails_is_sent_again(scene: Scene, ann: Google) -> None:
    scene.receiver.planned = [503, 500]
    await ann.run(ann.api.events().watch(calendarId="primary", body=scene.channel()))
    await scene.receiver.until(3)
    assert states(scene.receiver) == [("sync", "1")] * 3


async def test_a_channel_runs_out(scene: Scene, ann: Google) -> None:
    until = int((NOW + timedelta(minutes=10)).timestamp() * 1000)
    opened = await ann.run(ann.api.events().watch(calendarId="primary", body=scene.channel(expiration=str(until))))
    assert opened["expiration"] == str(until)
    later = {**scene.channel(id="c2"), "params": {"ttl": "1200"}}
    await ann.run(ann.api.events().watch(calendarId="primary", body=later))
    scene.ws.move_clock(timedelta(minutes=10))
    await ann.run(ann.api.events().insert(calendarId="primary", body=EVENT))
    await scene.receiver.until(3)
    told = [(headers["x-goog-channel-id"], headers["x-goog-resource-state"]) for headers, _ in scene.receiver.received]
    assert told == [("c1", "sync"), ("c2", "sync"), ("c2", "exists")]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"type": "carrier_pigeon"}, "unknownDeliveryType"),
        ({"address": "http://app.example.com/hook"}, "push.webhookUrlNotHttps"),
        ({"id": ""}, "required"),
    ],
)
async def test_channels_that_google_would_refuse(
    scene: Scene, ann: Google, change: dict[str, Any], reason: str
) -> None:
    request = ann.api.events().watch(calendarId="primary", body=scene.channel(**change))
    assert await ann.refused(request) == (400, reason)


async def test_a_channel_id_is_used_once(scene: Scene, ann: Google) -> None:
    await ann.run(ann.api.events().watch(calendarId="primary", body=scene.channel()))
    again = ann.api.events().watch(calendarId="primary", body=scene.channel())
    assert await ann.refused(again) == (400, "channelIdNotUnique")


async def test_gmail_publishes_at_most_each_second_and_signs_it(scene: Scene) -> None:
    async with google(scene.ws, "gmail", ANN) as ann:
        users = ann.api.users()
        body = {"topicName": "projects/p/topics/mail", "labelIds": ["INBOX"], "labelFilterBehavior": "include"}
        first = await ann.run(users.watch(userId="me", body=body))
        await arrive(scene.ws)  # within the same second: nobody is told
        scene.ws.move_clock(timedelta(seconds=2))
        await arrive(scene.ws)
        await scene.receiver.until(2)
        scene.ws.move_clock(timedelta(seconds=2))
        label = await ann.run(users.labels().create(userId="me", body={"name": "Deals"}))
        assert label["id"] == "Label_1"
        data = [json.loads(urlsafe_b64decode(message(body)["data"])) for _, body in scene.receiver.received]
        assert data[0] == {"emailAddress": ANN, "historyId": int(first["historyId"])}
        assert str(data[1]["historyId"]) == (await ann.run(users.getProfile(userId="me")))["historyId"]
        history = await ann.run(users.history().list(userId="me", startHistoryId=str(data[0]["historyId"])))
        assert len(history["history"]) == 2
        claims = await verified(scene.ws, scene.receiver.received[1][0])
        assert (claims["iss"], claims["aud"]) == ("https://accounts.google.com", scene.receiver.url)
        assert claims["email_verified"] is True


def message(body: bytes) -> dict[str, Any]:
    pushed: dict[str, Any] = json.loads(body)
    assert pushed["subscription"].startswith("projects/")
    message = dict(pushed["message"])
    assert (message.pop("message_id"), message.pop("publish_time")) == (message["messageId"], message["publishTime"])
    Contract("pubsub.v1").check({"$ref": "PubsubMessage"}, message, "push")
    return message


async def arrive(ws: Running) -> None:
    body = {"as": "U0ANN", "from": "Zoe <zoe@example.org>", "subject": "Hello", "text": "Hello"}
    async with aiohttp.ClientSession(ws.page_url) as session, session.post("/_workspace/mail", json=body) as answer:
        assert answer.status == 200


async def verified(ws: Running, headers: Mapping[str, str]) -> dict[str, Any]:
    """The claims of the bearer token, checked with the key that the local Google publishes."""
    async with aiohttp.ClientSession() as session, session.get(f"{ws.vendors.google.url}/oauth2/v3/certs") as answer:
        (key,) = (await answer.json())["keys"]
    kind, _, token = headers["authorization"].partition(" ")
    signed, _, signature = token.rpartition(".")
    numbers = RSAPublicNumbers(*(int.from_bytes(decoded(key[name])) for name in ("e", "n")))
    numbers.public_key().verify(decoded(signature), signed.encode(), PKCS1v15(), SHA256())
    assert kind == "Bearer"
    return dict(json.loads(decoded(signed.partition(".")[2])))


def decoded(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
