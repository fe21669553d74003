"""Presses that decide: acknowledge, ask the gate, and speak only when it said no. The card itself tells the rest."""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.async_app import AsyncAck, AsyncRespond
from slack_bolt.context.async_context import AsyncBoltContext

from blocks.answers import read_rep
from blocks.contexts.replies import TextReply, Tone
from blocks.values import ActionRef, InvalidValueError
from listeners.answering import STRANGER, actor_of, answer, answer_ruling, value_of
from listeners.in_flight import Listener
from sequences.actions.gate.rulings import Ruling, unknown_action
from sequences.front import Front
from sequences.records.people import User
from sequences.records.resume import ApprovalData, Decision, ResumeRequest

Decide = Callable[[Front, ActionRef, User, dict[str, Any]], Awaitable[Ruling]]


def _deciding(decide: Decide, *, say_success: bool = False) -> Listener:
    """A listener that hands the press to ``decide`` with who pressed, on which action, in which version."""

    async def handle(ack: AsyncAck, body: dict[str, Any], respond: AsyncRespond, context: AsyncBoltContext) -> None:
        await ack()
        actor = await actor_of(context)
        if actor is None:
            await answer(respond, TextReply(text=STRANGER, tone=Tone.WARN))
            return
        try:
            ref = ActionRef.decode(value_of(body))
        except InvalidValueError:
            await answer_ruling(respond, unknown_action())
            return
        ruling = await decide(context["front"], ref, actor, body)
        await answer_ruling(respond, ruling, say_success=say_success)

    return handle


def _answering(decision: Decision) -> Listener:
    async def decide(front: Front, ref: ActionRef, actor: User, body: dict[str, Any]) -> Ruling:  # noqa: ARG001
        data = ApprovalData(action=decision, pending_action_id=ref.action_id, version=ref.version)
        return await front.decide(ResumeRequest(approval_data=data), actor)

    return _deciding(decide)


async def _undo(front: Front, ref: ActionRef, actor: User, body: dict[str, Any]) -> Ruling:  # noqa: ARG001
    return await front.gate.undo_fields(ref.action_id, actor)


async def _choose_rep(front: Front, ref: ActionRef, actor: User, body: dict[str, Any]) -> Ruling:
    chosen = read_rep(body.get("state", {}).get("values", {}))
    return await front.choose_rep(ref.action_id, actor, ref.version, chosen)


handle_email_send = _answering(Decision.APPROVE)
handle_email_cancel = _answering(Decision.SKIP)
handle_email_cancel_send = _answering(Decision.CANCEL)
handle_orch_tasks_create = _answering(Decision.APPROVE)
handle_orch_tasks_skip = _answering(Decision.SKIP)
handle_orch_stage_approve = _answering(Decision.APPROVE)
handle_orch_stage_skip = _answering(Decision.SKIP)
handle_orch_sensitive_read = _answering(Decision.APPROVE)
handle_orch_sensitive_leave = _answering(Decision.SKIP)
handle_orch_crm_undo = _deciding(_undo, say_success=True)
handle_orch_rep_confirm = _deciding(_choose_rep)


async def handle_orch_rep_select(ack: AsyncAck) -> None:
    """Choosing decides nothing; Confirm does."""
    await ack()
