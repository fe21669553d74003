"""Is the process alive, and is it of use: for load balancers and for `sixty doctor`."""

from collections.abc import Awaitable, Callable

from aiohttp import web

Probe = Callable[[], Awaitable[bool]]


class Health:
    """``probes`` by name; each answers whether that part works now."""

    def __init__(self, probes: dict[str, Probe]) -> None:
        self._probes = probes

    async def live(self, request: web.Request) -> web.Response:  # noqa: ARG002  # aiohttp's signature
        return web.json_response({"status": "ok"})

    async def ready(self, request: web.Request) -> web.Response:  # noqa: ARG002
        parts = {name: await probe() for name, probe in self._probes.items()}
        is_ready = all(parts.values())
        body = {"status": "ok" if is_ready else "not ready", "parts": parts}
        return web.json_response(body, status=200 if is_ready else 503)
