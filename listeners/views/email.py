"""The edited mail, and the chosen time."""

from datetime import timedelta
from typing import Any

from slack_bolt.async_app import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from blocks.answers import MailEdit, read_mail_edit, read_send_at
from blocks.contexts.card_views import ErrorView
from blocks.ids import BlockId
from blocks.render import render_view
from listeners.answering import STRANGER, actor_of, ref_in
from sequences.actions.send_email import ADDRESS, MAX_RECIPIENTS
from sequences.front import Front

FARTHEST = timedelta(days=120)


async def handle_email_edit_submit(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext) -> None:
    """Keep what was typed; it still has to be approved on the card, where it is shown as it will be sent."""
    edit = read_mail_edit(view["state"]["values"])
    errors = _errors_of(edit)
    if errors:
        await ack(response_action="errors", errors=errors)
        return
    actor = await actor_of(context)
    if actor is None:
        await _refuse(ack, STRANGER)
        return
    front: Front = context["front"]
    ref = ref_in(view)
    changes = {"to": list(edit.to), "subject": edit.subject, "body": edit.body}
    ruling = await front.gate.edit(ref.action_id, actor, ref.version, changes)
    if not ruling.ok:
        await _refuse(ack, ruling.text)
        return
    await ack()


def _errors_of(edit: MailEdit) -> dict[str, str]:
    """What is wrong, by the block where it was typed."""
    errors: dict[str, str] = {}
    wrong = [address for address in edit.to if not ADDRESS.fullmatch(address)]
    if wrong:
        errors[BlockId.EMAIL_TO.value] = f"Not a mail address: {', '.join(wrong)[:100]}"
    elif not edit.to:
        errors[BlockId.EMAIL_TO.value] = "Add at least one mail address."
    elif len(edit.to) > MAX_RECIPIENTS:
        errors[BlockId.EMAIL_TO.value] = f"At most {MAX_RECIPIENTS} addresses."
    if not edit.subject:
        errors[BlockId.EMAIL_SUBJECT.value] = "The mail needs a subject."
    if not edit.body.strip():
        errors[BlockId.EMAIL_BODY.value] = "The mail needs a text."
    return errors


async def handle_email_schedule_submit(ack: AsyncAck, view: dict[str, Any], context: AsyncBoltContext) -> None:
    """Choosing a time for exactly the shown mail is its approval."""
    front: Front = context["front"]
    at, now = read_send_at(view["state"]["values"]), front.now()
    if at is None or at < now or at > now + FARTHEST:
        text = "Choose a time." if at is None else f"Choose a time in the next {FARTHEST.days} days."
        await ack(response_action="errors", errors={BlockId.SEND_AT.value: text})
        return
    actor = await actor_of(context)
    if actor is None:
        await _refuse(ack, STRANGER)
        return
    ref = ref_in(view)
    ruling = await front.gate.approve(ref.action_id, actor, ref.version, at=at)
    if not ruling.ok:
        await _refuse(ack, ruling.text)
        return
    await ack()


async def _refuse(ack: AsyncAck, text: str) -> None:
    """Put the sentence in the modal's place, so that it cannot be missed."""
    await ack(response_action="update", view=render_view(ErrorView(text=text)))
