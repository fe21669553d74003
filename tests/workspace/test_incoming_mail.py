"""Mail that arrives: kept in the mailbox, told to the app that wants to be told."""

import json
from base64 import urlsafe_b64decode
from email import policy
from email.parser import BytesParser
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import yaml
from svix.webhooks import Webhook

from tests.workspace.conftest import SEED
from tests.workspace.receiver import Receiver
from tests.workspace.test_vendors import SECRET
from workspace.options import Options
from workspace.seed import SeedError
from workspace.server import Running, running
from workspace.vendors.webhooks import filled

LETTER = {"as": "U0ANN", "from": "Zoë Ray <zoe@example.org>", "subject": "Grüße", "text": "Could we talk?\n"}


async def receive(ws: Running, **changed: Any) -> tuple[int, dict[str, Any]]:
    async with aiohttp.ClientSession(ws.page_url) as session:
        answer = await session.post("/_workspace/mail", json={**LETTER, **changed})
        return answer.status, await answer.json()


async def test_mail_that_arrives_is_kept_and_nobody_is_told_without_an_address(ws: Running) -> None:
    status, answer = await receive(ws)
    assert (status, answer["delivery"]) == (200, None)
    kept = ws.mail.mails[0]
    assert (kept.is_incoming, kept.subject, kept.text) == (True, "Grüße", "Could we talk?\n")
    assert kept.to_json()["from"] == "Zoë Ray <zoe@example.org>"
    assert kept.envelope_to == ("ann@example.com",)
    async with aiohttp.ClientSession(ws.page_url) as session:
        assert (await (await session.get("/_workspace/mail")).json())["is_told"] is False


async def test_the_app_is_told_with_a_signature_and_gets_the_mail_itself(receiver: Receiver) -> None:
    async with running(Options(seed=SEED, mail_target=receiver.url, mail_secret=SECRET)) as ws:
        _, answer = await receive(ws)
        assert answer["delivery"]["status"] == "delivered"
        headers, body = receiver.received[0]
        Webhook(SECRET).verify(body, headers)
        told = json.loads(body)
        assert told["from"] == {"name": "Zoë Ray", "address": "zoe@example.org"}
        parsed = BytesParser(policy=policy.default).parsebytes(urlsafe_b64decode(told["raw"]))
        assert (parsed["Subject"], parsed["Message-ID"]) == ("Grüße", told["message_id"])
        assert [entry.fields["status"] for entry in ws.log.entries if entry.kind == "webhook"] == ["delivered"]


async def test_an_answer_belongs_to_the_thread_that_it_answers(ws: Running) -> None:
    await receive(ws)
    _, answer = await receive(ws, in_reply_to=ws.mail.mails[0].id)
    first, second = ws.mail.mails
    assert answer["mail"]["id"] == second.id
    assert second.message["In-Reply-To"] == second.message["References"] == first.message_id
    await receive(ws, in_reply_to=second.id)
    assert ws.mail.mails[-1].message["References"].split() == [first.message_id, second.message_id]
    assert (await receive(ws, in_reply_to="M9999"))[0] == 404


async def test_the_seed_says_where_and_what_in_the_apps_own_words(tmp_path: Path, receiver: Receiver) -> None:
    receiver.planned = [503]
    data = yaml.safe_load(SEED.read_text())
    body = {"who": ["{to}", {"by": "{from_name}"}], "about": "{subject} {unknown}", "count": 1}
    data["mail_hook"] = {"url": receiver.url + "?for={person_id}", "secret": "open-sesame", "body": body}
    path = tmp_path / "seed.yaml"
    path.write_text(yaml.safe_dump(data))
    async with running(Options(seed=path, webhook_retries=(0.0,))) as ws:
        await receive(ws, subject="{text}")
        entry = next(entry for entry in ws.log.entries if entry.kind == "webhook")
        await ws.until(lambda: entry.fields["status"] == "delivered")
    headers, sent = receiver.received[1]
    assert headers["x-webhook-secret"] == "open-sesame"
    told = {"who": ["ann@example.com", {"by": "Zoë Ray"}], "about": "{text} {unknown}", "count": 1}
    assert json.loads(sent) == told  # what a mail says is never taken for a placeholder


@pytest.mark.parametrize(
    "changed",
    [
        {"from": ""},
        {"from": "nobody"},
        {"from": "Eve\r\nBcc: x@example.com <eve@example.org>"},
        {"subject": "a\r\nBcc: x@example.com"},
        {"text": " "},
        {"text": "x" * 100_001},
        {"text": ["x"]},
        {"subject": "\ud800"},
        {"as": "U0CAT"},
    ],
)
async def test_what_is_no_mail_is_refused(ws: Running, changed: dict[str, Any]) -> None:
    status, answer = await receive(ws, **changed)
    assert status == 400, answer
    assert ws.mail.mails == []


@pytest.mark.parametrize("broken", [{"mail_hook": "http://x"}, {"mail_hook": {}}, {"letters": [{"from": "a@b.c"}]}])
async def test_a_seed_that_says_it_wrongly_is_refused_with_the_place(tmp_path: Path, broken: dict[str, Any]) -> None:
    path = tmp_path / "seed.yaml"
    path.write_text(yaml.safe_dump(yaml.safe_load(SEED.read_text()) | broken))
    with pytest.raises(SeedError, match=next(iter(broken))):
        async with running(Options(seed=path)):
            pass


def test_placeholders_are_filled_once() -> None:
    assert filled("{a}{b}{c}", {"a": "{b}", "b": "2"}) == "{b}2{c}"
