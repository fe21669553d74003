"""What a person's answer to a paused run looks like, wherever it was given (ENV-21, HITL-06)."""

from enum import StrEnum
from typing import Any

from pydantic import Field

from sequences.records.base import Record


class Decision(StrEnum):
    APPROVE = "approve"  # with modifications: exactly the changed content
    EDIT = "edit"  # changes the content, which is then asked for again
    SKIP = "skip"
    CANCEL = "cancel"  # also takes an approval back, as long as nothing has happened


class ApprovalData(Record):
    """``version`` names the content that was looked at: the first 12 digits of its digest."""

    action: Decision
    pending_action_id: str
    version: str
    user_modifications: dict[str, Any] = Field(default_factory=dict)  # fields of the action's payload


class ResumeRequest(Record):
    """``resume_job_id`` is checked against the action when it is given.

    ``resume_step`` is what the sender believes. The run goes on where its tables say, which a deploy may have moved.
    """

    approval_data: ApprovalData
    resume_job_id: str | None = None
    resume_step: str | None = None
