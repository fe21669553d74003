"""The chosen tasks: ticking and submitting approves exactly those."""

from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from blocks.answers import read_chosen_tasks
from blocks.contexts.card_views import ErrorView
from blocks.render import render_view
from listeners.answering import STRANGER, actor_of, ref_in
from sequences.front import Front


async def handle_orch_tasks_choose_submit(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext) -> None:
    values = view["state"]["values"]
    chosen = read_chosen_tasks(values)
    if not chosen:
        first = next(iter(values))
        await ack(response_action="errors", errors={first: "Tick at least one task, or close this and press Skip."})
        return
    actor = await actor_of(context)
    front: Front = context["front"]
    ref = ref_in(view)
    text = STRANGER
    if actor:
        ruling = await front.choose_tasks(ref.action_id, actor, ref.version, chosen)
        if ruling.ok:
            await ack()
            return
        text = ruling.text
    await ack(response_action="update", view=render_view(ErrorView(text=text)))
