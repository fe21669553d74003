"""Times as transcript files write them, in seconds from the start of the recording."""

import re

_CLOCK = re.compile(r"^(?:(\d{1,3}):)?(\d{1,3}):(\d{1,2})(?:[.,](\d{1,6}))?$")


def seconds(value: object) -> float | None:
    """``12.5``, ``"12.5"``, ``"00:12"`` or ``"01:02:03.500"`` as seconds; ``None`` for anything else."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _sane(float(value))
    if not isinstance(value, str):
        return None
    text = value.strip().strip("[]()")
    match = _CLOCK.match(text)
    if match:
        hours, minutes, rest, fraction = match.groups()
        whole = int(hours or 0) * 3600 + int(minutes) * 60 + int(rest)
        return whole + float(f"0.{fraction}") if fraction else float(whole)
    try:
        return _sane(float(text))
    except ValueError:
        return None


def _sane(value: float) -> float | None:
    # NaN and infinity compare false here and are no times.
    return value if 0 <= value < 10**7 else None
