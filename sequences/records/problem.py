"""What went wrong, in the one shape in which everything here says so (ERR-10)."""

from typing import Any

from pydantic import Field

from sequences.records.action import ErrorCode
from sequences.records.base import Record

# With these, the same try may end well later, or after the person has changed something (FLAG-06).
RECOVERABLE = frozenset({
    ErrorCode.RATE_LIMITED,
    ErrorCode.CONFIRMATION_REQUIRED,
    ErrorCode.QUIET_HOURS,
    ErrorCode.INVALID_RECIPIENT,
    ErrorCode.SERVICE_UNAVAILABLE,
})  # fmt: skip


class Problem(Record):
    """``message`` is a plain sentence for a person. ``recoverable``: trying again may help.

    ``details`` are ids, names of steps and figures: never what somebody said or wrote.
    """

    code: ErrorCode
    message: str
    recoverable: bool
    details: dict[str, Any] = Field(default_factory=dict)
