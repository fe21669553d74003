"""GET /metrics, on a port of its own: whoever may reach the webhooks need not see how much is going on in here."""

from collections.abc import Awaitable, Callable

from aiohttp import web

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"

Tell = Callable[[], Awaitable[bytes]]


def make_metrics_app(tell: Tell) -> web.Application:
    """``tell`` answers the figures in Prometheus' text format."""

    async def show(request: web.Request) -> web.Response:  # noqa: ARG001  # aiohttp's signature
        return web.Response(body=await tell(), headers={"Content-Type": CONTENT_TYPE})

    app = web.Application()
    app.router.add_get("/metrics", show)
    return app
