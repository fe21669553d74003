"""The debrief card of a meeting, put together from the job's stored steps and actions."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TypeVar

from sequences.cards.panels import fields_panel, mail_panel, stage_panel, tasks_panel
from sequences.context import Tier2, ours_among
from sequences.meeting_ended import MEETING_ENDED, Shown
from sequences.ports.store import Transaction
from sequences.records.base import Record
from sequences.records.card import DebriefCard, Explanation
from sequences.records.insight import ActionItems, CallType, Intents, MeetingSummary, NextActions
from sequences.records.job import Job, StepRun, StepStatus
from sequences.records.meeting import Meeting
from sequences.records.people import User
from sequences.sequence import wiring_of

R = TypeVar("R", bound=Record)

# What the rep reads when a best-effort step gave up.
_MISSING = {
    "classify_call": "The kind of call was not recognised",
    "detect_intents": "Promises and signals were not looked for",
    "suggest_next_actions": "No next steps were suggested",
    "update_crm": "The CRM was not updated",
    "create_tasks": "No tasks were proposed",
    "summarise_meeting": "No summary was written",
}


async def build_debrief(tx: Transaction, job: Job, owner: User, now: datetime) -> DebriefCard | None:
    """None while the meeting cannot be read any more."""
    meeting = await tx.meetings.get(job.trigger_payload["meeting_id"])
    if meeting is None:
        return None
    runs = {run.name: run for run in await tx.jobs.steps(job.id)}
    actions = {action.action_type: action for action in await tx.actions.for_job(job.id)}
    tier2 = _stored(runs, "context:tier2", Tier2) or Tier2()
    intents = _output(runs, Intents) or Intents()
    customer = tier2.customer
    cost = str(job.cost_usd.normalize()) if job.cost_usd else "0"
    return DebriefCard(
        job_id=job.id,
        title=meeting.title,
        started_at=meeting.started_at,
        timezone=owner.timezone,
        with_names=_guests(meeting, (*tier2.colleagues, owner)),
        company=customer.company.name if customer.company else None,
        call_type=_output(runs, CallType),
        summary=(_output(runs, MeetingSummary) or MeetingSummary()).lines,
        action_items=(_output(runs, ActionItems) or ActionItems()).items,
        intents=intents.items,
        next_actions=(_output(runs, NextActions) or NextActions()).items,
        fields=fields_panel(actions, owner),
        stage=stage_panel(actions, owner),
        tasks=tasks_panel(actions, owner),
        mail=mail_panel(actions, owner, now, customer=customer, meeting=meeting),
        explanation=_explanation(runs, intents, cost, meeting),
    )


def _guests(meeting: Meeting, our_people: Sequence[User]) -> tuple[str, ...]:
    """Everybody else."""
    ours = ours_among(meeting.participants, our_people)
    return tuple(guest.name for guest in meeting.participants if guest not in ours)


def _explanation(runs: Mapping[str, StepRun], intents: Intents, cost: str, meeting: Meeting) -> Explanation:
    shown = _output(runs, Shown)
    lost = [
        f"{_MISSING.get(name, name)}: {run.error}." for name, run in runs.items() if run.status is StepStatus.FAILED
    ]
    return Explanation(
        event=f"Your meeting “{meeting.title}” ended and its transcript arrived.",
        engine=shown.engine if shown else "offline rules",
        evidence=tuple(f"“{item.quote}” ({item.speaker_name})" for item in intents.items),
        cost_usd=cost,
        notes=(*(shown.notes if shown else ()), *lost),
    )


def _output(runs: Mapping[str, StepRun], kind: type[R]) -> R | None:
    """The stored output of the step that makes ``kind``."""
    step = next((step for step in MEETING_ENDED.steps if wiring_of(step.run).output is kind), None)
    return _stored(runs, step.name, kind) if step else None


def _stored(runs: Mapping[str, StepRun], name: str, kind: type[R]) -> R | None:
    run = runs.get(name)
    return kind.model_validate(run.output) if run and run.output is not None else None
