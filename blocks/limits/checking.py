"""Refuses, before Slack does, what Slack would refuse: unknown keys, counts, lengths, doubles, wrong surfaces."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from blocks.limits import numbers as n
from blocks.limits.numbers import Surface
from blocks.limits.rules import LimitError, Rule, fail, many, one_of, plain, shape, string, typed
from blocks.limits.shapes import BLOCKS

__all__ = ["LimitError", "check"]

_ELSEWHERE = {
    Surface.MESSAGE: {"input"},  # allowed by Slack, but nothing could submit it
    Surface.MODAL: {"context_actions"},
    Surface.HOME: {"context_actions"},
}


def check(content: list[dict[str, Any]] | dict[str, Any], surface: Surface) -> None:
    """Raises LimitError naming the path. ``content`` is a message's blocks, or a whole view."""
    if isinstance(content, dict):
        _check_view(content, surface)
        blocks = content["blocks"]
    else:
        _check_blocks(surface)(content, "blocks")
        blocks = content
    _check_ids(blocks)
    _check_size(content, surface)


def _check_blocks(surface: Surface) -> Rule:
    allowed = {kind: rule for kind, rule in BLOCKS.items() if kind not in _ELSEWHERE[surface]}
    return many(typed(allowed, "block"), n.BLOCKS[surface])


def _check_view(view: dict[str, Any], surface: Surface) -> None:
    common: dict[str, Rule] = {"type": one_of(surface.value), "blocks": _check_blocks(surface)}
    optional: dict[str, Rule] = {
        "private_metadata": string(n.PRIVATE_METADATA, 0),
        "callback_id": string(n.ID),
        "external_id": string(n.ID),
    }
    if surface is Surface.MODAL:
        common["title"] = plain(n.VIEW_TITLE)
        optional |= {"submit": plain(n.VIEW_BUTTON), "close": plain(n.VIEW_BUTTON)}
    shape(common, optional)(view, "view")
    if any(block["type"] == "input" for block in view["blocks"]) and "submit" not in view and "title" in common:
        fail("view", "needs submit, because it has inputs")


def _check_ids(blocks: list[dict[str, Any]]) -> None:
    _refuse_doubles((str(block["block_id"]) for block in blocks if "block_id" in block), "blocks: block_id")
    for at, block in enumerate(blocks):
        _refuse_doubles(_action_ids(block), f"blocks[{at}]: action_id")
    if sum(bool(element.get("focus_on_load")) for block in blocks for element in _elements(block)) > 1:
        fail("blocks", "more than one focus_on_load")


def _refuse_doubles(ids: Iterator[str], what: str) -> None:
    for name, times in Counter(ids).items():
        if times > 1:
            fail(what, f"{name!r} is used {times} times")


def _action_ids(block: dict[str, Any]) -> Iterator[str]:
    return (str(element["action_id"]) for element in _elements(block) if "action_id" in element)


def _elements(block: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield from block.get("elements", [])
    yield from (block[key] for key in ("element", "accessory") if key in block)


def _check_size(content: list[dict[str, Any]] | dict[str, Any], surface: Surface) -> None:
    longest = n.MESSAGE_JSON if surface is Surface.MESSAGE else n.VIEW_JSON
    characters = len(json.dumps(content, ensure_ascii=False, separators=(",", ":")))
    if characters > longest:
        fail("blocks", f"{characters} characters of JSON, allowed are {longest}")
