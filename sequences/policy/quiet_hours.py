"""Quiet hours defer, they never drop: when does the user's next active window begin (QUIET-01, QUIET-02)."""

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from sequences.records.action import ErrorCode
from sequences.records.people import User
from sequences.records.problem import Problem


def next_active(now: datetime, user: User) -> datetime | None:
    """The moment at which the quiet hours around ``now`` end, or None when ``now`` is not quiet.

    The end is exclusive, hours may run over midnight, and equal hours mean no quiet hours at all.
    """
    start, end = user.quiet_hours_start, user.quiet_hours_end
    if start is None or end is None or start == end:
        return None
    zone = ZoneInfo(user.timezone)
    local = now.astimezone(zone)
    if not _is_quiet(local.time(), start, end):
        return None
    day = local.date() if local.time() < end else local.date() + timedelta(days=1)
    ends_at = datetime.combine(day, end, tzinfo=zone)
    if ends_at.astimezone(now.tzinfo) <= now:
        # The clock went back tonight and the end comes twice: the second one is still ahead.
        ends_at = ends_at.replace(fold=1)
    return ends_at.astimezone(now.tzinfo)


def opened_at(now: datetime, user: User) -> datetime | None:
    """When the quiet hours last ended, ``now`` included; None for somebody who has none, or while they last."""
    start, end = user.quiet_hours_start, user.quiet_hours_end
    if start is None or end is None or start == end or next_active(now, user):
        return None
    zone = ZoneInfo(user.timezone)
    today = now.astimezone(zone).date()
    ends = (
        datetime.combine(today - timedelta(days=back), end, tzinfo=zone).replace(fold=fold).astimezone(now.tzinfo)
        for back in (0, 1)
        for fold in (0, 1)
    )
    return max(moment for moment in ends if moment <= now)


def quiet_problem(now: datetime, user: User) -> Problem | None:
    """Why somebody may not be called or asked just now, as an action reports it; None when they may."""
    until = next_active(now, user)
    if until is None:
        return None
    local = until.astimezone(ZoneInfo(user.timezone))
    return Problem(
        code=ErrorCode.QUIET_HOURS,
        message=f"{user.name} has quiet hours until {local:%H:%M}.",
        recoverable=True,
        details={"until": until.isoformat()},
    )


def _is_quiet(at: time, start: time, end: time) -> bool:
    return start <= at < end if start < end else at >= start or at < end
