"""The question before a meeting that sounds personal is read. It gives way to the debrief in the same message."""

from sequences.actions.read_sensitive_meeting import SensitiveMeeting
from sequences.cards.decision import decision_of
from sequences.meeting_ended import slack_summary
from sequences.ports.store import Transaction
from sequences.records.action import PendingAction
from sequences.records.card import Explanation, SensitiveCard
from sequences.records.job import Job
from sequences.records.people import User


async def build_sensitive(tx: Transaction, job: Job, owner: User) -> SensitiveCard | None:
    """None when nothing had to be asked, when the debrief has taken its place, or when the meeting is gone."""
    asked = await permission_of(tx, job)
    if asked is None or (asked.status.is_approved and await _is_debriefed(tx, job)):
        return None
    about = SensitiveMeeting.model_validate(asked.action_payload)
    meeting = await tx.meetings.get(about.meeting_id)
    if meeting is None:
        return None
    return SensitiveCard(
        decision=decision_of(asked, slack_user_id=owner.slack_user_id),
        title=meeting.title,
        about=about.about,
        started_at=meeting.started_at,
        timezone=owner.timezone,
        explanation=Explanation(
            event=f"Your meeting “{meeting.title}” ended, and it sounds like {about.about}.",
            engine="no model was asked",
            notes=("Rules looked at the words on this machine. Nothing was sent to a model.",),
        ),
    )


async def permission_of(tx: Transaction, job: Job) -> PendingAction | None:
    """What the run asked leave for; None when it did not have to."""
    actions = await tx.actions.for_job(job.id)
    return next((action for action in actions if action.action_type.is_permission), None)


async def _is_debriefed(tx: Transaction, job: Job) -> bool:
    return any(run.name == slack_summary.name for run in await tx.jobs.steps(job.id))
