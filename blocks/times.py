"""Moments and spans as a rep reads them, in the rep's zone. No clock here: what is shown is in the record."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def zone(name: str) -> tzinfo:
    """The IANA zone, UTC when nobody knows it."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return UTC


def clock(at: datetime, tz: tzinfo) -> str:
    """``14:02``."""
    return f"{at.astimezone(tz):%H:%M}"


def day(on: date, *, year_of: date | None = None) -> str:
    """``Fri 20 Nov``; the year only when it differs from that of ``year_of`` or there is nothing to compare with."""
    text = f"{_DAYS[on.weekday()]} {on.day} {_MONTHS[on.month - 1]}"
    return text if year_of is not None and year_of.year == on.year else f"{text} {on.year}"


def full(at: datetime, tz: tzinfo) -> str:
    """``Fri 20 Nov 2026, 14:00 GMT``."""
    local = at.astimezone(tz)
    return f"{day(local.date())}, {local:%H:%M} {zone_name(at, tz)}"


def soon(at: datetime, tz: tzinfo, *, seen_from: datetime) -> str:
    """``14:02`` on the same day, ``Sat 21 Nov 14:02`` on another."""
    return moment(at, tz, seen_from=seen_from).removeprefix("at ").removeprefix("on ").replace(" at ", " ")


def moment(at: datetime, tz: tzinfo, *, seen_from: datetime) -> str:
    """``at 14:02`` on the same day, ``on Sat 21 Nov at 14:02`` on another."""
    local, here = at.astimezone(tz), seen_from.astimezone(tz)
    if local.date() == here.date():
        return f"at {local:%H:%M}"
    return f"on {day(local.date(), year_of=here.date())} at {local:%H:%M}"


def zone_name(at: datetime, tz: tzinfo) -> str:
    """``GMT`` where the zone has a name of letters, else ``UTC+05:30``."""
    local = at.astimezone(tz)
    name = local.tzname() or ""
    offset = f"{local:%z}"  # +0530
    return name if name.isalpha() else f"UTC{offset[:3]}:{offset[3:5]}"


def timestamp(seconds: float | None) -> str:
    """Into a recording: ``05:09``, ``1:02:03``; empty when unknown."""
    if seconds is None or seconds < 0:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def iso_day(text: str | None, *, year_of: date | None = None) -> str:
    """An ISO date as ``day`` shows it; anything else as it came; empty for nothing."""
    if not text:
        return ""
    try:
        return day(date.fromisoformat(text), year_of=year_of)
    except ValueError:
        return text
