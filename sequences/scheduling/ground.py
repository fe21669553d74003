"""The ground on which times are looked for: what is open, what stands in the way, and in which order that is told."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from sequences.records.scheduling import Block, BlockKind, Calendar, DayBlock, Hours, Refused, TimesWanted
from sequences.scheduling.spans import DAY, Blocks, Coverage, Span, hours_around, hours_of, seconds
from sequences.scheduling.zones import moment_of

MIDNIGHT = datetime.min.time()
LOOKED_THROUGH = 60  # days; beyond it there are no working days to be found
NOTHING = Coverage(())
Taken = tuple[float, float, str]  # from, until, in which calendar


class Obstacle(NamedTuple):
    """Why a stretch is not free; the calendar and the block, where it is one."""

    reason: Refused
    calendar: str | None = None
    start: float | None = None
    end: float | None = None


class Ground:
    """Built once for a request; ``obstacle`` then answers for each stretch in logarithmic time."""

    def __init__(self, wanted: TimesWanted, now: datetime) -> None:
        self._earliest = seconds(now + wanted.notice)
        self._buffer = wanted.buffer.total_seconds()
        self.working = Coverage(_working_days(wanted, now))
        whole = self.whole
        self._quiet = _quiet(wanted, whole) if whole else NOTHING
        self.theirs = hours_around(wanted.theirs, whole) if wanted.theirs and whole else None
        self._unreadable = next((calendar.name for calendar in wanted.calendars if not calendar.is_readable), None)
        away: list[Taken] = []
        days: list[Taken] = []
        busy: list[Taken] = []
        timed: list[Taken] = []  # whole days end at midnight and need no room around them
        for calendar in wanted.calendars:
            for block in calendar.blocks:
                kind = away if block.kind is BlockKind.OUT_OF_OFFICE else busy
                kind.append(_timed(block, calendar))
                timed.append(kind[-1])
            for day in calendar.days:
                kind = away if day.kind is BlockKind.OUT_OF_OFFICE else days
                kind.append(_whole_days(day, calendar))
        self._away, self._days, self._busy, self._timed = Blocks(away), Blocks(days), Blocks(busy), Blocks(timed)

    @property
    def whole(self) -> Span | None:
        """From the first working hour to the last; None when there is none."""
        spans = self.working.spans
        return Span(spans[0].start, spans[-1].end) if spans else None

    def obstacle(self, start: float, end: float) -> Obstacle | None:
        """The first reason, in the order of ``Refused``, why we cannot meet then. Their hours are not asked here."""
        if start < self._earliest:
            return Obstacle(Refused.TOO_SOON)
        if not self.working.covers(start, end):
            return Obstacle(Refused.AFTER_HOURS)
        if self._quiet.meets(start, end):
            return Obstacle(Refused.QUIET_HOURS)
        return self._in_a_calendar(start, end)

    def _in_a_calendar(self, start: float, end: float) -> Obstacle | None:
        before, after = start - self._buffer, end + self._buffer
        looks = (
            (Refused.OUT_OF_OFFICE, self._away, start, end),
            (Refused.ALL_DAY, self._days, start, end),
            (Refused.BUSY, self._busy, start, end),
            (Refused.BUFFER, self._timed, before, after),
        )
        for reason, blocks, since, until in looks:
            found = blocks.meeting(since, until)
            if found:
                return Obstacle(reason, found[2], found[0], found[1])
        return Obstacle(Refused.UNKNOWN, self._unreadable) if self._unreadable is not None else None


def _working_days(wanted: TimesWanted, now: datetime) -> Iterator[Span]:
    """The next so many working days; the one whose hours have begun and not ended counts as the first."""
    first = now.astimezone(ZoneInfo(wanted.working.timezone)).date() - DAY
    found = 0
    for number in range(LOOKED_THROUGH):
        span = hours_of(wanted.working, first + timedelta(days=number))
        if span and span.end > seconds(now):
            yield span
            found += 1
        if found == wanted.business_days:
            return


def _quiet(wanted: TimesWanted, whole: Span) -> Coverage:
    quiet = wanted.quiet
    if quiet is None or quiet.starts == quiet.ends:
        return NOTHING
    every_day = frozenset(range(7))
    hours = Hours.model_validate({
        "timezone": wanted.working.timezone, "starts": quiet.starts, "ends": quiet.ends, "days": every_day,
    })  # fmt: skip
    return hours_around(hours, whole)


def _timed(block: Block, calendar: Calendar) -> Taken:
    return seconds(block.starts_at), seconds(block.ends_at), calendar.name


def _whole_days(block: DayBlock, calendar: Calendar) -> Taken:
    zone = ZoneInfo(calendar.timezone)

    def begin(day: date) -> float:
        return seconds(moment_of(day, MIDNIGHT, zone))

    return begin(block.first_on), begin(block.last_on + DAY), calendar.name
