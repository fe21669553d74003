"""Google's own client works on the local Gmail; every request and answer fits the discovery document."""

import email
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from email import policy
from email.message import EmailMessage
from typing import Any

import aiohttp
import aiosmtplib
import pytest

from tests.workspace.conftest import SEED
from tests.workspace.google_client import Google, google
from workspace.options import Options
from workspace.server import Running, running

NOW = datetime(2027, 3, 22, 9, tzinfo=UTC)
ANN, BEN, ZOE = "ann@example.com", "ben@example.com", "zoe@example.org"
GMAIL = "https://www.googleapis.com/auth/gmail"


@pytest.fixture
async def ws() -> AsyncIterator[Running]:
    async with running(Options(seed=SEED, clock=lambda: NOW, vendors={"gmail": 0})) as workspace:
        yield workspace


@pytest.fixture
async def ann(ws: Running) -> AsyncIterator[Google]:
    async with google(ws, "gmail", ANN) as client:
        yield client


@pytest.fixture
async def ben(ws: Running) -> AsyncIterator[Google]:
    async with google(ws, "gmail", BEN) as client:
        yield client


def letter(to: str = ZOE, subject: str = "Offer", **headers: str) -> EmailMessage:
    message = EmailMessage()
    message["To"], message["Subject"] = to, subject
    for name, value in headers.items():
        message[name.replace("_", "-")] = value
    message.set_content("Hello Zoë,\n\nhere it is.\n")
    return message


def raw(message: EmailMessage) -> dict[str, Any]:
    return {"raw": urlsafe_b64encode(message.as_bytes()).decode()}


async def send(client: Google, message: EmailMessage, **more: Any) -> dict[str, Any]:
    sent: dict[str, Any] = await client.run(
        client.api.users().messages().send(userId="me", body={**raw(message), **more})
    )
    return sent


async def found(client: Google, **parameters: Any) -> list[str]:
    answer = await client.run(client.api.users().messages().list(userId="me", **parameters))
    return [one["id"] for one in answer.get("messages", [])]


async def get(client: Google, message_id: str, **parameters: Any) -> dict[str, Any]:
    got: dict[str, Any] = await client.run(client.api.users().messages().get(userId="me", id=message_id, **parameters))
    return got


async def received(ws: Running, subject: str = "A question", sender: str = f"Zoe <{ZOE}>") -> str:
    """A mail that arrives for Ann, as by the page's button; its Message-ID."""
    body = {"as": "U0ANN", "from": sender, "subject": subject, "text": "Could we talk?"}
    async with aiohttp.ClientSession(ws.page_url) as session, session.post("/_workspace/mail", json=body) as answer:
        kept = ws.mail.get((await answer.json())["mail"]["id"])
    assert kept is not None
    return kept.message_id


