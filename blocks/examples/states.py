"""The debrief's states: each differs from the plain one in exactly what its name says."""

from datetime import timedelta
from typing import Any

from blocks.examples.debriefs import (
    DECIDED_AT,
    STARTED_AT,
    debrief,
    decision,
    fields_panel,
    mail_panel,
    stage_panel,
    tasks_panel,
)
from sequences.records.action import ActionStatus, ErrorCode
from sequences.records.card import DebriefCard, Explanation, MailPanel, TaskLine
from sequences.records.insight import CallKind, CallType

_EMPTY: dict[str, Any] = {
    "company": None,
    "summary": (),
    "action_items": (),
    "intents": (),
    "next_actions": (),
    "fields": None,
    "stage": None,
    "tasks": None,
    "mail": None,
}


def debriefs() -> dict[str, DebriefCard]:
    """Name → card."""
    return {
        "pending": debrief(),
        "without_emoji": _with(emoji=False),
        "edited": _mail(mail_panel(edited=True)),
        "no_recipient": _mail(mail_panel(to=())),
        "counting": _mail(_counting()),
        "scheduled": _mail(_scheduled()),
        "sending": _mail(mail_panel(ActionStatus.EXECUTING)),
        "sent": _mail(mail_panel(ActionStatus.EXECUTED)),
        "cancelled": _mail(mail_panel(ActionStatus.CANCELLED)),
        "expired": _mail(mail_panel(ActionStatus.EXPIRED)),
        "failed": _mail(mail_panel(ActionStatus.FAILED, code=ErrorCode.INVALID_RECIPIENT)),
        "unknown_outcome": _mail(mail_panel(ActionStatus.FAILED, code=ErrorCode.UNKNOWN)),
        "refused": _mail(mail_panel(ActionStatus.REFUSED, code=ErrorCode.TEAM_POLICY_BLOCKED)),
        "all_decided": _all_decided(),
        "under_way": _under_way(),
        "fields_failed": _fields_failed(),
        "no_prospect": _with(mail=None, stage=None, fields=None, company=None),
        "internal": _internal(),
        "empty": _with(**_EMPTY),
        "degraded": _degraded(),
        "maximal": _maximal(),
    }


def _with(**changes: Any) -> DebriefCard:
    return debrief().model_copy(update=changes)


def _mail(panel: MailPanel) -> DebriefCard:
    return _with(mail=panel)


def _counting() -> MailPanel:
    panel = mail_panel(ActionStatus.CONFIRMED)
    until = panel.decision.model_copy(update={"execute_at": DECIDED_AT + timedelta(seconds=30)})
    return panel.model_copy(update={"decision": until, "undo_seconds": 30})


def _scheduled() -> MailPanel:
    panel = mail_panel(ActionStatus.CONFIRMED)
    later = panel.decision.model_copy(update={"execute_at": STARTED_AT + timedelta(hours=19.5), "scheduled": True})
    return panel.model_copy(update={"decision": later})


def _all_decided() -> DebriefCard:
    return _with(
        fields=fields_panel().model_copy(update={"undone": decision(ActionStatus.EXECUTED, name="undo")}),
        stage=stage_panel().model_copy(update={"decision": decision(ActionStatus.CANCELLED, name="stage")}),
        tasks=tasks_panel().model_copy(update={"decision": decision(ActionStatus.EXECUTED, name="tasks")}),
        mail=mail_panel(ActionStatus.EXECUTED, edited=True),
    )


def _under_way() -> DebriefCard:
    return _with(
        stage=stage_panel().model_copy(update={"decision": decision(ActionStatus.EXECUTING, name="stage")}),
        tasks=tasks_panel().model_copy(update={"decision": decision(ActionStatus.CONFIRMED, name="tasks")}),
    )


def _fields_failed() -> DebriefCard:
    failed = {"changes": (), "undo_action_id": None, "error": "The CRM could not be reached; nothing was written."}
    return _with(fields=fields_panel().model_copy(update=failed))


def _internal() -> DebriefCard:
    kind = CallType(kind=CallKind.INTERNAL, confidence=0.97)
    summary = ("Forecast for the quarter was gone through.",)
    return _with(**{**_EMPTY, "title": "Pipeline review", "call_type": kind, "summary": summary})


def _degraded() -> DebriefCard:
    explanation = Explanation(
        event="Your meeting ended and its transcript arrived.",
        engine="anthropic:claude-haiku-5-5",
        cost_usd="0.0184",
        notes=("No follow-up draft: the model did not answer in time.",),
    )
    return _with(mail=None, explanation=explanation)


def _maximal() -> DebriefCard:
    """Forty intents, a mail of 12,000 characters, and everything else in excess."""
    card = debrief()
    many = tuple(TaskLine(title=f"Task {n} that has quite a long title", quote="…") for n in range(25))
    return _with(
        title="A meeting whose title goes on " * 12,
        with_names=tuple(f"Attendee Number {n}" for n in range(30)),
        summary=tuple("One line of a summary that is longer than it should be. " * 8 for _ in range(9)),
        action_items=card.action_items * 10,
        intents=tuple(i.model_copy(update={"turn": i.turn + 100 * n}) for n in range(8) for i in card.intents),
        next_actions=card.next_actions * 6,
        fields=fields_panel().model_copy(update={"changes": fields_panel().changes * 10}),
        tasks=tasks_panel().model_copy(update={"tasks": many}),
        mail=long_mail_panel(),
    )


def long_mail_panel() -> MailPanel:
    """A mail of 12,000 characters."""
    body = "\n\n".join(f"Paragraph {n}: {'words upon words ' * 14}" for n in range(52))[:12_000]
    panel = mail_panel()
    mail = panel.mail.model_copy(update={"body": body, "subject": "A subject that never ends " * 20})
    return panel.model_copy(update={"mail": mail})
