"""What a reasonable neighbour would use: installs, assistant threads, channels, and a second app."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import aiohttp
import pytest
import yaml
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.conftest import SEED
from workspace.options import Options
from workspace.server import Running, running
from workspace.wire import SlackError

REDIRECT = "http://127.0.0.1:9/oauth"


@pytest.fixture
def seed(tmp_path: Path) -> Path:
    data = yaml.safe_load(SEED.read_text())
    data["apps"][0] |= {"client_id": "1.2", "client_secret": "s3cret", "redirect_urls": [REDIRECT]}
    data["apps"].append({"id": "A0SECOND", "name": "Second", "scopes": ["chat:write"], "events": ["message.im"]})
    path = tmp_path / "seed.yaml"
    path.write_text(yaml.safe_dump(data))
    return path


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # slack_sdk still uses it
async def test_an_app_is_installed_with_consent_and_a_code_works_once(seed: Path) -> None:
    async with running(Options(seed=seed)) as ws, aiohttp.ClientSession(ws.page_url) as session:
        query = {"client_id": "1.2", "scope": "chat:write", "redirect_uri": REDIRECT, "state": 'x"><script>'}
        page = await session.get("/oauth/v2/authorize", params=query)
        assert "<script>" not in await page.text()
        agreed = await session.post(
            "/oauth/v2/authorize", data={**query, "as": "U0ANN", "answer": "allow"}, allow_redirects=False
        )
        answer = parse_qs(urlsplit(agreed.headers["Location"]).query)
        assert answer["state"] == ['x"><script>']
        client = AsyncWebClient(base_url=ws.api_url)
        asked = {"client_id": "1.2", "client_secret": "s3cret", "code": answer["code"][0], "redirect_uri": REDIRECT}
        granted = await client.oauth_v2_access(**asked)
        assert (granted["access_token"], granted["authed_user"]["id"]) == (ws.bot_token, "U0ANN")
        with pytest.raises(SlackApiError, match="code_already_used"):
            await client.oauth_v2_access(**asked)
        with pytest.raises(SlackApiError, match="bad_client_secret"):
            await client.oauth_v2_access(**{**asked, "client_secret": "guess"})


async def test_consent_leads_only_to_registered_addresses(seed: Path) -> None:
    async with running(Options(seed=seed)) as ws, aiohttp.ClientSession(ws.page_url) as session:
        for query in ({"client_id": "1.2", "redirect_uri": "https://evil.example"}, {"client_id": "nobody"}):
            assert (await session.get("/oauth/v2/authorize", params=query)).status == 400


async def test_scopes_are_enforced_when_an_app_names_them(seed: Path) -> None:
    async with running(Options(seed=seed)) as ws:
        second = ws.state.app("A0SECOND")
        client = AsyncWebClient(token=second.bot_token, base_url=ws.api_url)
        with pytest.raises(SlackApiError) as caught:
            await client.users_list()
        response = caught.value.response
        assert (response["error"], response["needed"], response["provided"]) == (
            "missing_scope",
            "users:read",
            "chat:write",
        )
        dm = (await client.chat_postMessage(channel="U0ANN", text="hi"))["channel"]
        for work, needed in (
            (client.conversations_history(channel=dm), "im:history"),
            (client.conversations_open(users="U0ANN"), "im:write"),
            (client.conversations_open(users="U0ANN,U0BEN"), "mpim:write"),
            (client.conversations_info(channel="C0GEN"), "channels:read"),
        ):
            with pytest.raises(SlackApiError) as caught:
                await work
            assert caught.value.response["needed"] == needed


async def test_two_apps_have_conversations_of_their_own(seed: Path) -> None:
    async with running(Options(seed=seed)) as ws:
        first, second = ws.state.apps.values()
        ann = ws.person("ann")
        client = AsyncWebClient(token=second.bot_token, base_url=ws.api_url)
        await client.chat_postMessage(channel=ann.id, text="from the second")
        assert [message.text for message in ann.dms(second)] == ["from the second"]
        assert ann.dms(first) == []


async def test_an_assistant_shows_what_it_is_doing(ws: Running, client: AsyncWebClient) -> None:
    channel = (await client.conversations_open(users="U0ANN"))["channel"]["id"]
    thread = (await client.chat_postMessage(channel=channel, text="hi"))["ts"]
    with ws.ws.feed.subscribe("U0ANN") as frames, ws.ws.feed.subscribe("U0BEN") as others:
        await client.assistant_threads_setStatus(channel_id=channel, thread_ts=thread, status="is thinking…")
        await client.assistant_threads_setSuggestedPrompts(
            channel_id=channel, thread_ts=thread, prompts=[{"title": "Try", "message": "Try this"}]
        )
        seen = [frames.get_nowait() for _ in range(frames.qsize())]
        assert [frame["type"] for frame in seen if frame["type"].startswith("assistant")] == [
            "assistant_status",
            "assistant_prompts",
        ]
        hidden = [others.get_nowait()["type"] for _ in range(others.qsize())]
        assert set(hidden) == {"api_call"}


async def test_an_assistant_hears_that_it_was_opened(ws: Running) -> None:
    ann = ws.person("ann")
    thread_ts = await ann.open_assistant()
    await ws.until(lambda: ws.log.envelopes("events_api"))
    event = ws.log.envelopes("events_api")[0]["payload"]["event"]
    assert event["type"] == "assistant_thread_started"
    assert event["assistant_thread"]["thread_ts"] == thread_ts
    assert event["assistant_thread"]["user_id"] == ann.id


async def test_channels_are_made_joined_and_left(ws: Running, client: AsyncWebClient) -> None:
    made = await client.conversations_create(name="plans")
    channel = made["channel"]["id"]
    await client.conversations_invite(channel=channel, users="U0ANN")
    assert (await client.conversations_members(channel=channel))["members"] == [ws.app.bot_user_id, "U0ANN"]
    with pytest.raises(SlackApiError, match="name_taken"):
        await client.conversations_create(name="plans")
    await client.conversations_leave(channel=channel)
    with pytest.raises(SlackApiError, match="not_in_channel"):
        await client.chat_postMessage(channel=channel, text="x")
    await client.conversations_join(channel=channel)
    assert (await client.chat_postMessage(channel=channel, text="x"))["ok"]


async def test_a_message_streams_and_ends_as_an_ordinary_one(ws: Running, client: AsyncWebClient) -> None:
    ann = ws.person("ann")
    asked = await ann.say("tell me")
    channel = asked.channel_id
    task = {"type": "task_update", "id": "t", "title": "Reading", "status": "in_progress"}
    started = await client.chat_startStream(channel=channel, thread_ts=asked.ts, chunks=[task])
    await client.chat_appendStream(channel=channel, ts=started["ts"], markdown_text="**one** ")
    done = {**task, "status": "complete"}
    await client.chat_appendStream(channel=channel, ts=started["ts"], markdown_text="two", chunks=[done])
    await client.chat_stopStream(channel=channel, ts=started["ts"])
    message = ann.dms()[-1]
    assert [block["type"] for block in message.blocks] == ["task_card", "markdown"]
    assert message.blocks[0]["status"] == "complete"
    assert message.text == "**one** two"
    with pytest.raises(SlackApiError, match="message_not_in_streaming_state"):
        await client.chat_appendStream(channel=channel, ts=started["ts"], markdown_text="late")


async def test_charsets_are_remarked_upon(ws: Running) -> None:
    headers = {"Authorization": f"Bearer {ws.bot_token}", "Content-Type": "application/json"}
    async with aiohttp.ClientSession(ws.api_url) as session:
        answer = await (await session.post("auth.test", data=b"{}", headers=headers)).json()
        assert answer["warning"] == "missing_charset"
        headers["Content-Type"] = "application/json; charset=utf-8"
        assert "warning" not in await (await session.post("auth.test", data=b"{}", headers=headers)).json()


async def test_profiles_have_pictures(ws: Running, client: AsyncWebClient) -> None:
    profile = (await client.users_info(user="U0ANN"))["user"]["profile"]
    async with aiohttp.ClientSession() as session:
        picture = await session.get(profile["image_72"])
        assert picture.content_type == "image/svg+xml"
        assert "AA" in await picture.text()


async def test_tabs_that_an_app_does_not_have_are_closed(tmp_path: Path) -> None:
    data = yaml.safe_load(SEED.read_text())
    data["apps"][0] |= {"has_home": False, "takes_messages": False}
    path = tmp_path / "seed.yaml"
    path.write_text(yaml.safe_dump(data))
    async with running(Options(seed=path)) as ws:
        client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
        with pytest.raises(SlackApiError, match="not_enabled"):
            await client.views_publish(user_id="U0ANN", view={"type": "home", "blocks": []})
        with pytest.raises(SlackError, match="messages_tab_disabled"):
            await ws.person("ann").say("hello?")


async def test_a_command_that_asks_for_it_gets_mentions_as_ids(tmp_path: Path) -> None:
    data = yaml.safe_load(SEED.read_text())
    data["apps"][0]["commands"].append({"command": "/tell", "should_escape": True})
    path = tmp_path / "seed.yaml"
    path.write_text(yaml.safe_dump(data))
    async with running(Options(seed=path)) as ws:
        for name, text in (("/ask", "@ben <3"), ("/tell", "<@U0BEN> &lt;3")):
            await ws.person("ann").command(name, "@ben <3")
            assert ws.log.envelopes("slash_commands")[-1]["payload"]["text"] == text
