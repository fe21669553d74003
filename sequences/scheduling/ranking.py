"""Which of the free times to offer first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from sequences.records.scheduling import Caution, Fit, Hours, PartOfDay, Preferences, TimesWanted
from sequences.scheduling.ground import Ground

# What makes a good time; together 1.
PART_OF_DAY, DAY_OF_WEEK, COMFORT, SOON, ROUND = 0.30, 0.25, 0.20, 0.15, 0.10
SAME_DAY = 0.20  # each time already chosen on a day makes the next one there less welcome
OUTSIDE = 0.5  # of the score is left where it is outside their hours
MARGIN = 3600.0  # seconds from the edge of their day
HALF_HOUR = 30


@dataclass(frozen=True, slots=True)
class Candidate:
    """A free stretch. ``is_outside`` their hours."""

    start: float
    end: float
    score: float
    on: date  # our day
    is_outside: bool

    def overlaps(self, other: "Candidate") -> bool:
        return self.start < other.end and other.start < self.end


class Ranking:
    def __init__(self, wanted: TimesWanted, ground: Ground) -> None:
        self._preferences: Preferences = wanted.preferences
        self._zone = ZoneInfo(wanted.working.timezone)
        self._theirs = ground.theirs
        self._whole = ground.whole

    def rate(self, start: float, end: float) -> Candidate:
        local = datetime.fromtimestamp(start, tz=self._zone)
        is_outside = self._theirs is not None and not self._theirs.covers(start, end)
        score = (
            PART_OF_DAY * _suits(self._preferences.part_of_day, local)
            + DAY_OF_WEEK * (not self._preferences.days or local.weekday() in self._preferences.days)
            + COMFORT * self._is_comfortable(start, end)
            + SOON * self._soonness(start)
            + ROUND * (local.minute % HALF_HOUR == 0)
        )
        return Candidate(start, end, round(score * (OUTSIDE if is_outside else 1), 4), local.date(), is_outside)

    def _is_comfortable(self, start: float, end: float) -> bool:
        return self._theirs is not None and self._theirs.covers(start - MARGIN, end + MARGIN)

    def _soonness(self, start: float) -> float:
        if self._whole is None:
            return 0.0
        return 1 - (start - self._whole.start) / (self._whole.end - self._whole.start)


def choose(candidates: Iterable[Candidate], count: int, chosen: Sequence[Candidate] = ()) -> list[Candidate]:
    """Up to ``count`` more that overlap neither each other nor those chosen before, spread over the days."""
    free = [one for one in candidates if not any(one.overlaps(other) for other in chosen)]
    taken: dict[date, int] = {}
    for one in chosen:
        taken[one.on] = taken.get(one.on, 0) + 1
    picked: list[Candidate] = []
    while free and len(picked) < count:
        best = max(free, key=lambda one: (one.score - SAME_DAY * taken.get(one.on, 0), -one.start))
        picked.append(best)
        taken[best.on] = taken.get(best.on, 0) + 1
        free = [one for one in free if not one.overlaps(best)]
    return picked


def fit_of(candidate: Candidate, *, is_zone_known: bool) -> Fit:
    """Never the best where it costs the other side something, or nobody knows."""
    if candidate.is_outside or candidate.score < 0.55:
        return Fit.POSSIBLE
    return Fit.BEST if candidate.score >= 0.8 and is_zone_known else Fit.GOOD


def cautions_of(candidate: Candidate, theirs: Hours | None) -> tuple[Caution, ...]:
    if theirs is None:
        return (Caution.ZONE_UNKNOWN,)
    return (_outside(candidate, theirs),) if candidate.is_outside else ()


def _outside(candidate: Candidate, theirs: Hours) -> Caution:
    """Too early or too late is whichever edge of their day is nearer on the clock."""
    local = datetime.fromtimestamp(candidate.start, tz=ZoneInfo(theirs.timezone))
    if theirs.starts <= theirs.ends and local.weekday() not in theirs.days:
        return Caution.DAY_OFF
    since_start, since_end = _minutes_since(theirs.starts, local), _minutes_since(theirs.ends, local)
    if since_start < since_end:  # it begins in their hours (were the day one of theirs) and runs over
        return Caution.TOO_LATE if local.weekday() in theirs.days else Caution.DAY_OFF
    return Caution.TOO_LATE if since_end <= 24 * 60 - since_start else Caution.TOO_EARLY


def _minutes_since(edge: time, local: datetime) -> float:
    """From the last time that the clock showed ``edge``, by the clock alone."""
    return ((local.hour * 60 + local.minute) - (edge.hour * 60 + edge.minute)) % (24 * 60)


def _suits(part: PartOfDay | None, local: datetime) -> bool:
    return part is None or (local.hour < 12) == (part is PartOfDay.MORNING)
