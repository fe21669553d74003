"""Rules to describe JSON with. A rule takes a value and its path, and raises LimitError at the first fault."""

import re
from collections.abc import Callable, Mapping
from typing import Any, NoReturn

Rule = Callable[[Any, str], None]
# Mentions of one person and web or mail links are all the markup that a template may write; a broadcast never is.
_LIVE = re.compile(r"<([^<>]*)>")
_ALLOWED = re.compile(r"@[UW][A-Z0-9]+|https?://[^|\s]+(\|.*)?|mailto:[^|\s]+(\|.*)?")


class LimitError(Exception):
    """Slack would refuse this. The message starts with the path of what is wrong."""


def fail(path: str, problem: str) -> NoReturn:
    raise LimitError(f"{path}: {problem}")


def string(longest: int, shortest: int = 1) -> Rule:
    def rule(value: Any, path: str) -> None:
        if not isinstance(value, str):
            fail(path, "must be a string")
        elif not shortest <= len(value) <= longest:
            fail(path, f"has {len(value)} characters, allowed are {shortest} to {longest}")

    return rule


def boolean(value: Any, path: str) -> None:
    if not isinstance(value, bool):
        fail(path, "must be true or false")


def integer(lowest: int, highest: int) -> Rule:
    def rule(value: Any, path: str) -> None:
        if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
            fail(path, f"must be a whole number from {lowest} to {highest}")

    return rule


def one_of(*allowed: str) -> Rule:
    def rule(value: Any, path: str) -> None:
        if value not in allowed:
            fail(path, f"must be one of {', '.join(allowed)}, not {value!r:.60}")

    return rule


def many(item: Rule, most: int, least: int = 1) -> Rule:
    def rule(value: Any, path: str) -> None:
        if not isinstance(value, list):
            fail(path, "must be a list")
        elif not least <= len(value) <= most:
            fail(path, f"has {len(value)} items, allowed are {least} to {most}")
        else:
            for at, entry in enumerate(value):
                item(entry, f"{path}[{at}]")

    return rule


def shape(required: Mapping[str, Rule], optional: Mapping[str, Rule] | None = None) -> Rule:
    known = {**required, **(optional or {})}

    def rule(value: Any, path: str) -> None:
        if not isinstance(value, dict):
            fail(path, "must be an object")
        for key in required:
            if key not in value:
                fail(path, f"needs {key}")
        for key, entry in value.items():
            if key not in known:
                fail(path, f"has no {key}")
            known[key](entry, f"{path}.{key}")

    return rule


def typed(shapes: Mapping[str, Rule], what: str) -> Rule:
    """Dispatch on ``type``."""

    def rule(value: Any, path: str) -> None:
        kind = str(value.get("type") if isinstance(value, dict) else None)
        if kind not in shapes:
            fail(path, f"{kind:.60} is no {what} here")
        else:
            shapes[kind](value, path)

    return rule


def wording(longest: int) -> Rule:
    """A string with something to read in it."""

    def rule(value: Any, path: str) -> None:
        string(longest)(value, path)
        if not value.strip():
            fail(path, "is blank")

    return rule


def plain(longest: int) -> Rule:
    return shape({"type": one_of("plain_text"), "text": wording(longest)}, {"emoji": boolean})


def mrkdwn(longest: int) -> Rule:
    """Stricter than Slack: a broadcast, or a link that no template writes, is refused."""

    def text(value: Any, path: str) -> None:
        wording(longest)(value, path)
        for inside in _LIVE.findall(value):
            if not _ALLOWED.fullmatch(inside):
                fail(path, f"live markup from outside: <{inside:.60}>")

    return shape({"type": one_of("mrkdwn"), "text": text}, {"verbatim": boolean})


def any_text(longest: int) -> Rule:
    return typed({"plain_text": plain(longest), "mrkdwn": mrkdwn(longest)}, "text")
