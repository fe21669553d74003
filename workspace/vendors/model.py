"""A loopback stand-in for both model vendors: strict about requests, and playing the answers it is given.

What it refuses is what the vendors refuse: other paths, headers or keys, sampling parameters and prefilled answers
(Anthropic), and answers asked for without a schema. Each refusal is a 400 that says which rule was broken.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from aiohttp import web

KEY = "test-key"
ANTHROPIC_VERSION = "2026-10-21"
_SCHEMA_KEYS = {"type", "enum", "$ref", "$defs", "description", "format", "anyOf", "items", "properties", "required"}
_GOOGLE_MODEL = "gemini-3.8-flash"


@dataclass(frozen=True, kw_only=True)
class Play:
    """One scripted answer. ``hold`` answers only when the server stops; ``drop`` hangs up instead of answering."""

    status: int = 200
    body: Mapping[str, Any] | str = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    hold: bool = False
    drop: bool = False


class BrokenRuleError(Exception):
    """The request is one that the vendor would refuse."""


class ModelServer:
    """``requests`` holds the bodies of accepted requests, ``refused`` the rules that others broke."""

    def __init__(self) -> None:
        self.plays: list[Play] = []
        self.requests: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self.url = ""
        self.bill: Callable[[dict[str, Any]], dict[str, int]] | None = None  # Claude's usage, instead of the scripted
        self._stopping = asyncio.Event()

    def play(self, *plays: Play) -> None:
        self.plays.extend(plays)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        try:
            body = await self._accept(request)
        except BrokenRuleError as error:
            self.refused.append(str(error))
            return web.json_response(_error_body(request.path, 400, str(error)), status=400)
        self.requests.append(body)
        if request.path.endswith("/count_tokens") and not self.plays:
            return web.json_response({"input_tokens": 7})
        if request.method == "GET" and not self.plays:
            return web.json_response({"name": request.path.removeprefix("/v1/")})
        play = self.plays.pop(0)
        if self.bill is not None and isinstance(play.body, Mapping):
            play = replace(play, body={**play.body, "usage": self.bill(body)})
        return await self._perform(request, play)

    async def _accept(self, request: web.Request) -> dict[str, Any]:
        if request.path in ("/v1/messages", "/v1/messages/count_tokens"):
            _require(request.method == "POST", "POST only")
            body: dict[str, Any] = await request.json()
            _check_anthropic(request.headers, body, counts_only=request.path.endswith("count_tokens"))
            return body
        if request.path.startswith("/v1/models/"):
            _require(request.headers.get("x-goog-api-key") == KEY, "x-goog-api-key is missing or wrong")
            if request.method == "GET":
                return {}
            _require(request.path.endswith(":generateContent"), f"unknown method {request.path}")
            body = await request.json()
            _check_google(body)
            return body
        raise BrokenRuleError(f"unknown path {request.path}")

    async def _perform(self, request: web.Request, play: Play) -> web.StreamResponse:
        if play.hold:
            await self._stopping.wait()
        if play.drop:
            assert request.transport is not None
            request.transport.close()
        text = play.body if isinstance(play.body, str) else json.dumps(play.body)
        return web.Response(status=play.status, text=text, content_type=play.content_type, headers=play.headers)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["ModelServer"]:
        app = web.Application(client_max_size=32 * 1024 * 1024)
        app.router.add_route("*", "/{path:.*}", self.handle)
        runner = web.AppRunner(app, shutdown_timeout=1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        self.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
        try:
            yield self
        finally:
            self._stopping.set()
            await runner.cleanup()


def claude(
    text: str = "{}",
    *,
    stop_reason: str = "end_turn",
    usage: Mapping[str, int] | None = None,
    thinking: str | None = None,
    stop_details: Mapping[str, str] | None = None,
) -> Play:
    """A message as Claude sends it, with its thoughts first when there are any."""
    content: list[dict[str, Any]] = [{"type": "text", "text": text}]
    if thinking is not None:
        content.insert(0, {"type": "thinking", "thinking": thinking, "signature": "c2ln"})
    return Play(
        body={
            "id": "msg_01",
            "type": "message",
            "role": "assistant",
            "model": "claude-haiku-5-5",
            "content": content,
            "stop_reason": stop_reason,
            "stop_sequence": None,
            "stop_details": stop_details,
            "usage": usage or {"input_tokens": 1000, "output_tokens": 100},
        }
    )


def claude_error(status: int, kind: str, message: str, **headers: str) -> Play:
    body = {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_01"}
    return Play(status=status, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def gemini(
    *texts: str, finish: str = "STOP", usage: Mapping[str, int] | None = None, thought: str | None = None
) -> Play:
    """A response as Gemini sends it; no texts means a candidate without content."""
    parts: list[dict[str, Any]] = [{"text": text} for text in texts]
    if thought is not None:
        parts.insert(0, {"text": thought, "thought": True})
    candidate: dict[str, Any] = {"finishReason": finish, "index": 0}
    if parts:
        candidate["content"] = {"role": "model", "parts": parts}
    counts = usage or {"promptTokenCount": 1000, "candidatesTokenCount": 100, "totalTokenCount": 1100}
    return Play(body={"candidates": [candidate], "usageMetadata": counts, "modelVersion": _GOOGLE_MODEL})


def gemini_error(status: int, name: str, message: str, details: list[dict[str, Any]] | None = None) -> Play:
    return Play(
        status=status, body={"error": {"code": status, "message": message, "status": name, "details": details or []}}
    )


def _check_anthropic(headers: Mapping[str, str], body: dict[str, Any], *, counts_only: bool) -> None:
    _require(headers.get("anthropic-version") == ANTHROPIC_VERSION, "anthropic-version is missing or wrong")
    _require(headers.get("authorization") == f"Bearer {KEY}", "Authorization must be Bearer with the key")
    for name in ("temperature", "top_p", "top_k", "tool_choice", "tools"):
        _require(name not in body, f"{name} is not accepted")
    _require(isinstance(body.get("model"), str), "model is required")
    _require(bool(body.get("messages")), "messages are required")
    _require(body["messages"][-1]["role"] == "user", "the last turn must be the user's: prefilled answers are refused")
    if counts_only:
        return
    _require(isinstance(body.get("max_tokens"), int), "max_tokens is required")
    blocks = [block for message in body["messages"] for block in _blocks(message)] + body.get("system", [])
    _require(all(block["text"].strip() for block in blocks), "text content blocks must be non-empty")
    _require(sum("cache_control" in block for block in blocks) <= 4, "at most 4 cache breakpoints")
    output = body.get("output_config", {}).get("format")
    if output is None:
        _require("fits this JSON schema" in _blocks(body["messages"][0])[-1]["text"], "no schema for the answer")
    else:
        _require(output["type"] == "json_schema", "output format must be json_schema")
        check_schema(output["schema"])


def _blocks(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    content = message["content"]
    return [{"type": "text", "text": content}] if isinstance(content, str) else content


def _check_google(body: dict[str, Any]) -> None:
    _require(bool(body.get("contents")), "contents are required")
    _require(body["contents"][-1]["role"] == "user", "the last turn must be the user's")
    config = body.get("generationConfig", {})
    _require(config.get("responseMimeType") == "application/json", "responseMimeType must be application/json")
    _require("responseJsonSchema" in config, "no schema for the answer")
    check_schema(config["responseJsonSchema"])


def check_schema(schema: Mapping[str, Any]) -> None:
    """Closed objects with every property required, and no keyword that strict output does not know."""
    unknown = set(schema) - _SCHEMA_KEYS - {"additionalProperties"}
    _require(not unknown, f"schema keywords not supported: {sorted(unknown)}")
    if schema.get("type") == "object":
        _require(schema.get("additionalProperties") is False, "additionalProperties must be false")
        _require(set(schema["required"]) == set(schema["properties"]), "all properties must be required")
    for part in [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values(), *schema.get("anyOf", [])]:
        check_schema(part)
    if "items" in schema:
        check_schema(schema["items"])


def _error_body(path: str, status: int, message: str) -> dict[str, Any]:
    if path.startswith("/v1/messages"):
        return {"type": "error", "error": {"type": "invalid_request_error", "message": message}}
    return {"error": {"code": status, "message": message, "status": "INVALID_ARGUMENT", "details": []}}


def _require(holds: bool, rule: str) -> None:
    if not holds:
        raise BrokenRuleError(rule)
