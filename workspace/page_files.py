"""The page's own files: HTML, scripts, styles. And permalinks, which lead into it."""

from pathlib import Path
from types import MappingProxyType

from aiohttp import web

PAGE = (Path(__file__).parent / "page").resolve()
TYPES = MappingProxyType(
    {
        ".html": "text/html; charset=utf-8",
        ".js": "text/javascript; charset=utf-8",
        ".css": "text/css; charset=utf-8",
        ".svg": "image/svg+xml",
        ".json": "application/json",
        ".png": "image/png",
    }
)


def page_routes() -> list[web.AbstractRouteDef]:
    """To be added last: they answer for every path that is nobody else's."""
    return [web.get("/archives/{channel}/p{digits:\\d{7,}}", _permalink), web.get("/{path:.*}", _file)]


async def _file(request: web.Request) -> web.StreamResponse:
    """Never a file outside the directory, never an old one from a cache."""
    wanted = (PAGE / (request.match_info["path"] or "index.html")).resolve()
    if not wanted.is_relative_to(PAGE) or not wanted.is_file():
        raise web.HTTPNotFound
    kind = TYPES.get(wanted.suffix, "application/octet-stream")
    headers = {"Cache-Control": "no-cache", "Content-Type": kind, "X-Content-Type-Options": "nosniff"}
    if wanted.suffix == ".html":
        headers["Content-Security-Policy"] = "frame-ancestors 'none'"
    return web.FileResponse(wanted, headers=headers)


async def _permalink(request: web.Request) -> web.StreamResponse:
    digits = request.match_info["digits"]
    raise web.HTTPFound(f"/#/c/{request.match_info['channel']}/{digits[:-6]}.{digits[-6:]}")
