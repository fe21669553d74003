"""``fields``: an app asks for a part of an answer, such as ``items(id,start/dateTime),nextPageToken``."""

import re
from typing import Any, TypeAlias

from workspace.vendors.google.errors import GoogleError
from workspace.wire import Json

Tree: TypeAlias = dict[str, Any]  # name → what of it; empty: all of it
_TOKEN = re.compile(r"[\w*-]+|[/(),]")


def part_of(answer: Json, fields: str) -> Json:
    """Raises 400 for a selection that cannot be read; what is not in the answer is not missed."""
    tokens = _TOKEN.findall(fields)
    if "".join(tokens) != fields.replace(" ", "") or not tokens:
        raise _unreadable(fields)
    tree, rest = _several(tokens, fields)
    if rest:
        raise _unreadable(fields)
    return dict(_selected(answer, tree))


def _several(tokens: list[str], fields: str) -> tuple[Tree, list[str]]:
    """Names with commas between them, and what follows."""
    tree: Tree = {}
    while True:
        name, inner, tokens = _one(tokens, fields)
        tree[name] = {**tree.get(name, {}), **inner}
        if not tokens or tokens[0] != ",":
            return tree, tokens
        tokens = tokens[1:]


def _one(tokens: list[str], fields: str) -> tuple[str, Tree, list[str]]:
    if not tokens or tokens[0] in "/(),":
        raise _unreadable(fields)
    name, rest = tokens[0], tokens[1:]
    if rest[:1] == ["/"]:
        deeper, inner, rest = _one(rest[1:], fields)
        return name, {deeper: inner}, rest
    if rest[:1] == ["("]:
        tree, rest = _several(rest[1:], fields)
        if rest[:1] != [")"]:
            raise _unreadable(fields)
        return name, tree, rest[1:]
    return name, {}, rest


def _selected(value: Any, tree: Tree) -> Any:
    if isinstance(value, list):
        return [_selected(one, tree) for one in value]
    if not isinstance(value, dict) or not tree:
        return value
    return {
        name: _selected(part, tree[name] if name in tree else tree["*"])
        for name, part in value.items()
        if name in tree or "*" in tree
    }


def _unreadable(fields: str) -> GoogleError:
    return GoogleError(400, "invalidParameter", f"Invalid field selection {fields}", location="parameter fields")
