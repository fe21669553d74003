"""One meeting in every state that its card can be in."""

from datetime import UTC, date, datetime, timedelta

from sequences.records.action import ActionStatus, ErrorCode
from sequences.records.card import (
    DebriefCard,
    Decision,
    Explanation,
    FieldChange,
    FieldsPanel,
    MailPanel,
    StagePanel,
    TaskLine,
    TasksPanel,
)
from sequences.records.crm import Stage
from sequences.records.insight import ActionItem, CallKind, CallType, Intent, IntentKind, NextAction
from sequences.records.mail import Mail
from sequences.records.meeting import Side

OWNER = "U0MAYA001"
STARTED_AT = datetime(2026, 11, 19, 13, 30, tzinfo=UTC)
DECIDED_AT = STARTED_AT + timedelta(minutes=32)
SAID = {
    "proposal": "I'll send you a proposal by Friday, with the pilot priced for two teams.",
    "checklist": "Could you send me the security checklist before our Tuesday review?",
    "cfo": "Tom, our CFO, has to sign off anything above thirty thousand.",
    "rival": "We looked at Ledgerline in the spring and it was too rigid for us.",
    "quarter": "We want this running before the new quarter starts in January.",
}


def decision(status: ActionStatus = ActionStatus.PENDING, *, name: str = "mail") -> Decision:
    decided = status is not ActionStatus.PENDING
    return Decision(
        action_id=f"act_{name}",
        version="3f9a1c7be204",
        status=status,
        decided_by=OWNER if decided and status is not ActionStatus.EXPIRED else None,
        at=DECIDED_AT if decided else None,
        expires_at=STARTED_AT + timedelta(days=2),
    )


def mail_panel(
    status: ActionStatus = ActionStatus.PENDING,
    *,
    to: tuple[str, ...] = ("sarah.chen@acme.example",),
    edited: bool = False,
    code: ErrorCode | None = None,
) -> MailPanel:
    body = (
        "Hi Sarah,\n\nthank you for the time today. As promised you will have the pilot proposal for two teams by "
        "Friday, and the security checklist before your Tuesday review.\n\nYou mentioned that Tom signs off anything "
        "above thirty thousand. Would twenty minutes with the two of you next week help?\n\nBest regards\nMaya"
    )
    return MailPanel(
        decision=decision(status).model_copy(update={"error_code": code}),
        mail=Mail(to=to, subject="Pilot for two teams: proposal by Friday", body=body),
        recipient_name="Sarah Chen" if to else None,
        edited=edited,
    )


def debrief() -> DebriefCard:
    """Everything found, nothing decided yet."""
    return DebriefCard(
        job_id="job_acme",
        title="Acme Corp: pilot follow-up",
        started_at=STARTED_AT,
        timezone="Europe/London",
        with_names=("Sarah Chen", "James Okafor"),
        company="Acme Corp",
        call_type=CallType(kind=CallKind.DEMO, confidence=0.86),
        summary=(
            "Sarah wants a pilot for two teams, running before January.",
            "The CFO signs off anything above $30,000.",
            "Ledgerline was tried in the spring and dropped as too rigid.",
            "Security review is on Tuesday; the checklist is needed before it.",
        ),
        action_items=_items(),
        intents=_intents(),
        next_actions=(
            NextAction(text="Bring Tom into the next call", reason="he signs off above $30,000"),
            NextAction(text="Send the checklist before Tuesday", reason="their security review is that day"),
        ),
        fields=fields_panel(),
        stage=stage_panel(),
        tasks=tasks_panel(),
        mail=mail_panel(),
        explanation=Explanation(
            event="Your meeting “Acme Corp: pilot follow-up” ended and its transcript arrived.",
            engine="offline rules",
            evidence=(SAID["proposal"], SAID["checklist"]),
        ),
        owner=OWNER,
    )


def _items() -> tuple[ActionItem, ...]:
    return (
        ActionItem(
            owner="Maya Patel",
            owner_side=Side.REP,
            text="Send the pilot proposal for two teams",
            due_on=date(2026, 11, 20),
            quote=SAID["proposal"],
            turn=41,
            start_s=1930,
        ),
        ActionItem(
            owner="Maya Patel",
            owner_side=Side.REP,
            text="Send the security checklist",
            due_on=date(2026, 11, 24),
            quote=SAID["checklist"],
            turn=44,
            start_s=2015,
        ),
        ActionItem(
            owner=None, owner_side=Side.UNKNOWN, text="Ask Tom for a slot", quote="Let's ask Tom for a slot.", turn=47
        ),
    )


def _intents() -> tuple[Intent, ...]:
    def said(kind: IntentKind, key: str, start_s: float, *, side: Side = Side.PROSPECT) -> Intent:
        name = "Maya Patel" if side is Side.REP else "Sarah Chen"
        return Intent(
            kind=kind, speaker=side, speaker_name=name, quote=SAID[key], turn=40, start_s=start_s, confidence=0.88
        )

    return (
        said(IntentKind.SEND_PROPOSAL, "proposal", 1930, side=Side.REP),
        said(IntentKind.SEND_CONTENT, "checklist", 2015),
        said(IntentKind.MULTI_STAKEHOLDER, "cfo", 1122),
        said(IntentKind.COMPETITIVE, "rival", 845),
        said(IntentKind.TIMELINE, "quarter", 309),
    )


def fields_panel() -> FieldsPanel:
    deal = "Acme Corp pilot"
    return FieldsPanel(
        changes=(
            FieldChange(
                object="deal",
                object_name=deal,
                field="decision_process",
                old=None,
                new="CFO signs off above $30,000",
                quote=SAID["cfo"],
                start_s=1122,
            ),
            FieldChange(
                object="deal",
                object_name=deal,
                field="timeline",
                old="next year",
                new="before January",
                quote=SAID["quarter"],
                start_s=309,
            ),
        ),
        undo_action_id="act_fields",
        undo_version="77aa01bc93de",
    )


def stage_panel() -> StagePanel:
    return StagePanel(
        decision=decision(name="stage"),
        deal_name="Acme Corp pilot",
        old=Stage.DEMO,
        new=Stage.PROPOSAL,
        quote=SAID["proposal"],
        start_s=1930,
    )


def tasks_panel() -> TasksPanel:
    return TasksPanel(
        decision=decision(name="tasks"),
        tasks=(
            TaskLine(title="Send the pilot proposal for two teams", due_on="2026-11-20", quote=SAID["proposal"]),
            TaskLine(title="Send the security checklist", due_on="2026-11-24", quote=SAID["checklist"]),
        ),
    )
