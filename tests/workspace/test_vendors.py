"""The mail server and the meeting bot, each met with the other side's own libraries."""

import io
import json
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import aiohttp
import aiosmtplib
import pytest
from svix.webhooks import Webhook, WebhookVerificationError

from tests.workspace.judges import compile_lines, need_node
from tests.workspace.receiver import Receiver
from workspace.options import SAMPLE, Options
from workspace.server import Running, running

SECRET = "whsec_" + "C2FVsBQIhrscChlQIMV+b5sSYspob7oD"


def _options(receiver: Receiver, secret: str | None = SECRET, **more: Any) -> Options:
    return Options(seed=SAMPLE, meeting_bot_target=receiver.url, meeting_bot_secret=secret, **more)


async def test_mail_is_kept_as_it_was_sent(ws: Running) -> None:
    mail = EmailMessage()
    mail["From"], mail["To"] = "Ann Archer <ann@example.com>", "Zoë <zoe@example.org>, bob@example.org"
    mail["Subject"], mail["Message-ID"] = "Grüße - über alles", "<1@example.com>"
    mail.set_content("Hallo Zoë,\n\nbis bald.\n")
    mail.add_attachment(b"abc", maintype="application", subtype="pdf", filename="offer.pdf")
    host, port = ws.smtp_url.removeprefix("smtp://").split(":")
    await aiosmtplib.send(mail, hostname=host, port=int(port), start_tls=False)

    kept = ws.mail.mails[0]
    assert (kept.subject, kept.message_id) == ("Grüße - über alles", "<1@example.com>")
    shown = kept.to_json()
    assert shown["to"] == ["Zoë <zoe@example.org>", "bob@example.org"]
    assert shown["snippet"] == "Hallo Zoë, bis bald."
    assert shown["attachments"] == [{"name": "offer.pdf", "type": "application/pdf", "size": 3}]
    assert shown["envelope"]["to"] == ["zoe@example.org", "bob@example.org"]


async def test_a_mail_in_an_encoding_that_nobody_knows_is_kept_and_shown(ws: Running) -> None:
    host, port = ws.smtp_url.removeprefix("smtp://").split(":")
    raw = b"Subject: Hi\r\nContent-Type: text/plain; charset=klingon\r\n\r\nHello\r\n"
    people = ("a@example.com", ["b@example.com"])
    await aiosmtplib.send(raw, sender=people[0], recipients=people[1], hostname=host, port=int(port), start_tls=False)
    assert ws.mail.mails[0].to_json()["text"].strip() == "Hello"


async def test_mail_is_refused_on_request(ws: Running) -> None:
    ws.faults.arm("mail_refused", status=451)
    host, port = ws.smtp_url.removeprefix("smtp://").split(":")
    mail = EmailMessage()
    mail["From"], mail["To"], mail["Subject"] = "a@example.com", "b@example.com", "x"
    mail.set_content("x")
    with pytest.raises(aiosmtplib.SMTPResponseException) as caught:
        await aiosmtplib.send(mail, hostname=host, port=int(port), start_tls=False)
    assert caught.value.code == 451
    assert ws.mail.mails == []


async def test_the_end_of_a_meeting_is_a_signed_webhook_that_names_the_transcript(receiver: Receiver) -> None:
    async with running(_options(receiver)) as ws, aiohttp.ClientSession() as session:
        sample = ws.samples.get("marlow-finch-pilot")
        meeting = await ws.meeting_bot.end(sample, person=ws.state.person("robin"))
        assert meeting["status"] == "delivered"
        headers, body = receiver.received[0]
        Webhook(SECRET).verify(body, headers)
        with pytest.raises(WebhookVerificationError):
            Webhook(SECRET).verify(body + b" ", headers)
        payload = json.loads(body)
        assert payload["event"] == "bot.completed"
        assert payload["extra"]["rep_email"] == "robin.hale@larkfield.example"
        assert payload["data"]["transcription"].startswith(ws.ws.base_url)
        transcript = await session.get(payload["data"]["transcription"])
        assert (await transcript.read()) == sample.content


