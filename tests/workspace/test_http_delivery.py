"""The second way to reach an app: signed HTTP requests, met with Bolt's own HTTP adapter."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import yaml
from aiohttp import web
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.blocks import actions, button
from tests.workspace.conftest import SEED
from workspace.options import Options
from workspace.server import running


@asynccontextmanager
async def _served(app: AsyncApp, port: int) -> AsyncIterator[None]:
    runner = web.AppRunner(app.web_app(path="/slack/events"))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    yield
    await runner.cleanup()


def _seed(directory: Path, port: int) -> Path:
    data = yaml.safe_load(SEED.read_text())
    data["apps"][0]["request_url"] = f"http://127.0.0.1:{port}/slack/events"
    path = directory / "seed.yaml"
    path.write_text(yaml.safe_dump(data))
    return path


async def test_commands_actions_and_events_over_http(tmp_path: Path, unused_port: int) -> None:
    async with running(Options(seed=_seed(tmp_path, unused_port))) as ws:
        heard: list[str] = []
        app = AsyncApp(
            client=AsyncWebClient(token=ws.bot_token, base_url=ws.api_url), signing_secret=ws.app.signing_secret
        )

        async def ask(ack: Any, command: Any) -> None:
            await ack(f"heard {command['text']}")

        async def go(ack: Any, action: Any) -> None:
            await ack()
            heard.append(action["action_id"])

        async def message(event: Any) -> None:
            heard.append(event["text"])

        app.command("/ask")(ask)
        app.action("go")(go)
        app.event("message")(message)
        ann = ws.person("ann")
        async with _served(app, unused_port):
            assert (await ann.command("/ask", "it & all")).acked
            assert ann.dms()[-1].text == "heard it & all"
            await ann.say("over http")
            await ws.until(lambda: [one["state"] for one in ws.log.envelopes("events_api")][:1] == ["acked"])
            await app.client.chat_postMessage(channel=ann.id, text="hi", blocks=[actions(button("go"))])
            assert (await ann.press(ann.dms()[-1], "go")).acked
            assert heard == ["over http", "go"]
        assert (await ann.press(ann.dms()[-1], "go")).error == "not_connected"


async def test_a_wrong_signature_is_not_acknowledged(tmp_path: Path, unused_port: int) -> None:
    async with running(Options(seed=_seed(tmp_path, unused_port))) as ws:
        app = AsyncApp(client=AsyncWebClient(token=ws.bot_token, base_url=ws.api_url), signing_secret="another secret")
        async with _served(app, unused_port):
            assert (await ws.person("ann").command("/ask")).error == "dispatch_failed"
