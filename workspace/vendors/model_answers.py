"""Answers as the model vendors send them: scripted ones, refusals, and the least that fits what was asked for."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from workspace.vendors.model_least import least, schema_in
from workspace.vendors.model_rules import blocks_of

_GOOGLE_MODEL = "gemini-3.8-flash"


@dataclass(frozen=True, kw_only=True)
class Play:
    """One scripted answer. ``hold`` answers only when the server stops; ``drop`` hangs up instead of answering."""

    status: int = 200
    body: Mapping[str, Any] | str = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    content_type: str = "application/json"
    hold: bool = False
    drop: bool = False


def claude(
    text: str = "{}",
    *,
    stop_reason: str = "end_turn",
    usage: Mapping[str, int] | None = None,
    thinking: str | None = None,
    stop_details: Mapping[str, str] | None = None,
) -> Play:
    """A message as Claude sends it, with its thoughts first when there are any."""
    content: list[dict[str, Any]] = [{"type": "text", "text": text}]
    if thinking is not None:
        content.insert(0, {"type": "thinking", "thinking": thinking, "signature": "c2ln"})
    return Play(
        body={
            "id": "msg_01",
            "type": "message",
            "role": "assistant",
            "model": "claude-haiku-5-5",
            "content": content,
            "stop_reason": stop_reason,
            "stop_sequence": None,
            "stop_details": stop_details,
            "usage": usage or {"input_tokens": 1000, "output_tokens": 100},
        }
    )


def claude_error(status: int, kind: str, message: str, **headers: str) -> Play:
    body = {"type": "error", "error": {"type": kind, "message": message}, "request_id": "req_01"}
    return Play(status=status, body=body, headers={name.replace("_", "-"): value for name, value in headers.items()})


def gemini(
    *texts: str, finish: str = "STOP", usage: Mapping[str, int] | None = None, thought: str | None = None
) -> Play:
    """A response as Gemini sends it; no texts means a candidate without content."""
    parts: list[dict[str, Any]] = [{"text": text} for text in texts]
    if thought is not None:
        parts.insert(0, {"text": thought, "thought": True})
    candidate: dict[str, Any] = {"finishReason": finish, "index": 0}
    if parts:
        candidate["content"] = {"role": "model", "parts": parts}
    counts = usage or {"promptTokenCount": 1000, "candidatesTokenCount": 100, "totalTokenCount": 1100}
    return Play(body={"candidates": [candidate], "usageMetadata": counts, "modelVersion": _GOOGLE_MODEL})


def gemini_error(status: int, name: str, message: str, details: list[dict[str, Any]] | None = None) -> Play:
    return Play(
        status=status, body={"error": {"code": status, "message": message, "status": name, "details": details or []}}
    )


def plain_claude(body: Mapping[str, Any]) -> Play:
    """The least that fits the request: a call of its first tool, a value of its schema, or a word."""
    last = blocks_of(body["messages"][-1])
    tools = [tool for tool in body.get("tools", []) if "input_schema" in tool]
    if tools and not any(block.get("type") == "tool_result" for block in last):
        call = {
            "type": "tool_use",
            "id": "toolu_01",
            "name": tools[0]["name"],
            "input": least(tools[0]["input_schema"]),
        }
        return replaced(claude(stop_reason="tool_use"), content=[call])
    given = body.get("output_config", {}).get("format", {}).get("schema")
    texts = [block["text"] for message in body["messages"] for block in blocks_of(message) if "text" in block]
    schema = given or next((found for found in map(schema_in, reversed(texts)) if found), None)
    return claude(json.dumps(least(schema)) if schema else "Understood.")


def plain_gemini(body: Mapping[str, Any]) -> Play:
    """The same as Gemini says it."""
    declared = [one for tool in body.get("tools", []) for one in tool.get("functionDeclarations", [])]
    is_answered = any("functionResponse" in part for part in body["contents"][-1].get("parts", []))
    if declared and not is_answered:
        spelt = ("parametersJsonSchema", "parameters_json_schema", "parameters")  # the SDK writes the second
        schema = next((declared[0][name] for name in spelt if declared[0].get(name)), {"type": "object"})
        call = {"functionCall": {"name": declared[0]["name"], "args": least(schema)}}
        candidate = {"finishReason": "STOP", "index": 0, "content": {"role": "model", "parts": [call]}}
        return replaced(gemini(""), candidates=[candidate])
    config = body.get("generationConfig", {})
    schema = config.get("responseJsonSchema") or config.get("responseSchema")
    return gemini(json.dumps(least(schema)) if schema else "Understood.")


def replaced(play: Play, **parts: Any) -> Play:
    """The same answer with other parts in its body."""
    return replace(play, body={**play.body, **parts}) if isinstance(play.body, Mapping) else play
