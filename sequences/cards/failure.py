"""The card of a run that stopped: what was done, what was not, what left and what still waits, as stored."""

from sequences.ports.store import Transaction
from sequences.records.action import ActionStatus, ActionType, ErrorCode, PendingAction
from sequences.records.card import Explanation, NoticeCard
from sequences.records.job import Job, JobStatus, StepRun, StepStatus

_DONE = {
    ActionType.UPDATE_CRM_FIELDS: "the CRM was updated",
    ActionType.UNDO_CRM_UPDATE: "the CRM update was undone",
    ActionType.CREATE_TASKS: "tasks were created",
    ActionType.MOVE_DEAL_STAGE: "the deal was moved",
}
_WAITS = {
    ActionType.SEND_EMAIL: "a mail",
    ActionType.CREATE_TASKS: "tasks",
    ActionType.MOVE_DEAL_STAGE: "the deal's stage",
    ActionType.UPDATE_CRM_FIELDS: "changes in the CRM",
}


async def build_failure(tx: Transaction, job: Job) -> NoticeCard:
    """Once the run has been taken up again, the card says that instead."""
    about = await _about(tx, job)
    if job.status is not JobStatus.FAILED:
        return NoticeCard(title=f"Picked up again{about}", text="The run goes on where it had stopped.")
    steps = [run for run in await tx.jobs.steps(job.id) if not run.name.startswith("context:")]
    actions = await tx.actions.for_job(job.id)
    why = (job.error or "Something went wrong").rstrip(".") + "."
    is_recoverable = job.metadata.get("problem", {}).get("recoverable", True)
    sentences = (why, _done(steps), _not_done(steps, job), *_left(actions), _waiting(actions))
    return NoticeCard(
        title=f"I had to stop{about}",
        text=" ".join(sentence for sentence in sentences if sentence),
        next_step="Press Retry to go on from where it stopped." if is_recoverable else None,
        retry_job_id=job.id if is_recoverable else None,
        explanation=Explanation(event=f"A run of {_spoken(job.sequence)} failed.", engine="no model was asked"),
    )


async def _about(tx: Transaction, job: Job) -> str:
    meeting_id = job.trigger_payload.get("meeting_id")
    meeting = await tx.meetings.get(meeting_id) if meeting_id else None
    return f" after “{meeting.title}”" if meeting else ""


def _done(steps: list[StepRun]) -> str:
    done = [_spoken(run.name) for run in steps if run.status is StepStatus.DONE]
    return f"Done until then: {', '.join(done)}." if done else "Nothing had been done by then."


def _not_done(steps: list[StepRun], job: Job) -> str:
    given_up = [run.name for run in steps if run.status is StepStatus.FAILED]
    left = job.metadata.get("steps_left", [])
    names = [_spoken(name) for name in (*given_up, *left)]
    return f"Not done: {', '.join(names)}." if names else ""


def _left(actions: list[PendingAction]) -> tuple[str, ...]:
    """What has happened outside, mails first: silence about a mail would be read as "nothing left"."""
    mails = [action for action in actions if action.action_type is ActionType.SEND_EMAIL]
    happened = [
        _DONE[action.action_type]
        for action in actions
        if action.status is ActionStatus.EXECUTED and action.action_type in _DONE
    ]
    changes = f"Already so: {', '.join(dict.fromkeys(happened))}." if happened else ""
    return (*_mails(mails), changes)


def _mails(mails: list[PendingAction]) -> tuple[str, ...]:
    sent = sum(mail.status is ActionStatus.EXECUTED for mail in mails)
    going = sum(mail.status in (ActionStatus.CONFIRMED, ActionStatus.EXECUTING) for mail in mails)
    unknown = sum(mail.status is ActionStatus.FAILED and mail.error_code is ErrorCode.UNKNOWN for mail in mails)
    if not (sent or going or unknown):
        return ("Nothing was sent.",)
    return (
        f"{_count(sent)} sent." if sent else "",
        "A mail that you approved will still be sent; its own card has the button to stop it." if going else "",
        "A mail may have been sent or not: please look in your Sent folder." if unknown else "",
    )


def _count(mails: int) -> str:
    return "1 mail was" if mails == 1 else f"{mails} mails were"


def _waiting(actions: list[PendingAction]) -> str:
    waiting = [_WAITS.get(action.action_type) for action in actions if action.status is ActionStatus.PENDING]
    names = list(dict.fromkeys(name for name in waiting if name))
    return f"Still waits for your decision: {', '.join(names)}." if names else ""


def _spoken(name: str) -> str:
    return name.replace("_", " ")
