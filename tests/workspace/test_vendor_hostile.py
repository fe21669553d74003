"""Whatever an app sends, a vendor answers in its own form: done or refused, and never broken itself."""

import json
from collections.abc import AsyncIterator, Iterator
from typing import Any

import aiohttp
import pytest

from tests.workspace.conftest import SEED
from tests.workspace.discovery import Contract
from tests.workspace.google_client import CALENDAR, MAIL
from workspace.options import Options
from workspace.server import Running, running
from workspace.vendors.model import ANTHROPIC_VERSION, KEY

STRANGE: tuple[Any, ...] = (
    None,
    5,
    -1,
    "x",
    "",
    True,
    [],
    [5],
    [{}],
    {},
    {"a": 5},
    [None],
    "2027-03-23",
    "\u0000",
    1e30,
)
EVENT = {
    "start": {"dateTime": "2027-03-23T10:00:00Z", "timeZone": "UTC"},
    "end": {"dateTime": "2027-03-23T11:00:00Z", "timeZone": "UTC"},
    "attendees": [{"email": "ben@example.com"}],
    "reminders": {"useDefault": False, "overrides": [{"method": "popup", "minutes": 5}]},
    "extendedProperties": {"private": {"a": "b"}},
    "recurrence": ["RRULE:FREQ=DAILY;COUNT=2"],
    "conferenceData": {"createRequest": {"requestId": "r", "conferenceSolutionKey": {"type": "hangoutsMeet"}}},
    "source": {"title": "x", "url": "https://example.com/"},
}
FREE_BUSY = {"timeMin": "2027-03-23T00:00:00Z", "timeMax": "2027-03-24T00:00:00Z", "items": [{"id": "ann@example.com"}]}
CHANNEL = {"id": "c", "type": "web_hook", "address": "http://127.0.0.1:9/", "params": {"ttl": "60"}}
RAW = "VG86IHpvZUBleGFtcGxlLm9yZw0KDQpIaQ=="


@pytest.fixture
async def ws() -> AsyncIterator[Running]:
    async with running(Options(seed=SEED, vendors={"calendar": 0, "gmail": 0}, webhook_retries=())) as workspace:
        yield workspace


def spoilt(body: Any) -> Iterator[Any]:
    """The body with each of its values, at every depth, replaced by each strange one in turn, and without it."""
    if isinstance(body, dict):
        for name, value in body.items():
            rest = {key: known for key, known in body.items() if key != name}
            yield rest
            yield from ({**body, name: strange} for strange in STRANGE)
            yield from ({**body, name: deeper} for deeper in spoilt(value))
    elif isinstance(body, list):
        for number, value in enumerate(body):
            yield from ([*body[:number], strange, *body[number + 1 :]] for strange in STRANGE)
            yield from ([*body[:number], deeper, *body[number + 1 :]] for deeper in spoilt(value))


async def judged(
    ws: Running, contract: Contract, operation: str, verb: str, url: str, bodies: Iterator[Any], scope: str
) -> set[int]:
    """The statuses; every answer fits the contract."""
    accounts, statuses = ws.vendors.accounts, set()
    token = accounts.access_token(accounts.grant("ann@example.com", {scope}))
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for body in bodies:
            async with session.request(verb, url, data=json.dumps(body)) as answer:
                content = await answer.read()
            assert answer.status < 500, (body, content)
            contract.check_answer(operation, answer.status, content)
            statuses.add(answer.status)
    return statuses


async def test_events(ws: Running) -> None:
    contract, url = Contract("calendar.v3"), f"{ws.vendors.calendar.url}/calendar/v3/calendars/primary/events"
    texts = dict.fromkeys(("summary", "description", "location", "colorId"), "x")
    choices = {"transparency": "opaque", "visibility": "public", "status": "confirmed", "eventType": "default"}
    bodies = spoilt({**EVENT, **texts, **choices, "guestsCanModify": True})
    query = "?conferenceDataVersion=1"
    assert await judged(ws, contract, "calendar.events.insert", "POST", url + query, bodies, CALENDAR) >= {200, 400}


async def test_patches_of_one_event(ws: Running) -> None:
    contract, url = Contract("calendar.v3"), f"{ws.vendors.calendar.url}/calendar/v3/calendars/primary/events"
    await judged(ws, contract, "calendar.events.insert", "POST", url, iter([{**EVENT, "id": "abcde"}]), CALENDAR)
    place = f"{url}/abcde?conferenceDataVersion=1"
    statuses = await judged(ws, contract, "calendar.events.patch", "PATCH", place, spoilt(EVENT), CALENDAR)
    assert statuses >= {200, 400}
    listed = f"{url}?singleEvents=true&orderBy=startTime"
    assert await judged(ws, contract, "calendar.events.list", "GET", listed, iter([{}]), CALENDAR) == {200}


@pytest.mark.parametrize(
    ("operation", "path", "body"),
    [
        ("calendar.freebusy.query", "freeBusy", {**FREE_BUSY, "calendarExpansionMax": 5, "timeZone": "UTC"}),
        ("calendar.events.watch", "calendars/primary/events/watch", {**CHANNEL, "expiration": "1", "token": "t"}),
        ("calendar.channels.stop", "channels/stop", {"id": "c", "resourceId": "r"}),
    ],
)
async def test_the_rest_of_calendar(ws: Running, operation: str, path: str, body: dict[str, Any]) -> None:
    url = f"{ws.vendors.calendar.url}/calendar/v3/{path}"
    assert await judged(ws, Contract("calendar.v3"), operation, "POST", url, spoilt(body), CALENDAR) & {400, 404}


