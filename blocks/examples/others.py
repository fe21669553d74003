"""The short cards, the replies, the modals and the Home tab."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal

from blocks.contexts.card_views import (
    ChooseTasksView,
    ErrorView,
    FeedbackView,
    FindingsView,
    LoadingView,
    ThanksView,
    WhyView,
)
from blocks.contexts.home import HomeContext
from blocks.contexts.mail_views import EditMailView, FullMailView, SendLaterView
from blocks.contexts.replies import BriefReply, HelpReply, MutedReply, TextReply, Tone
from blocks.contexts.settings import SettingsView
from blocks.contexts.status import OpenApprovalsView, StatusReply
from blocks.contexts.use import use_lines
from blocks.examples.debriefs import OWNER, STARTED_AT, debrief, decision, mail_panel, tasks_panel
from blocks.examples.states import debriefs, long_mail_panel
from blocks.render import Reply, View
from blocks.values import ActionRef, Rating
from sequences.records.action import ActionStatus, ActionType, PendingAction, Risk
from sequences.records.card import ChooseRepCard, Explanation, NoticeCard, SensitiveCard, TaskLine
from sequences.records.cost import AbilityUse, UseOfAi
from sequences.records.event import Event, EventSource, EventStatus, EventType, StoredEvent
from sequences.records.job import Job, JobStatus
from sequences.records.people import User

NOW = datetime(2026, 11, 19, 15, 5, tzinfo=UTC)
_REF = ActionRef("act_mail", "3f9a1c7be204")
_ASKED = Explanation(event="A meeting ended and nobody organised it.", engine="offline rules")


def choose_rep_cards() -> dict[str, ChooseRepCard]:
    def card(status: ActionStatus, names: int = 2, chosen: str | None = None) -> ChooseRepCard:
        people = (("U0MAYA001", "Maya Patel"), ("U0BEN0002", "Ben Ortiz"))
        return ChooseRepCard(
            decision=decision(status, name="rep"),
            title="Acme Corp: pilot follow-up",
            started_at=STARTED_AT,
            timezone="Europe/London",
            options=people + tuple((f"U0COLL{n:03}", f"Colleague {n}") for n in range(names - 2)),
            chosen=chosen,
            explanation=_ASKED,
            owner=OWNER,
        )

    return {
        "pending": card(ActionStatus.PENDING),
        "many": card(ActionStatus.PENDING, names=24),
        "chosen": card(ActionStatus.EXECUTED, chosen="Maya Patel"),
        "expired": card(ActionStatus.EXPIRED),
    }


def sensitive_cards() -> dict[str, SensitiveCard]:
    def card(status: ActionStatus) -> SensitiveCard:
        return SensitiveCard(
            decision=decision(status, name="sensitive"),
            title="Hugh and Dana",
            about="a personnel matter",
            started_at=STARTED_AT,
            timezone="Europe/London",
            explanation=_ASKED,
            owner=OWNER,
        )

    statuses = {
        "pending": ActionStatus.PENDING,
        "agreed": ActionStatus.EXECUTED,
        "left_alone": ActionStatus.CANCELLED,
        "expired": ActionStatus.EXPIRED,
    }
    return {state: card(status) for state, status in statuses.items()}


def notice_cards() -> dict[str, NoticeCard]:
    return {
        "failed_step": NoticeCard(
            title="The debrief of “Acme Corp: pilot follow-up” stopped",
            text="The transcript was read and kept. No follow-up was drafted: the model refused to answer.",
            next_step="Try again; what is done already is not repeated.",
            retry_job_id="job_acme",
            explanation=_ASKED,
        ),
        "budget": NoticeCard(
            title="AI budget limit reached",
            text="Pausing proactive workflows until the next billing period.",
        ),
    }


def replies() -> dict[str, Reply]:
    return {
        "help": HelpReply(),
        "help_unknown": HelpReply(unknown="breif <!channel>"),
        "status": StatusReply.of(
            jobs=_jobs()[:2],
            children=(*_jobs()[2:], *_refused()),
            waiting=_waiting(),
            now=NOW,
            timezone="Europe/London",
        ),
        "status_use": StatusReply.of(jobs=_jobs()[:1], use=use_lines(_use(), None), now=NOW, timezone="Europe/London"),
        "status_empty": StatusReply(),
        "brief": BriefReply(card=debrief()),
        "brief_sent": BriefReply(card=debriefs()["sent"]),
        "brief_maximal": BriefReply(card=debriefs()["maximal"]),
        "text": TextReply(text="Already sent at 14:02. Nothing was sent twice."),
        "text_good": TextReply(text="Thank you, noted.", tone=Tone.GOOD),
        "text_warn": TextReply(text="Only Maya can decide this one.", tone=Tone.WARN),
        "muted": MutedReply(category="meeting_debrief"),
    }


def views() -> dict[str, View]:
    mail = mail_panel().mail
    long_mail = long_mail_panel().mail
    tasks = tuple(TaskLine(title=f"Task {n}: {'a long title ' * 9}", quote="…") for n in range(23))
    return {
        "edit_mail": EditMailView(ref=_REF, to=mail.to, subject=mail.subject, body=mail.body),
        "edit_mail_long": EditMailView(ref=_REF, to=mail.to, body=long_mail.body),
        "edit_mail_empty": EditMailView(ref=_REF),
        "full_mail": FullMailView(mail=long_mail),
        "send_later": SendLaterView(ref=_REF, now=NOW, timezone="Europe/London", recipient="Sarah Chen"),
        "choose_tasks": ChooseTasksView(ref=_REF, tasks=tasks_panel().tasks),
        "choose_tasks_many": ChooseTasksView(ref=_REF, tasks=tasks),
        "feedback": FeedbackView(card_id="card_acme", rating=Rating.DOWN),
        "feedback_open": FeedbackView(card_id="card_acme"),
        "why": WhyView.of(debrief()),
        "why_degraded": WhyView.of(debriefs()["degraded"].model_copy(update={"intents": ()})),
        "why_notice": WhyView.of(notice_cards()["budget"]),
        "findings": FindingsView.of(debriefs()["maximal"]),
        "settings": SettingsView.of(_maya()),
        "settings_empty": SettingsView(signature="", quiet_start="", quiet_end="", hourly="20", daily_mails="50"),
        "open_approvals": OpenApprovalsView.of(_waiting(), now=NOW, timezone="Europe/London"),
        "open_approvals_none": OpenApprovalsView(),
        "loading": LoadingView(),
        "thanks": ThanksView(),
        "error": ErrorView(
            text="Slack closed the window before I was ready. Press the button again.", reference="c3f9a1"
        ),
    }


def _maya() -> User:
    return User(
        id="usr_maya",
        org_id="org_1",
        slack_user_id=OWNER,
        name="Maya Patel",
        timezone="Europe/London",
        signature="Maya Patel, Brightwell",
        quiet_hours_start=time(19),
        quiet_hours_end=time(8),
    )


def homes() -> dict[str, HomeContext]:
    user = _maya()
    full = HomeContext.of(
        user,
        jobs=_jobs()[:2],
        children=(*_jobs()[2:], *_refused()),
        waiting=_waiting(),
        muted=("notice",),
        engine="offline rules",
        now=NOW,
    )
    return {"full": replace(full, use=use_lines(_use(), _use())), "first_day": HomeContext.of(user, now=NOW)}


def _use() -> UseOfAi:
    debrief = AbilityUse(
        sequence="meeting_ended",
        is_enabled=True,
        month_usd=Decimal("3.20"),
        runs=14,
        projected_usd=Decimal("5.10"),
    )
    older = AbilityUse(
        sequence="coaching_weekly", is_enabled=False, month_usd=Decimal("0.40"), runs=1, projected_usd=Decimal(0)
    )
    return UseOfAi(
        tokens_today=12_340,
        today_usd=Decimal("0.12"),
        month_usd=Decimal("3.60"),
        projected_usd=Decimal("5.10"),
        abilities=(debrief, older),
        balance_usd=Decimal(80),
    )


def _jobs() -> list[Job]:
    def job(name: str, status: JobStatus, *, parent: str | None = None, error: str | None = None) -> Job:
        return Job(
            id=f"job_{name}",
            org_id="org_1",
            user_id="usr_maya",
            sequence="proposal_generation" if parent else "meeting_ended",
            event_source="webhook:meetingbaas",
            trigger_payload={"title": "Acme Corp: pilot follow-up"},
            idempotency_key=name,
            parent_job_id=parent,
            status=status,
            run_at=NOW,
            cost_usd=Decimal("0.012"),
            error=error,
            created_at=NOW - timedelta(minutes=40),
        )

    return [
        job("acme", JobStatus.AWAITING_APPROVAL),
        job("older", JobStatus.FAILED, error="The model did not answer."),
        job("child", JobStatus.COMPLETED, parent="job_acme"),
    ]


def _refused() -> list[StoredEvent]:
    """Follow-ups that no run came of: of the meeting, and of the proposal that it led to."""

    def stored(kind: EventType, parent: str, reason: str) -> StoredEvent:
        event = Event(
            type=kind,
            source=EventSource.ORCHESTRATOR_CHAIN,
            org_id="org_1",
            user_id="usr_maya",
            idempotency_key=f"{kind}:{parent}",
            parent_job_id=parent,
        )
        received_at = NOW - timedelta(minutes=38)
        return StoredEvent(
            id=f"event_{kind}", event=event, status=EventStatus.SKIPPED, reason=reason, received_at=received_at
        )

    return [
        stored(EventType.CALENDAR_FIND_TIMES, "job_acme", "no sequence answers calendar_find_times yet"),
        stored(EventType.CONTENT_RETRIEVAL, "job_child", "it is switched off for this workspace"),
    ]


def _waiting() -> list[PendingAction]:
    def action(kind: ActionType, payload: dict[str, object]) -> PendingAction:
        return PendingAction(
            id=f"act_{kind.value}",
            org_id="org_1",
            user_id="usr_maya",
            action_type=kind,
            action_payload=payload,
            digest="3f9a1c7be204",
            risk_level=Risk.MEDIUM,
            expires_at=NOW + timedelta(days=1),
            created_at=NOW,
        )

    return [
        action(ActionType.SEND_EMAIL, {"to": ["sarah.chen@acme.example"], "subject": "Pilot for two teams"}),
        action(ActionType.CREATE_TASKS, {"tasks": [{}, {}]}),
        action(ActionType.MOVE_DEAL_STAGE, {"deal_name": "Acme Corp pilot", "new": "proposal"}),
    ]
