"""Connections that are refused, cut, refreshed or silent: one is always opened again, and whoever asked is answered."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import WSMsgType, web
from aiohttp.test_utils import TestServer

from gateways.slack.client import make_slack_client
from gateways.slack.links import SlackLinks
from listeners.sockets import Backoff, Sockets
from sequences.ports.outside import MessengerError
from workspace.options import Options
from workspace.server import Running
from workspace.server import running as running_workspace

Frame = dict[str, Any]
MANIFEST = Path(__file__).resolve().parents[2] / "manifest.json"
AT_ONCE = Backoff(first_s=0.01, most_s=0.05)
PATIENCE = 30.0


def left() -> timedelta:
    return timedelta(seconds=5)


@dataclass
class Ear:
    """Answers every envelope, when it is let."""

    heard: list[str] = field(default_factory=list)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def take(self, envelope: Frame) -> Frame | None:
        self.heard.append(envelope["envelope_id"])
        await self.may_answer.wait()
        return {"envelope_id": envelope["envelope_id"]}


@pytest.fixture
def ear() -> Ear:
    made = Ear()
    made.may_answer.set()
    return made


@pytest.fixture
async def ws() -> AsyncIterator[Running]:
    async with running_workspace(Options(manifest=MANIFEST)) as workspace:
        yield workspace


@contextlib.asynccontextmanager
async def connected(
    ws: Running, take: Callable[[Frame], Awaitable[Frame | None]], count: int
) -> AsyncIterator[Sockets]:
    client = make_slack_client(ws.bot_token, ws.api_url)
    async with SlackLinks(client, ws.app_token) as links:
        sockets = Sockets(open=links.open, take=take, count=count, backoff=AT_ONCE)
        async with sockets.connected(left):
            yield sockets


def opened(ws: Running) -> int:
    return sum(entry.kind == "socket" and entry.fields["event"] == "opened" for entry in ws.log.entries)


async def until_opened(ws: Running, times: int) -> None:
    await ws.until(lambda: opened(ws) == times, timeout=PATIENCE)


def states(ws: Running) -> list[str]:
    return [envelope["state"] for envelope in ws.log.envelopes("slash_commands")]


async def ask(ws: Running, times: int = 1) -> list[bool]:
    rep = ws.person("Robin Hale")
    outcomes = await asyncio.gather(*(rep.command("/60", "status") for _ in range(times)))
    return [outcome.acked for outcome in outcomes]


@pytest.mark.parametrize("count", [1, 4, 10])
async def test_src_05_as_many_connections_as_asked_for_share_what_comes(ws: Running, ear: Ear, count: int) -> None:
    async with connected(ws, ear.take, count) as sockets:
        assert (sockets.open_count, opened(ws), sockets.trouble()) == (count, count, None)
        assert all(await ask(ws, 20))
    assert len(ear.heard) == 20
    assert ws.ws.sockets.count(ws.app.id) == 0


async def test_err_03_a_new_connection_is_open_before_the_old_one_ends(ws: Running, ear: Ear) -> None:
    async with connected(ws, ear.take, 1) as sockets:
        for turn in range(2, 5):
            await ws.ws.sockets.refresh_all()
            await until_opened(ws, turn)
            assert sockets.open_count == 1
            assert await ask(ws) == [True]
    events = [entry.fields["event"] for entry in ws.log.entries if entry.kind == "socket"]
    assert "closed" not in events[: events.index("opened", 1) + 1]


async def test_err_03_an_envelope_of_the_old_connection_is_acknowledged_after_the_change(ws: Running) -> None:
    ear = Ear()
    async with connected(ws, ear.take, 1):
        asked = asyncio.create_task(ask(ws))
        await ws.until(lambda: states(ws), timeout=PATIENCE)
        await ws.ws.sockets.refresh_all()
        await until_opened(ws, 2)
        ear.may_answer.set()
        assert await asked == [True]


async def test_err_03_an_acknowledgement_whose_connection_was_cut_leaves_by_another(ws: Running) -> None:
    ear = Ear()
    async with connected(ws, ear.take, 1):
        asked = asyncio.create_task(ask(ws))
        await ws.until(lambda: states(ws), timeout=PATIENCE)
        await until(lambda: ear.heard)
        await ws.ws.sockets.drop_all()
        await until_opened(ws, 2)
        await ws.app_connected()
        ear.may_answer.set()
        assert await asked == [True]
    assert len(ear.heard) == 1


async def test_err_03_cut_connections_come_back_by_themselves(ws: Running, ear: Ear) -> None:
    async with connected(ws, ear.take, 3):
        for turn in (2, 3):
            await ws.ws.sockets.drop_all()
            await until_opened(ws, 3 * turn)
            await ws.app_connected(3)
        assert all(await ask(ws, 6))


REFUSALS: list[tuple[str, dict[str, Any], str]] = [
    ("rate_limit", {"retry_after": 0}, "ratelimited"),
    ("status", {"status": 503}, "open a connection"),
    ("error", {"error": "internal_error"}, "internal_error"),
    ("lost_answer", {}, "could not be reached"),
]


@pytest.mark.parametrize(("kind", "details", "said"), REFUSALS, ids=[kind for kind, _, _ in REFUSALS])
async def test_err_03_a_failing_start_is_tried_again_and_told_in_readiness(
    ws: Running, ear: Ear, kind: str, details: dict[str, Any], said: str
) -> None:
    ws.faults.arm(kind, method="apps.connections.open", times=0, **details)
    async with connected(ws, ear.take, 1) as sockets:
        assert said in str(sockets.trouble())
        ws.faults.clear()
        await ws.app_connected()
        await until(lambda: sockets.trouble() is None)
        assert await ask(ws) == [True]


@pytest.mark.parametrize("code", ["invalid_auth", "token_revoked", "account_inactive", "not_allowed_token_type"])
async def test_err_03_a_refused_token_is_named_in_the_log_and_in_readiness(
    ws: Running, ear: Ear, code: str, caplog: pytest.LogCaptureFixture
) -> None:
    ws.faults.arm("error", method="apps.connections.open", times=0, error=code)
    async with connected(ws, ear.take, 2) as sockets:
        trouble = str(sockets.trouble())
        assert code in trouble
        assert "SLACK_APP_TOKEN" in trouble
        errors = [record for record in caplog.records if record.levelname == "ERROR"]
        assert {getattr(record, "reason", "") for record in errors} == {trouble}
        ws.faults.clear()  # somebody has installed the app again
        await until(lambda: sockets.open_count == 2)


async def test_err_03_an_answer_that_makes_no_sense_does_not_end_the_line(ws: Running, ear: Ear) -> None:
    tries: list[int] = []

    async def odd() -> Any:
        tries.append(1)
        if len(tries) < 3:
            raise KeyError("url")
        return await links.open()

    client = make_slack_client(ws.bot_token, ws.api_url)
    async with SlackLinks(client, ws.app_token) as links:
        sockets = Sockets(open=odd, take=ear.take, count=1, backoff=AT_ONCE)
        async with sockets.connected(left):
            await until(lambda: sockets.open_count == 1)
            assert await ask(ws) == [True]


async def test_hitl_09_what_breaks_while_it_is_taken_costs_nobody_else_an_answer(ws: Running) -> None:
    ear = Ear()
    ear.may_answer.set()

    async def take(envelope: Frame) -> Frame | None:
        if envelope["type"] == "slash_commands" and not ear.heard:
            ear.heard.append("the first")
            raise RuntimeError("broken")
        return await ear.take(envelope)

    async with connected(ws, take, 1):
        first = asyncio.create_task(ask(ws))
        await until(lambda: ear.heard)
        assert await ask(ws) == [True]
        ws.ws.sockets.forget(ear.heard[0])
        first.cancel()
        await asyncio.wait([first])


async def test_err_03_a_stop_acknowledges_what_has_come_in(ws: Running) -> None:
    ear = Ear()
    async with contextlib.AsyncExitStack() as stack:
        await stack.enter_async_context(connected(ws, ear.take, 2))
        asked = asyncio.create_task(ask(ws, 4))
        await until(lambda: len(ear.heard) == 4)
        closing = asyncio.create_task(stack.pop_all().aclose())
        await asyncio.sleep(0)
        ear.may_answer.set()
        assert all(await asked)
        await closing


@pytest.mark.parametrize("failures", range(0, 40, 3))
def test_err_03_pauses_grow_to_a_bound_and_are_never_the_same(failures: int) -> None:
    backoff = Backoff(first_s=0.5, most_s=60)
    pauses = {backoff.seconds(failures, None) for _ in range(50)}
    longest = min(60.0, 0.5 * 2**failures)
    assert len(pauses) > 40
    assert longest / 2 <= min(pauses) <= max(pauses) <= longest


def test_err_03_slacks_own_word_on_when_to_come_again_is_kept_to() -> None:
    error = MessengerError("slow down", retry_after=120.0)
    assert all(120.0 < Backoff().seconds(0, error) <= 120.5 for _ in range(50))
    refused = MessengerError("no", is_final=True)
    assert all(30.0 <= Backoff().seconds(0, refused) <= 60.0 for _ in range(50))


# Servers that no honest workspace would be: each greets and then does one thing.


async def mute(socket: web.WebSocketResponse) -> None:
    """Never answers a ping, like a host behind a line that is gone."""
    async for _ in socket:
        pass


async def babble(socket: web.WebSocketResponse) -> None:
    for text in ("", "{", "[]", "7", "null", '{"type": 7}', '{"envelope_id": "e1"}', '{"type": "x", "envelope_id": 1}'):
        await socket.send_str(text)
    await socket.send_bytes(b"\xff")
    await socket.send_json({"type": "slash_commands", "envelope_id": "real", "payload": {}})
    async for message in socket:
        if message.type is WSMsgType.TEXT and json.loads(message.data).get("envelope_id") == "real":
            return


async def dismiss(socket: web.WebSocketResponse) -> None:
    await socket.send_json({"type": "disconnect", "reason": "link_disabled"})
    async for _ in socket:
        pass


async def crowd(socket: web.WebSocketResponse) -> None:
    await socket.send_json({"type": "disconnect", "reason": "too_many_websockets"})


@dataclass
class Odd:
    """A server that gives out addresses of itself."""

    behave: Callable[[web.WebSocketResponse], Awaitable[None]]
    greets: bool = True
    connections: int = 0
    url: str = ""

    async def address(self, request: web.Request) -> web.Response:  # noqa: ARG002  # aiohttp's signature
        return web.json_response({"ok": True, "url": self.url.replace("http", "ws") + "/link"})

    async def serve(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse(autoping=False)
        await socket.prepare(request)
        self.connections += 1
        if self.greets:
            await socket.send_json({"type": "hello"})
        await self.behave(socket)
        return socket


@contextlib.asynccontextmanager
async def facing(odd: Odd, take: Callable[[Frame], Awaitable[Frame | None]]) -> AsyncIterator[Sockets]:
    app = web.Application()
    app.router.add_post("/api/apps.connections.open", odd.address)
    app.router.add_get("/link", odd.serve)
    async with TestServer(app) as server:
        odd.url = str(server.make_url("")).rstrip("/")
        client = make_slack_client("xoxb-1", f"{odd.url}/api/")
        async with SlackLinks(client, "xapp-1", heartbeat_s=0.2) as links:
            sockets = Sockets(open=links.open, take=take, count=1, backoff=AT_ONCE)
            async with sockets.connected(left):
                yield sockets


async def until(condition: Callable[[], object]) -> None:
    """For what no workspace can tell of."""
    async with asyncio.timeout(PATIENCE):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_err_03_a_line_that_is_dead_without_a_word_is_replaced(ear: Ear) -> None:
    odd = Odd(mute)
    async with facing(odd, ear.take):
        await until(lambda: odd.connections >= 3)


async def at_once(socket: web.WebSocketResponse) -> None:
    """Says what it has to say before any greeting."""
    await socket.send_json({"type": "slash_commands", "envelope_id": "first", "payload": {}})
    async for message in socket:
        if message.type is WSMsgType.TEXT and json.loads(message.data).get("envelope_id") == "first":
            return


async def wordless(socket: web.WebSocketResponse) -> None:
    await socket.close()


async def test_err_03_what_comes_before_a_greeting_is_heard(ear: Ear) -> None:
    odd = Odd(at_once, greets=False)
    async with facing(odd, ear.take):
        await until(lambda: "first" in ear.heard)
        await until(lambda: odd.connections >= 2)


async def test_err_03_a_socket_that_ends_without_a_word_is_told_of(ear: Ear) -> None:
    odd = Odd(wordless, greets=False)
    async with facing(odd, ear.take) as sockets:
        await until(lambda: "before it greeted" in str(sockets.trouble()))


async def test_err_03_a_socket_that_is_never_greeted_is_heard_on(ear: Ear, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateways.slack.links.GREETING_S", 0.05)
    heard = asyncio.Event()

    async def shy(socket: web.WebSocketResponse) -> None:
        await heard.wait()
        await at_once(socket)

    async with facing(Odd(shy, greets=False), ear.take) as sockets:
        assert sockets.open_count == 1
        heard.set()
        await until(lambda: "first" in ear.heard)


async def test_err_03_frames_that_make_no_sense_are_passed_over(ear: Ear) -> None:
    odd = Odd(babble)
    async with facing(odd, ear.take):
        await until(lambda: "real" in ear.heard)
        await until(lambda: odd.connections >= 2)


@pytest.mark.parametrize("behave", [dismiss, crowd])
@pytest.mark.parametrize("greets", [True, False])
async def test_err_03_a_farewell_that_needs_a_person_says_so(
    ear: Ear, behave: Callable[[web.WebSocketResponse], Awaitable[None]], greets: bool
) -> None:
    odd = Odd(behave, greets=greets)
    said = "Socket Mode is switched off" if behave is dismiss else "SIXTY_SOCKET_CONNECTIONS"
    async with facing(odd, ear.take) as sockets:
        await until(lambda: said in str(sockets.trouble()))
        await until(lambda: odd.connections >= 2)
