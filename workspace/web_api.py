"""The HTTP face towards apps: ``/api/<method>``, ``/link/`` and ``/response/<id>``."""

import asyncio
import json
from collections.abc import Mapping
from json import JSONDecodeError
from typing import Any
from urllib.parse import parse_qsl

from aiohttp import web

from workspace.core import Workspace
from workspace.faults import Fault
from workspace.incoming_webhooks import content_of
from workspace.interactions.answers import answer
from workspace.log import Entry
from workspace.methods.call import Call, Method
from workspace.model import App
from workspace.wire import Json, SlackError

SECRETS = ("token", "client_secret", "refresh_token", "code_verifier")
POST_TYPES = ("application/json", "application/x-www-form-urlencoded", "multipart/form-data", "text/plain")
CHARSETS = ("utf-8", "utf8", "iso-8859-1")
RETIRED = frozenset(
    {"files.upload", "rtm.start", "channels.list", "groups.list", "im.list", "mpim.list", "oauth.access"}
)


class WebApi:
    """Serves calls from a table of methods."""

    def __init__(self, ws: Workspace, methods: Mapping[str, Method]) -> None:
        self._ws = ws
        self._methods = methods

    def routes(self) -> list[web.RouteDef]:
        return [
            web.post("/api/{method}", self.serve),
            web.get("/api/{method}", self.serve),
            web.post("/response/{reply_id}", self.respond),
            web.get("/link/", self._ws.sockets.serve),
            web.get("/link", self._ws.sockets.serve),
        ]

    async def serve(self, request: web.Request) -> web.StreamResponse:
        name = request.match_info["method"]
        args = await _arguments(request)
        given = args if isinstance(args, dict) else {}
        shown = {key: value for key, value in given.items() if key not in SECRETS}
        entry = self._ws.log.add("api_call", app_id=None, method=name, request=shown, response=None, status=None)
        fault = self._ws.faults.take("rate_limit", "error", "status", "slow", "lost_answer", method=name)
        if fault is not None and fault.kind == "slow":
            await asyncio.sleep(float(fault.details.get("seconds", 4)))
        if planned := _planned(fault):
            return self._finish(entry, *planned)
        status, body, headers = await self._answer(request, name, args, entry)
        if fault is not None and fault.kind == "lost_answer" and request.transport is not None:
            self._finish(entry, 0, body, {})
            request.transport.abort()
        return self._finish(entry, status, body, headers)

    async def respond(self, request: web.Request) -> web.StreamResponse:
        """``POST /response/<id>``: plain ``ok`` or Slack's error with 404."""
        try:
            content = await content_of(request)
        except SlackError:
            content = {}
        entry = self._ws.log.add("http", method="POST", path=request.path, request=content, response=None, status=None)
        try:
            answer(self._ws, request.match_info["reply_id"], content)
        except SlackError as error:
            status = 404 if error.code.endswith("_url") else 400
            self._ws.log.complete(entry, status=status, response=error.to_json())
            return web.json_response(error.to_json(), status=status)
        self._ws.log.complete(entry, status=200, response="ok")
        return web.Response(text="ok")

    async def _answer(
        self, request: web.Request, name: str, args: Json | str, entry: Entry
    ) -> tuple[int, Json, dict[str, str]]:
        method = self._methods.get(name)
        if name in RETIRED:
            return 200, {"ok": False, "error": "method_deprecated"}, {}
        if method is None:
            return 200, {"ok": False, "error": "unknown_method", "req_method": name}, {}
        if isinstance(args, str):
            return 200, {"ok": False, "error": args}, {}
        try:
            token = _token(request, args)
            app, user_id = self._authorized(token, method)
            entry.fields["app_id"] = app.id
            place = str(args.get("channel") or "") if method.tier == "post" else ""  # that tier counts by channel
            wait = self._ws.rates.seconds_to_wait(app.id, f"{name} {place}", method.tier)
            if wait:
                return 429, {"ok": False, "error": "ratelimited"}, {"Retry-After": str(wait)}
            call = Call(self._ws, app, args, basic_auth=_basic(request), token=token, user_id=user_id)
            call.need_scopes(*method.scopes)
            body = await method.handler(call)
        except SlackError as error:
            return 200, error.to_json(), {}
        return 200, _warned({"ok": True, **body}, request), _scope_headers(app, method)

    def _authorized(self, token: str, method: Method) -> tuple[App, str]:
        """The app that calls, and as whom."""
        if method.token == "none":  # noqa: S105 - a kind of token, not one
            return self._ws.state.app(), ""
        if not token:
            raise SlackError("not_authed")
        if method.token == "signed-in":  # noqa: S105
            one = self._ws.sign_in.by_token(token)
            return self._ws.state.app(one.app_id), one.user_id
        known = self._ws.tokens.by_value(token)
        if known.kind not in method.token.split("|"):
            raise SlackError("not_allowed_token_type")
        return self._ws.state.app(known.app_id), known.user_id

    def _finish(self, entry: Entry, status: int, body: Json, headers: Mapping[str, str]) -> web.Response:
        self._ws.log.complete(entry, status=status, response=body)
        return web.json_response(body, status=status or 200, headers=headers)