async def test_everything_that_is_served_fits_the_contract(ann: Google, ws: Running) -> None:
    users, me = ann.api.users(), {"userId": "me"}
    profile = await ann.run(users.getProfile(**me))
    assert (profile["emailAddress"], profile["messagesTotal"]) == (ANN, 0)
    watched = await ann.run(users.watch(**me, body={"topicName": "projects/p/topics/mail"}))
    assert int(watched["expiration"]) == int((NOW + timedelta(days=7)).timestamp() * 1000)
    with_file = letter()
    with_file.add_attachment(b"%PDF", maintype="application", subtype="pdf", filename="offer.pdf")
    sent = await send(ann, with_file)
    place = {**me, "id": sent["id"]}
    assert await found(ann) == [sent["id"]]
    whole = await get(ann, sent["id"])
    part = whole["payload"]["parts"][1]
    assert (part["filename"], part["partId"], part["body"]["size"]) == ("offer.pdf", "1", 4)
    fetch = users.messages().attachments().get(**me, messageId=sent["id"], id=part["body"]["attachmentId"])
    assert urlsafe_b64decode((await ann.run(fetch))["data"]) == b"%PDF"
    label = await ann.run(users.labels().create(**me, body={"name": "Deals"}))
    assert (await ann.run(users.messages().modify(**place, body={"addLabelIds": [label["id"]]})))["labelIds"] == [
        "SENT",
        label["id"],
    ]
    assert (await ann.run(users.labels().get(**me, id=label["id"])))["messagesTotal"] == 1
    names = {one["name"] for one in (await ann.run(users.labels().list(**me)))["labels"]}
    assert {"INBOX", "SENT", "Deals"} <= names
    assert "TRASH" in (await ann.run(users.messages().trash(**place)))["labelIds"]
    assert (await found(ann), await found(ann, includeSpamTrash=True)) == ([], [sent["id"]])
    assert "TRASH" not in (await ann.run(users.messages().untrash(**place)))["labelIds"]
    (thread,) = (await ann.run(users.threads().list(**me)))["threads"]
    thread_place = {**me, "id": thread["id"]}
    await ann.run(users.threads().modify(**thread_place, body={"removeLabelIds": [label["id"]]}))
    assert [one["id"] for one in (await ann.run(users.threads().get(**thread_place)))["messages"]] == [sent["id"]]
    draft = await ann.run(users.drafts().create(**me, body={"message": raw(letter())}))
    draft_place = {**me, "id": draft["id"]}
    changed = await ann.run(users.drafts().update(**draft_place, body={"message": raw(letter(subject="Better"))}))
    assert changed["message"]["id"] != draft["message"]["id"]
    assert (await ann.run(users.drafts().get(**draft_place)))["message"]["labelIds"] == ["DRAFT"]
    assert [one["id"] for one in (await ann.run(users.drafts().list(**me)))["drafts"]] == [draft["id"]]
    assert (await ann.run(users.drafts().send(**me, body={"id": draft["id"]})))["labelIds"] == ["SENT"]
    other = await ann.run(users.drafts().create(**me, body={"message": raw(letter())}))
    await ann.run(users.drafts().delete(**me, id=other["id"]))
    history = await ann.run(users.history().list(**me, startHistoryId=profile["historyId"]))
    assert "messagesAdded" in history["history"][0]
    await ann.run(users.stop(**me))
    assert [mail.subject for mail in ws.mail.mails] == ["Offer", "Better"]
    assert ann.contract.seen == {operation.id for operation in ws.vendors.gmail.operations()}


async def test_what_is_sent_is_in_the_local_mailbox_and_in_the_boxes_of_those_here(
    ann: Google, ben: Google, ws: Running
) -> None:
    sent = await send(ann, letter(f"Zoë <{ZOE}>", Cc=f"{BEN}, {ANN}", Bcc="boss@example.org", From="x@evil.example"))
    (mail,) = ws.mail.mails
    assert mail.envelope_to == (ZOE, BEN, "boss@example.org")
    assert (str(mail.message["From"]), mail.message["Bcc"]) == (ANN, None)
    mine, theirs = await get(ann, sent["id"]), await get(ben, (await found(ben, q="in:inbox is:unread"))[0])
    assert mine["labelIds"] == ["SENT", "INBOX", "UNREAD"]
    assert theirs["labelIds"] == ["INBOX", "UNREAD"]
    headers = {one["name"]: one["value"] for one in mine["payload"]["headers"]}
    assert (headers["Bcc"], headers["From"]) == ("boss@example.org", ANN)
    assert "Bcc" not in {one["name"] for one in theirs["payload"]["headers"]}


async def test_gmail_gives_its_own_message_id(ann: Google) -> None:
    sent = await send(ann, letter(Message_ID="<mine@example.com>", X_Key="42"))
    brief = await get(ann, sent["id"], format="metadata", metadataHeaders=["Message-ID", "X-Key"])
    headers = {one["name"]: one["value"] for one in brief["payload"]["headers"]}
    assert headers["X-Key"] == "42"
    assert headers["Message-ID"].endswith("@mail.gmail.com>")
    assert await found(ann, q=f"rfc822msgid:{headers['Message-ID']}") == [sent["id"]]
    assert await found(ann, q="rfc822msgid:<mine@example.com>") == []


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"raw": "!!!"}, 400),
        (raw(EmailMessage()), 400),
        (raw(letter("nobody")), 400),
        ({**raw(letter()), "threadId": "19d0000000000fff"}, 404),
    ],
)
async def test_what_cannot_be_sent(ann: Google, ws: Running, body: dict[str, Any], status: int) -> None:
    ann.contract.schemas["Message"]["properties"]["raw"].pop("format", None)  # the server is to notice it
    refusal = await ann.refused(ann.api.users().messages().send(userId="me", body=body))
    assert refusal[0] == status
    assert ws.mail.mails == []


