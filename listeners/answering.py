"""Answers that only the person who asked sees, and who that person is."""

from typing import Any

from slack_bolt.async_app import AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from blocks.contexts.replies import TextReply, Tone
from blocks.render import Reply, render_reply
from blocks.values import ActionRef, InvalidValueError
from sequences.actions.gate.rulings import Ruling
from sequences.front import Front
from sequences.records.people import User
from sequences.tracing import note

STRANGER = "I only work for members of this workspace, not for guests or apps. Nothing was done."


async def actor_of(context: AsyncBoltContext) -> User | None:
    """The member who acts; None for guests, bots and strangers, who may decide nothing."""
    front: Front = context["front"]
    team_id, user_id = context["actor_key"]
    if not team_id or not user_id:
        return None
    actor = await front.find_member(team_id, user_id)
    if actor:
        note(user_id=actor.id, org_id=actor.org_id)
    return actor


async def first_actor_of(body: dict[str, Any], context: AsyncBoltContext) -> User | None:
    """As ``actor_of``, for an event: None, too, when Slack sends one that was heard before, on whichever node.

    One without an id cannot be told from another, and is heard each time.
    """
    actor = await actor_of(context)
    front: Front = context["front"]
    event_id = body.get("event_id")
    if actor is None or (event_id and not await front.hear(event_id, actor)):
        return None
    return actor


async def answer(respond: AsyncRespond, reply: Reply) -> None:
    """Show ``reply`` to the asker alone; the message that was pressed stays as it is."""
    message = render_reply(reply)
    await respond(text=message.text, blocks=message.blocks, response_type="ephemeral", replace_original=False)


async def answer_ruling(respond: AsyncRespond, ruling: Ruling, *, say_success: bool = False) -> None:
    """A decision that counted shows on the card itself; only a refusal needs words, unless asked otherwise."""
    if ruling.ok and not say_success:
        return
    await answer(respond, TextReply(text=ruling.text, tone=Tone.GOOD if ruling.ok else Tone.WARN))


async def whisper(
    client: AsyncWebClient, *, channel_id: str, user_id: str, reply: Reply, thread_ts: str | None = None
) -> None:
    """As ``answer``, where there is no response_url (modals, events)."""
    message = render_reply(reply)
    await client.chat_postEphemeral(
        channel=channel_id, user=user_id, text=message.text, blocks=message.blocks, thread_ts=thread_ts
    )


def ref_in(view: dict[str, Any]) -> ActionRef:
    """The action that a submitted modal is about. One that stayed open over a deploy names an action that is not there,
    so that the gate answers kindly."""
    try:
        return ActionRef.decode(view["private_metadata"])
    except InvalidValueError:
        return ActionRef("unreadable")


def value_of(body: dict[str, Any]) -> str | None:
    """The ``value`` of the pressed button."""
    pressed = body["actions"][0]
    value = pressed.get("value")
    return value if isinstance(value, str) else None