@pytest.mark.parametrize(
    ("operation", "path", "body"),
    [
        ("gmail.users.messages.send", "messages/send", {"raw": RAW, "threadId": "5"}),
        ("gmail.users.drafts.create", "drafts", {"message": {"raw": RAW, "threadId": "5"}}),
        ("gmail.users.drafts.send", "drafts/send", {"id": "r1"}),
        ("gmail.users.labels.create", "labels", {"name": "Deals"}),
        ("gmail.users.watch", "watch", {"topicName": "projects/p/topics/mail", "labelIds": ["INBOX"]}),
    ],
)
async def test_gmail(ws: Running, operation: str, path: str, body: dict[str, Any]) -> None:
    url = f"{ws.vendors.gmail.url}/gmail/v1/users/me/{path}"
    statuses = await judged(ws, Contract("gmail.v1"), operation, "POST", url, spoilt(body), MAIL)
    assert statuses >= {400, 404 if path == "drafts/send" else 200}


CLAUDE = {
    "model": "claude-haiku-5-5",
    "max_tokens": 9,
    "system": [{"type": "text", "text": "Be brief."}],
    "messages": [
        {"role": "user", "content": [{"type": "text", "text": "Hello", "cache_control": {"type": "ephemeral"}}]}
    ],
    "tools": [{"name": "find", "input_schema": {"type": "object", "properties": {"a": {"type": "string"}}}}],
    "output_config": {"format": {"type": "json_schema", "schema": {"type": "array", "items": {"type": "null"}}}},
}
GEMINI = {
    "contents": [{"role": "user", "parts": [{"text": "Hello"}]}],
    "tools": [{"functionDeclarations": [{"name": "find", "parameters": {"type": "OBJECT"}}]}],
    "generationConfig": {"responseMimeType": "application/json", "responseJsonSchema": {"type": "object"}},
}


@pytest.mark.parametrize(
    ("path", "body", "headers"),
    [
        ("messages", CLAUDE, {"anthropic-version": ANTHROPIC_VERSION, "Authorization": f"Bearer {KEY}"}),
        ("models/gemini-x:generateContent", GEMINI, {"x-goog-api-key": KEY}),
    ],
)
async def test_models(path: str, body: dict[str, Any], headers: dict[str, str]) -> None:
    async with (
        running(Options(seed=SEED, vendors={"model": 0})) as ws,
        aiohttp.ClientSession(headers=headers) as session,
    ):
        statuses = set()
        for strange in spoilt(body):
            async with session.post(f"{ws.vendors.model.url}/v1/{path}", json=strange) as answer:
                said = await answer.json()
            assert answer.status in (200, 400), (strange, said)
            assert ("error" in said) == (answer.status == 400)
            statuses.add(answer.status)
    assert statuses == {200, 400}


async def test_labels_of_a_message(ws: Running) -> None:
    message = ws.vendors.gmail.box_of("ann@example.com").add(b"To: x@example.com\r\n\r\nHi", ["INBOX"])
    url = f"{ws.vendors.gmail.url}/gmail/v1/users/me/messages/{message.id}/modify"
    bodies = spoilt({"addLabelIds": ["STARRED"], "removeLabelIds": ["UNREAD"]})
    statuses = await judged(ws, Contract("gmail.v1"), "gmail.users.messages.modify", "POST", url, bodies, MAIL)
    assert statuses == {200, 400}


@pytest.mark.parametrize(
    "mail",
    [
        b"",
        b"\xff\xfe\x00",
        b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n",
        b"Content-Type: text/plain; charset=klingon\r\nTo: x\r\n\r\n\xff\xff",
        b"Subject: =?utf-8?b?4pyT?=\r\nFrom: \xff <a@b>\r\n\r\nHi",
        b"Content-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: message/rfc822\r\n\r\nTo: b\r\n--a--",
        b"Content-Transfer-Encoding: base64\r\n\r\n!!!!",
        b"Content-Disposition: attachment; filename*=utf-8''%E2%9C%93.pdf\r\nContent-Type: a\r\n\r\nx",
    ],
)
async def test_mails_that_nobody_should_send_are_shown(ws: Running, mail: bytes) -> None:
    message = ws.vendors.gmail.box_of("ann@example.com").add(mail, ["INBOX"])
    place = f"{ws.vendors.gmail.url}/gmail/v1/users/me/messages"
    contract = Contract("gmail.v1")
    for form in ("full", "metadata", "raw", "minimal"):
        url = f"{place}/{message.id}?format={form}"
        assert await judged(ws, contract, "gmail.users.messages.get", "GET", url, iter([{}]), MAIL) == {200}
    for words in ("hello", "from:a", "has:attachment", "subject:x", "rfc822msgid:x"):
        assert await judged(
            ws, contract, "gmail.users.messages.list", "GET", f"{place}?q={words}", iter([{}]), MAIL
        ) == {200}
