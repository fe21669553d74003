"""One authorised call of a Google API, and how its parameters are read."""

import json
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeAlias
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from aiohttp import web

from workspace.model import Person
from workspace.vendors.google.accounts import Accounts, Grant
from workspace.vendors.google.errors import GoogleError, invalid
from workspace.vendors.google.fields import part_of
from workspace.wire import Json

Handler: TypeAlias = Callable[["Call"], Awaitable[Json | None]]
_OFFSET = re.compile(r"(Z|[+-]\d{2}:\d{2})$")


@dataclass(frozen=True)
class Operation:
    """One method of an API. ``id`` and ``scopes`` are those of its discovery document; any one scope is enough."""

    id: str
    verb: str
    path: str
    scopes: frozenset[str]
    handler: Handler

    def route(self, accounts: Accounts) -> web.RouteDef:
        async def serve(request: web.Request) -> web.StreamResponse:
            grant = accounts.authorized(request, self.scopes)
            person = accounts.person(grant.email)
            answer = await self.handler(Call(request, grant, person, await _body(request)))
            if answer is None:
                return web.Response(status=204)
            headers = {"ETag": answer["etag"]} if "etag" in answer else {}
            if headers and request.headers.get("If-None-Match") == answer["etag"]:
                return web.Response(status=304, headers=headers)
            fields = request.query.get("fields")
            return web.json_response(part_of(answer, fields) if fields else answer, headers=headers)

        return web.route(self.verb, self.path, serve, name=self.id)


@dataclass(frozen=True)
class Call:
    """``person`` is who let the app in; ``body`` is empty when there is none."""

    request: web.Request
    grant: Grant
    person: Person
    body: Json

    @property
    def email(self) -> str:
        return self.grant.email

    def place(self, name: str) -> str:
        """A part of the path."""
        return self.request.match_info[name]

    def text(self, name: str) -> str:
        return self.request.query.get(name, "")

    def many(self, name: str) -> list[str]:
        return self.request.query.getall(name, [])

    def choice(self, name: str, allowed: tuple[str, ...], default: str = "") -> str:
        value = self.request.query.get(name, default)
        if value and value not in allowed:
            raise invalid(name, f"Invalid value for {name}: {value}. Allowed: {', '.join(allowed)}")
        return value

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self.request.query.get(name, "true" if default else "false")
        if value not in ("true", "false"):
            raise invalid(name)
        return value == "true"

    def number(self, name: str, default: int, *, most: int | None = None, least: int = 1) -> int:
        """More than the most is cut to it, as Google does; less than the least is refused."""
        value = self.request.query.get(name)
        if value is None:
            return default
        if not re.fullmatch(r"-?\d{1,18}", value) or int(value) < least:
            raise invalid(name)
        return int(value) if most is None else min(int(value), most)

    def moment(self, name: str) -> datetime | None:
        value = self.request.query.get(name)
        return None if value is None else moment(value, name)

    def zone(self, default: str) -> ZoneInfo:
        return zone(self.request.query.get("timeZone", default), "timeZone")


def moment(value: object, name: str) -> datetime:
    """An RFC 3339 time stamp with its offset, in UTC; milliseconds are ignored."""
    text = str(value).upper().replace(" ", "+")  # a + that was not escaped
    said = f"Invalid value for: {name}: expected an RFC 3339 time with its offset"
    if "T" not in text or not _OFFSET.search(text):
        raise invalid(name, said)
    try:
        return datetime.fromisoformat(text).astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError):
        raise invalid(name, said) from None


def zone(name: object, place: str) -> ZoneInfo:
    try:
        return ZoneInfo(str(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise invalid(place, f"Invalid time zone: {name}") from None


async def _body(request: web.Request) -> Json:
    content = await request.read()
    if not content:
        return {}
    if request.content_type != "application/json":
        raise GoogleError(400, "badContent", f"Media type '{request.content_type}' is not supported.")
    try:
        body = json.loads(content)
    except ValueError:
        raise GoogleError(400, "parseError", "Parse Error") from None
    if not isinstance(body, dict):
        raise GoogleError(400, "parseError", "This API does not support parsing non-object input.")
    return body