async def test_the_formats(ann: Google) -> None:
    sent = await send(ann, letter())
    whole = await get(ann, sent["id"])
    assert urlsafe_b64decode(whole["payload"]["body"]["data"]).decode() == "Hello Zoë,\n\nhere it is.\n"
    assert whole["snippet"] == "Hello Zoë, here it is."
    minimal = await get(ann, sent["id"], format="minimal")
    assert "payload" not in minimal
    parsed = email.message_from_bytes(
        urlsafe_b64decode((await get(ann, sent["id"], format="raw"))["raw"]), policy=policy.default
    )
    assert parsed["Subject"] == "Offer"
    assert int(whole["internalDate"]) == int(NOW.timestamp() * 1000)
    assert int(sent["id"], 16) > 0


async def test_an_answer_joins_a_thread_only_when_all_three_agree(ann: Google, ws: Running) -> None:
    asked = await received(ws)
    (question,) = await found(ann)
    thread = (await get(ann, question))["threadId"]
    answer = await send(ann, letter(subject="Re: A question", In_Reply_To=asked, References=asked), threadId=thread)
    assert answer["threadId"] == thread
    other_subject = await send(ann, letter(subject="Something else", In_Reply_To=asked), threadId=thread)
    no_reference = await send(ann, letter(subject="Re: A question"), threadId=thread)
    assert thread not in (other_subject["threadId"], no_reference["threadId"])
    without_thread = await send(ann, letter(subject="AW: A question", References=asked))
    assert without_thread["threadId"] == thread
    messages = (await ann.run(ann.api.users().threads().get(userId="me", id=thread)))["messages"]
    assert [one["id"] for one in messages] == [question, answer["id"], without_thread["id"]]


async def test_searching(ann: Google, ws: Running) -> None:
    sent = (await send(ann, letter(subject="The big offer")))["id"]
    await received(ws, "Lunch on Tuesday", "Eve Reed <eve@elsewhere.example>")
    (arrived,) = await found(ann, q="in:inbox")
    await ann.run(ann.api.users().messages().modify(userId="me", id=arrived, body={"addLabelIds": ["STARRED"]}))
    wanted = {
        "from:eve": [arrived],
        "from:(eve OR zoe)": [arrived],
        "to:zoe@example.org": [sent],
        "subject:offer": [sent],
        "subject:(big offer)": [sent],
        '"could we talk"': [arrived],
        "talk lunch": [arrived],
        "offer OR lunch": [arrived, sent],
        "-is:unread": [sent],
        "is:read": [sent],
        "is:starred label:unread": [arrived],
        "in:sent": [sent],
        "label:nothing": [],
        "newer_than:7d": [arrived, sent],
        "older_than:1d": [],
        f"after:{int(NOW.timestamp())}": [arrived, sent],
        f"after:{int(NOW.timestamp()) + 1}": [],
        "after:2027/03/22 before:2027/03/23": [arrived, sent],
        "after:2027/03/23": [],
        "has:attachment": [],
    }
    answers = {query: await found(ann, q=query) for query in wanted}
    assert answers == wanted
    for unknown in ("list:x", "is:purple", "{a b}", "newer_than:soon"):
        assert (await ann.refused(ann.api.users().messages().list(userId="me", q=unknown)))[0] == 400


async def test_pages_lose_nothing(ann: Google) -> None:
    sent = [(await send(ann, letter(subject=str(number))))["id"] for number in range(5)]
    messages = ann.api.users().messages()
    request, seen = messages.list(userId="me", maxResults=2), []
    while request is not None:
        answer = await ann.run(request)
        seen += [one["id"] for one in answer["messages"]]
        request = messages.list_next(request, answer)
    assert seen == sent[::-1]


