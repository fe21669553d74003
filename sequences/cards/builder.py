"""Which card a row stands for, and when it wants to be shown again."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sequences.actions.choose_rep import RepChoice
from sequences.cards.debrief import build_debrief
from sequences.cards.decision import decision_of
from sequences.ports.store import CardRow, Transaction
from sequences.records.card import Card, ChooseRepCard, DebriefCard, Explanation, NoticeCard
from sequences.records.job import Job, JobStatus, StepStatus
from sequences.records.people import User

COUNTDOWN_STEP = 5  # seconds between two showings of a running undo window


@dataclass(frozen=True, kw_only=True)
class Built:
    """``again_at`` asks for one more showing, for a countdown."""

    card: Card
    again_at: datetime | None = None


async def build_card(tx: Transaction, row: CardRow, owner: User, now: datetime) -> Built | None:
    """None when what the card was about is gone; its row is then left as it is."""
    if row.kind == "choose_rep":
        return await _choose_rep(tx, row, owner)
    if row.job_id is None:
        return Built(card=NoticeCard.model_validate(row.subject))
    job = await tx.jobs.get(row.job_id)
    if job is None:
        return None
    if row.kind == "notice":
        return Built(card=await _failure(tx, job))
    card = await build_debrief(tx, job, owner, now)
    return Built(card=card, again_at=_next_tick(card, now)) if card else None


def _next_tick(card: DebriefCard, now: datetime) -> datetime | None:
    left = card.mail.undo_seconds if card.mail else None
    if not left:
        return None
    return now + timedelta(seconds=min(COUNTDOWN_STEP, left))


async def _choose_rep(tx: Transaction, row: CardRow, owner: User) -> Built | None:
    action = await tx.actions.get(row.subject["action_id"])
    if action is None:
        return None
    choice = RepChoice.model_validate(action.action_payload)
    names = {user.id: user.name for user in await tx.people.users(row.org_id)}
    return Built(
        card=ChooseRepCard(
            decision=decision_of(action, slack_user_id=owner.slack_user_id),
            title=choice.title,
            started_at=datetime.fromisoformat(choice.started_at),
            timezone=owner.timezone,
            options=tuple((user_id, names.get(user_id, "somebody who left")) for user_id in choice.options),
            chosen=names.get(choice.chosen) if choice.chosen else None,
            explanation=Explanation(
                event=f"The meeting “{choice.title}” ended, several of you were there and none of you organised it.",
                engine="no model was asked",
            ),
        )
    )


async def _failure(tx: Transaction, job: Job) -> NoticeCard:
    """What was done, what was not, and what to press (MESSAGES: when something stops)."""
    meeting_id = job.trigger_payload.get("meeting_id")
    meeting = await tx.meetings.get(meeting_id) if meeting_id else None
    about = f" after “{meeting.title}”" if meeting else ""
    if job.status is not JobStatus.FAILED:
        return NoticeCard(title=f"Picked up again{about}", text="The run goes on where it had stopped.")
    steps = [run for run in await tx.jobs.steps(job.id) if not run.name.startswith("context:")]
    done = [_spoken(run.name) for run in steps if run.status is StepStatus.DONE]
    finished = f"Done until then: {', '.join(done)}." if done else "Nothing had been done by then."
    return NoticeCard(
        title=f"I had to stop{about}",
        text=f"{(job.error or 'Something went wrong').rstrip('.')}. {finished} Nothing was sent.",
        next_step="Press Retry to go on from where it stopped.",
        retry_job_id=job.id,
        explanation=Explanation(event=f"A run of {_spoken(job.sequence)} failed.", engine="no model was asked"),
    )


def _spoken(name: str) -> str:
    return name.replace("_", " ")
