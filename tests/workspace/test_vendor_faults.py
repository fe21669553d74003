"""Every vendor can fail as the real one does, by Python and from the page; the log shows what was asked of whom."""

import asyncio
from collections.abc import AsyncIterator
from email.message import EmailMessage
from typing import Any

import aiohttp
import aiosmtplib
import pytest
from googleapiclient.errors import HttpError

from tests.workspace.conftest import SEED
from tests.workspace.google_client import Google, google
from tests.workspace.receiver import receiving
from workspace.options import SAMPLE, Options
from workspace.server import Running, running
from workspace.wire import SlackError

INSERT = "calendar.events.insert"
EVENT = {"start": {"date": "2027-03-23"}, "end": {"date": "2027-03-24"}}


@pytest.fixture
async def ws() -> AsyncIterator[Running]:
    async with running(Options(seed=SEED, vendors={"calendar": 0, "gmail": 0, "model": 0})) as workspace:
        yield workspace


@pytest.fixture
async def ann(ws: Running) -> AsyncIterator[Google]:
    async with google(ws, "calendar", "ann@example.com") as client:
        yield client


@pytest.fixture
async def page(ws: Running) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(ws.page_url) as session:
        yield session


def insert(client: Google) -> Any:
    return client.api.events().insert(calendarId="primary", body=EVENT)


async def events(client: Google) -> int:
    return len((await client.run(client.api.events().list(calendarId="primary")))["items"])


async def test_a_rate_limit_names_when_to_come_back_and_strikes_as_often_as_asked(ws: Running, ann: Google) -> None:
    ws.faults.arm("rate_limit", vendor="calendar", method=INSERT, retry_after=7, times=2)
    for _ in range(2):
        assert await events(ann) == 0
        with pytest.raises(HttpError) as caught:
            await ann.run(insert(ann))
        assert (caught.value.resp.status, caught.value.resp["retry-after"]) == (429, "7")
        assert caught.value.error_details[0]["reason"] == "rateLimitExceeded"
    await ann.run(insert(ann))
    assert ws.faults.armed == []


async def test_googles_client_gets_through_a_passing_fault(ws: Running, ann: Google) -> None:
    ws.faults.arm("status", vendor="calendar", status=503)
    made = await ann.run(insert(ann), num_retries=1)
    assert made["status"] == "confirmed"
    assert [entry.fields["status"] for entry in ws.log.entries if entry.kind == "vendor"] == [503, 200]


@pytest.mark.parametrize(("kind", "kept"), [("drop", 0), ("lost_answer", 1), ("invalid_body", 1)])
async def test_whether_it_was_done_is_another_question_than_whether_it_was_answered(
    ws: Running, ann: Google, kind: str, kept: int
) -> None:
    url = f"{ws.vendors.calendar.url}/calendar/v3/calendars/primary/events"
    headers = {"Authorization": f"Bearer {ann.credentials.token}"}
    ws.faults.arm(kind, vendor="calendar", method=INSERT)
    async with aiohttp.ClientSession(headers=headers) as session:
        with pytest.raises((aiohttp.ClientError, ValueError)):
            await (await session.post(url, json=EVENT)).json()
    assert await events(ann) == kept
    line = next(entry for entry in ws.log.entries if entry.kind == "vendor")
    assert line.fields["status"] == (200 if kind == "invalid_body" else 0)


async def test_slowness_waits_and_then_answers(ws: Running, ann: Google) -> None:
    ws.faults.arm("slow", vendor="calendar", seconds=0.05)
    await ann.run(insert(ann))
    line = next(entry for entry in ws.log.entries if entry.kind == "vendor")
    assert line.fields["ms"] >= 50


async def test_a_fault_strikes_the_vendor_and_operation_that_it_is_armed_for(ws: Running, ann: Google) -> None:
    ws.faults.arm("status", vendor="gmail", status=500)
    ws.faults.arm("status", vendor="calendar", method="calendar.events.get", status=500)
    ws.faults.arm("status", status=500)  # Slack's
    await ann.run(insert(ann))
    assert len(ws.faults.armed) == 3


async def test_what_a_vendor_cannot_do_is_refused(ws: Running) -> None:
    for vendor, kind in (("slack", "drop"), ("calendar", "lose_ack"), ("calendar", "chat"), ("model", "error")):
        with pytest.raises(SlackError, match="unknown_fault"):
            ws.faults.arm(kind, vendor=vendor)


async def test_the_page_offers_the_vendors_and_arms_them(ws: Running, ann: Google, page: aiohttp.ClientSession) -> None:
    async with page.get("/_workspace/faults") as answer:
        kinds = {kind["kind"]: kind for kind in (await answer.json())["kinds"]}
    assert kinds["status"]["vendors"] == [
        "slack",
        "meeting_bot",
        "google",
        "calendar",
        "gmail",
        "model",
    ]
    assert kinds["drop"]["vendors"][:2] == ["mail", "meeting_bot"]
    assert (kinds["status"]["fields"][0], kinds["chat"]["vendors"]) == ("vendor", ["model"])
    assert "vendor" not in kinds["lose_ack"]["fields"]
    body = {"kind": "status", "vendor": "calendar", "method": INSERT, "status": 500}
    async with page.post("/_workspace/faults", json=body) as answer:
        assert (await answer.json())["fault"]["vendor"] == "calendar"
    assert await ann.refused(insert(ann)) == (500, "backendError")
    async with page.post("/_workspace/faults", json={**body, "vendor": "fax"}) as answer:
        assert (answer.status, (await answer.json())["error"]) == (400, "invalid_arguments")


