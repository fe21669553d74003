"""Pictures of people: their initials on their colour, as an SVG that any size fits."""

from html import escape

from aiohttp import web

from workspace.model import Person
from workspace.state import State
from workspace.wire import Json

SIZES = (24, 32, 48, 72, 192, 512)


def picture_urls(base_url: str, person: Person) -> Json:
    """The ``image_*`` fields of a profile."""
    return {f"image_{size}": f"{base_url}/avatars/{person.id}.svg" for size in SIZES}


def avatar_routes(state: State) -> list[web.RouteDef]:
    async def serve(request: web.Request) -> web.Response:
        person = state.people.get(request.match_info["id"])
        if person is None:
            raise web.HTTPNotFound
        headers = {"X-Content-Type-Options": "nosniff", "Content-Security-Policy": "default-src 'none'"}
        return web.Response(text=_svg(person), content_type="image/svg+xml", headers=headers)

    return [web.get("/avatars/{id}.svg", serve)]


def _svg(person: Person) -> str:
    initials = "".join(part[0] for part in person.real_name.split()[:2]).upper() or "?"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72">'
        f'<rect width="72" height="72" rx="12" fill="#{escape(person.color)}"/>'
        '<text x="36" y="46" text-anchor="middle" font-family="sans-serif" font-size="28" fill="#fff">'
        f"{escape(initials)}</text></svg>"
    )
