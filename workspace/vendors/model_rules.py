"""What both model vendors refuse, as rules that a request can break."""

from collections.abc import Mapping
from typing import Any

from workspace.vendors.model_least import schema_in

ANTHROPIC_VERSION = "2026-10-21"
KEY = "test-key"
_SCHEMA_KEYS = {
    *(
        "type",
        "enum",
        "const",
        "$ref",
        "$defs",
        "title",
        "description",
        "format",
        "anyOf",
        "allOf",
        "items",
        "minItems",
    ),
    *("properties", "required", "additionalProperties"),
}


class BrokenRuleError(Exception):
    """The request is one that the vendor would refuse."""


def require(holds: bool, rule: str) -> None:
    if not holds:
        raise BrokenRuleError(rule)


def check_anthropic(headers: Mapping[str, str], body: dict[str, Any], *, counts_only: bool, needs_schema: bool) -> None:
    """``needs_schema``: an answer in a form that the request gives, or none at all; then there are no tools either."""
    require(headers.get("anthropic-version") == ANTHROPIC_VERSION, "anthropic-version is missing or wrong")
    require(headers.get("authorization") == f"Bearer {KEY}", "Authorization must be Bearer with the key")
    for name in ("temperature", "top_p", "top_k"):
        require(name not in body, f"{name} is not accepted")
    require(not body.get("stream"), "stream is not served here")
    choice = body.get("tool_choice", {})
    require(choice.get("type") not in ("any", "tool"), "tool_choice is not accepted: calls of tools cannot be forced")
    require(isinstance(body.get("model"), str), "model is required")
    require(bool(body.get("messages")), "messages are required")
    require(body["messages"][-1]["role"] == "user", "the last turn must be the user's: prefilled answers are refused")
    _check_tools(body.get("tools", []), allowed=not needs_schema)
    if not counts_only:
        _check_content(body, needs_schema=needs_schema)


def _check_content(body: dict[str, Any], *, needs_schema: bool) -> None:
    require(isinstance(body.get("max_tokens"), int), "max_tokens is required")
    blocks = [block for message in body["messages"] for block in blocks_of(message)] + system_of(body)
    texts = [block["text"] for block in blocks if block.get("type", "text") == "text"]
    require(all(text.strip() for text in texts), "text content blocks must be non-empty")
    require(sum("cache_control" in block for block in blocks) <= 4, "at most 4 cache breakpoints")
    output = body.get("output_config", {}).get("format")
    if output is not None:
        require(output["type"] == "json_schema", "output format must be json_schema")
        check_schema(output["schema"], is_full=needs_schema)
    elif needs_schema:
        require(any(schema_in(text) for text in texts), "no schema for the answer")


def _check_tools(tools: list[dict[str, Any]], *, allowed: bool) -> None:
    require(allowed or not tools, "tools is not accepted")
    for tool in tools:
        require(bool(tool.get("name")), "tools: name is required")
        is_own = tool.get("type", "custom") == "custom"
        require(not is_own or tool.get("input_schema", {}).get("type") == "object", "tools: input_schema is required")


def blocks_of(message: Mapping[str, Any]) -> list[dict[str, Any]]:
    content = message["content"]
    if isinstance(content, str):
        return [{"type": "text", "text": content}]
    is_list = isinstance(content, list) and all(isinstance(block, dict) for block in content)
    require(is_list, "content must be a text or a list of blocks")
    return list(content)


def system_of(body: Mapping[str, Any]) -> list[dict[str, Any]]:
    return blocks_of({"content": body.get("system") or []})


def check_google(body: dict[str, Any], *, needs_schema: bool) -> None:
    require(bool(body.get("contents")), "contents are required")
    require(body["contents"][-1].get("role", "user") in ("user", "function"), "the last turn must be the user's")
    config = body.get("generationConfig", {})
    if needs_schema:
        require(config.get("responseMimeType") == "application/json", "responseMimeType must be application/json")
        require("responseJsonSchema" in config, "no schema for the answer")
        check_schema(config["responseJsonSchema"])
    has_schema = "responseJsonSchema" in config or "responseSchema" in config
    is_json = config.get("responseMimeType") == "application/json"
    require(not has_schema or is_json, "responseMimeType must be application/json")


def check_schema(schema: Mapping[str, Any], *, is_full: bool = True) -> None:
    """Closed objects, and no keyword that strict output does not know. ``is_full``: every property is required, too."""
    unknown = set(schema) - _SCHEMA_KEYS
    require(not unknown, f"schema keywords not supported: {sorted(unknown)}")
    if schema.get("type") == "object":
        require(schema.get("additionalProperties") is False, "schema: additionalProperties must be false")
        is_complete = set(schema.get("required", [])) == set(schema.get("properties", {}))
        require(is_complete or not is_full, "schema: all properties must be required")
    parts = [*schema.get("properties", {}).values(), *schema.get("$defs", {}).values()]
    for part in [*parts, *schema.get("anyOf", []), *schema.get("allOf", [])]:
        check_schema(part, is_full=is_full)
    if "items" in schema:
        check_schema(schema["items"], is_full=is_full)
