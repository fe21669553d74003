"""A loopback stand-in for both model vendors: strict about requests, and playing the answers it is given.

What it refuses is what the vendors refuse: other paths, headers or keys, sampling parameters, forced tools and
prefilled answers (Anthropic), schemas that strict output does not know. Each refusal is a 400 that names the rule.
"""

import json
from asyncio import Event
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import web

from workspace.faults import MODEL_KINDS, Faults
from workspace.vendors.frame import serving
from workspace.vendors.model_answers import (
    Play,
    claude,
    claude_error,
    gemini,
    gemini_error,
    plain_claude,
    plain_gemini,
    replaced,
)
from workspace.vendors.model_rules import (
    ANTHROPIC_VERSION,
    KEY,
    BrokenRuleError,
    check_anthropic,
    check_google,
    check_schema,
    require,
)
from workspace.wire import Json

__all__ = [
    "ANTHROPIC_VERSION",
    "KEY",
    "BrokenRuleError",
    "ModelServer",
    "Play",
    "check_schema",
    "claude",
    "claude_error",
    "gemini",
    "gemini_error",
]
_MALFORMED = (AttributeError, IndexError, KeyError, TypeError, ValueError)  # what reading a wrong shape leads to
_ANTHROPIC_ERRORS = {
    401: "authentication_error",
    403: "permission_error",
    404: "not_found_error",
    413: "request_too_large",
    429: "rate_limit_error",
    500: "api_error",
    504: "timeout_error",
    529: "overloaded_error",
}
_GOOGLE_ERRORS = {
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
    503: "UNAVAILABLE",
    504: "DEADLINE_EXCEEDED",
}


class ModelServer:
    """``requests`` holds the bodies of accepted requests, ``refused`` the rules that others broke.

    ``is_plain``: without a script the least that fits the request is answered, and requests need no schema.
    """

    name = "model"

    def __init__(self, *, is_plain: bool = False, faults: Faults | None = None) -> None:
        self.plays: list[Play] = []
        self.requests: list[dict[str, Any]] = []
        self.refused: list[str] = []
        self.url = ""
        self.bill: Callable[[dict[str, Any]], dict[str, int]] | None = None  # Claude's usage, instead of the scripted
        self._is_plain = is_plain
        self._faults = faults
        self._stopping = Event()

    def play(self, *plays: Play) -> None:
        self.plays.extend(plays)

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/v1/messages", self.handle, name="messages.create"),
            web.post("/v1/messages/count_tokens", self.handle, name="messages.count_tokens"),
            web.post("/v1/models/{model:[^/:]+}:generateContent", self.handle, name="models.generateContent"),
            web.get("/v1/models/{model:[^/:]+}", self.handle, name="models.get"),
            web.route("*", "/{path:.*}", self.handle),
        ]

    def refusal(self, request: web.Request, status: int) -> Json:
        return _error_body(request.path, status, f"HTTP {status}, as was asked for")

    async def close(self) -> None:
        """Lets go of the answers that are held."""
        self._stopping.set()

    async def handle(self, request: web.Request) -> web.StreamResponse:
        try:
            body = await self._accept(request)
            plain = self._plain(request, body) if self._is_plain else None
        except (BrokenRuleError, *_MALFORMED) as error:
            rule = str(error) if isinstance(error, BrokenRuleError) else f"not of the API's form: {error!r}"
            self.refused.append(rule)
            return web.json_response(_error_body(request.path, 400, rule), status=400)
        self.requests.append(body)
        if request.path.endswith("/count_tokens") and not self.plays:
            return web.json_response({"input_tokens": max(1, len(json.dumps(body.get("messages"))) // 4)})
        if request.method == "GET" and not self.plays:
            return web.json_response({"name": request.path.removeprefix("/v1/")})
        play = self._spoilt(request) or (self.plays.pop(0) if self.plays or plain is None else plain)
        if self.bill is not None and request.path == "/v1/messages" and play.status == 200:
            play = replaced(play, usage=self.bill(body))
        return await self._perform(request, play)

    def _plain(self, request: web.Request, body: dict[str, Any]) -> Play | None:
        """The least that fits the request; ``None`` when it does not ask for an answer."""
        number = f"msg_{len(self.requests) + 1:04d}"
        if request.path == "/v1/messages":
            return replaced(plain_claude(body), id=number, model=body["model"])
        if not request.path.endswith(":generateContent"):
            return None
        prompt = len(json.dumps(body["contents"])) // 4
        usage = {"promptTokenCount": prompt, "candidatesTokenCount": 100, "totalTokenCount": prompt + 100}
        model = request.match_info["model"]
        return replaced(plain_gemini(body), modelVersion=model, usageMetadata=usage)

    def _spoilt(self, request: web.Request) -> Play | None:
        """What an armed fault makes of the answer: a model that declines, is cut off, or chats."""
        operation = request.match_info.route.name or ""
        fault = self._faults.take(*MODEL_KINDS, method=operation, vendor=self.name) if self._faults else None
        if fault is None:
            return None
        is_claude = request.path == "/v1/messages"
        match fault.kind:
            case "declined":
                return claude("", stop_reason="refusal") if is_claude else gemini(finish="SAFETY")
            case "cut_off":
                return claude('{"', stop_reason="max_tokens") if is_claude else gemini('{"', finish="MAX_TOKENS")
            case _:
                said = "Certainly! Here is what you asked for."
                return claude(said) if is_claude else gemini(said)

    async def _accept(self, request: web.Request) -> dict[str, Any]:
        if request.path in ("/v1/messages", "/v1/messages/count_tokens"):
            require(request.method == "POST", "POST only")
            body = await _object(request)
            counts_only = request.path.endswith("count_tokens")
            check_anthropic(request.headers, body, counts_only=counts_only, needs_schema=not self._is_plain)
            return body
        if request.path.startswith("/v1/models/"):
            require(request.headers.get("x-goog-api-key") == KEY, "x-goog-api-key is missing or wrong")
            if request.method == "GET":
                return {}
            require(request.path.endswith(":generateContent"), f"unknown method {request.path}")
            body = await _object(request)
            check_google(body, needs_schema=not self._is_plain)
            return body
        raise BrokenRuleError(f"unknown path {request.path}")

    async def _perform(self, request: web.Request, play: Play) -> web.StreamResponse:
        if play.hold:
            await self._stopping.wait()
        if play.drop and request.transport is not None:
            request.transport.close()
        text = play.body if isinstance(play.body, str) else json.dumps(play.body)
        own = {"request-id": f"req_{len(self.requests):04d}"} if request.path.startswith("/v1/messages") else {}
        headers = {**own, **play.headers}
        return web.Response(status=play.status, text=text, content_type=play.content_type, headers=headers)

    @asynccontextmanager
    async def running(self) -> AsyncIterator["ModelServer"]:
        """Served without a workspace around it."""
        async with serving(self):
            yield self


async def _object(request: web.Request) -> dict[str, Any]:
    try:
        body = await request.json()
    except ValueError:
        body = None
    require(isinstance(body, dict), "the body must be a JSON object")
    return dict(body)


def _error_body(path: str, status: int, message: str) -> Json:
    if path.startswith("/v1/messages"):
        kind = _ANTHROPIC_ERRORS.get(status, "invalid_request_error" if status < 500 else "api_error")
        return {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_01"}
    name = _GOOGLE_ERRORS.get(status, "INVALID_ARGUMENT" if status < 500 else "INTERNAL")
    return {"error": {"code": status, "message": message, "status": name, "details": []}}
