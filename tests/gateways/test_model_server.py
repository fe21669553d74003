"""The stand-in refuses what the vendors refuse: seen to fail, so that its silence means something."""

from copy import deepcopy
from typing import Any

import aiohttp
import pytest

from gateways.model.schema import strict_schema
from sequences.records.insight import CallType
from workspace.vendors.model import ANTHROPIC_VERSION, KEY, ModelServer, claude, gemini

CLAUDE_HEADERS = {"anthropic-version": ANTHROPIC_VERSION, "Authorization": f"Bearer {KEY}"}
CLAUDE: dict[str, Any] = {
    "model": "claude-haiku-5-5",
    "max_tokens": 100,
    "system": [{"type": "text", "text": "Be exact."}],
    "messages": [{"role": "user", "content": [{"type": "text", "text": "Classify."}]}],
    "output_config": {"format": {"type": "json_schema", "schema": strict_schema(CallType)}},
}
GEMINI_HEADERS = {"x-goog-api-key": KEY}
GEMINI: dict[str, Any] = {
    "contents": [{"role": "user", "parts": [{"text": "Classify."}]}],
    "generationConfig": {"responseMimeType": "application/json", "responseJsonSchema": strict_schema(CallType)},
}


async def post(server: ModelServer, path: str, headers: dict[str, str], body: dict[str, Any]) -> int:
    async with aiohttp.ClientSession() as session, session.post(server.url + path, headers=headers, json=body) as got:
        await got.read()
        return got.status


async def test_what_is_right_is_accepted(model_server: ModelServer) -> None:
    model_server.play(claude(), gemini())
    assert await post(model_server, "/v1/messages", CLAUDE_HEADERS, CLAUDE) == 200
    assert await post(model_server, "/v1/models/gemini-x:generateContent", GEMINI_HEADERS, GEMINI) == 200
    assert model_server.refused == []


@pytest.mark.parametrize(
    ("path", "headers", "rule"),
    [
        ("/v1/complete", CLAUDE_HEADERS, "unknown path"),
        ("/v1/messages", {"anthropic-version": ANTHROPIC_VERSION, "x-api-key": KEY}, "Authorization"),
        ("/v1/messages", CLAUDE_HEADERS | {"Authorization": "Bearer other"}, "Authorization"),
        ("/v1/messages", CLAUDE_HEADERS | {"anthropic-version": "2023-06-01"}, "anthropic-version"),
        ("/v1beta/models/gemini-x:generateContent", GEMINI_HEADERS, "unknown path"),
        ("/v1/models/gemini-x:streamGenerateContent", GEMINI_HEADERS, "unknown method"),
        ("/v1/models/gemini-x:generateContent", {}, "x-goog-api-key"),
    ],
)
async def test_wrong_paths_and_headers(
    model_server: ModelServer, path: str, headers: dict[str, str], rule: str
) -> None:
    body = CLAUDE if "messages" in path else GEMINI
    assert await post(model_server, path, headers, body) == 400
    assert rule in model_server.refused[0]


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({"temperature": 0}, "temperature"),
        ({"top_p": 1}, "top_p"),
        ({"tool_choice": {"type": "any"}}, "tool_choice"),
        ({"max_tokens": None}, "max_tokens"),
        ({"messages": []}, "messages"),
        ({"messages": [*CLAUDE["messages"], {"role": "assistant", "content": "{"}]}, "prefilled"),
        ({"messages": [{"role": "user", "content": [{"type": "text", "text": " "}]}]}, "non-empty"),
        ({"output_config": {}}, "no schema"),
        ({"output_config": {"format": {"type": "json_schema", "schema": CallType.model_json_schema()}}}, "schema"),
    ],
)
async def test_what_claude_refuses(model_server: ModelServer, change: dict[str, Any], rule: str) -> None:
    assert await post(model_server, "/v1/messages", CLAUDE_HEADERS, CLAUDE | change) == 400
    assert rule in model_server.refused[0]


@pytest.mark.parametrize("missing", ["responseMimeType", "responseJsonSchema"])
async def test_what_gemini_refuses(model_server: ModelServer, missing: str) -> None:
    body = deepcopy(GEMINI)
    del body["generationConfig"][missing]
    assert await post(model_server, "/v1/models/gemini-x:generateContent", GEMINI_HEADERS, body) == 400
    assert len(model_server.refused) == 1
