"""Buttons and modals that this version does not know: of a newer or older Sixty, or mere links."""

from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond

from blocks.contexts.replies import TextReply, Tone
from listeners.answering import answer

UNKNOWN = "This button belongs to another version of me, and I do not know it any more. Nothing was done."


async def handle_others(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond) -> None:
    """Acknowledged, or Slack would mark the button as broken. A link has opened by itself and needs no word."""
    await ack()
    pressed = (body.get("actions") or [{}])[0]
    if "url" not in pressed and respond.response_url:
        await answer(respond, TextReply(text=UNKNOWN, tone=Tone.WARN))
