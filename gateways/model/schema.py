"""The JSON schema of a record, in the dialect that both vendors enforce.

Strict output knows no defaults, bounds or patterns, wants every object closed and every property required.
What is dropped here still holds: the answer is validated against the record itself.
"""

import json
from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel

_KEPT = ("type", "enum", "$ref", "description")
_STRING_FORMATS = ("date", "date-time", "time", "email", "uri", "uuid")
_BOUNDS = {
    "minimum": "at least {}",
    "maximum": "at most {}",
    "exclusiveMinimum": "more than {}",
    "exclusiveMaximum": "less than {}",
    "minLength": "at least {} characters",
    "maxLength": "at most {} characters",
    "minItems": "at least {} items",
    "maxItems": "at most {} items",
}


def strict_schema(output_type: type[BaseModel]) -> dict[str, Any]:
    """Closed, with all properties required. TypeError for a record with open-ended objects, which no vendor accepts."""
    whole = output_type.model_json_schema()
    schema = _strict(whole, output_type.__name__)
    # A record's docstring speaks to developers; only what a field's own description says is meant for the model.
    schema.pop("description", None)
    definitions = {name: _strict(part, name) for name, part in whole.get("$defs", {}).items()}
    for part in definitions.values():
        part.pop("description", None)
    return {**schema, "$defs": definitions} if definitions else schema


def schema_text(output_type: type[BaseModel]) -> str:
    """The same as one line of text, byte for byte equal each time."""
    return json.dumps(strict_schema(output_type), ensure_ascii=False, separators=(",", ":"))


def _strict(node: Mapping[str, Any], place: str) -> dict[str, Any]:
    kept = {key: node[key] for key in _KEPT if key in node}
    if "const" in node:
        kept["enum"] = [node["const"]]
    if node.get("format") in _STRING_FORMATS:
        kept["format"] = node["format"]
    kept |= _variants(node, place) | _contents(node, place)
    if bounds := ", ".join(text.format(node[key]) for key, text in _BOUNDS.items() if key in node):
        kept["description"] = f"{kept['description']} ({bounds})" if "description" in kept else bounds
    return kept


def _variants(node: Mapping[str, Any], place: str) -> dict[str, Any]:
    for key in ("anyOf", "oneOf", "allOf"):
        if key in node:
            return {"anyOf": [_strict(variant, place) for variant in node[key]]}
    return {}


def _contents(node: Mapping[str, Any], place: str) -> dict[str, Any]:
    if node.get("type") == "array":
        if "items" not in node:
            raise TypeError(f"{place}: a list needs one type for its items")
        return {"items": _strict(node["items"], place)}
    if node.get("type") != "object":
        return {}
    if "properties" not in node:
        raise TypeError(f"{place}: an object needs named fields")
    fields = {name: _strict(field, f"{place}.{name}") for name, field in node["properties"].items()}
    return {"properties": fields, "required": list(fields), "additionalProperties": False}
