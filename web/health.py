"""Is this process alive (/healthz), and is it of use now (/readyz)? The second asks every part that it stands on."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

Check = Callable[[], Awaitable[str | None]]
PATIENCE_S = 5.0  # whoever asks has given up by then


class Health:
    """``checks`` by name; each answers None when that part works, else a plain sentence that says why not."""

    def __init__(self, checks: Mapping[str, Check]) -> None:
        self._checks = checks

    async def live(self, request: web.Request) -> web.Response:  # noqa: ARG002  # aiohttp's signature
        return web.json_response({"status": "ok"})

    async def ready(self, request: web.Request) -> web.Response:  # noqa: ARG002
        reasons = await asyncio.gather(*map(_asked, self._checks.values()))
        checks = {name: reason or "ok" for name, reason in zip(self._checks, reasons, strict=True)}
        is_ready = not any(reasons)
        body = {"status": "ok" if is_ready else "not ready", "checks": checks}
        return web.json_response(body, status=200 if is_ready else 503)


async def _asked(check: Check) -> str | None:
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await check()
    except TimeoutError:
        return f"no answer within {PATIENCE_S:.0f} seconds"
