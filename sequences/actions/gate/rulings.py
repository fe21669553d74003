"""What the gate answers to a press: whether it counted, and one plain sentence for the person who pressed."""

from dataclasses import dataclass

from sequences.records.action import ActionStatus, ErrorCode, PendingAction
from sequences.records.people import User
from sequences.records.problem import RECOVERABLE, Problem


@dataclass(frozen=True, kw_only=True)
class Ruling:
    """``text`` is for the person who pressed. ``action`` is the action as it stood before the decision."""

    ok: bool
    text: str
    code: ErrorCode | None = None
    action: PendingAction | None = None

    @property
    def problem(self) -> Problem | None:
        """A refusal as every other part of Sixty tells of one (ERR-10); None when the press counted."""
        if self.ok:
            return None
        code = self.code or ErrorCode.CONFIRMATION_REQUIRED
        details = {"action_id": self.action.id} if self.action else {}
        return Problem(code=code, message=self.text, recoverable=code in RECOVERABLE, details=details)


def unknown_action() -> Ruling:
    return Ruling(ok=False, text="I no longer know this offer, so nothing was done.", code=ErrorCode.ACTION_EXPIRED)


def not_yours() -> Ruling:
    return Ruling(
        ok=False,
        text="Only the person this was prepared for can decide it. Nothing was done.",
        code=ErrorCode.PERMISSION_DENIED,
    )


_ALREADY = {
    ActionStatus.CONFIRMED: "It is already approved",
    ActionStatus.EXECUTING: "It is being done right now",
    ActionStatus.EXECUTED: "It is already done",
    ActionStatus.CANCELLED: "It was already cancelled",
    ActionStatus.EXPIRED: "This offer has expired",
    ActionStatus.FAILED: "It was tried and did not work; the card says why",
    ActionStatus.REFUSED: "It was refused; the card says why",
    ActionStatus.PENDING: "It has just changed",
}


def already(action: PendingAction | None, actor: User) -> Ruling:
    """The kind answer to a second press."""
    if action is None:
        return unknown_action()
    who = " by you" if action.decided_by == actor.id else ""
    code = ErrorCode.ACTION_EXPIRED if action.status is ActionStatus.EXPIRED else None
    return Ruling(ok=False, text=f"{_ALREADY[action.status]}{who}. Nothing more was done.", code=code, action=action)


def may_have_left(cause: str) -> str:
    """Honest about not knowing, and clear about what will not happen."""
    return (
        f"{cause.rstrip('.')}. It may have left or not: please look in your Sent folder. "
        "Sixty will not send it a second time by itself."
    )
