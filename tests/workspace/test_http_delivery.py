"""The second way to reach an app: signed HTTP requests, met with Bolt's own HTTP adapter."""

import asyncio
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
from workspace.server import Running, running


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


def _states(ws: Running) -> list[str]:
    return [one["state"] for one in ws.log.envelopes()]


async def _heard(tmp_path: Path, port: int, challenge_answer: Any, *, at_once: int = 1) -> list[str]:
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
        for _ in range(at_once):
            await ws.person("ann").say("hello")
        await ws.until(lambda: len(ws.log.envelopes()) == at_once and "sent" not in str(_states(ws)))
        await ws.person("ann").say("hello again")
        await ws.until(lambda: len(ws.log.envelopes()) > at_once and "sent" not in str(_states(ws)))
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


async def test_events_that_come_together_wait_for_one_challenge(tmp_path: Path, unused_port: int) -> None:
    heard = await _heard(tmp_path, unused_port, lambda value: value, at_once=3)
    assert heard == ["url_verification", *["event_callback"] * 4]


@pytest.mark.parametrize("answered", [lambda _: "", lambda _: "guess", lambda value: value[1:], lambda _: "[]"])
async def test_an_address_that_does_not_answer_it_gets_none(tmp_path: Path, unused_port: int, answered: Any) -> None:
    assert await _heard(tmp_path, unused_port, answered) == ["url_verification"] * 2


async def _asked(
    tmp_path: Path, port: int, answers: list[Any], *, is_refused: bool = False
) -> list[tuple[str | None, str | None]]:
    """Number and reason of every try that an app sees which answers its n-th request like this, the last with yes.

    With ``is_refused`` a message goes first that ends in the app's wish for no more tries.
    """
    seen: list[tuple[str | None, str | None]] = []
    patience = 2.0 if answers[0] is _slow else 30.0  # once that has run out, nobody is in a hurry any more

    async def take(request: web.Request) -> web.StreamResponse:
        body = await request.json()
        if body["type"] == "url_verification":
            return web.Response(text=body["challenge"])
        ws.ws.courier._ack_seconds = 30.0
        seen.append((request.headers.get("X-Slack-Retry-Num"), request.headers.get("X-Slack-Retry-Reason")))
        answer: web.StreamResponse = await answers[min(len(seen), len(answers)) - 1]()
        return answer

    served = web.Application()
    served.add_routes([web.post("/slack/events", take)])
    runner = web.AppRunner(served, shutdown_timeout=0.1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    options = Options(seed=_seed(tmp_path, port), event_retries=(0.0, 0.0, 0.0), ack_seconds=patience)
    async with running(options) as ws:
        if is_refused:
            await ws.person("ann").say("hello")
            await ws.until(lambda: [one["state"] for one in ws.log.envelopes()] == ["dispatch_failed"])
        await ws.person("ann").say("hello")
        await ws.until(lambda: [one["state"] for one in ws.log.envelopes()][-1:] == ["acked"])
    await runner.cleanup()
    return seen


async def _fine() -> web.StreamResponse:
    return web.Response()


async def _broken() -> web.StreamResponse:
    return web.Response(status=500)


async def _enough() -> web.StreamResponse:
    return web.Response(status=500, headers={"X-Slack-No-Retry": "1"})


async def _slow() -> web.StreamResponse:
    await asyncio.Event().wait()
    raise AssertionError


async def _elsewhere() -> web.StreamResponse:
    raise web.HTTPTemporaryRedirect("/slack/events")


@pytest.mark.parametrize(
    ("answers", "seen"),
    [
        ([_fine], [(None, None)]),
        ([_broken, _fine], [(None, None), ("1", "http_error")]),
        ([_slow, _broken, _fine], [(None, None), ("1", "http_timeout"), ("2", "http_error")]),
    ],
)
async def test_events_come_again_with_number_and_reason(
    tmp_path: Path, unused_port: int, answers: list[Any], seen: list[Any]
) -> None:
    assert await _asked(tmp_path, unused_port, answers) == seen


async def test_an_app_may_want_no_second_try(tmp_path: Path, unused_port: int) -> None:
    """Tries follow at once here, so the next thing to arrive would be one: it is the next message."""
    assert await _asked(tmp_path, unused_port, [_enough, _fine], is_refused=True) == [(None, None), (None, None)]


async def test_an_address_that_leads_in_circles_is_given_up(tmp_path: Path, unused_port: int) -> None:
    """Two redirects are followed, as by Slack; the third is too many."""
    seen = await _asked(tmp_path, unused_port, [_elsewhere, _elsewhere, _elsewhere, _fine])
    assert seen == [(None, None)] * 3 + [("1", "too_many_redirects")]
