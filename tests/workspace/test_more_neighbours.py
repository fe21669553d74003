"""Bookmarks, user groups and incoming webhooks: judged by Slack's Python and Node clients."""

import asyncio
import json
import os
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import yaml
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.workspace.conftest import SEED
from tests.workspace.judges import NODE_PROJECT, need_node, node
from tests.workspace.test_sign_in import CLIENT, REDIRECT, code_of
from workspace.options import Options
from workspace.seed import SeedError
from workspace.server import Running, running

LINK = "https://example.com/"


@pytest.fixture
async def ws(tmp_path: Path) -> AsyncIterator[Running]:
    data = yaml.safe_load(SEED.read_text())
    data["apps"][0] |= {**CLIENT, "redirect_urls": [REDIRECT], "webhook_channel": "general"}
    data["user_groups"] = [{"name": "Sales team", "members": ["ann", "ben"]}]
    path = tmp_path / "seed.yaml"
    path.write_text(yaml.safe_dump(data))
    async with running(Options(seed=path)) as workspace:
        yield workspace


async def test_slacks_node_client_signs_in_bookmarks_and_asks_around(ws: Running) -> None:
    need_node()
    code = (await code_of(ws, ["openid", "email", "profile"]))["code"][0]
    known = {"PATH": os.environ["PATH"], "SLACK_API_URL": ws.api_url, "SLACK_BOT_TOKEN": ws.bot_token}
    process = await asyncio.create_subprocess_exec(
        str(node()),
        "neighbours.mjs",
        cwd=NODE_PROJECT,
        env={**known, "SLACK_CODE": code, "SLACK_CHANNEL": "C0GEN"},
        stdout=asyncio.subprocess.PIPE,
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    seen = json.loads(output)
    assert (seen["sub"], seen["nonce"], seen["is_genuine"]) == ("U0ANN", "once", True)
    assert (seen["titles"], seen["left"], seen["refused"]) == (["Papers"], 0, "invalid_link")
    assert seen["users"] == seen["groups"][0]["users"] == ["U0ANN", "U0BEN"]
    assert (seen["team"]["domain"], seen["profile"]["real_name"]) == ("test-team", "Ben Boyd")
    done = {"archived": True, "name": "by-node", "purpose": "To try", "reacted": ["Hello"], "waiting": ["Later"]}
    assert seen["made"] == done


async def test_bookmarks_and_groups_refuse_as_slack_does(ws: Running) -> None:
    client = AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)
    link = {"channel_id": "C0GEN", "title": "Docs", "type": "link", "link": LINK}
    for changed, error in (
        ({"channel_id": "C0OUT"}, "not_in_channel"),
        ({"channel_id": "C0NOPE"}, "channel_not_found"),
        ({"type": "file"}, "invalid_bookmark_type"),
        ({"link": "javascript:alert(1)"}, "invalid_link"),
        ({"title": ""}, "invalid_arguments"),
    ):
        with pytest.raises(SlackApiError, match=error):
            await client.bookmarks_add(**{**link, **changed})
    for number in range(100):
        await client.bookmarks_add(**{**link, "title": str(number)})
    with pytest.raises(SlackApiError, match="too_many_bookmarks"):
        await client.bookmarks_add(**link)
    with pytest.raises(SlackApiError, match="no_such_subteam"):
        await client.usergroups_users_list(usergroup="S0NOPE")
    listed = (await client.usergroups_list(include_count=True))["usergroups"]
    assert [(one["handle"], one["user_count"], "users" in one) for one in listed] == [("sales-team", 2, False)]


async def test_an_incoming_webhook_posts_and_answers_in_plain_text(ws: Running) -> None:
    blocks = [{"type": "divider"}]
    answer = await AsyncWebhookClient(ws.incoming_webhook).send(text="from afar", blocks=blocks)
    assert (answer.status_code, answer.body) == (200, "ok")
    message = ws.person("ann").messages("general")[-1]
    assert (message.text, message.bot_id) == ("from afar", ws.app.bot_id)
    assert ws.incoming_webhook.rpartition("/")[2] not in str([entry.to_json() for entry in ws.log.entries])
    async with aiohttp.ClientSession() as session:
        form = await session.post(ws.incoming_webhook, data={"payload": '{"text": "as a form"}'})
        assert (form.status, ws.person("ann").messages("general")[-1].text) == (200, "as a form")


async def test_what_an_incoming_webhook_refuses(ws: Running) -> None:
    base, _, secret = ws.incoming_webhook.rpartition("/")
    team = base.rpartition("/")[0]
    async with aiohttp.ClientSession() as session:
        for url, body, expected in (
            (ws.incoming_webhook, b"{", (400, "invalid_payload")),
            (ws.incoming_webhook, b"[]", (400, "invalid_payload")),
            (ws.incoming_webhook, b"{}", (400, "no_text")),
            (ws.incoming_webhook, b'{"text": "x", "blocks": [{"type": "nope"}]}', (400, "invalid_blocks")),
            (f"{base}/guess", b'{"text": "x"}', (403, "invalid_token")),
            (f"{team}/B0NOPE/{secret}", b'{"text": "x"}', (404, "no_service")),
            (ws.incoming_webhook.replace("T0TEST", "T0NOPE"), b'{"text": "x"}', (404, "no_team")),
        ):
            answer = await session.post(url, data=body, headers={"Content-Type": "application/json"})
            assert (answer.status, await answer.text()) == expected
        ws.state.conversation("general").is_archived = True
        answer = await session.post(ws.incoming_webhook, json={"text": "x"})
        assert (answer.status, await answer.text()) == (410, "channel_is_archived")
    assert ws.person("ann").messages("general") == []


@pytest.mark.filterwarnings("ignore:BasicAuth is deprecated")  # slack_sdk still uses it
async def test_an_installation_that_asks_for_a_webhook_gets_its_address(ws: Running) -> None:
    client = AsyncWebClient(base_url=ws.api_url)
    for scope, expected in (("chat:write", None), ("chat:write,incoming-webhook", ws.incoming_webhook)):
        form = {"client_id": "1.2", "scope": scope, "redirect_uri": REDIRECT, "as": "U0ANN", "answer": "allow"}
        async with aiohttp.ClientSession(ws.page_url) as session:
            agreed = await session.post("/oauth/v2/authorize", data=form, allow_redirects=False)
        code = agreed.headers["Location"].rpartition("code=")[2]
        granted = await client.oauth_v2_access(**CLIENT, code=code)
        assert (granted.get("incoming_webhook") or {"url": None})["url"] == expected


async def test_a_group_of_nobody_we_know_is_refused_with_its_place(tmp_path: Path) -> None:
    path = tmp_path / "seed.yaml"
    path.write_text(SEED.read_text() + "user_groups: [{name: Sales, members: [eve]}]\n")
    with pytest.raises(SeedError, match="user_groups"):
        async with running(Options(seed=path)):
            pass
