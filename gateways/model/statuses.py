"""What an HTTP status and a Retry-After mean, the same for both vendors."""

import re

_DAY_S = 86_400.0
_KINDS = {
    401: "misconfigured",
    402: "out_of_quota",
    403: "misconfigured",
    404: "misconfigured",
    408: "unreachable",
    409: "overloaded",
    429: "rate_limited",
    504: "unreachable",
}


def kind_of(status: int) -> str:
    """The ``kind`` of a ModelError."""
    return _KINDS.get(status, "overloaded" if status >= 500 else "invalid")


def seconds(text: str | None) -> float | None:
    """Of "30", "0.5" or "21.5s", a day at most. None for anything else, a date for instance: rare enough to leave the
    wait to the runner."""
    match = re.fullmatch(r"(\d+(?:\.\d+)?)s?", text.strip()) if text else None
    return min(float(match[1]), _DAY_S) if match else None
