"""Dates as spreadsheets export them. Whether 03/04 is in March or in April is decided by the whole column."""

import re
from collections.abc import Iterable
from datetime import date, datetime
from enum import Enum

SLASHED = re.compile(r"([0-9]{1,2})[/-]([0-9]{1,2})[/-]([0-9]{4}|[0-9]{2})(?:[ T].*)?")
DOTTED = re.compile(r"([0-9]{1,2})\.([0-9]{1,2})\.([0-9]{4}|[0-9]{2})")
SPELLED = ("%d-%b-%Y", "%d-%b-%y", "%d %b %Y", "%d %B %Y", "%b %d, %Y", "%B %d, %Y", "%Y/%m/%d", "%Y.%m.%d")


class DateOrder(Enum):
    """What the column as a whole proves about dates such as 03/04/2026."""

    DAY_FIRST = "day first"
    MONTH_FIRST = "month first"
    UNKNOWN = "unknown"


def find_order(values: Iterable[str]) -> DateOrder:
    """One value such as 31/12/2026 decides for all; none, or two that disagree, decide nothing."""
    found: set[DateOrder] = set()
    for value in values:
        match = SLASHED.fullmatch(value.strip())
        if match and int(match[1]) > 12:
            found.add(DateOrder.DAY_FIRST)
        elif match and int(match[2]) > 12:
            found.add(DateOrder.MONTH_FIRST)
    return found.pop() if len(found) == 1 else DateOrder.UNKNOWN


def read_date(text: str, order: DateOrder) -> date:
    """ValueError, saying what to write, for what is no date or could be two."""
    text = text.strip()
    try:
        return _read_iso(text) or _read_dotted(text) or _read_slashed(text, order) or _read_spelled(text)
    except ValueError as error:
        if "two ways" in str(error):
            raise
        raise ValueError(f"{text[:40]!r} is not a date. Write it as 2026-03-31") from None


def _read_iso(text: str) -> date | None:
    return datetime.fromisoformat(text).date() if re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None


def _read_dotted(text: str) -> date | None:
    match = DOTTED.fullmatch(text)
    return date(_year(match[3]), int(match[2]), int(match[1])) if match else None


def _read_slashed(text: str, order: DateOrder) -> date | None:
    match = SLASHED.fullmatch(text)
    if match is None:
        return None
    first, second, year = int(match[1]), int(match[2]), _year(match[3])
    if first > 12 or (order is DateOrder.DAY_FIRST and second <= 12):
        return date(year, second, first)
    if second > 12 or first == second or order is DateOrder.MONTH_FIRST:
        return date(year, first, second)
    two_ways = f"{date(year, first, second)} or {date(year, second, first)}"
    raise ValueError(f"{text[:40]!r} can be read in two ways. Write {two_ways}")


def _read_spelled(text: str) -> date:
    for pattern in SPELLED:
        try:
            return datetime.strptime(text, pattern).date()  # noqa: DTZ007 (a date has no zone)
        except ValueError:
            continue
    raise ValueError("no pattern fits")


def _year(digits: str) -> int:
    return int(digits) if len(digits) == 4 else 2000 + int(digits)
