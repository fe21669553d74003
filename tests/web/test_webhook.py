"""POST /webhooks/meetingbaas over real HTTP: proved, stored, answered; and a forged call leaves no trace."""

import json
from collections.abc import AsyncIterator
from io import BytesIO

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from sequences.meetings.receiving import Receiving
from sequences.ports.store import Delivery
from storage.database import Database
from tests.sequences.fakes import FakeClock, RecordingDispatcher
from tests.sequences.people import ORG
from tests.web.test_signatures import OTHER, SECRET, signed
from web.health import Health
from web.meetingbaas import MeetingBaasWebhook
from web.server import LARGEST_BODY, make_web_app

Client = TestClient[Request, Application]
PATH = "/webhooks/meetingbaas"
BODY = json.dumps({"event": "bot.completed", "data": {"bot_id": "b", "note": "\x00 é"}}).encode()


@pytest.fixture
async def store(database_url: str) -> AsyncIterator[Database]:
    database = Database.open(database_url)
    yield database
    await database.close()


@pytest.fixture
async def dispatcher() -> RecordingDispatcher:
    return RecordingDispatcher()


@pytest.fixture
async def client(store: Database, dispatcher: RecordingDispatcher) -> AsyncIterator[Client]:
    receiving = Receiving(store=store, dispatcher=dispatcher, clock=FakeClock())
    webhook = MeetingBaasWebhook(receiving=receiving, secrets=(SECRET, "plain secret"))
    app = make_web_app(meetingbaas=webhook, health=Health({}))
    async with TestClient(TestServer(app)) as client:
        yield client


@pytest.fixture
async def connected(store: Database) -> None:
    async with store.begin() as tx:
        await tx.people.save_org(ORG)


async def stored(store: Database) -> list[Delivery]:
    async with store.read() as tx:
        return await tx.deliveries.recent(ORG.id, 100)


async def test_src_06_an_authentic_delivery_is_stored_and_woken(
    client: Client, store: Database, dispatcher: RecordingDispatcher, connected: None
) -> None:
    answer = await client.post(PATH, data=BODY, headers=signed(BODY))
    assert (answer.status, await answer.json()) == (200, {"status": "accepted"})
    (delivery,) = await stored(store)
    assert (delivery.delivery_id, delivery.provider) == ("msg_1", "meetingbaas")
    assert delivery.body["event"] == "bot.completed"
    assert [(kind, due) for kind, due, _ in dispatcher.woken] == [("delivery", delivery.id)]


async def test_env_12_a_repeated_delivery_is_a_quiet_no_op(
    client: Client, store: Database, dispatcher: RecordingDispatcher, connected: None
) -> None:
    answers = [await client.post(PATH, data=BODY, headers=signed(BODY)) for _ in range(3)]
    assert [answer.status for answer in answers] == [200] * 3
    assert [(await answer.json())["status"] for answer in answers] == ["accepted", "duplicate", "duplicate"]
    assert len(await stored(store)) == len(dispatcher.woken) == 1


async def test_env_12_without_a_delivery_id_the_same_body_is_the_same_delivery(
    client: Client, store: Database, connected: None
) -> None:
    headers = {"x-mb-secret": "plain secret"}
    for _ in range(2):
        assert (await client.post(PATH, data=BODY, headers=headers)).status == 200
    assert (await client.post(PATH, data=BODY + b" ", headers=headers)).status == 200
    assert len(await stored(store)) == 2


@pytest.mark.parametrize(
    "headers", [{}, {"x-mb-secret": "wrong"}, signed(BODY, OTHER), signed(b"other"), {"x-mb-secret": "\udcff"}]
)
async def test_src_07_a_forged_call_gets_401_and_leaves_no_trace(
    client: Client, store: Database, dispatcher: RecordingDispatcher, connected: None, headers: dict[str, str]
) -> None:
    answer = await client.post(PATH, data=BODY, headers=headers)
    assert (answer.status, await answer.json()) == (401, {"error": "not authentic"})
    assert await stored(store) == []
    assert dispatcher.woken == []


@pytest.mark.parametrize(
    "body", [b"", b"no json", b"[]", b'"text"', b"\xff\xfe", b"[" * 100_000, b'{"a":' * 50_000, b"9" * 10_000]
)
async def test_err_10_an_authentic_body_that_is_no_object_gets_400(
    client: Client, store: Database, connected: None, body: bytes
) -> None:
    answer = await client.post(PATH, data=body, headers={"x-mb-secret": "plain secret"})
    assert (answer.status, await answer.json()) == (400, {"error": "the body must be a JSON object"})
    assert await stored(store) == []


async def test_err_10_a_signed_body_that_is_no_json_gets_400_not_401(client: Client, connected: None) -> None:
    answer = await client.post(PATH, data=b"no json", headers=signed(b"no json"))
    assert answer.status == 400


async def test_err_09_before_slack_is_connected_the_sender_is_asked_to_come_again(client: Client) -> None:
    answer = await client.post(PATH, data=BODY, headers=signed(BODY))
    assert (answer.status, answer.headers["Retry-After"]) == (503, "5")


async def test_err_10_a_body_beyond_the_bound_is_refused(client: Client, store: Database, connected: None) -> None:
    answer = await client.post(PATH, data=BytesIO(b" " * (LARGEST_BODY + 1)), headers={"x-mb-secret": "plain secret"})
    assert answer.status == 413
    assert await stored(store) == []


async def test_err_09_only_post_is_answered(client: Client) -> None:
    assert (await client.get(PATH)).status == 405
