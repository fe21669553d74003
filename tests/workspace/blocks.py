"""Small blocks for tests."""

from typing import Any

Block = dict[str, Any]


def plain(text: str) -> Block:
    return {"type": "plain_text", "text": text}


def button(action_id: str, value: str = "1", **more: Any) -> Block:
    return {"type": "button", "action_id": action_id, "value": value, "text": plain("Press"), **more}


def actions(*elements: Block, block_id: str = "acts") -> Block:
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def select(action_id: str, *values: str, kind: str = "static_select") -> Block:
    options = [{"text": plain(value.title()), "value": value} for value in values]
    return {"type": kind, "action_id": action_id, "options": options}


def text_input(block_id: str, action_id: str = "value", **element: Any) -> Block:
    inside = {"type": "plain_text_input", "action_id": action_id, **element}
    return {"type": "input", "block_id": block_id, "label": plain("Label"), "element": inside}


def modal(*blocks: Block, **more: Any) -> Block:
    return {
        "type": "modal",
        "callback_id": "form",
        "title": plain("Form"),
        "submit": plain("Save"),
        "close": plain("Cancel"),
        "blocks": list(blocks),
        **more,
    }
