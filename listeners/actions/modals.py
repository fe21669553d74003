"""Presses that open a modal on one action. The modal carries the version that it shows."""

from collections.abc import Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext
from slack_sdk.web.async_client import AsyncWebClient

from blocks.contexts.card_views import ChooseTasksView
from blocks.contexts.mail_views import EditMailView, FullMailView, SendLaterView
from blocks.contexts.replies import TextReply, Tone
from blocks.render import View, render_view
from blocks.values import ActionRef, InvalidValueError
from listeners.answering import STRANGER, actor_of, answer, answer_ruling, value_of
from listeners.in_flight import Listener
from sequences.actions.create_tasks import TaskBatch
from sequences.actions.gate.rulings import unknown_action
from sequences.front import Front
from sequences.records.action import PendingAction
from sequences.records.card import TaskLine
from sequences.records.mail import Mail
from sequences.records.people import User

Draw = Callable[[PendingAction, ActionRef, Front, User], View]


def _opening(draw: Draw, *, only_pending: bool = True) -> Listener:
    """A listener that shows ``draw`` of the pressed action, to its owner alone."""

    async def handle(
        ack: AsyncAck, body: dict[str, Any], client: AsyncWebClient, respond: AsyncRespond, context: AsyncBoltContext
    ) -> None:
        await ack()
        actor = await actor_of(context)
        if actor is None:
            await answer(respond, TextReply(text=STRANGER, tone=Tone.WARN))
            return
        front: Front = context["front"]
        try:
            ref = ActionRef.decode(value_of(body))
        except InvalidValueError:
            await answer_ruling(respond, unknown_action())
            return
        action = await front.own_action(ref.action_id, actor)
        if action is None or only_pending:
            # Not theirs, decided, expired or changed: the gate knows the kind sentence, and says it before anything is
            # typed that could not be kept.
            ruling = await front.gate.explain(ref.action_id, actor, ref.version)
            if action is None or not ruling.ok:
                await answer_ruling(respond, ruling)
                return
        view = render_view(draw(action, ref, front, actor))
        await client.views_open(trigger_id=body["trigger_id"], view=view)

    return handle


def _edit_mail(action: PendingAction, ref: ActionRef, front: Front, actor: User) -> View:  # noqa: ARG001
    mail = Mail.model_validate(action.action_payload)
    return EditMailView(ref=ref, to=mail.to, subject=mail.subject, body=mail.body)


def _send_later(action: PendingAction, ref: ActionRef, front: Front, actor: User) -> View:
    mail = Mail.model_validate(action.action_payload)
    return SendLaterView(ref=ref, now=front.now(), timezone=actor.timezone, recipient=", ".join(mail.to))


def _full_mail(action: PendingAction, ref: ActionRef, front: Front, actor: User) -> View:  # noqa: ARG001
    return FullMailView(mail=Mail.model_validate(action.action_payload))


def _choose_tasks(action: PendingAction, ref: ActionRef, front: Front, actor: User) -> View:  # noqa: ARG001
    batch = TaskBatch.model_validate(action.action_payload)
    lines = tuple(
        TaskLine(
            title=task.title,
            due_on=task.due_on.isoformat() if task.due_on else None,
            quote=task.quote,
            start_s=task.start_s,
        )
        for task in batch.tasks
    )
    return ChooseTasksView(ref=ref, tasks=lines)


handle_email_edit = _opening(_edit_mail)
handle_email_schedule = _opening(_send_later)
handle_email_show_all = _opening(_full_mail, only_pending=False)
handle_orch_tasks_choose = _opening(_choose_tasks)