def _warned(body: Json, request: web.Request) -> Json:
    """Slack's remarks about charsets: JSON should name one, forms should not."""
    is_json, names_charset = request.content_type == "application/json", request.charset is not None
    if request.method != "POST" or is_json is names_charset or not request.body_exists:
        return body
    warning = "missing_charset" if is_json else "superfluous_charset"
    metadata = body.get("response_metadata") or {}
    warnings = [*metadata.get("warnings", []), warning]
    return {**body, "warning": ",".join(warnings), "response_metadata": {**metadata, "warnings": warnings}}


def _token(request: web.Request, args: Json) -> str:
    bearer = request.headers.get("Authorization", "").removeprefix("Bearer ").strip()
    return bearer or str(args.get("token") or "")


def _basic(request: web.Request) -> str:
    kind, _, value = request.headers.get("Authorization", "").partition(" ")
    return value.strip() if kind.lower() == "basic" else ""


def _planned(fault: Fault | None) -> tuple[int, Json, dict[str, str]] | None:
    """The answer that a fault gives instead of the method's own."""
    if fault is None or fault.kind in ("slow", "lost_answer"):
        return None
    if fault.kind == "rate_limit":
        headers = {"Retry-After": str(fault.details.get("retry_after", 1))}
        return 429, {"ok": False, "error": "ratelimited"}, headers
    if fault.kind == "status":
        return int(fault.details.get("status", 503)), {"ok": False, "error": "service_unavailable"}, {}
    return 200, {"ok": False, "error": str(fault.details.get("error", "internal_error"))}, {}


def _scope_headers(app: App, method: Method) -> dict[str, str]:
    granted = ",".join(sorted(app.scopes)) if app.scopes is not None else ",".join(method.scopes)
    return {"X-OAuth-Scopes": granted, "X-Accepted-OAuth-Scopes": ",".join(method.scopes)}


def _wrong_kind(request: web.Request) -> str | None:
    """Slack's code for a body that does not say what it is, or says what Slack does not read."""
    if "Content-Type" not in request.headers:
        return "missing_post_type"
    if request.content_type not in POST_TYPES:
        return "invalid_post_type"
    return None if (request.charset or "utf-8").lower() in CHARSETS else "invalid_charset"


async def _arguments(request: web.Request) -> Json | str:
    """Query, form or JSON; Slack's code when it is of no such kind, or the JSON is broken or no object."""
    args: dict[str, Any] = dict(request.query)
    kind = request.content_type
    if request.body_exists and (wrong := _wrong_kind(request)):
        return wrong
    if kind == "application/json":
        try:
            body = json.loads(await request.text() or "{}")
        except (JSONDecodeError, UnicodeDecodeError):
            return "invalid_json"
        return args | body if isinstance(body, dict) else "json_not_object"
    if kind == "multipart/form-data":
        form = await request.post()
        return args | {key: value for key, value in form.items() if isinstance(value, str)}
    return args | dict(parse_qsl(await request.text(), keep_blank_values=True))
