"""The parts of a debrief card that can be decided, each built from its action as stored."""

from datetime import datetime

from sequences.actions.create_tasks import TaskBatch
from sequences.actions.move_deal_stage import StageMove
from sequences.actions.update_crm_fields import FieldWrites
from sequences.cards.decision import decision_of, undo_seconds
from sequences.records.action import ActionStatus, ActionType, PendingAction
from sequences.records.card import FieldChange, FieldsPanel, MailPanel, StagePanel, TaskLine, TasksPanel
from sequences.records.crm import CustomerPicture
from sequences.records.mail import Mail
from sequences.records.meeting import Meeting
from sequences.records.people import User

_MOST_NAMED = 2

Actions = dict[ActionType, PendingAction]


def mail_panel(
    actions: Actions, owner: User, now: datetime, *, customer: CustomerPicture, meeting: Meeting
) -> MailPanel | None:
    action = actions.get(ActionType.SEND_EMAIL)
    if action is None:
        return None
    mail = Mail.model_validate(action.action_payload)
    return MailPanel(
        decision=decision_of(action, slack_user_id=owner.slack_user_id),
        mail=mail,
        recipient_name=_names_of(mail, customer, meeting),
        edited=action.original_payload is not None,
        undo_seconds=undo_seconds(action, now),
    )


def _names_of(mail: Mail, customer: CustomerPicture, meeting: Meeting) -> str | None:
    """ "Ann Lee and Bo Hart", as the CRM has them; somebody new as in the meeting; None when nobody has a name."""
    called = {one.email: one.name for one in meeting.participants if one.email}
    called |= {one.email: one.name for one in customer.contacts if one.email}
    if not any(address in called for address in mail.to):
        return None
    names = [called.get(address, address) for address in mail.to[:_MOST_NAMED]]
    more = len(mail.to) - len(names)
    return f"{', '.join(names)} and {more} more" if more else " and ".join(names)


def tasks_panel(actions: Actions, owner: User) -> TasksPanel | None:
    action = actions.get(ActionType.CREATE_TASKS)
    if action is None:
        return None
    lines = tuple(
        TaskLine(
            title=task.title,
            due_on=task.due_on.isoformat() if task.due_on else None,
            quote=task.quote,
            start_s=task.start_s,
        )
        for task in TaskBatch.model_validate(action.action_payload).tasks
    )
    return TasksPanel(decision=decision_of(action, slack_user_id=owner.slack_user_id), tasks=lines)


def stage_panel(actions: Actions, owner: User) -> StagePanel | None:
    action = actions.get(ActionType.MOVE_DEAL_STAGE)
    if action is None:
        return None
    move = StageMove.model_validate(action.action_payload)
    return StagePanel(
        decision=decision_of(action, slack_user_id=owner.slack_user_id),
        deal_name=move.deal_name,
        old=move.old,
        new=move.new,
        quote=move.quote,
        start_s=move.start_s,
    )


def fields_panel(actions: Actions, owner: User) -> FieldsPanel | None:
    """Fields as they were really written; those that the CRM refused are told as such."""
    action, undo = actions.get(ActionType.UPDATE_CRM_FIELDS), actions.get(ActionType.UNDO_CRM_UPDATE)
    if action is None or action.status not in (ActionStatus.EXECUTED, ActionStatus.FAILED):
        return None
    writes = FieldWrites.model_validate(action.action_payload).writes
    written = action.outcome.get("written", [])
    changes = tuple(
        FieldChange(
            object=writes[done["number"]].object,
            object_name=writes[done["number"]].object_name,
            field=writes[done["number"]].field,
            old=done["old"],
            new=done["new"] or "",
            quote=writes[done["number"]].quote,
            start_s=writes[done["number"]].start_s,
        )
        for done in written
    )
    refused = [item["reason"] for item in action.outcome.get("refused", [])]
    return FieldsPanel(
        changes=changes,
        undo_action_id=action.id if changes and undo is None else None,
        undone=decision_of(undo, slack_user_id=owner.slack_user_id) if undo else None,
        error=action.error or ("; ".join(refused) or None),
    )
