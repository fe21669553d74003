"""The grammar in which the Block Kit rules are written: small rules that combine into shapes.

A rule looks at one value at one JSON pointer and notes what is wrong; it never stops at the first mistake.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeAlias
from urllib.parse import urlsplit


@dataclass
class Findings:
    """What is wrong so far, in Slack's words, and what has to be known about the whole to say so."""

    surface: str  # message | modal | home
    messages: list[str] = field(default_factory=list)
    block_ids: set[str] = field(default_factory=set)
    markdown_length: int = 0
    tables: int = 0
    charts: int = 0
    focused: int = 0

    def note(self, message: str, path: str) -> None:
        self.messages.append(f"[ERROR] {message} [json-pointer:{path}]")


Rule: TypeAlias = Callable[[Any, str, Findings], None]


def text(most: int, *, plain: bool = False, least: int = 1) -> Rule:
    """A text object of ``least`` to ``most`` characters; only ``plain_text`` when ``plain``."""

    def rule(value: Any, path: str, found: Findings) -> None:
        if not isinstance(value, dict):
            found.note("must provide an object", path)
            return
        kind = value.get("type")
        allowed = ("plain_text",) if plain else ("plain_text", "mrkdwn")
        if kind not in allowed:
            found.note(f"unsupported type: {kind} (must be {' or '.join(allowed)})", f"{path}/type")
            return
        known = {"type", "text", "emoji"} if kind == "plain_text" else {"type", "text", "verbatim"}
        _unknown_keys(value, known, path, found)
        for flag in known - {"type", "text"}:
            if flag in value:
                boolean(value[flag], f"{path}/{flag}", found)
        string(most, least)(value.get("text"), f"{path}/text", found)

    return rule


def string(most: int, least: int = 0) -> Rule:
    def rule(value: Any, path: str, found: Findings) -> None:
        if not isinstance(value, str):
            found.note("must provide a string", path)
        elif len(value) < least:
            found.note(f"must be more than {least - 1} characters", path)
        elif len(value) > most:
            found.note(f"must be less than {most + 1} characters", path)

    return rule


def integer(least: int, most: int) -> Rule:
    def rule(value: Any, path: str, found: Findings) -> None:
        if isinstance(value, bool) or not isinstance(value, int):
            found.note("must provide a number", path)
        elif not least <= value <= most:
            found.note(f"must be between {least} and {most}", path)

    return rule


def boolean(value: Any, path: str, found: Findings) -> None:
    if not isinstance(value, bool):
        found.note("must provide a boolean", path)


def number(value: Any, path: str, found: Findings) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        found.note("must provide a number", path)


def anything(value: Any, path: str, found: Findings) -> None:
    """Whatever is there is right."""


def focus(value: Any, path: str, found: Findings) -> None:
    boolean(value, path, found)
    found.focused += value is True
    if found.focused > 1 and value is True:
        found.note("only one element may have focus_on_load", path)


def url(most: int = 3000, *, secure: bool = False) -> Rule:
    """An address; ``secure``: of HTTPS."""

    def rule(value: Any, path: str, found: Findings) -> None:
        string(most, 1)(value, path, found)
        if isinstance(value, str) and value and not is_url(value):
            found.note("must be a valid URL", path)
        elif secure and isinstance(value, str) and not value.lower().startswith("https://"):
            found.note("must be an HTTPS URL", path)

    return rule


def pattern(expression: str, example: str) -> Rule:
    compiled = re.compile(expression)

    def rule(value: Any, path: str, found: Findings) -> None:
        if not isinstance(value, str) or not compiled.fullmatch(value):
            found.note(f"must have the form {example}", path)

    return rule


def day(value: Any, path: str, found: Findings) -> None:
    """A date of the calendar, YYYY-MM-DD."""
    pattern(r"\d{4}-\d{2}-\d{2}", "YYYY-MM-DD")(value, path, found)
    try:
        date.fromisoformat(value if isinstance(value, str) and len(value) == len("YYYY-MM-DD") else "2000-01-01")
    except ValueError:
        found.note("must be a valid date", path)


def or_null(rule: Rule) -> Rule:
    """What may be left open with ``null`` in a list, where the place counts."""

    def check(value: Any, path: str, found: Findings) -> None:
        if value is not None:
            rule(value, path, found)

    return check


def one_of(*choices: str) -> Rule:
    def rule(value: Any, path: str, found: Findings) -> None:
        if value not in choices:
            found.note(f"must be one of {', '.join(choices)}", path)

    return rule


def items(rule: Rule, most: int, least: int = 1) -> Rule:
    """A list whose members all follow ``rule``."""

    def check(value: Any, path: str, found: Findings) -> None:
        if not isinstance(value, list):
            found.note("must provide an array", path)
            return
        if len(value) > most:
            found.note(f"no more than {most} items allowed", path)
        if len(value) < least:
            found.note(f"no fewer than {least} items allowed", path)
        for index, item in enumerate(value):
            rule(item, f"{path}/{index}", found)

    return check


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule], *more: Rule) -> Rule:
    """An object with these keys and no others; ``more`` look at the object as a whole."""
    known = {"type", *required, *optional}

    def check(value: Any, path: str, found: Findings) -> None:
        if not isinstance(value, dict):
            found.note("must provide an object", path)
            return
        _unknown_keys(value, known, path, found)
        for key, rule in required.items():
            if value.get(key) is None:
                found.note(f"missing required field: {key}", path)
            else:
                rule(value[key], f"{path}/{key}", found)
        for key, rule in optional.items():
            if value.get(key) is not None:
                rule(value[key], f"{path}/{key}", found)
        for rule in more:
            rule(value, path, found)

    return check


def tagged(table: Mapping[str, Rule], allowed: Collection[str] | None = None) -> Rule:
    """An object whose ``type`` says which rule of the table it follows."""

    def check(value: Any, path: str, found: Findings) -> None:
        kind = value.get("type") if isinstance(value, dict) else None
        if not isinstance(kind, str):
            found.note("must provide an object with a type", path)
        elif kind not in table or (allowed is not None and kind not in allowed):
            found.note(f"unsupported type: {kind}", f"{path}/type")
        else:
            table[kind](value, path, found)

    return check


def any_of(*keys: str) -> Rule:
    """At least one of these keys is given."""

    def check(value: Any, path: str, found: Findings) -> None:
        if not any(value.get(key) for key in keys):
            found.note(f"missing required field: one of {', '.join(keys)}", path)

    return check


def only_one_of(*keys: str) -> Rule:
    """Exactly one of these keys is given."""

    def check(value: Any, path: str, found: Findings) -> None:
        given = [key for key in keys if value.get(key) is not None]
        if len(given) != 1:
            found.note(f"must provide exactly one of {', '.join(keys)}", path)

    return check


def at_most_one_of(*keys: str) -> Rule:
    """These keys exclude each other."""

    def check(value: Any, path: str, found: Findings) -> None:
        if sum(value.get(key) is not None for key in keys) > 1:
            found.note(f"must provide at most one of {', '.join(keys)}", path)

    return check


def listed(value: Any) -> list[Any]:
    """The value when it is a list, else none; that it should be one is another rule's business."""
    return value if isinstance(value, list) else []


def _unknown_keys(value: Mapping[str, Any], known: Collection[str], path: str, found: Findings) -> None:
    for key in value:
        if key not in known:
            found.note(f"invalid additional property: {key}", path)


def is_url(value: str) -> bool:
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme) and (bool(parts.netloc) or parts.scheme in ("mailto", "tel", "slack"))
