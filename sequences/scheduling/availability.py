"""Find times: free on our side, fitting on theirs, with the reason for each one that is not (CAL-02 … CAL-07)."""

from collections.abc import Iterator
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from sequences.records.scheduling import Hours, LocalTime, Refusal, Refused, Slot, TimesFound, TimesWanted
from sequences.scheduling.ground import Ground, Obstacle
from sequences.scheduling.ranking import Candidate, Ranking, cautions_of, choose, fit_of

FEW = 3  # below this many good ones, times outside the other side's hours are shown, with a caution (CAL-04)


def find_times(wanted: TimesWanted, now: datetime) -> TimesFound:
    """Every start on the grid of our working hours from ``now`` on is either free or refused with its reason."""
    ground = Ground(wanted, now)
    ranking = Ranking(wanted, ground)
    inside: list[Candidate] = []
    outside: list[Candidate] = []
    refused: list[tuple[float, float, Obstacle]] = []
    for start, end in _grid(wanted, ground, now.timestamp()):
        obstacle = ground.obstacle(start, end)
        if obstacle:
            refused.append((start, end, obstacle))
        else:
            candidate = ranking.rate(start, end)
            (outside if candidate.is_outside else inside).append(candidate)
    found = choose(inside, wanted.options + 1)
    slots, is_more = found[: wanted.options], len(found) > wanted.options
    few = min(FEW, wanted.options)
    if len(slots) < few:
        slots += choose(outside, few - len(slots), slots)
    theirs = Obstacle(Refused.OUTSIDE_THEIR_HOURS)
    refused += [(one.start, one.end, theirs) for one in outside if one not in slots]
    return TimesFound(
        slots=tuple(_slot(one, wanted) for one in slots),
        refused=tuple(_refusal(*one) for one in sorted(refused, key=lambda one: one[0])),
        is_more=is_more,
    )


def _grid(wanted: TimesWanted, ground: Ground, now: float) -> Iterator[tuple[float, float]]:
    step, length = wanted.step.total_seconds(), wanted.length.total_seconds()
    for span in ground.working.spans:
        start = span.start
        while start < span.end:
            if start >= now:
                yield start, start + length
            start += step


def _slot(candidate: Candidate, wanted: TimesWanted) -> Slot:
    theirs = wanted.theirs
    return Slot(
        starts_at=_moment(candidate.start),
        ends_at=_moment(candidate.end),
        score=candidate.score,
        fit=fit_of(candidate, is_zone_known=theirs is not None),
        ours=_local(candidate, wanted.working),
        theirs=_local(candidate, theirs) if theirs else None,
        cautions=cautions_of(candidate, theirs),
    )


def _local(candidate: Candidate, hours: Hours) -> LocalTime:
    zone = ZoneInfo(hours.timezone)
    starts, ends = (datetime.fromtimestamp(moment, tz=zone) for moment in (candidate.start, candidate.end))
    return LocalTime(timezone=hours.timezone, starts=starts, ends=ends)


def _refusal(start: float, end: float, obstacle: Obstacle) -> Refusal:
    return Refusal(
        starts_at=_moment(start),
        ends_at=_moment(end),
        reason=obstacle.reason,
        calendar=obstacle.calendar,
        block_starts_at=None if obstacle.start is None else _moment(obstacle.start),
        block_ends_at=None if obstacle.end is None else _moment(obstacle.end),
    )


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, tz=UTC)
