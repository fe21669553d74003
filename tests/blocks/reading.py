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


def all_text(drawn: Drawn) -> str:
    """What a person reads, line by line: lists with •, quotes with >, people as <@id>, formatting left out."""
    return "\n".join(line for block in blocks_of(drawn) for line in _lines(block))


def _lines(value: Any) -> Iterator[str]:
    if isinstance(value, list):
        for item in value:
            yield from _lines(item)
    elif not isinstance(value, dict):
        return
    elif value.get("type") in ("plain_text", "mrkdwn"):
        yield value["text"]
    elif value.get("type") in ("rich_text_section", "rich_text_quote"):
        mark = ">" if value["type"] == "rich_text_quote" else ""
        yield mark + "".join(run.get("text") or f"<@{run['user_id']}>" for run in value["elements"])
    elif value.get("type") == "rich_text_list":
        yield from (f"• {line}" for line in _lines(value["elements"]))
    else:
        for item in value.values():
            yield from _lines(item)


def mrkdwn(drawn: Drawn) -> list[str]:
    """Every text in which Slack would look for markup."""
    return [found["text"] for found in objects(blocks_of(drawn)) if found.get("type") == "mrkdwn"]


def action_ids(drawn: Drawn) -> list[str]:
    return [found["action_id"] for found in objects(blocks_of(drawn)) if "action_id" in found]


def button(drawn: Drawn, action_id: str) -> dict[str, Any]:
    (found,) = [item for item in objects(blocks_of(drawn)) if item.get("action_id") == action_id]
    return found
