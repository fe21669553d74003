"""Cuts what may be cut: texts end in an ellipsis, and plain blocks give way before anything pressable does.

Ids, values and options are never touched: half of one would be worse than a refusal, and ``check`` refuses.
"""

import json
from collections.abc import Callable
from typing import Any

from blocks.limits import numbers as n
from blocks.limits.numbers import Surface
from blocks.text import count, cut, cut_mrkdwn

Block = dict[str, Any]

# (type of the owner, key) → longest text there. An owner without a type is an option or a confirm dialog.
_LENGTHS: dict[tuple[str, str], int] = {
    ("header", "text"): n.HEADER_TEXT,
    ("section", "text"): n.SECTION_TEXT,
    ("section", "fields"): n.FIELD_TEXT,
    ("context", "elements"): n.CONTEXT_TEXT,
    ("button", "text"): n.BUTTON_TEXT,
    ("input", "label"): n.INPUT_LABEL,
    ("input", "hint"): n.INPUT_HINT,
    ("option", "text"): n.OPTION_TEXT,
    ("option", "description"): n.OPTION_TEXT,
    ("confirm", "title"): n.CONFIRM_TITLE,
    ("confirm", "text"): n.CONFIRM_TEXT,
    ("modal", "title"): n.VIEW_TITLE,
    ("modal", "submit"): n.VIEW_BUTTON,
    ("modal", "close"): n.VIEW_BUTTON,
}
_INTERACTIVE = ("actions", "context_actions", "input")


def fit(blocks: list[Block], surface: Surface) -> list[Block]:
    """The same blocks within the limits of ``surface``, as far as that loses nothing pressable."""
    fitted = [fit_texts(block) for block in blocks]
    longest = n.MESSAGE_JSON if surface is Surface.MESSAGE else n.VIEW_JSON
    return _drop(fitted, lambda kept: len(kept) <= n.BLOCKS[surface] and size(kept) <= longest)


def size(blocks: list[Block]) -> int:
    """Characters of the compact JSON."""
    return len(json.dumps(blocks, ensure_ascii=False, separators=(",", ":")))


def fit_texts(value: Any, owner: str = "") -> Any:
    """``value`` with every text object cut to what its place allows."""
    if isinstance(value, list):
        return [fit_texts(item, owner) for item in value]
    if not isinstance(value, dict):
        return value
    name = str(value.get("type", owner))
    return {key: _fit_entry(name, key, item) for key, item in value.items()}


def _fit_entry(owner: str, key: str, item: Any) -> Any:
    limit = _LENGTHS.get((owner, key))
    if isinstance(item, list):
        return [_cut_text(part, limit) if _is_text(part) else fit_texts(part, _name(key)) for part in item]
    return _cut_text(item, limit) if _is_text(item) else fit_texts(item, _name(key))


def _name(key: str) -> str:
    return {"options": "option", "initial_options": "option", "initial_option": "option"}.get(key, key)


def _is_text(item: Any) -> bool:
    return isinstance(item, dict) and item.get("type") in ("plain_text", "mrkdwn")


def _cut_text(item: Block, limit: int | None) -> Block:
    shorten = cut_mrkdwn if item["type"] == "mrkdwn" else cut
    return item if limit is None else {**item, "text": shorten(item["text"], limit)}


def _drop(blocks: list[Block], fits: Callable[[list[Block]], bool]) -> list[Block]:
    """Take plain blocks out from the end, never the first one, and say how many are missing."""
    kept, dropped = list(blocks), 0
    while not fits(kept + [_missing(dropped)] * bool(dropped)):
        plain = [at for at, block in enumerate(kept) if at and not _is_interactive(block)]
        if not plain:
            return kept
        del kept[plain[-1]]
        dropped += 1
    return kept + [_missing(dropped)] * bool(dropped)


def _is_interactive(block: Block) -> bool:
    return block.get("type") in _INTERACTIVE or "accessory" in block


def _missing(dropped: int) -> Block:
    text = f"{count(dropped, 'more part')} did not fit into one message."
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": text, "verbatim": True}]}
