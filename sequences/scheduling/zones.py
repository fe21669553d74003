"""From clocks on walls to moments. Each local time of a day happens exactly once, whatever the zone does that day."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

SECOND = timedelta(seconds=1)


def moment_of(day: date, at: time, zone: ZoneInfo) -> datetime:
    """The first moment (UTC) at which the wall clock of ``day`` shows ``at`` or later.

    A time that comes twice is the first of the two. One that is left out is the moment at which the clock goes on.
    """
    local = datetime.combine(day, at.replace(fold=0), tzinfo=zone)
    moment = local.astimezone(UTC)
    if moment.astimezone(zone).replace(tzinfo=None) == local.replace(tzinfo=None):
        return moment
    return _end_of_gap(local, zone)


def _end_of_gap(local: datetime, zone: ZoneInfo) -> datetime:
    """In a gap, fold=1 reads a time with the offset after it (too early), fold=0 with the one before (too late)."""
    before, after = local.replace(fold=1).astimezone(UTC), local.astimezone(UTC)
    new_offset = after.astimezone(zone).utcoffset()
    while after - before > SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        if middle <= before:
            middle = before + SECOND
        if middle.astimezone(zone).utcoffset() == new_offset:
            after = middle
        else:
            before = middle
    return after.replace(microsecond=0)
