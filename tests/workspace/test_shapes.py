"""What Slack's answers and events carry beside what most apps read: an app may read any of it."""

import json
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.test_web_api import refused
from workspace.server import Running

BY_ID_ONLY: dict[str, dict[str, Any]] = {
    "chat.delete": {"ts": "1.1"},
    "chat.getPermalink": {"message_ts": "1.1"},
    "conversations.history": {},
    "conversations.info": {},
    "conversations.members": {},
    "conversations.replies": {"ts": "1.1"},
    "conversations.setTopic": {"topic": "New"},
    "pins.list": {},
    "reactions.add": {"timestamp": "1.1", "name": "eyes"},
}


def missing(shown: Any, *keys: str) -> list[str]:
    return [key for key in keys if key not in shown]


@pytest.mark.parametrize("method", list(BY_ID_ONLY))
async def test_only_what_posts_takes_the_name_of_a_channel(client: AsyncWebClient, method: str) -> None:
    """An app that got used to names here would fail on Slack."""
    arguments = BY_ID_ONLY[method] | {"channel": "general"}
    assert await refused(client.api_call(method, json=arguments)) == "channel_not_found"
    assert (await client.chat_postMessage(channel="#general", text="by name"))["channel"] == "C0GEN"


async def test_a_message_of_an_app_says_whose_it_is(ws: Running, client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel="C0GEN", text="hi")
    profile = posted["message"]["bot_profile"]
    assert missing(profile, "id", "app_id", "user_id", "name", "icons", "deleted", "updated", "team_id") == []
    assert (profile["id"], profile["app_id"]) == (ws.app.bot_id, ws.app.id)


async def test_what_somebody_types_keeps_the_id_that_the_client_gave_it(ws: Running, client: AsyncWebClient) -> None:
    ann = ws.person("ann")
    typed = await ann.say("one", channel="general")
    [before] = (await client.conversations_history(channel="C0GEN", limit=1))["messages"]
    await ann.edit(typed, "two")
    [after] = (await client.conversations_history(channel="C0GEN", limit=1))["messages"]
    assert (before["client_msg_id"], after["text"]) == (after["client_msg_id"], "two")


async def test_a_file_says_where_it_stands(client: AsyncWebClient) -> None:
    uploaded = await client.files_upload_v2(channel="C0GEN", content="hello", filename="a.txt")
    file = (await client.files_info(file=uploaded["files"][0]["id"]))["file"]
    assert missing(file, "editable", "channels", "groups", "ims", "shares") == []
    assert (file["is_public"], file["channels"], file["groups"], file["ims"]) == (True, ["C0GEN"], [], [])
    [message] = (await client.conversations_history(channel="C0GEN", limit=1))["messages"]
    assert [share["ts"] for share in file["shares"]["public"]["C0GEN"]] == [message["ts"]]
    assert message["files"][0]["is_public"] is True


async def test_a_file_in_a_conversation_of_two_is_nobody_elses(client: AsyncWebClient) -> None:
    dm = (await client.conversations_open(users="U0ANN"))["channel"]["id"]
    uploaded = await client.files_upload_v2(channel=dm, content="hello", filename="a.txt")
    file = (await client.files_info(file=uploaded["files"][0]["id"]))["file"]
    assert (file["is_public"], file["channels"], file["groups"], file["ims"]) == (False, [], [], [dm])
    assert list(file["shares"]) == ["private"]


async def test_conversations_and_the_team_are_described_in_full(client: AsyncWebClient) -> None:
    channel = (await client.conversations_info(channel="C0GEN"))["channel"]
    assert missing(channel, "unlinked", "pending_shared", "is_pending_ext_shared", "previous_names", "updated") == []
    assert (await client.team_info())["team"]["url"].startswith("https://")


async def test_refusals_name_what_is_wrong(ws: Running, client: AsyncWebClient) -> None:
    assert await refused(client.api_call("reactions.add", json={"name": "eyes"})) == "no_item_specified"
    assert await refused(client.conversations_open(users=ws.app.bot_user_id)) == "cannot_dm_bot"
    headers = {"Authorization": f"Bearer {ws.bot_token}", "Content-Type": "application/json; charset=utf-8"}
    async with aiohttp.ClientSession(ws.api_url, headers=headers) as session:
        for body, code in (("[]", "json_not_object"), ("{", "invalid_json")):
            answer = await session.post("auth.test", data=body)
            assert json.loads(await answer.text())["error"] == code
