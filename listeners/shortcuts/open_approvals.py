"""What waits for a decision, without leaving what one is doing. There is no response_url here, only a modal."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from blocks.contexts.card_views import ErrorView
from blocks.contexts.status import OpenApprovalsView
from blocks.render import View, render_view
from listeners.answering import STRANGER, actor_of
from sequences.front import Front


async def handle_orch_open_approvals(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    await ack()
    front: Front = context["front"]
    actor = await actor_of(context)
    view: View = ErrorView(text=STRANGER)
    if actor:
        waiting = (await front.overview(actor)).waiting
        view = OpenApprovalsView.of(waiting, now=front.now(), timezone=actor.timezone)
    await client.views_open(trigger_id=body["trigger_id"], view=render_view(view))