async def test_a_workspace_without_other_vendors_offers_what_it_has() -> None:
    async with running(Options(seed=SEED)) as ws, aiohttp.ClientSession(ws.page_url) as page:
        answer = await page.get("/_workspace/faults")
        kinds = {kind["kind"]: kind["vendors"] for kind in (await answer.json())["kinds"]}
    assert "chat" not in kinds
    assert (kinds["status"], kinds["slow"]) == (["slack", "meeting_bot"], ["slack", "mail", "meeting_bot"])


async def test_the_log_shows_who_was_asked_what(ws: Running, ann: Google, page: aiohttp.ClientSession) -> None:
    await ann.run(ann.api.events().list(calendarId="primary", q="x"))
    await ann.run(insert(ann))
    async with page.get("/_workspace/log") as answer:
        lines = [entry for entry in (await answer.json())["entries"] if entry["kind"] == "vendor"]
    assert [(line["vendor"], line["operation"]) for line in lines] == [
        ("calendar", "calendar.events.list"),
        ("calendar", INSERT),
    ]
    assert (lines[0]["query"]["q"], lines[1]["request"]["start"]) == ("x", EVENT["start"])
    assert lines[1]["response"]["kind"] == "calendar#event"
    assert lines[1]["ms"] > 0
    assert str(ann.credentials.token) not in str(lines)


async def test_what_is_too_large_is_refused_in_the_vendors_form(
    ws: Running, ann: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workspace.vendors.frame.BODY_BYTES", 1000)
    options = Options(seed=SEED, vendors={"calendar": 0, "model": 0})
    async with running(options) as small, aiohttp.ClientSession() as session:
        for url in (f"{small.vendors.calendar.url}/calendar/v3/freeBusy", f"{small.vendors.model.url}/v1/messages"):
            async with session.post(url, data=b"x" * 1001) as answer:
                assert (answer.status, "error" in await answer.json()) == (413, True)
        assert [entry.fields["status"] for entry in small.log.entries if entry.kind == "vendor"] == [413, 413]


async def test_a_server_that_is_broken_says_so_and_writes_it_down(
    ws: Running, ann: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ws.vendors.calendar.store, "all", lambda: 1 / 0)
    headers = {"Authorization": f"Bearer {ann.credentials.token}"}
    async with aiohttp.ClientSession(headers=headers) as session:
        url = f"{ws.vendors.calendar.url}/calendar/v3/users/me/calendarList"
        assert (await session.get(url)).status == 500
    assert [entry.fields["status"] for entry in ws.log.entries if entry.kind == "vendor"] == [500]


async def test_other_sites_in_the_same_browser_get_nothing(ws: Running) -> None:
    headers = {"Origin": "https://evil.example"}
    async with aiohttp.ClientSession(headers=headers) as session:
        for vendor in (ws.vendors.google, ws.vendors.calendar, ws.vendors.gmail, ws.vendors.model):
            async with session.get(f"{vendor.url}/") as answer:
                assert (answer.status, await answer.text()) == (403, "foreign origin")


async def test_the_mail_server_can_hang_up(ws: Running) -> None:
    host, port = ws.smtp_url.removeprefix("smtp://").split(":")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.com", "b@example.com", "x"
    mail.set_content("x")
    for kind, kept in (("drop", 0), ("lost_answer", 1)):
        ws.faults.arm(kind, vendor="mail")
        with pytest.raises(aiosmtplib.SMTPServerDisconnected):
            await aiosmtplib.send(mail, hostname=host, port=int(port), start_tls=False)
        assert len(ws.mail.mails) == kept
    lines = [entry for entry in ws.log.entries if entry.fields.get("vendor") == "mail"]
    assert [(line.fields["operation"], line.fields["status"]) for line in lines] == [("smtp.send", 0)] * 2


async def test_the_meeting_bots_transcripts_can_fail() -> None:
    async with receiving() as app:
        options = Options(seed=SAMPLE, meeting_bot_target=app.url)
        async with running(options) as ws, aiohttp.ClientSession() as session:
            payload = ws.meeting_bot.payload(ws.samples.get("practice-run"))
            ws.faults.arm("status", vendor="meeting_bot", status=503)
            statuses = [(await session.get(payload["data"]["transcription"])).status for _ in range(2)]
            assert statuses == [503, 200]
            lines = [entry.fields for entry in ws.log.entries if entry.kind == "vendor"]
            assert [(line["vendor"], line["operation"]) for line in lines] == [("meeting_bot", "transcripts.get")] * 2
            assert (await session.get(f"{ws.ws.base_url}/meeting-bot/nothing")).status == 404


async def test_stopping_does_not_wait_for_a_slow_vendor(ann: Google, ws: Running) -> None:
    ws.faults.arm("slow", vendor="calendar", seconds=3600)
    url = f"{ws.vendors.calendar.url}/calendar/v3/users/me/calendarList"
    async with aiohttp.ClientSession() as session:
        waiting = asyncio.create_task(session.get(url))
        await ws.until(lambda: ws.faults.armed == [])
        waiting.cancel()
        await asyncio.gather(waiting, return_exceptions=True)
    line = next(entry for entry in ws.log.entries if entry.kind == "vendor")
    assert line.fields["operation"] == "calendar.calendarList.list"
