"""What was good or wrong about a card, in the rep's own words."""

import contextlib
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from blocks.answers import read_feedback
from blocks.contexts.card_views import ErrorView, ThanksView
from blocks.render import View, render_view
from blocks.values import CardRef, FeedbackRef, InvalidValueError
from listeners.answering import actor_of
from sequences.front import Front


async def handle_orch_feedback_submit(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext) -> None:
    actor = await actor_of(context)
    said = read_feedback(view["state"]["values"])
    card_id = _card_of(view["private_metadata"])
    if actor is None or card_id is None or not (said.text or said.rating):
        await ack()
        return
    front: Front = context["front"]
    rating = said.rating.value if said.rating else "reported"
    ruling = await front.rate_card(card_id, actor, rating, said.text or None)
    answer: View = ThanksView() if ruling.ok else ErrorView(text=ruling.text)
    await ack(response_action="update", view=render_view(answer))


def _card_of(metadata: str) -> str | None:
    """The modal is opened with a thumb or without one. None when it stayed open over a deploy that changed this."""
    for kind in (FeedbackRef, CardRef):
        with contextlib.suppress(InvalidValueError):
            return kind.decode(metadata).card_id
    return None
