"""Google's own discovery documents, as the installed client carries them, judge every request and every answer."""

import json
import re
from base64 import urlsafe_b64decode
from datetime import date, datetime
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from googleapiclient.discovery_cache import DISCOVERY_DOC_DIR

_ERROR = {
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "code": {"type": "integer"},
                "message": {"type": "string"},
                "status": {"type": "string"},
                "errors": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "properties": {
                            name: {"type": "string"}
                            for name in ("domain", "reason", "message", "locationType", "location")
                        },
                    },
                },
            },
        }
    },
}
_NUMBERS = {"int64": r"-?\d+", "uint64": r"\d+"}


class ContractError(AssertionError):
    """What travelled is not what the vendor's contract says."""


class Contract:
    """One discovery document. ``seen`` are the operations whose request and answer were found to fit."""

    def __init__(self, name: str) -> None:
        document = json.loads((Path(DISCOVERY_DOC_DIR) / f"{name}.json").read_text(encoding="utf-8"))
        self.base = "/" + document["servicePath"]
        self.schemas: dict[str, Any] = document["schemas"]
        self.common: dict[str, Any] = document["parameters"]
        self.methods: dict[str, Any] = {}
        self.seen: set[str] = set()
        self._collect(document)

    def _collect(self, resource: dict[str, Any]) -> None:
        self.methods |= {method["id"]: method for method in resource.get("methods", {}).values()}
        for part in resource.get("resources", {}).values():
            self._collect(part)

    def operation(self, verb: str, path: str) -> dict[str, Any]:
        """Fixed paths win over those with a place in them."""
        fitting = [
            (method["path"].count("{"), method["id"])
            for method in self.methods.values()
            if method["httpMethod"] == verb and _pattern(self.base + method["path"]).fullmatch(path)
        ]
        if not fitting:
            raise ContractError(f"{verb} {path}: no such operation")
        return dict(self.methods[min(fitting)[1]])

    def check_request(self, verb: str, uri: str, body: bytes | str | None) -> str:
        """The id of the operation; raises ContractError."""
        place = urlsplit(uri)
        method = self.operation(verb, place.path)
        known = {**self.common, **method.get("parameters", {})}
        found = _pattern(self.base + method["path"]).fullmatch(place.path)
        given = [(name, unquote(value)) for name, value in (found.groupdict() if found else {}).items()]
        given += parse_qsl(place.query, keep_blank_values=True)
        names = [name for name, _ in given]
        for name, value in given:
            if name not in known:
                raise ContractError(f"{method['id']}: unknown parameter {name}")
            if names.count(name) > 1 and not known[name].get("repeated"):
                raise ContractError(f"{method['id']}: {name} given twice")
            self._parameter(known[name], value, f"{method['id']}: {name}")
        missing = [name for name, known_one in known.items() if known_one.get("required") and name not in names]
        if missing:
            raise ContractError(f"{method['id']}: missing {missing}")
        self._body(method.get("request"), body, f"{method['id']}: body")
        return str(method["id"])

    def check_answer(self, operation: str, status: int, body: bytes) -> None:
        if status == 304:
            return
        if status >= 400:
            said = json.loads(body)
            self.check(_ERROR, said, f"{operation}: error")
            if said["error"]["code"] != status:
                raise ContractError(f"{operation}: the error says {said['error']['code']}, the line {status}")
            return
        self._body(self.methods[operation].get("response"), body, f"{operation}: answer")
        self.seen.add(operation)

    def _body(self, wanted: dict[str, Any] | None, body: bytes | str | None, where: str) -> None:
        if wanted is None:
            if body:
                raise ContractError(f"{where}: none is expected")
            return
        self.check({"$ref": wanted["$ref"]}, json.loads(body or "{}"), where)

    def _parameter(self, known: dict[str, Any], text: str, where: str) -> None:
        if known["type"] == "integer":
            if not re.fullmatch(r"-?\d+", text):
                raise ContractError(f"{where}: {text!r} is no integer")
            low, high = int(known.get("minimum", text)), int(known.get("maximum", text))
            if not low <= int(text) <= high:
                raise ContractError(f"{where}: {text} is not from {low} to {high}")
        elif known["type"] == "boolean":
            if text not in ("true", "false"):
                raise ContractError(f"{where}: {text!r} is neither true nor false")
        else:
            self.check(known, text, where)

    def check(self, schema: dict[str, Any], value: Any, where: str) -> None:
        """Raises ContractError for a key that the schema does not know, a wrong type, format or choice."""
        if "$ref" in schema:
            self.check(self.schemas[schema["$ref"]], value, where)
            return
        kind = schema["type"]
        fitting = {"object": dict, "array": list, "string": str, "boolean": bool, "integer": int, "number": float}[kind]
        if not isinstance(value, fitting) or (kind == "integer" and isinstance(value, bool)):
            raise ContractError(f"{where}: {value!r} is no {kind}")
        if isinstance(value, dict):
            for name, part in value.items():
                known = schema.get("properties", {}).get(name) or schema.get("additionalProperties")
                if known is None:
                    raise ContractError(f"{where}: unknown key {name}")
                is_local = name == "dateTime" and "timeZone" in value  # then, as the document says, it needs no offset
                self.check({"type": "string"} if is_local else known, part, f"{where}.{name}")
        elif isinstance(value, list):
            for number, part in enumerate(value):
                self.check(schema["items"], part, f"{where}[{number}]")
        elif isinstance(value, str):
            _check_text(schema, value, where)


def _check_text(schema: dict[str, Any], value: str, where: str) -> None:
    if "enum" in schema and value not in schema["enum"]:
        raise ContractError(f"{where}: {value!r} is none of {schema['enum']}")
    form = schema.get("format")
    try:
        if form == "date-time" and datetime.fromisoformat(value).tzinfo is None:
            raise ContractError(f"{where}: {value!r} has no offset")
        if form == "date":
            date.fromisoformat(value)
        if form == "byte":
            urlsafe_b64decode(value + "=" * (-len(value) % 4))
    except ValueError as error:
        raise ContractError(f"{where}: {value!r} is no {form}") from error
    if form in _NUMBERS and not re.fullmatch(_NUMBERS[form], value):
        raise ContractError(f"{where}: {value!r} is no {form}")


def _pattern(template: str) -> re.Pattern[str]:
    parts = re.split(r"\{\+?(\w+)\}", template)
    return re.compile(
        "".join(f"(?P<{part}>[^/]+)" if number % 2 else re.escape(part) for number, part in enumerate(parts))
    )