async def test_history_tells_what_happened_and_forgets(ann: Google, ws: Running) -> None:
    history, me = ann.api.users().history(), {"userId": "me"}
    start = (await ann.run(ann.api.users().getProfile(**me)))["historyId"]
    await received(ws)
    (arrived,) = await found(ann)
    await ann.run(ann.api.users().messages().modify(**me, id=arrived, body={"removeLabelIds": ["UNREAD"]}))
    told = await ann.run(history.list(**me, startHistoryId=start))
    assert [sorted(set(one) - {"id", "messages"}) for one in told["history"]] == [["messagesAdded"], ["labelsRemoved"]]
    assert told["history"][1]["labelsRemoved"] == [
        {"message": {"id": arrived, "threadId": arrived, "labelIds": ["INBOX"]}, "labelIds": ["UNREAD"]}
    ]
    only = await ann.run(history.list(**me, startHistoryId=start, historyTypes=["messageAdded"], labelId="INBOX"))
    assert len(only["history"]) == 1
    nothing = await ann.run(history.list(**me, startHistoryId=told["historyId"]))
    assert "history" not in nothing
    future = history.list(**me, startHistoryId=str(int(told["historyId"]) + 1000))
    assert await ann.refused(future) == (404, "notFound")
    ws.vendors.gmail.box_of(ANN).forget_history()
    assert await ann.refused(history.list(**me, startHistoryId=told["historyId"])) == (404, "notFound")


async def test_history_is_kept_for_a_week(ann: Google, ws: Running) -> None:
    history, me = ann.api.users().history(), {"userId": "me"}
    start = (await ann.run(ann.api.users().getProfile(**me)))["historyId"]
    await received(ws)
    ws.move_clock(timedelta(days=7, seconds=1))
    ann.credentials.token = ws.vendors.accounts.access_token(ann.grant)
    assert await ann.refused(history.list(**me, startHistoryId=start)) == (404, "notFound")


async def test_mail_by_smtp_is_in_gmail_too(ann: Google, ws: Running) -> None:
    host, port = ws.smtp_url.removeprefix("smtp://").split(":")
    message = letter(ANN, Message_ID="<1@example.org>", From=ZOE)
    for _ in range(2):
        await aiosmtplib.send(message, hostname=host, port=int(port), start_tls=False)
    (arrived,) = await found(ann, q="from:zoe")
    assert (await get(ann, arrived))["labelIds"] == ["INBOX", "UNREAD"]


async def test_only_ones_own_mail_and_only_what_the_scope_covers(ann: Google, ws: Running) -> None:
    await received(ws)
    (arrived,) = await found(ann)
    assert (await ann.refused(ann.api.users().messages().list(userId=BEN)))[0] == 403
    assert (await ann.refused(ann.api.users().messages().get(userId="me", id="19d0000000000fff")))[0] == 404
    assert (await ann.refused(ann.api.users().messages().get(userId="me", id="msg_1")))[0] == 400
    async with google(ws, "gmail", ANN, f"{GMAIL}.metadata") as brief:
        assert await found(brief) == [arrived]
        assert (await brief.refused(brief.api.users().messages().list(userId="me", q="from:zoe")))[0] == 403
        assert (await brief.refused(brief.api.users().messages().get(userId="me", id=arrived)))[0] == 403
        assert (await get(brief, arrived, format="metadata"))["id"] == arrived
    async with google(ws, "gmail", ANN, f"{GMAIL}.send") as sender:
        assert await sender.refused(sender.api.users().messages().list(userId="me")) == (403, "insufficientPermissions")
        assert (await send(sender, letter()))["labelIds"] == ["SENT"]


async def test_labels_that_nobody_can_change(ann: Google) -> None:
    sent = await send(ann, letter())
    messages = ann.api.users().messages()
    for body in ({"removeLabelIds": ["SENT"]}, {"addLabelIds": ["Label_9"]}, {}):
        assert (await ann.refused(messages.modify(userId="me", id=sent["id"], body=body)))[0] == 400
    names = ann.api.users().labels()
    assert (await ann.refused(names.create(userId="me", body={"name": "inbox"})))[0] == 409
    assert (await ann.refused(ann.api.users().watch(userId="me", body={"topicName": "mail"})))[0] == 400
