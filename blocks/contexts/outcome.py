"""How one decision stands: open, under way, or closed by somebody at some time."""

from dataclasses import dataclass
from datetime import datetime, tzinfo
from enum import StrEnum

from blocks import labels, times
from blocks.text import one_line
from blocks.values import ActionRef
from sequences.records.action import ActionStatus, ErrorCode
from sequences.records.card import Decision


@dataclass(frozen=True, kw_only=True)
class Setting:
    """Whose card it is and from when and where it looks at time."""

    seen_from: datetime
    tz: tzinfo
    owner: str | None = None

    def moment(self, at: datetime | None) -> str:
        return times.moment(at, self.tz, seen_from=self.seen_from) if at else ""

    def soon(self, at: datetime | None) -> str:
        return times.soon(at, self.tz, seen_from=self.seen_from) if at else ""

    def moment_with_zone(self, at: datetime | None) -> str:
        return f"{self.moment(at)} {times.zone_name(at, self.tz)}" if at else ""

    def who(self, user_id: str | None) -> str:
        """``you``, a Slack id, or nothing. Only the owner may decide, so without an owner it is still "you"."""
        if not user_id:
            return ""
        return "you" if self.owner in (None, user_id) else user_id


class Stand(StrEnum):
    OPEN = "open"  # waits for a person: the only stand with buttons that decide
    COUNTING = "counting"  # approved; the undo window runs
    SCHEDULED = "scheduled"  # approved for a chosen time
    RUNNING = "running"
    CLOSED = "closed"


@dataclass(frozen=True, kw_only=True)
class Words:
    """What a panel says when it is closed: ``Created``, ``Skipped``, ``Not created``, ``No task was created.``"""

    done: str
    cancelled: str
    failed: str
    expired: str  # a sentence: what did not happen


@dataclass(frozen=True, kw_only=True)
class Closing:
    """``{text} by {who} {when}``, then what to do about it, if anything."""

    mark: str
    text: str
    who: str = ""
    when: str = ""
    advice: str = ""


def stand(decision: Decision) -> Stand:
    match decision.status:
        case ActionStatus.PENDING:
            return Stand.OPEN
        case ActionStatus.CONFIRMED if decision.scheduled:
            return Stand.SCHEDULED
        case ActionStatus.CONFIRMED:
            return Stand.COUNTING
        case ActionStatus.EXECUTING:
            return Stand.RUNNING
    return Stand.CLOSED


def closing(decision: Decision, words: Words, setting: Setting) -> Closing | None:
    """``None`` while the decision is open or under way."""
    who, when = setting.who(decision.decided_by), setting.moment(decision.at)
    match decision.status:
        case ActionStatus.EXECUTED:
            return Closing(mark="done", text=words.done, who=who, when=when)
        case ActionStatus.CANCELLED:
            return Closing(mark="cancelled", text=words.cancelled, who=who, when=when)
        case ActionStatus.EXPIRED:
            when = setting.moment(decision.at or decision.expires_at)
            return Closing(mark="expired", text="Expired without a decision", when=when, advice=words.expired)
        case ActionStatus.FAILED | ActionStatus.REFUSED:
            text = "Outcome unknown" if decision.error_code is ErrorCode.UNKNOWN else words.failed
            tried = f"(tried {when})" if when else ""
            return Closing(mark="warn", text=text, when=tried, advice=advice(decision))
    return None


def advice(decision: Decision) -> str:
    """What happened and what to do: the words of the error code, or of the error itself when there is no code."""
    if decision.error_code is not None:
        return labels.ADVICE[decision.error_code]
    return one_line(decision.error, 200) if decision.error else "I don't know why. Do this one by hand."


def reference(decision: Decision) -> str:
    return ActionRef(decision.action_id, decision.version).encode()
