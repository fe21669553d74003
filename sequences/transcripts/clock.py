"""Times as transcript files write them, in seconds from the start of the recording."""

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from dateutil import parser as dates

from sequences.records.meeting import Turn

_CLOCK = re.compile(r"^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,9}))?$")
_MILLISECONDS_SINCE_1970 = 10**11  # as seconds: the year 5138
# Fewer words than one in ten seconds is no talk; more than ten in a second is none either.
_SLOWEST, _FASTEST = 0.1, 10.0


def seconds(value: object) -> float | None:
    """``12.5``, ``"12.5"``, ``"12.5s"``, ``"00:12"`` or ``"01:02:03.500"`` as seconds; ``None`` for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _sane(float(value))
    if not isinstance(value, str):
        return None
    text = value.strip().strip("[]()").removesuffix("s")
    match = _CLOCK.match(text)
    if match:
        hours, minutes, rest, fraction = match.groups()
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(rest)
        return whole + float(f"0.{fraction}") if fraction else float(whole)
    try:
        return _sane(float(text))
    except ValueError:
        return None


def read_moment(value: object) -> datetime | None:
    """An ISO time (without a zone: UTC), or seconds or milliseconds since 1970; ``None`` for what is neither."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        moment = dates.isoparse(value) if isinstance(value, str) else datetime.fromtimestamp(_since_1970(value), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def in_seconds(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Some vendors count milliseconds and do not say so: whole numbers, by which nobody could have talked so slowly."""
    times = [time for turn in turns for time in (turn.start_s, turn.end_s) if time is not None]
    latest = max(times, default=0.0)
    words = sum(len(turn.text.split()) for turn in turns)
    if not latest or not all(time.is_integer() for time in times):
        return tuple(turns)
    if words / latest >= _SLOWEST or not _SLOWEST <= words / (latest / 1000) <= _FASTEST:
        return tuple(turns)
    return tuple(
        turn.model_copy(update={"start_s": _thousandth(turn.start_s), "end_s": _thousandth(turn.end_s)})
        for turn in turns
    )


def _thousandth(time: float | None) -> float | None:
    return None if time is None else time / 1000


def _since_1970(value: float) -> float:
    return value / 1000 if value > _MILLISECONDS_SINCE_1970 else value


def _sane(value: float) -> float | None:
    # NaN and infinity compare false here and are no times.
    return value if 0 <= value < 10**8 else None
