""" "Why did I get this?" from the menu of a message: the card is named by its own button."""

import contextlib
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from blocks.contexts.card_views import ErrorView, WhyView
from blocks.ids import ActionId
from blocks.render import View, render_view
from blocks.values import CardRef, InvalidValueError
from listeners.answering import actor_of
from sequences.front import Front

NOT_A_CARD = "This works on the cards that I prepared for you. There is nothing that I could tell about this message."


async def handle_orch_message_why(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    await ack()
    front: Front = context["front"]
    actor, ref = await actor_of(context), _card_in(body["message"])
    shown = await front.card(ref.card_id, actor) if actor and ref else None
    view: View = WhyView.of(shown.card) if shown else ErrorView(text=NOT_A_CARD)
    await client.views_open(trigger_id=body["trigger_id"], view=render_view(view))


def _card_in(message: dict[str, Any]) -> CardRef | None:
    """Somebody else's message may carry our id; whose card it is, the core decides."""
    for block in message.get("blocks") or []:
        for element in block.get("elements") or []:
            value = element.get("value")
            if element.get("action_id") == ActionId.CARD_WHY and isinstance(value, str):
                with contextlib.suppress(InvalidValueError):
                    return CardRef.decode(value)
    return None
