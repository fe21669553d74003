"""Where an action stands, as its card tells it."""

import math
from datetime import datetime, timedelta

from sequences.actions.spec import version_of
from sequences.records.action import ActionStatus, PendingAction
from sequences.records.card import Decision

# Longer than any undo window may be set to: beyond it, the owner chose the time.
_LATER = timedelta(minutes=11)


def decision_of(action: PendingAction, *, slack_user_id: str | None) -> Decision:
    """``slack_user_id`` is the owner's: nobody else can have decided."""
    return Decision(
        action_id=action.id,
        version=version_of(action.digest),
        status=action.status,
        decided_by=slack_user_id if action.decided_by else None,
        at=action.executed_at or action.cancelled_at or action.confirmed_at,
        execute_at=action.execute_at,
        scheduled=is_scheduled(action),
        expires_at=action.expires_at,
        error_code=action.error_code,
        error=action.error,
    )


def is_scheduled(action: PendingAction) -> bool:
    """Whether the owner chose a time, so that no countdown runs."""
    if action.status is not ActionStatus.CONFIRMED or not action.execute_at or not action.confirmed_at:
        return False
    return action.execute_at - action.confirmed_at > _LATER


def undo_seconds(action: PendingAction, now: datetime) -> int | None:
    """Whole seconds left in which a send can be taken back; None when no countdown runs."""
    if action.status is not ActionStatus.CONFIRMED or action.execute_at is None or is_scheduled(action):
        return None
    return max(0, math.ceil((action.execute_at - now).total_seconds()))
