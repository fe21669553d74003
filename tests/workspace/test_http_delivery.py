"""The second way to reach an app: signed HTTP requests, met with Bolt's own HTTP adapter."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
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


async def _heard(tmp_path: Path, port: int, challenge_answer: Any) -> list[str]:
    """The types of the bodies that arrive when Ann writes to an app that answers the challenge like this."""
    heard: list[str] = []

    async def take(request: web.Request) -> web.Response:
        body = await request.json()
        heard.append(body["type"])
        return web.Response(text=challenge_answer(body["challenge"]) if body["type"] == "url_verification" else "")

    served = web.Application()
    served.add_routes([web.post("/slack/events", take)])
    runner = web.AppRunner(served)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    async with running(Options(seed=_seed(tmp_path, port), event_retries=())) as ws:
        await ws.person("ann").say("hello")
        await ws.until(lambda: [one["state"] for one in ws.log.envelopes()] not in ([], ["sent"]))
        await ws.person("ann").say("hello again")
        await ws.until(lambda: [one["state"] for one in ws.log.envelopes()][1:] not in ([], ["sent"]))
    await runner.cleanup()
    return heard


@pytest.mark.parametrize(
    "answered",
    [lambda value: value, lambda value: json.dumps({"challenge": value}), lambda value: f"challenge={value}"],
)
async def test_an_address_answers_the_challenge_before_it_gets_events(
    tmp_path: Path, unused_port: int, answered: Any
) -> None:
    heard = await _heard(tmp_path, unused_port, answered)
    assert heard == ["url_verification", "event_callback", "event_callback"]


@pytest.mark.parametrize("answered", [lambda _: "", lambda _: "guess", lambda value: value[1:], lambda _: "[]"])
async def test_an_address_that_does_not_answer_it_gets_none(tmp_path: Path, unused_port: int, answered: Any) -> None:
    assert await _heard(tmp_path, unused_port, answered) == ["url_verification"] * 2