async def test_an_undelivered_webhook_is_tried_again_under_the_same_id(receiver: Receiver) -> None:
    receiver.planned = [500, 503]
    async with running(_options(receiver, webhook_retries=(0.0, 0.0, 0.0))) as ws:
        meeting = await ws.meeting_bot.end(ws.samples.get("practice-run"))
        assert meeting["status"] == "sending"
        entry = next(entry for entry in ws.log.entries if entry.kind == "meeting")
        await ws.until(lambda: entry.fields["status"] == "delivered")
        assert [attempt["status"] for attempt in entry.fields["attempts"]] == [500, 503, 200]
    assert len({headers["svix-id"] for headers, _ in receiver.received}) == 1


async def test_a_callback_secret_travels_in_its_own_header_and_4xx_is_final(receiver: Receiver) -> None:
    receiver.planned = [401]
    async with running(_options(receiver, secret="open-sesame")) as ws:
        meeting = await ws.meeting_bot.end(ws.samples.get("practice-run"))
    assert meeting["status"] == "refused"
    assert receiver.received[0][0]["x-mb-secret"] == "open-sesame"
    assert "svix-id" not in receiver.received[0][0]


async def test_an_uploaded_transcript_is_a_sample_like_the_others(receiver: Receiver) -> None:
    async with running(_options(receiver)) as ws, aiohttp.ClientSession(ws.page_url) as session:
        form = aiohttp.FormData(
            {"title": "Mine", "participants": '[{"name": "Ann", "email": "ann@example.com"}]'}, quote_fields=False
        )
        form.add_field("file", b"\x00\xff not text", filename="..\\evil/../call.srt")
        uploaded = (await (await session.post("/_workspace/samples", data=form)).json())["sample"]
        assert (uploaded["file"], uploaded["format"], uploaded["uploaded"]) == ("call.srt", "srt", True)
        ended = await session.post(f"/_workspace/samples/{uploaded['id']}/end", json={"as": None})
        assert (await ended.json())["meeting"]["status"] == "delivered"
        payload = json.loads(receiver.received[0][1])
        assert "rep_email" not in payload["extra"]
        transcript = await session.get(payload["data"]["transcription"])
        assert await transcript.read() == b"\x00\xff not text"


async def test_what_is_too_large_is_refused_in_words(receiver: Receiver) -> None:
    async with running(_options(receiver)) as ws, aiohttp.ClientSession(ws.page_url) as session:
        for size, status in ((20_000_001, 400), (33_000_000, 413)):
            form = aiohttp.FormData()
            form.add_field("file", io.BytesIO(bytes(size)), filename="long.txt")
            answer = await session.post("/_workspace/samples", data=form)
            assert (answer.status, (await answer.json())["error"]) == (status, "file_too_large")


async def test_a_meeting_without_a_recording_is_told_as_such(receiver: Receiver) -> None:
    async with running(_options(receiver)) as ws:
        await ws.meeting_bot.fail(code="TIMEOUT_WAITING_TO_START", person=ws.state.person("robin"))
    payload = json.loads(receiver.received[0][1])
    assert (payload["event"], payload["data"]["error_code"]) == ("bot.failed", "TIMEOUT_WAITING_TO_START")


async def test_nothing_can_end_without_a_receiver() -> None:
    async with running(Options(seed=SAMPLE)) as ws, aiohttp.ClientSession(ws.page_url) as session:
        answer = await session.post("/_workspace/samples/practice-run/end", json={})
        assert (answer.status, (await answer.json())["error"]) == (400, "no_target")


async def test_the_vendors_own_types_accept_the_webhook(receiver: Receiver, tmp_path: Path) -> None:
    need_node()
    async with running(_options(receiver)) as ws:
        await ws.meeting_bot.end(ws.samples.get("tidewater-discovery"), person=ws.state.person("mateo"))
    body = receiver.received[0][1].decode()
    lines = [
        'import type { V2 } from "@meeting-baas/sdk";',
        f"export const sent: V2.BotWebhookCompleted = {body};",
        f"export const misnamed: V2.BotWebhookCompleted = {body.replace('bot.completed', 'bot.finished')};",
    ]
    wrong, output = compile_lines(lines, tmp_path)
    assert wrong == {3}, output
