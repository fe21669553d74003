"""The shortest value that a JSON schema allows: enough for an app to be developed on, and nothing that looks clever."""

import json
from collections.abc import Mapping
from typing import Any

WORDS = "As agreed."
_FORMATS = {
    "date": "2027-01-04",
    "date-time": "2027-01-04T09:00:00Z",
    "time": "09:00:00Z",
    "email": "somebody@example.com",
    "uri": "https://example.com/",
    "uuid": "00000000-0000-4000-8000-000000000000",
}
_DEEPEST = 12


def least(schema: Mapping[str, Any], *, root: Mapping[str, Any] | None = None, depth: int = 0) -> Any:
    """Objects get their required properties, or all when none is named; lists as few items as they may have."""
    root = root if root is not None else schema
    if depth > _DEEPEST:
        return None
    if "$ref" in schema:
        return least(_named(root, str(schema["$ref"])), root=root, depth=depth + 1)
    for word, chosen in (("anyOf", _easiest), ("oneOf", _easiest), ("allOf", lambda parts: _merged(parts, root))):
        if schema.get(word):
            return least(chosen(schema[word]), root=root, depth=depth + 1)
    fixed = [schema[word] for word in ("const", "default") if word in schema] + list(schema.get("enum", []))
    return fixed[0] if fixed else _by_type(schema, root, depth)


def schema_in(text: str) -> dict[str, Any] | None:
    """The first JSON schema that a text contains: how models that take none are told the form of the answer."""
    decoder, start = json.JSONDecoder(), text.find("{")
    while start >= 0:
        try:
            found, end = decoder.raw_decode(text, start)
        except ValueError:
            start = text.find("{", start + 1)
            continue
        if isinstance(found, dict) and ("properties" in found or "$defs" in found or "anyOf" in found):
            return found
        start = text.find("{", end)
    return None


def _by_type(schema: Mapping[str, Any], root: Mapping[str, Any], depth: int) -> Any:
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = "null" if "null" in kind else kind[0]
    match str(kind or ("object" if "properties" in schema else "")).lower():
        case "object":
            properties = schema.get("properties", {})
            wanted = schema.get("required") or list(properties)
            return {name: least(properties.get(name, {}), root=root, depth=depth + 1) for name in wanted}
        case "array":
            items = schema.get("items", {})
            return [least(items, root=root, depth=depth + 1) for _ in range(int(schema.get("minItems", 0)))]
        case "string":
            return _string(schema)
        case "integer" | "number":
            return schema.get("minimum", 0)
        case "boolean":
            return False
    return None


def _string(schema: Mapping[str, Any]) -> str:
    words = _FORMATS.get(str(schema.get("format")), WORDS)
    shortest, longest = int(schema.get("minLength", 0)), schema.get("maxLength")
    return (words * (1 + shortest // len(words)))[: max(shortest, len(words)) if longest is None else int(longest)]


def _easiest(choices: list[Mapping[str, Any]]) -> Mapping[str, Any]:
    return next((one for one in choices if one.get("type") == "null"), choices[0])


def _merged(parts: list[Mapping[str, Any]], root: Mapping[str, Any]) -> dict[str, Any]:
    merged: dict[str, Any] = {}
    for part in parts:
        known = _named(root, str(part["$ref"])) if "$ref" in part else part
        properties = {**merged.get("properties", {}), **known.get("properties", {})}
        merged = {**merged, **known, **({"properties": properties} if properties else {})}
    return merged


def _named(root: Mapping[str, Any], reference: str) -> Mapping[str, Any]:
    found: Any = root
    for step in reference.removeprefix("#/").split("/"):
        found = found.get(step, {}) if isinstance(found, Mapping) else {}
    return found if isinstance(found, Mapping) else {}
