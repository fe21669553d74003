"""What every vendor's server has: a port of its own on loopback, a line in the log per request, faults on demand."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol, TypeAlias
from urllib.parse import parse_qsl

from aiohttp import web

from workspace.faults import VENDOR_KINDS, Fault, Faults
from workspace.feed import Feed
from workspace.ids import Ids
from workspace.log import Entry, Log
from workspace.page_guard import own_origin_only
from workspace.wire import Json

BODY_BYTES = 40_000_000
SHOWN = 100_000  # characters of a body in the log
SECRETS = frozenset(
    {"access_token", "client_secret", "code", "code_verifier", "id_token", "key", "refresh_token", "token"}
)
Handler: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]


class VendorRefusal(Exception):  # noqa: N818 - a vendor's answer, as HTTP exceptions are
    """A refusal in the vendor's own words, raised anywhere below a handler."""

    def __init__(self, status: int, body: Json, headers: Mapping[str, str] | None = None) -> None:
        super().__init__(f"{status}: {json.dumps(body)}")
        self.status = status
        self.body = body
        self.headers = dict(headers or {})


class Watched(Protocol):
    """Whose requests are written down and may fail."""

    @property
    def name(self) -> str: ...

    def refusal(self, request: web.Request, status: int) -> Json:
        """The body with which the vendor says so: for faults, unknown paths and wrong verbs."""
        ...


class Vendor(Watched, Protocol):
    """``routes`` carry the vendor's own name of each operation as theirs; faults are armed by it."""

    url: str  # without a slash at its end; empty until it is served

    def routes(self) -> list[web.RouteDef]: ...

    async def close(self) -> None:
        """Ends what it does in the background."""
        ...


class VendorServer:
    """One vendor, served."""

    def __init__(self, vendor: Vendor, log: Log, faults: Faults) -> None:
        self._vendor = vendor
        self._log = log
        self._faults = faults
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> None:
        app = web.Application(
            client_max_size=BODY_BYTES, middlewares=[own_origin_only, watched(self._vendor, self._log, self._faults)]
        )
        app.add_routes(self._vendor.routes())
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        self._vendor.url = f"http://{host}:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        await self._vendor.close()
        if self._runner is not None:
            await self._runner.cleanup()


@asynccontextmanager
async def serving(vendor: Vendor) -> AsyncIterator[VendorServer]:
    """One vendor without a workspace around it."""
    log = Log(Feed(), Ids())
    server = VendorServer(vendor, log, Faults(log))
    await server.start("127.0.0.1", 0)
    try:
        yield server
    finally:
        await server.stop()


def watched(vendor: Watched, log: Log, faults: Faults) -> Any:
    """The middleware that writes the log and lets armed faults strike."""

    @web.middleware
    async def watch(request: web.Request, handler: Handler) -> web.StreamResponse:
        operation = request.match_info.route.name or "unknown"
        entry = _opened(log, vendor.name, operation, request)
        fault = faults.take(*VENDOR_KINDS, method=operation, vendor=vendor.name)
        answer: web.StreamResponse = web.Response(status=500)
        try:
            entry.fields["request"] = shown(await request.read(), request.content_type)
            answer = await _answer(vendor, request, handler, fault)
        except web.HTTPRequestEntityTooLarge:
            answer = web.json_response(vendor.refusal(request, 413), status=413)
        finally:  # also when the client hangs up, or the server is broken
            _close(log, entry, request, answer)
        return answer

    return watch


def shown(content: bytes, content_type: str) -> object:
    """A body as the log shows it: parsed if it can be, shortened if it is long, without secrets."""
    text = content.decode("utf-8", "replace")
    if content_type == "application/x-www-form-urlencoded":
        return _masked(dict(parse_qsl(text, keep_blank_values=True)))
    if len(text) > SHOWN:
        return f"{text[:SHOWN]}… {len(text) - SHOWN} more characters"
    try:
        body = json.loads(text) if text else None
    except ValueError:
        return text
    return _masked(body) if isinstance(body, dict) else body


async def _answer(vendor: Watched, request: web.Request, handler: Handler, fault: Fault | None) -> web.StreamResponse:
    kind = fault.kind if fault else ""
    details = fault.details if fault else {}
    if kind == "slow":
        await asyncio.sleep(float(details.get("seconds", 4)))
    elif kind == "rate_limit":
        headers = {"Retry-After": str(details.get("retry_after", 1))}
        return web.json_response(vendor.refusal(request, 429), status=429, headers=headers)
    elif kind == "status":
        status = int(details.get("status", 503))
        return web.json_response(vendor.refusal(request, status), status=status)
    elif kind == "drop":
        return _hung_up(request)
    answer = await _own_answer(vendor, request, handler)
    if kind == "lost_answer":
        return _hung_up(request)
    return _cut(answer) if kind == "invalid_body" else answer


async def _own_answer(vendor: Watched, request: web.Request, handler: Handler) -> web.StreamResponse:
    try:
        return await handler(request)
    except VendorRefusal as refused:
        return web.json_response(refused.body, status=refused.status, headers=refused.headers)
    except web.HTTPError as refused:
        return web.json_response(vendor.refusal(request, refused.status), status=refused.status)


def _hung_up(request: web.Request) -> web.Response:
    """The connection is gone: what is returned reaches nobody."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response(status=499)


def _cut(answer: web.StreamResponse) -> web.Response:
    """The first half of a body that is valid as a whole."""
    body = answer.body if isinstance(answer, web.Response) and isinstance(answer.body, bytes) else b""
    half = body[: len(body) // 2] or b"{"
    return web.Response(body=half, status=answer.status, content_type="application/json")


def _opened(log: Log, vendor: str, operation: str, request: web.Request) -> Entry:
    query = {key: "…" if key in SECRETS else value for key, value in request.query.items()}
    place = {"method": request.method, "path": request.path, "query": query}
    return log.add("vendor", vendor=vendor, operation=operation, **place, request=None, response=None, status=None)


def _close(log: Log, entry: Entry, request: web.Request, answer: web.StreamResponse) -> None:
    content = answer.body if isinstance(answer, web.Response) and isinstance(answer.body, bytes) else b""
    is_lost = request.transport is None or request.transport.is_closing()
    log.complete(entry, status=0 if is_lost else answer.status, response=shown(content, answer.content_type))


def _masked(body: Json) -> Json:
    return {key: "…" if key in SECRETS else value for key, value in body.items()}
