"""What was good or wrong about a card, in the rep's own words."""

import contextlib
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from blocks.answers import read_feedback
from blocks.values import CardRef, FeedbackRef, InvalidValueError
from listeners.answering import actor_of
from sequences.front import Front


async def handle_orch_feedback_submit(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext) -> None:
    await ack()
    actor = await actor_of(context)
    said = read_feedback(view["state"]["values"])
    if actor is None or not (said.text or said.rating):
        return
    front: Front = context["front"]
    card_id = _card_of(view["private_metadata"])
    if card_id is None:
        return
    await front.rate_card(card_id, actor, said.rating.value if said.rating else "reported", said.text or None)


def _card_of(metadata: str) -> str | None:
    """The modal is opened with a thumb or without one. None when it stayed open over a deploy that changed this."""
    for kind in (FeedbackRef, CardRef):
        with contextlib.suppress(InvalidValueError):
            return kind.decode(metadata).card_id
    return None
