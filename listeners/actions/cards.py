"""Presses about a card as a whole, a run, or the Home tab."""

import contextlib
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from blocks.contexts.card_views import FeedbackView, FindingsView, WhyView
from blocks.contexts.replies import MutedReply, TextReply, Tone, unmuted
from blocks.contexts.settings import SettingsView
from blocks.render import View, render_view
from blocks.values import CardRef, CategoryRef, FeedbackRef, InvalidValueError, JobRef
from listeners.answering import actor_of, answer, answer_ruling, value_of
from listeners.home import publish_home
from sequences.actions.gate.rulings import unknown_action
from sequences.front import Front, ShownCard
from sequences.records.card import DebriefCard

NOT_YOURS = "Only the person this was prepared for can do that."
NOTHING_TO_SHOW = "There is nothing of yours to show here, or it has been shown already: look further down."


async def _own_card(body: dict[str, Any], context: AsyncBoltContext) -> ShownCard | None:
    """The card whose button was pressed, if it belongs to whoever pressed it."""
    actor = await actor_of(context)
    try:
        ref = CardRef.decode(value_of(body))
    except InvalidValueError:
        return None
    front: Front = context["front"]
    return await front.card(ref.card_id, actor) if actor else None


async def handle_orch_card_why(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, context: AsyncBoltContext
) -> None:
    await ack()
    shown = await _own_card(body, context)
    if shown is None:
        await answer(respond, TextReply(text=NOT_YOURS, tone=Tone.WARN))
        return
    await client.views_open(trigger_id=body["trigger_id"], view=render_view(WhyView.of(shown.card)))


async def handle_orch_card_more(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, context: AsyncBoltContext
) -> None:
    await ack()
    shown = await _own_card(body, context)
    if shown is None or not isinstance(shown.card, DebriefCard):
        await answer(respond, TextReply(text=NOT_YOURS, tone=Tone.WARN))
        return
    view: View = FindingsView.of(shown.card)
    await client.views_open(trigger_id=body["trigger_id"], view=render_view(view))


async def handle_orch_card_show(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, context: AsyncBoltContext
) -> None:
    """The card itself is the answer; words are needed only when there is none to bring."""
    await ack()
    actor = await actor_of(context)
    try:
        ref = CardRef.decode(value_of(body))
    except InvalidValueError:
        ref = None
    if actor is None or ref is None or not await context["front"].show_card(ref.card_id, actor):
        await answer(respond, TextReply(text=NOTHING_TO_SHOW, tone=Tone.WARN))


async def handle_orch_card_less(
    ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, context: AsyncBoltContext
) -> None:
    await ack()
    shown, actor = await _own_card(body, context), await actor_of(context)
    if shown is None or actor is None:
        await answer(respond, TextReply(text=NOT_YOURS, tone=Tone.WARN))
        return
    await context["front"].mute(shown.row.kind, actor)
    await answer(respond, MutedReply(category=shown.row.kind))


async def handle_orch_card_feedback(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, context: AsyncBoltContext
) -> None:
    """A thumb is kept at once; the modal asks for the why, which may be left empty."""
    await ack()
    actor = await actor_of(context)
    try:
        ref = FeedbackRef.decode(value_of(body))
    except InvalidValueError:
        await answer_ruling(respond, unknown_action())
        return
    if actor is None:
        await answer(respond, TextReply(text=NOT_YOURS, tone=Tone.WARN))
        return
    ruling = await context["front"].rate_card(ref.card_id, actor, ref.rating.value, None)
    if not ruling.ok:
        await answer_ruling(respond, ruling)
        return
    view = render_view(FeedbackView(card_id=ref.card_id, rating=ref.rating))
    await client.views_open(trigger_id=body["trigger_id"], view=view)


async def handle_orch_job_retry(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, context: AsyncBoltContext
) -> None:
    """On a card, and on the Home tab, which has no response_url: there the run itself shows what became of it."""
    await ack()
    actor = await actor_of(context)
    try:
        ref = JobRef.decode(value_of(body))
    except InvalidValueError:
        await answer_ruling(respond, unknown_action())
        return
    is_on = actor is not None and await context["front"].retry_job(ref.job_id, actor)
    if actor and body.get("view"):
        await publish_home(client, context["front"], actor)
    elif not is_on:
        await answer(respond, TextReply(text="There is nothing of yours to retry here.", tone=Tone.WARN))
    else:
        await answer(respond, TextReply(text="On it: the run goes on where it had stopped.", tone=Tone.GOOD))


async def handle_orch_home_refresh(ack: AsyncAck, client: AsyncWebClient, context: AsyncBoltContext) -> None:
    await ack()
    actor = await actor_of(context)
    if actor:
        await publish_home(client, context["front"], actor)


async def handle_orch_home_settings(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, context: AsyncBoltContext
) -> None:
    await ack()
    actor = await actor_of(context)
    if actor:
        await client.views_open(trigger_id=body["trigger_id"], view=render_view(SettingsView.of(actor)))


async def handle_orch_home_unmute(
    ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, context: AsyncBoltContext
) -> None:
    """On the Home tab the line goes; below an answer that has been closed to, words say so."""
    await ack()
    actor = await actor_of(context)
    if actor is None:
        return
    with contextlib.suppress(InvalidValueError):  # drawn before a deploy; the tab is drawn anew either way
        category = CategoryRef.decode(value_of(body)).category
        await context["front"].unmute(category, actor)
        if not body.get("view"):
            await answer(respond, unmuted(category))
    await publish_home(client, context["front"], actor)
