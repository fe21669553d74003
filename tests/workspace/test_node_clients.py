"""Slack's official Node packages (Bolt, Web API, Socket Mode) run an app on this workspace."""

import asyncio
import os
from collections.abc import AsyncIterator

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.blocks import actions, button
from tests.workspace.conftest import SEED
from tests.workspace.judges import NODE_PROJECT, need_node, node
from workspace.options import Options
from workspace.server import Running, running


@pytest.fixture
async def ws() -> AsyncIterator[Running]:
    """Patient: after a disconnect Slack's Node client waits five seconds before it connects again."""
    async with running(Options(seed=SEED, event_retries=(0.0, 0.0, 0.0))) as workspace:
        yield workspace


@pytest.fixture
async def node_app(ws: Running) -> AsyncIterator[None]:
    """The app of ``node/app.mjs``, connected."""
    need_node()
    environment = {
        "PATH": os.environ["PATH"],
        "SLACK_BOT_TOKEN": ws.bot_token,
        "SLACK_APP_TOKEN": ws.app_token,
        "SLACK_API_URL": ws.api_url,
    }
    process = await asyncio.create_subprocess_exec(str(node()), "app.mjs", cwd=NODE_PROJECT, env=environment)
    await ws.until(lambda: ws.ws.sockets.count(ws.app.id), timeout=30)
    yield
    process.terminate()
    await process.wait()


@pytest.mark.usefixtures("node_app")
async def test_node_acknowledges_commands_with_text(ws: Running) -> None:
    ann = ws.person("ann")
    assert (await ann.command("/ask", "why")).acked
    assert ann.dms()[-1].text == "node heard why"


@pytest.mark.usefixtures("node_app")
async def test_node_opens_checks_and_takes_a_modal(ws: Running, client: AsyncWebClient) -> None:
    ann = ws.person("ann")
    await client.chat_postMessage(channel=ann.id, text="hi", blocks=[actions(button("open"))])
    assert (await ann.press(ann.dms()[-1], "open")).acked
    await ws.until(lambda: ann.modals)
    assert (await ann.submit(values={"name": {"value": "bad"}})).errors == {"name": "Not that one."}
    assert (await ann.submit(values={"name": {"value": "good"}})).acked
    await ws.until(lambda: ann.dms()[-1].text == "saved good")
    assert ann.modals == []


@pytest.mark.usefixtures("node_app")
async def test_node_hears_events_pages_through_lists_and_reconnects(ws: Running) -> None:
    ann = ws.person("ann")
    root = await ann.say("@testapp hi", channel="general")
    await ws.until(lambda: ann.messages("general")[-1].text == f"hello <@{ann.id}>")
    assert ann.messages("general")[-1].thread_ts == root.ts

    await ws.ws.sockets.refresh_all()
    await ann.say("list")
    await ws.until(lambda: "slackbot" in ann.dms()[-1].text, timeout=30)
    assert {"ann", "ben", "cat"} <= set(ann.dms()[-1].text.split())
