"""Cursors: opaque to the app, a position to us."""

from base64 import b64decode, b64encode
from collections.abc import Sequence
from typing import TypeVar

from workspace.methods.call import Call
from workspace.wire import SlackError

Item = TypeVar("Item")


def page(call: Call, items: Sequence[Item], *, default: int = 100, most: int = 1000) -> tuple[list[Item], str]:
    """The wanted part and the cursor of the next one, which is empty at the end."""
    try:
        limit = int(call.text("limit") or 0) or default
    except ValueError:
        raise SlackError("invalid_limit") from None
    if not 1 <= limit <= most:
        raise SlackError("invalid_limit")
    start = _position(call.text("cursor"))
    end = start + limit
    return list(items[start:end]), _cursor(end) if end < len(items) else ""


def _position(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except ValueError:
        raise SlackError("invalid_cursor") from None


def _cursor(position: int) -> str:
    return b64encode(f"next:{position}".encode()).decode()
