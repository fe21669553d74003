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
