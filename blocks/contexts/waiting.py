"""What waits for the rep, in a line each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from blocks import labels, times
from blocks.text import count, one_line
from sequences.records.action import ActionType, PendingAction

MOST_WAITING = 10


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    """One decision that waits for the rep."""

    what: str
    until: str

    @classmethod
    def of(cls, action: PendingAction, now: datetime, tz: tzinfo) -> "WaitingLine":
        until = times.soon(action.expires_at, tz, seen_from=now)
        return cls(what=_what(action.action_type, action.action_payload), until=until)


def waiting_lines(waiting: Sequence[PendingAction], now: datetime, tz: tzinfo) -> tuple[WaitingLine, ...]:
    return tuple(WaitingLine.of(action, now, tz) for action in waiting[:MOST_WAITING])


def _what(kind: ActionType, payload: dict[str, Any]) -> str:
    match kind:
        case ActionType.SEND_EMAIL:
            to = payload.get("to") or ()
            addressee = ", ".join(str(address) for address in to) if isinstance(to, (list, tuple)) else str(to)
            subject = f"“{payload['subject']}”" if payload.get("subject") else "a mail"
            return one_line(f"Send {subject} to {addressee or 'nobody yet'}", 200)
        case ActionType.CREATE_TASKS:
            tasks = payload.get("tasks")
            return one_line(_tasks(tasks), 200) if isinstance(tasks, (list, tuple)) else "Create tasks"
        case ActionType.MOVE_DEAL_STAGE:
            new = labels.STAGES.get(str(payload.get("new")), "a new stage")
            return one_line(f"Move {payload.get('deal_name') or 'a deal'} to {new}", 200)
        case ActionType.CHOOSE_REP:
            return one_line(f"Say whose meeting “{payload.get('title') or 'this'}” was", 200)
        case ActionType.READ_SENSITIVE_MEETING:
            return one_line(f"Say whether to process “{payload.get('title') or 'this'}”, which sounds personal", 200)
    return labels.words(kind.value)


def _tasks(tasks: Sequence[Any]) -> str:
    """Several meetings may wait with as many tasks each: the first one tells which."""
    title = tasks[0].get("title") if tasks and isinstance(tasks[0], dict) else None
    more = f" and {len(tasks) - 1} more" if len(tasks) > 1 else ""
    return f"Create {count(len(tasks), 'task')}" + (f": “{one_line(str(title), 100)}”{more}" if title else "")
