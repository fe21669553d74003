"""Small print of single methods: what Slack refuses, and what it tells to whom."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import SEED
from tests.workspace.seeds import changed_seed
from tests.workspace.test_web_api import refused
from workspace.options import Options
from workspace.server import Running, running


async def test_an_update_has_to_say_something(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GEN", text="x", metadata={"event_type": "a", "event_payload": {}})
    place = {"channel": "C0GEN", "ts": posted["ts"]}
    for nothing in ({}, {"text": ""}, {"text": "", "blocks": "[]"}):
        assert await refused(client.api_call("chat.update", params={**place, **nothing})) == "no_text"
    changed = {"event_type": "b", "event_payload": {"at": 1}}
    shown = (await client.api_call("chat.update", json={**place, "metadata": changed}))["message"]
    assert (shown["text"], shown["metadata"]) == ("x", changed)


async def test_metadata_names_its_event(client: AsyncWebClient) -> None:
    wrong: list[object] = [{"event_type": "", "event_payload": {}}, {"event_type": "a"}, {"event_payload": {}}, []]
    for metadata in wrong:
        call = client.api_call("chat.postMessage", json={"channel": "C0GEN", "text": "x", "metadata": metadata})
        assert await refused(call) == "invalid_metadata_format", metadata


async def test_markdown_text_is_the_text_as_well(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GEN", markdown_text="**Hi**")
    assert "warning" not in posted.data
    assert (posted["message"]["text"], posted["message"]["blocks"][0]["type"]) == ("**Hi**", "markdown")
    assert (await client.chat_postMessage(channel="C0GEN", markdown_text="x" * 12_000))["ok"]
    assert await refused(client.chat_postMessage(channel="C0GEN", markdown_text="x" * 12_001)) == "msg_too_long"


@pytest.mark.parametrize("method", ["reactions.add", "reactions.remove", "reactions.get", "pins.add", "pins.remove"])
async def test_a_timestamp_has_its_form(client: AsyncWebClient, method: str) -> None:
    asked = {"channel": "C0GEN", "name": "eyes"}
    assert await refused(client.api_call(method, params={**asked, "timestamp": "yesterday"})) == "bad_timestamp"
    assert await refused(client.api_call(method, params={**asked, "timestamp": "1.000001"})) == "message_not_found"


async def test_scheduling_wants_a_time(client: AsyncWebClient) -> None:
    for post_at in ("tomorrow", "", "1e400"):
        call = client.api_call("chat.scheduleMessage", params={"channel": "C0GEN", "text": "x", "post_at": post_at})
        assert await refused(call) == "invalid_time"


async def test_what_is_posted_within_a_minute_cannot_be_called_back() -> None:
    now = datetime.now(UTC)
    async with running(Options(seed=SEED, clock=lambda: now)) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        posted = await client.chat_scheduleMessage(channel="C0GEN", post_at=int(now.timestamp()) + 120, text="x")
        now += timedelta(seconds=61)
        wanted = {"channel": "C0GEN", "scheduled_message_id": posted["scheduled_message_id"]}
        assert await refused(client.chat_deleteScheduledMessage(**wanted)) == "invalid_scheduled_message_id"


async def test_presence_tells_others_less(ws: Running, client: AsyncWebClient) -> None:
    assert (await client.users_getPresence(user="U0ANN")).data == {"ok": True, "presence": "active"}
    own = (await client.users_getPresence(user=ws.app.bot_user_id)).data
    assert isinstance(own, dict)
    assert (own["online"], own["manual_away"], own["connection_count"]) == (True, False, 0)
    assert ws.app.bot_user_id in str((await client.bots_info(bot=ws.app.bot_id))["bot"]["icons"]["image_36"])


async def test_a_view_without_blocks_is_told_so_once(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        await client.api_call("views.publish", json={"user_id": "U0ANN", "view": {"type": "home"}})
    told = caught.value.response["response_metadata"]["messages"]
    assert told == ["[ERROR] missing required field: blocks [json-pointer:/view]"]


async def test_incoming_webhooks_have_a_pace(tmp_path: Path) -> None:
    """About one a second with short bursts, where rate limits are asked for."""
    now = datetime(2026, 1, 1, tzinfo=UTC)
    seed = changed_seed(tmp_path, webhook_channel="general")
    async with (
        running(Options(seed=seed, rate_scale=0.05, clock=lambda: now)) as ws,
        aiohttp.ClientSession() as session,
    ):
        answers = [await session.post(ws.incoming_webhook, json={"text": "x"}) for _ in range(4)]
        assert [answer.status for answer in answers] == [200, 200, 200, 429]
        assert (await answers[3].text(), answers[3].headers["Retry-After"]) == ("rate_limited", "60")
        now += timedelta(seconds=60)
        assert (await session.post(ws.incoming_webhook, json={"text": "x"})).status == 200


async def test_an_update_takes_metadata_away_and_broadcasts(ws: Running, client: AsyncWebClient) -> None:
    root = await client.chat_postMessage(channel="C0GEN", text="root")
    about = {"event_type": "a", "event_payload": {}}
    reply = await client.chat_postMessage(channel="C0GEN", text="reply", thread_ts=root["ts"], metadata=about)
    place = {"channel": "C0GEN", "ts": reply["ts"]}
    both = client.api_call("chat.update", json={**place, "reply_broadcast": True, "text": "changed"})
    assert await refused(both) == "no_dual_broadcast_content_update"
    top = client.api_call("chat.update", json={"channel": "C0GEN", "ts": root["ts"], "reply_broadcast": True})
    assert await refused(top) == "cant_broadcast_message"

    shown = (await client.api_call("chat.update", json={**place, "metadata": {}}))["message"]
    assert (shown["text"], "metadata" in shown) == ("reply", False)
    shown = (await client.api_call("chat.update", json={**place, "reply_broadcast": True}))["message"]
    assert (shown["subtype"], shown["text"], shown["root"]["ts"]) == ("thread_broadcast", "reply", root["ts"])
    listed = (await client.conversations_history(channel="C0GEN"))["messages"]
    assert [one["ts"] for one in listed] == [reply["ts"], root["ts"]]
    again = client.api_call("chat.update", json={**place, "reply_broadcast": True})
    assert await refused(again) == "cant_broadcast_message"


async def test_what_cannot_be_changed_just_now(ws: Running, client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0GEN", text="root"))["ts"]
    reader = {"recipient_user_id": "U0ANN", "recipient_team_id": "T0TEST"}
    asked = {"channel": "C0GEN", "thread_ts": root, "markdown_text": "so far", **reader}
    growing = (await client.api_call("chat.startStream", params=asked))["ts"]
    assert await refused(client.chat_update(channel="C0GEN", ts=growing, text="x")) == "streaming_state_conflict"
    ws.state.conversation("general").is_archived = True
    assert await refused(client.chat_update(channel="C0GEN", ts=root, text="x")) == "is_inactive"
    assert await refused(client.chat_delete(channel="C0GEN", ts=root)) == "is_inactive"


@pytest.mark.parametrize(
    ("kind", "error"),
    [
        ("application/json; charset=utf-8", None),
        ("text/plain", None),
        ("application/x-www-form-urlencoded; charset=iso-8859-1", None),
        ("application/xml", "invalid_post_type"),
        ("application/x-www-form-urlencoded; charset=klingon", "invalid_charset"),
        ("application/json; charset=utf-16", "invalid_charset"),
        (None, "missing_post_type"),
    ],
)
async def test_bodies_say_what_they_are(ws: Running, kind: str | None, error: str | None) -> None:
    body = b'{"user": "U0ANN"}' if kind and "json" in kind else b"user=U0ANN"
    headers = {"Authorization": f"Bearer {ws.bot_token}", **({"Content-Type": kind} if kind else {})}
    skipped = () if kind else ("Content-Type",)
    async with aiohttp.ClientSession(ws.api_url, headers=headers, skip_auto_headers=skipped) as session:
        answer = await (await session.post("users.info", data=body)).json()
    assert answer.get("error") == error
    assert answer["ok"] is (error is None)


async def test_conversations_are_opened_once_and_only_among_people(ws: Running, client: AsyncWebClient) -> None:
    opened = await client.api_call("conversations.open", params={"users": "U0ANN,U0ANN"})
    assert opened.data == {"ok": True, "no_op": True, "already_open": True, "channel": {"id": opened["channel"]["id"]}}
    assert opened["channel"]["id"] == ws.state.dm(ws.app.bot_user_id, "U0ANN").id
    await client.conversations_close(channel=opened["channel"]["id"])
    assert "already_open" not in (await client.conversations_open(users="U0ANN")).data
    refusals = (("C0GEN", "method_not_supported_for_channel_type"), ("C0NOPE", "channel_not_found"))
    for channel, error in refusals:
        assert await refused(client.conversations_open(channel=channel)) == error
    many = [(ws.add_person(f"Number {number}")).id for number in range(9)]
    assert await refused(client.conversations_open(users=many)) == "too_many_users"
    assert (await client.conversations_open(users=many[:8]))["channel"]["id"].startswith("C")


async def test_lists_want_limits_and_channels_that_there_are(client: AsyncWebClient) -> None:
    for method in ("users.list", "conversations.list"):
        assert await refused(client.api_call(method, params={"limit": "many"})) == "invalid_limit"
    assert await refused(client.chat_scheduledMessages_list(channel="C0NOPE")) == "invalid_channel"


async def test_a_stream_in_a_channel_is_for_somebody(client: AsyncWebClient) -> None:
    root = (await client.chat_postMessage(channel="C0GEN", text="root"))["ts"]
    place = {"channel": "C0GEN", "thread_ts": root}
    assert await refused(client.chat_startStream(**place)) == "missing_recipient_user_id"
    assert await refused(client.chat_startStream(**place, recipient_user_id="U0ANN")) == "missing_recipient_team_id"
    nobody = client.chat_startStream(**place, recipient_user_id="U0NOPE", recipient_team_id="T0TEST")
    assert await refused(nobody) == "user_not_found"
    dm = (await client.chat_postMessage(channel="U0ANN", text="root")).data
    assert isinstance(dm, dict)
    assert (await client.chat_startStream(channel=dm["channel"], thread_ts=dm["ts"]))["ok"]


async def test_a_scheduled_reply_is_broadcast_when_its_time_has_come() -> None:
    now = datetime.now(UTC)
    async with running(Options(seed=SEED, clock=lambda: now)) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        root = (await client.chat_postMessage(channel="C0GEN", text="root"))["ts"]
        soon = int(now.timestamp()) + 120
        later = {"channel": "C0GEN", "post_at": soon, "text": "later", "thread_ts": root, "reply_broadcast": True}
        await client.api_call("chat.scheduleMessage", json=later)
        now += timedelta(seconds=121)
        ws.ws.scheduled.post_due()
        listed = (await client.conversations_history(channel="C0GEN"))["messages"]
        assert [(one["text"], one.get("subtype")) for one in listed] == [("later", "thread_broadcast"), ("root", None)]
