"""Connections that are refreshed, cut and replaced; acknowledgements that get lost."""

import json
from typing import Any

import aiohttp
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.workspace.blocks import actions, button
from tests.workspace.conftest import SEED, connected
from workspace.options import Options
from workspace.server import Running, running


async def _ping(app: AsyncApp, ws: Running) -> bool:
    """Whether a press reaches the app now."""
    ann = ws.person("ann")
    await app.client.chat_postMessage(channel=ann.id, text="hi", blocks=[actions(button("go"))])
    return (await ann.press(ann.dms()[-1], "go")).acked


async def _go(ack: Any) -> None:
    await ack()


def _opened(ws: Running) -> int:
    return sum(entry.kind == "socket" and entry.fields["event"] == "opened" for entry in ws.log.entries)


async def test_an_app_reconnects_when_asked_to(ws: Running, app: AsyncApp) -> None:
    app.action("go")(_go)
    await ws.ws.sockets.refresh_all()
    await ws.until(lambda: _opened(ws) >= 2)
    assert await _ping(app, ws)


async def test_an_event_that_falls_into_the_gap_is_delivered_after_it(ws: Running, app: AsyncApp) -> None:
    heard: list[str] = []

    async def message(event: Any) -> None:
        heard.append(event["text"])

    app.event("message")(message)
    await ws.ws.sockets.refresh_all()
    await ws.person("ann").say("into the gap")
    await ws.until(lambda: heard)
    assert heard == ["into the gap"]


async def test_events_are_sent_again_until_acknowledged_and_say_so() -> None:
    async with running(Options(seed=SEED, ack_seconds=0.5, event_retries=(0.0,) * 20)) as ws:
        ws.faults.arm("lose_ack", times=1)
        app = AsyncApp(client=AsyncWebClient(token=ws.bot_token, base_url=ws.api_url))
        app.event("message")(_listen)
        async with connected(ws, app):
            await ws.person("ann").say("hello")
            await ws.until(lambda: [e["state"] for e in ws.log.envelopes("events_api")][-1:] == ["acked"])
    sent = ws.log.envelopes("events_api")
    assert sent[0]["state"] == "no_answer"
    assert [envelope["attempt"] for envelope in sent] == list(range(len(sent)))
    assert len({envelope["payload"]["event_id"] for envelope in sent}) == 1


async def test_payloads_take_turns_over_connections_up_to_ten(ws: Running, client: AsyncWebClient) -> None:
    async with aiohttp.ClientSession() as session:
        sockets = []
        for _ in range(11):
            answer = await client.apps_connections_open(app_token=ws.app_token)
            sockets.append(await session.ws_connect(answer["url"]))
        greetings = [await socket.receive_json() for socket in sockets]
        assert [greeting["type"] for greeting in greetings] == ["hello"] * 10 + ["disconnect"]
        assert greetings[9]["num_connections"] == 10
        assert greetings[10]["reason"] == "too_many_websockets"

        ann = ws.person("ann")
        await ann.say("one")
        await ann.say("two")
        for socket, text in zip(sockets[:2], ("one", "two"), strict=True):
            envelope = await socket.receive_json()
            assert envelope["payload"]["event"]["text"] == text
            assert envelope["accepts_response_payload"] is False
            await socket.send_str(json.dumps({"envelope_id": envelope["envelope_id"]}))
        for socket in sockets:
            await socket.close()


async def test_a_ticket_is_good_for_one_connection(ws: Running, client: AsyncWebClient) -> None:
    url = (await client.apps_connections_open(app_token=ws.app_token))["url"]
    async with aiohttp.ClientSession() as session:
        first = await session.ws_connect(url)
        second = await session.get(url.replace("ws", "http", 1))
        assert second.status == 401
        await first.close()


async def test_a_late_acknowledgement_is_noted_and_changes_nothing(hasty: Running) -> None:
    ws, client = hasty, AsyncWebClient(token=hasty.bot_token, base_url=hasty.api_url)
    async with aiohttp.ClientSession() as session:
        socket = await session.ws_connect((await client.apps_connections_open(app_token=ws.app_token))["url"])
        await socket.receive_json()
        ann = ws.person("ann")
        await client.chat_postMessage(channel=ann.id, text="hi", blocks=[actions(button("go"))])
        outcome = await ann.press(ann.dms()[0], "go")
        assert outcome.error == "no_answer"
        envelope = await socket.receive_json()
        while envelope["type"] != "interactive":
            envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        await ws.until(lambda: ws.log.envelopes("interactive")[0]["state"] == "late")
        await socket.close()


async def _listen() -> None:
    """Acknowledges, as Bolt does for every event that somebody listens to."""


async def test_an_app_comes_back_after_its_connection_was_cut(ws: Running, app: AsyncApp) -> None:
    app.action("go")(_go)
    await ws.ws.sockets.drop_all()
    await ws.until(lambda: _opened(ws) >= 2)
    assert await _ping(app, ws)


async def test_a_connection_is_warned_and_then_asked_to_go() -> None:
    async with running(Options(seed=SEED, connection_seconds=0.05)) as ws, aiohttp.ClientSession() as session:
        ticket = ws.ws.sockets.ticket("A0TEST")
        socket = await session.ws_connect(f"{ws.ws.base_url}/link/?ticket={ticket}")
        frames = [await socket.receive_json() for _ in range(3)]
        assert frames[0]["type"] == "hello"
        assert [frame["reason"] for frame in frames[1:]] == ["warning", "refresh_requested"]
        assert ws.ws.sockets.count("A0TEST") == 0
        await socket.close()


async def test_a_connection_may_ask_for_a_short_life_to_try_reconnecting(ws: Running) -> None:
    async with aiohttp.ClientSession() as session:
        ticket = ws.ws.sockets.ticket("A0TEST")
        socket = await session.ws_connect(f"{ws.ws.base_url}/link/?ticket={ticket}&debug_reconnects=true")
        assert (await socket.receive_json())["debug_info"]["approximate_connection_time"] == 360
        await socket.close()
