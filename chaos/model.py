"""A model for victims: the tests' strict stand-in for the vendor, which answers as asked or as scripted."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

from aiohttp import web

from workspace.vendors.model import KEY, ModelServer, claude

ENGINE = "anthropic:claude-haiku-5-5"
WORDS = "As agreed in the meeting."


class ScriptedModel(ModelServer):
    """Answers every question with the least that fits its schema, unless something else is to be played.

    ``slow_s`` comes before each answer; ``on_request`` is called with the count of questions so far.
    """

    def __init__(self) -> None:
        super().__init__()
        self.slow_s = 0.0
        self.on_request: Callable[[int], None] = lambda _: None

    @property
    def environment(self) -> dict[str, str]:
        return {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": self.url}

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.on_request(len(self.requests) + 1)
        if self.slow_s:
            await asyncio.sleep(self.slow_s)
        if not self.plays and request.path == "/v1/messages":
            body = await request.json()
            schema = body.get("output_config", {}).get("format", {}).get("schema", {})
            self.play(claude(json.dumps(least(schema, schema.get("$defs", {})))))
        return await super().handle(request)

    def calm_down(self) -> None:
        self.plays.clear()
        self.slow_s = 0.0
        self.on_request = lambda _: None


def least(schema: dict[str, Any], named: dict[str, Any]) -> Any:
    """The shortest value that the schema allows, with words where it asks for text."""
    if "$ref" in schema:
        return least(named[schema["$ref"].rpartition("/")[2]], named)
    if "enum" in schema:
        return schema["enum"][0]
    if "anyOf" in schema:
        kinds = [kind for kind in schema["anyOf"] if kind.get("type") == "null"] or schema["anyOf"]
        return least(kinds[0], named)
    if schema.get("type") == "object":
        return {name: least(part, named) for name, part in schema.get("properties", {}).items()}
    if schema.get("format") == "date":
        return "2027-01-04"
    return {"array": [], "string": WORDS, "number": 0, "integer": 0, "boolean": False}.get(str(schema.get("type")))


@contextlib.asynccontextmanager
async def open_model() -> AsyncIterator[ScriptedModel]:
    model = ScriptedModel()
    async with model.running():
        yield model
