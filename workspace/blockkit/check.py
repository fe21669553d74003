"""Judges blocks and views as Slack does, and completes what it accepts (ids, defaults) as Slack does."""

import copy
import json
from secrets import choice
from string import ascii_letters, digits
from typing import Any

from workspace.blockkit.blocks import BLOCKS, NOT_IN, ONLY_ONE_TABLE
from workspace.blockkit.elements import NO_ACTION_ID
from workspace.blockkit.rules import Findings, boolean, items, one_of, shape, string, tagged, text
from workspace.wire import Json, SlackError

MOST_BLOCKS = {"message": 50, "modal": 100, "home": 100}
VIEW_BYTES = 250_000
_COMMON = {
    "blocks": lambda *_: None,
    "private_metadata": string(3000),
    "callback_id": string(255),
    "external_id": string(255),
}
_SHORT = text(24, plain=True)
_MODAL = shape(
    {"title": _SHORT, "blocks": lambda *_: None},
    {
        **_COMMON,
        "submit": _SHORT,
        "close": _SHORT,
        "clear_on_close": boolean,
        "notify_on_close": boolean,
        "submit_disabled": boolean,
    },
)
_HOME = shape({"blocks": lambda *_: None}, _COMMON)


def problems(blocks: Any, *, surface: str, path: str = "/blocks", found: Findings | None = None) -> list[str]:
    """Every mistake in a list of blocks; ``surface`` is ``message``, ``modal`` or ``home``."""
    found = found or Findings(surface)
    most = MOST_BLOCKS[surface]
    allowed = BLOCKS.keys() - NOT_IN[surface]
    items(tagged(BLOCKS, allowed), most, 0)(blocks, path, found)
    if isinstance(blocks, list):
        _check_ids(blocks, path, found)
    return found.messages


def view_problems(view: Any) -> list[str]:
    """Every mistake in a view as given to ``views.open`` and its like."""
    if not isinstance(view, dict):
        return ["[ERROR] must provide an object [json-pointer:/view]"]
    kind = view.get("type")
    found = Findings(str(kind))
    one_of("modal", "home")(kind, "/view/type", found)
    if found.messages:
        return found.messages
    (_MODAL if kind == "modal" else _HOME)(view, "/view", found)
    if view.get("blocks") is not None:
        problems(view["blocks"], surface=str(kind), path="/view/blocks", found=found)
    if kind == "modal" and _has_input(view.get("blocks")) and not view.get("submit"):
        found.note("missing required field: submit (the view has input blocks)", "/view")
    return found.messages


def check_blocks(blocks: Any, *, surface: str) -> list[Json]:
    """The completed blocks; raises ``invalid_blocks`` naming each path, or ``invalid_blocks_format``.

    Of a second table Slack complains as of an attachment.
    """
    parsed = _parsed(blocks, "invalid_blocks_format")
    if not isinstance(parsed, list):
        raise SlackError("invalid_blocks_format")
    if found := problems(parsed, surface=surface):
        is_second_table = any(ONLY_ONE_TABLE in message for message in found)
        raise SlackError("invalid_attachments" if is_second_table else "invalid_blocks", *found)
    return completed(parsed)


def check_view(view: Any, *, kind: str) -> Json:
    """The completed view; raises ``invalid_arguments`` naming each path, or ``view_too_large``."""
    parsed = _parsed(view, "invalid_arguments")
    if isinstance(parsed, dict) and parsed.get("type") != kind:
        raise SlackError("invalid_arguments", f"[ERROR] must be {kind} [json-pointer:/view/type]")
    if found := view_problems(parsed):
        raise SlackError("invalid_arguments", *found)
    if len(json.dumps(parsed).encode()) > VIEW_BYTES:
        raise SlackError("view_too_large")
    texts = {key: dict(parsed[key]) for key in ("title", "submit", "close") if parsed.get(key)}
    _complete_texts(texts)
    return {**parsed, **texts, "blocks": completed(parsed["blocks"])}


def completed(blocks: list[Json]) -> list[Json]:
    """With the block and action ids that Slack would make up, and the flags that it adds to texts."""
    filled: list[Json] = copy.deepcopy(blocks)
    _complete_ids(filled)
    _complete_texts(filled)
    return filled


def _complete_ids(blocks: list[Json]) -> None:
    for block in blocks:
        block.setdefault("block_id", _made_up_id())
        if block["type"] == "input":
            block.setdefault("optional", False)
            block.setdefault("dispatch_action", False)
        for element in [block.get("element"), block.get("accessory"), *_own_elements(block)]:
            if isinstance(element, dict) and element.get("type") not in NO_ACTION_ID:
                element.setdefault("action_id", _made_up_id())
        _complete_ids(block.get("child_blocks") or [])
        _complete_ids(block["elements"] if block["type"] == "carousel" else [])


def _own_elements(block: Json) -> list[Json]:
    holds_elements = block["type"] in ("actions", "context_actions")
    return list(block["elements"] if holds_elements else block.get("actions") or [])


def _complete_texts(value: Any) -> None:
    if isinstance(value, list):
        for item in value:
            _complete_texts(item)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            value.setdefault("emoji", True)
        elif value.get("type") == "mrkdwn":
            value.setdefault("verbatim", False)
        for item in value.values():
            _complete_texts(item)


def _check_ids(blocks: list[Any], path: str, found: Findings) -> None:
    for index, block in enumerate(blocks):
        block_id = block.get("block_id") if isinstance(block, dict) else None
        if not isinstance(block_id, str):
            continue
        if block_id in found.block_ids:
            found.note(f"block_id already exists: {block_id}", f"{path}/{index}/block_id")
        found.block_ids.add(block_id)


def _has_input(blocks: Any) -> bool:
    known = blocks if isinstance(blocks, list) else []
    return any(isinstance(block, dict) and block.get("type") == "input" for block in known)


def _parsed(value: Any, error: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        raise SlackError(error) from None


def _made_up_id() -> str:
    return "".join(choice(ascii_letters + digits) for _ in range(5))
