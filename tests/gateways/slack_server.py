"""A loopback stand-in for Slack's Web API: enough of each method that the messenger calls, and scripted failures."""

import json
from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiohttp import web

TOKEN = "xoxb-test"
PAGE = 2


@dataclass(frozen=True, kw_only=True)
class Failure:
    """What a method answers once instead of its own answer. ``drop`` hangs up."""

    error: str = ""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)
    drop: bool = False
    text: str | None = None


@dataclass
class SlackServer:
    """``messages`` are those of the one direct message, newest first; ``calls`` are (method, parameters)."""

    members: list[dict[str, Any]] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    calls: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    failures: dict[str, list[Failure]] = field(default_factory=lambda: defaultdict(list))
    left_out: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    url: str = ""

    def fail(self, method: str, *failures: Failure) -> None:
        self.failures[method].extend(failures)

    def leave_out(self, method: str, key: str) -> None:
        self.left_out[method].add(key)

    def called(self, method: str) -> list[dict[str, Any]]:
        return [parameters for name, parameters in self.calls if name == method]

    async def handle(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        parameters = await _parameters(request)
        self.calls.append((method, parameters))
        if request.headers.get("Authorization") != f"Bearer {TOKEN}":
            return web.json_response({"ok": False, "error": "invalid_auth"})
        if self.failures[method]:
            return self._fail(request, self.failures[method].pop(0))
        said = {"ok": True} | getattr(self, "_" + method.replace(".", "_"))(parameters)
        return web.json_response({key: value for key, value in said.items() if key not in self.left_out[method]})

    def _fail(self, request: web.Request, failure: Failure) -> web.Response:
        if failure.drop:
            assert request.transport is not None
            request.transport.close()
        if failure.text is not None:
            return web.Response(
                status=failure.status, text=failure.text, content_type="text/html", headers=failure.headers
            )
        body = {"ok": False, "error": failure.error, **failure.extra}
        return web.json_response(body, status=failure.status, headers=failure.headers)

    def _auth_test(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"team_id": "T1", "team": "Acme (auth.test)", "user_id": "UBOT", "bot_id": "B1"}

    def _team_info(self, _: dict[str, Any]) -> dict[str, Any]:
        return {"team": {"id": "T1", "name": "Acme"}}

    def _users_list(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return _page("members", self.members, parameters)

    def _conversations_open(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return {"channel": {"id": "D" + parameters["users"]}}

    def _conversations_history(self, parameters: dict[str, Any]) -> dict[str, Any]:
        fresh = [message for message in self.messages if float(message["ts"]) > float(parameters["oldest"])]
        if str(parameters.get("include_all_metadata")) not in ("1", "true", "True"):
            fresh = [
                message | {"metadata": {"event_type": message.get("metadata", {}).get("event_type")}}
                for message in fresh
            ]
        return _page("messages", fresh, parameters)

    def _chat_postMessage(self, parameters: dict[str, Any]) -> dict[str, Any]:  # noqa: N802 (Slack's name)
        channel = parameters["channel"]
        message = {"ts": f"{1_800_000_000 + len(self.messages)}.000100", "text": parameters["text"]}
        self.messages.insert(0, message | {"metadata": _json(parameters.get("metadata"))})
        return {"channel": channel if channel.startswith("D") else "D" + channel, "ts": message["ts"]}

    def _chat_delete(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return {"channel": parameters["channel"], "ts": parameters["ts"]}

    def _chat_update(self, parameters: dict[str, Any]) -> dict[str, Any]:
        return {"channel": parameters["channel"], "ts": parameters["ts"]}


@asynccontextmanager
async def serving(server: SlackServer) -> AsyncIterator[SlackServer]:
    app = web.Application()
    app.router.add_post("/api/{method}", server.handle)
    app.router.add_get("/api/{method}", server.handle)
    runner = web.AppRunner(app, shutdown_timeout=1)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    server.url = f"http://127.0.0.1:{runner.addresses[0][1]}/api/"
    try:
        yield server
    finally:
        await runner.cleanup()


async def _parameters(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        body: dict[str, Any] = await request.json()
        return body
    return {**request.query, **{name: str(value) for name, value in (await request.post()).items()}}


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _page(name: str, items: list[dict[str, Any]], parameters: dict[str, Any]) -> dict[str, Any]:
    start = int(parameters.get("cursor") or 0)
    end = start + min(PAGE, int(parameters["limit"]))
    cursor = str(end) if end < len(items) else ""
    return {name: items[start:end], "response_metadata": {"next_cursor": cursor}}
