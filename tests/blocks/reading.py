"""Ways to look into rendered blocks."""

from collections.abc import Iterator
from typing import Any

from blocks.render import Message

Drawn = Message | dict[str, Any]


def blocks_of(drawn: Drawn) -> list[dict[str, Any]]:
    blocks: list[dict[str, Any]] = drawn["blocks"] if isinstance(drawn, dict) else drawn.blocks
    return blocks


def objects(value: Any) -> Iterator[dict[str, Any]]:
    """Every object inside, outermost first."""
    if isinstance(value, dict):
        yield value
        for item in value.values():
            yield from objects(item)
    elif isinstance(value, list):
        for item in value:
            yield from objects(item)


def texts(drawn: Drawn, kind: str | None = None) -> list[str]:
    """The text of every text object, optionally of one kind (mrkdwn, plain_text, text)."""
    kinds = ("mrkdwn", "plain_text", "text") if kind is None else (kind,)
    return [found["text"] for found in objects(blocks_of(drawn)) if found.get("type") in kinds]


def all_text(drawn: Drawn) -> str:
    return "\n".join(texts(drawn))


def action_ids(drawn: Drawn) -> list[str]:
    return [found["action_id"] for found in objects(blocks_of(drawn)) if "action_id" in found]


def button(drawn: Drawn, action_id: str) -> dict[str, Any]:
    (found,) = [item for item in objects(blocks_of(drawn)) if item.get("action_id") == action_id]
    return found
