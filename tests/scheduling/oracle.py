"""The same rules said slowly: minute by minute, by what clocks on walls show. Times in it are whole minutes."""

from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from sequences.records.scheduling import BlockKind, Calendar, Hours, Refused, TimesWanted

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
Minutes = frozenset[datetime]


@lru_cache(maxsize=100_000)
def first_showing(day: date, at: time, zone: str) -> datetime:
    """Watch the clock go round until it shows that local time, or has gone past it."""
    wanted = datetime.combine(day, at)
    moment = wanted.replace(tzinfo=UTC) - timedelta(hours=15)
    while moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None) < wanted:
        moment += MINUTE
    return moment


def between(start: datetime, end: datetime) -> list[datetime]:
    return [start + number * MINUTE for number in range(int((end - start) / MINUTE))]


@lru_cache(maxsize=100_000)
def minutes_of(hours: Hours, day: date) -> tuple[datetime, ...]:
    if day.weekday() not in hours.days:
        return ()
    ends_on = day if hours.ends > hours.starts else day + DAY
    zone = hours.timezone
    return tuple(between(first_showing(day, hours.starts, zone), first_showing(ends_on, hours.ends, zone)))


def working_minutes(wanted: TimesWanted, now: datetime) -> Minutes:
    day = now.astimezone(ZoneInfo(wanted.working.timezone)).date() - DAY
    found: set[datetime] = set()
    days = 0
    for number in range(60):
        minutes = minutes_of(wanted.working, day + number * DAY)
        if minutes and minutes[-1] + MINUTE > now:
            found.update(minutes)
            days += 1
        if days == wanted.business_days:
            break
    return frozenset(found)


def minutes_near(hours: Hours, open_: Minutes) -> Minutes:
    if not open_:
        return frozenset()
    day, last = min(open_).date() - 2 * DAY, max(open_).date() + 2 * DAY
    found: set[datetime] = set()
    while day <= last:
        found.update(minutes_of(hours, day))
        day += DAY
    return frozenset(found)


def starts(wanted: TimesWanted, now: datetime) -> list[datetime]:
    """From the beginning of each unbroken stretch of working minutes, a step at a time."""
    open_ = working_minutes(wanted, now)
    found = []
    for minute in sorted(open_):
        if minute - MINUTE not in open_:
            begin = minute
        if (minute - begin) % wanted.step == timedelta(0) and minute >= now:
            found.append(minute)
    return found


class Oracle:
    def __init__(self, wanted: TimesWanted, now: datetime) -> None:
        self.wanted, self.now = wanted, now
        self.open = working_minutes(wanted, now)
        quiet = wanted.quiet
        self.quiet: Minutes = frozenset()
        if quiet and quiet.starts != quiet.ends:
            nights = Hours.model_validate(
                {"timezone": wanted.working.timezone, "starts": quiet.starts, "ends": quiet.ends, "days": range(7)}
            )
            self.quiet = minutes_near(nights, self.open)
        self.theirs = minutes_near(wanted.theirs, self.open) if wanted.theirs else None

    def verdict(self, start: datetime) -> Refused | None:
        """None when it is free and fits both sides."""
        end = start + self.wanted.length
        minutes = set(between(start, end))
        if start < self.now + self.wanted.notice:
            return Refused.TOO_SOON
        if not minutes <= self.open:
            return Refused.AFTER_HOURS
        if minutes & self.quiet:
            return Refused.QUIET_HOURS
        return self._taken(start, end) or self._theirs(minutes)

    def _taken(self, start: datetime, end: datetime) -> Refused | None:
        calendars, buffer = self.wanted.calendars, self.wanted.buffer
        if any(_is_away(calendar, start, end) for calendar in calendars):
            return Refused.OUT_OF_OFFICE
        if any(_has_day(calendar, start, end, BlockKind.BUSY) for calendar in calendars):
            return Refused.ALL_DAY
        if any(_has_block(calendar, start, end, BlockKind.BUSY) for calendar in calendars):
            return Refused.BUSY
        for kind in BlockKind:
            if any(_has_block(calendar, start - buffer, end + buffer, kind) for calendar in calendars):
                return Refused.BUFFER
        # Whole days out of office have no buffer: they end at midnight.
        return None if all(calendar.is_readable for calendar in calendars) else Refused.UNKNOWN

    def _theirs(self, minutes: set[datetime]) -> Refused | None:
        return Refused.OUTSIDE_THEIR_HOURS if self.theirs is not None and not minutes <= self.theirs else None


def _has_block(calendar: Calendar, start: datetime, end: datetime, kind: BlockKind) -> bool:
    return any(
        block.kind is kind and block.starts_at < end and block.ends_at > start and block.ends_at > block.starts_at
        for block in calendar.blocks
    )


def _has_day(calendar: Calendar, start: datetime, end: datetime, kind: BlockKind) -> bool:
    zone = ZoneInfo(calendar.timezone)
    dates = {minute.astimezone(zone).date() for minute in between(start, end)}
    return any(day.kind is kind and any(day.first_on <= on <= day.last_on for on in dates) for day in calendar.days)


def _is_away(calendar: Calendar, start: datetime, end: datetime) -> bool:
    away = BlockKind.OUT_OF_OFFICE
    return _has_block(calendar, start, end, away) or _has_day(calendar, start, end, away)
