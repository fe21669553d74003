"""Stretches of time on one line: seconds since 1970 in UTC, the end exclusive."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Generic, NamedTuple, TypeVar
from zoneinfo import ZoneInfo

from sequences.records.scheduling import Hours
from sequences.scheduling.zones import moment_of

T = TypeVar("T")
DAY = timedelta(days=1)


class Span(NamedTuple):
    start: float
    end: float


class Coverage:
    """Whether a stretch lies inside some hours altogether. Hours that touch are one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans = merge(spans)
        self._starts = [span.start for span in self.spans]

    def covers(self, start: float, end: float) -> bool:
        index = bisect_right(self._starts, start) - 1
        return index >= 0 and end <= self.spans[index].end

    def meets(self, start: float, end: float) -> bool:
        index = bisect_left(self._starts, end) - 1
        return index >= 0 and self.spans[index].end > start


class Blocks(Generic[T]):
    """What stands in the way of a stretch, found in logarithmic time however much there is.

    Sorted by start, each place remembers which of those so far ends last: if any of them reaches into the stretch,
    that one does.
    """

    def __init__(self, blocks: Iterable[tuple[float, float, T]]) -> None:
        self._blocks = sorted((block for block in blocks if block[1] > block[0]), key=lambda block: block[:2])
        self._starts = [block[0] for block in self._blocks]
        self._latest: list[int] = []
        for index, block in enumerate(self._blocks):
            before = self._latest[-1] if self._latest else index
            self._latest.append(index if block[1] > self._blocks[before][1] else before)

    def meeting(self, start: float, end: float) -> tuple[float, float, T] | None:
        """One that meets the stretch, or None when nothing does."""
        count = bisect_left(self._starts, end)
        if count == 0:
            return None
        block = self._blocks[self._latest[count - 1]]
        return block if block[1] > start else None


def merge(spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for span in sorted(span for span in spans if span.end > span.start):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def hours_of(hours: Hours, day: date) -> Span | None:
    """The hours that begin on ``day``; None on a day off."""
    if day.weekday() not in hours.days:
        return None
    zone = ZoneInfo(hours.timezone)
    last_on = day if hours.starts < hours.ends else day + DAY
    return Span(seconds(moment_of(day, hours.starts, zone)), seconds(moment_of(last_on, hours.ends, zone)))


def hours_around(hours: Hours, span: Span) -> Coverage:
    """All hours that can meet ``span``."""
    return Coverage(day for day in (hours_of(hours, on) for on in days_around(span)) if day)


def days_around(span: Span) -> Sequence[date]:
    """Every local date that the stretch touches anywhere on earth, and the day before for hours over midnight."""
    first = datetime.fromtimestamp(span.start, tz=ZoneInfo("UTC")).date() - 2 * DAY
    last = datetime.fromtimestamp(span.end, tz=ZoneInfo("UTC")).date() + DAY
    return [first + timedelta(days=number) for number in range((last - first).days + 1)]


def seconds(moment: datetime) -> float:
    return moment.timestamp()
