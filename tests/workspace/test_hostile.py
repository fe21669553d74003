"""Nonsense from outside is refused in Slack's words; nothing answers with a traceback."""

import json
from typing import Any

import aiohttp
import pytest

from tests.workspace.blocks import actions, button, modal, select, text_input
from workspace.methods.table import all_methods
from workspace.page_acts import ACTS
from workspace.server import Running

BROKEN = {
    b"\xff\xfe": "invalid_json",
    b"{": "invalid_json",
    b"[1]": "json_not_object",
    b'"x"': "json_not_object",
    b"null": "json_not_object",
}
NONSENSE: tuple[Any, ...] = (
    None,
    "",
    "x" * 20_000,
    -1,
    1e308,
    True,
    [],
    [None],
    [[]],
    {},
    {"type": 7},
    "<!channel>",
    "\x00",
)
NAMES = [
    "channel",
    "channels",
    "channel_id",
    "user",
    "users",
    "user_id",
    "ts",
    "timestamp",
    "message_ts",
    "thread_ts",
    "text",
    "blocks",
    "attachments",
    "metadata",
    "view",
    "view_id",
    "trigger_id",
    "hash",
    "name",
    "limit",
    "cursor",
    "oldest",
    "latest",
    "types",
    "email",
    "files",
    "filename",
    "length",
    "post_at",
    "prompts",
    "chunks",
    "markdown_text",
    "scheduled_message_id",
    "code",
    "client_id",
    "icon_emoji",
    "count",
    "page",
    "title",
    "status",
    "external_id",
]
ACT_NAMES = [
    "channel",
    "ts",
    "text",
    "thread_ts",
    "container",
    "block_id",
    "action_id",
    "action",
    "values",
    "view_id",
    "command",
    "callback_id",
    "query",
    "name",
    "tab",
    "user",
]


@pytest.mark.parametrize("method", sorted(all_methods()))
async def test_every_method_survives_nonsense(ws: Running, method: str) -> None:
    token = ws.app_token if method == "apps.connections.open" else ws.bot_token
    headers = {"Authorization": f"Bearer {token}"}
    async with aiohttp.ClientSession(ws.api_url, headers=headers) as session:
        dm = ws.state.dm(ws.app.bot_user_id, "U0ANN").id
        ts = (await ws.person("ann").say("hi", channel="general")).ts
        sane = {"channel": "C0GEN", "channel_id": dm, "user": "U0ANN", "user_id": "U0ANN", "ts": ts, "timestamp": ts}
        for nonsense in NONSENSE:
            for given in ({}, sane):
                arguments = dict.fromkeys(NAMES, nonsense) | given
                answer = await session.post(method, json=arguments)
                assert answer.status == 200, await answer.text()
                assert isinstance((await answer.json())["ok"], bool)
        for body, code in BROKEN.items():
            answer = await session.post(method, data=body, headers={"Content-Type": "application/json"})
            assert (await answer.json())["error"] == code


@pytest.mark.parametrize("kind", [*ACTS, "nonsense"])
async def test_every_act_survives_nonsense(ws: Running, kind: str) -> None:
    async with aiohttp.ClientSession(ws.page_url) as session:
        for nonsense in NONSENSE:
            for container in (nonsense, {"type": "message", "channel": "C0GEN", "ts": "1.1"}, {"type": "view"}):
                body = dict.fromkeys(ACT_NAMES, nonsense) | {"as": "U0ANN", "type": kind, "container": container}
                answer = await session.post("/_workspace/act", json=body)
                assert answer.status in (200, 400, 404), await answer.text()


async def test_inputs_take_no_nonsense_either(ws: Running) -> None:
    blocks = [
        actions(select("pick", "a", "b"), button("go")),
        actions({"type": "datepicker", "action_id": "d"}, block_id="x"),
    ]
    async with aiohttp.ClientSession(ws.page_url) as page:
        headers = {"Authorization": f"Bearer {ws.bot_token}"}
        posted = await page.post(
            "/api/chat.postMessage", json={"channel": "U0ANN", "text": "x", "blocks": blocks}, headers=headers
        )
        message = await posted.json()
        container = {"type": "message", "channel": message["channel"], "ts": message["ts"]}
        trigger_id = ws.ws.triggers.issue("U0ANN", "A0TEST")
        opened = await page.post(
            "/api/views.open", json={"trigger_id": trigger_id, "view": modal(text_input("a"))}, headers=headers
        )
        view_id = (await opened.json())["view"]["id"]
        for nonsense in NONSENSE:
            values = {"acts": {"pick": nonsense}, "a": {"value": nonsense}, "nowhere": nonsense}
            for body in (
                {"type": "block_actions", "container": container, "action_id": "pick", "action": nonsense},
                {"type": "block_actions", "container": container, "action_id": "go", "values": values},
                {"type": "block_actions", "container": container, "action_id": "go", "values": nonsense},
                {"type": "view_submission", "view_id": view_id, "values": values},
                {"type": "view_submission", "view_id": view_id, "values": {"a": nonsense}},
            ):
                answer = await page.post("/_workspace/act", json={"as": "U0ANN", **body})
                assert answer.status in (200, 400), await answer.text()


async def test_frames_that_are_no_acknowledgements_are_ignored(ws: Running) -> None:
    async with aiohttp.ClientSession() as session:
        ticket = ws.ws.sockets.ticket("A0TEST")
        socket = await session.ws_connect(f"{ws.ws.base_url}/link/?ticket={ticket}")
        await socket.receive_json()
        for frame in (
            "",
            "{",
            "[]",
            '"x"',
            "{}",
            json.dumps({"envelope_id": None}),
            json.dumps({"envelope_id": ["x"]}),
        ):
            await socket.send_str(frame)
        await socket.send_bytes(b"\x00")
        await ws.person("ann").say("still there?")
        envelope = await socket.receive_json()
        assert envelope["payload"]["event"]["text"] == "still there?"
        await socket.close()
