"""Every call from outside gets a correlation id: in the log, in the answer's X-Correlation-Id, in the trace."""

import logging

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from sequences.ports.observing import Observer
from sequences.ports.store import StoreError
from sequences.tracing import begin

log = logging.getLogger(__name__)

HEADER = "X-Correlation-Id"
PROBES = frozenset(("/healthz", "/readyz"))  # asked every few seconds; nobody wants to follow them


def correlating(observer: Observer) -> Middleware:
    """The outermost middleware: whatever breaks further in is logged, and answered without its details."""

    @web.middleware
    async def handle(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.path in PROBES:
            return await handler(request)
        correlation_id = begin()
        try:
            with observer.span("http", route=_route(request), method=request.method):
                response = await handler(request)
        except web.HTTPException as error:
            error.headers[HEADER] = correlation_id
            raise
        except Exception as error:
            log.exception("request failed", extra={"route": _route(request)})
            response = _apology(error, correlation_id)
        response.headers[HEADER] = correlation_id
        return response

    return handle


def _route(request: web.Request) -> str:
    """As it was registered; what a stranger typed is not repeated."""
    resource = request.match_info.route.resource
    return resource.canonical if resource else "unknown"


def _apology(error: Exception, correlation_id: str) -> web.Response:
    """A sender that gets one comes again: at once is too soon when the database is away."""
    is_away = isinstance(error, StoreError)
    body = {"error": "come again later" if is_away else "something went wrong here", "correlation_id": correlation_id}
    return web.json_response(body, status=503 if is_away else 500, headers={"Retry-After": "30"} if is_away else None)
