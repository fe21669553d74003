"""What every request of the page's API goes through: only from this machine and this origin, JSON in and out."""

from collections.abc import Awaitable, Callable
from typing import TypeAlias
from urllib.parse import urlsplit

from aiohttp import web

from workspace.wire import Json, SlackError

Handler: TypeAlias = Callable[[web.Request], Awaitable[Json]]
Next: TypeAlias = Callable[[web.Request], Awaitable[web.StreamResponse]]
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def answering(handler: Handler) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    """JSON in, JSON out; refusals with their code; nothing from other origins."""

    async def serve(request: web.Request) -> web.StreamResponse:
        if not is_ours(request):
            refused = {"ok": False, "error": "forbidden", "message": "only from this machine and this origin"}
            return web.json_response(refused, status=403)
        try:
            return web.json_response({"ok": True, **await handler(request)})
        except web.HTTPRequestEntityTooLarge:
            refused = {"ok": False, "error": "file_too_large", "message": "That is too large."}
            return web.json_response(refused, status=413)
        except SlackError as error:
            status = 404 if error.code.endswith("_not_found") else 400
            message = "; ".join(error.messages) or error.code
            return web.json_response({"ok": False, "error": error.code, "message": message}, status=status)

    return serve


@web.middleware
async def own_origin_only(request: web.Request, handler: Next) -> web.StreamResponse:
    """Pages of other sites, open in the same browser, get nothing at all; apps send no ``Origin``."""
    origin = request.headers.get("Origin")
    if origin is not None and urlsplit(origin).hostname not in _LOOPBACK:
        return web.Response(status=403, text="foreign origin")
    return await handler(request)


def is_ours(request: web.Request) -> bool:
    """Another site in the same browser must not act here: names and origins other than loopback are refused."""
    host = urlsplit(f"//{request.host}").hostname
    origin = request.headers.get("Origin")
    return host in _LOOPBACK and (origin is None or urlsplit(origin).netloc == request.host)


async def json_body(request: web.Request) -> Json:
    if request.content_type != "application/json":
        raise SlackError("invalid_content_type", "send application/json")
    try:
        body = await request.json()
    except ValueError:
        raise SlackError("invalid_json") from None
    if not isinstance(body, dict):
        raise SlackError("invalid_json", "expected an object")
    return body
