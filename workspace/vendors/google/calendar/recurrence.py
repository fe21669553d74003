"""Recurring events: RRULE, EXRULE, RDATE and EXDATE lines, expanded by the clock on the wall of the event's zone."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rruleset, rrulestr

from workspace.vendors.google.calendar.times import When
from workspace.vendors.google.errors import GoogleError

MOST = 730  # instances of a recurrence without an end, when nothing else limits them
_LINE = re.compile(r"(RRULE|EXRULE|RDATE|EXDATE)((?:;[A-Z-]+=[^:;]+)*):(.+)", re.IGNORECASE)
_TOO_OFTEN = re.compile("FREQ=(SECONDLY|MINUTELY)", re.IGNORECASE)  # no calendar shows that
_UNTIL = re.compile(r"UNTIL=([0-9TZ]+)", re.IGNORECASE)


def check_recurrence(lines: object, start: When) -> None:
    """Refuses what cannot be expanded."""
    if not isinstance(lines, list) or not all(isinstance(line, str) for line in lines):
        raise GoogleError(400, "invalid", "Invalid recurrence rule.")
    try:
        next(iter(_rules(lines, start)), None)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise GoogleError(400, "invalid", "Invalid recurrence rule.") from None


def occurrences(lines: list[str], start: When, *, after: datetime | None, before: datetime | None) -> Iterator[When]:
    """The starts from ``after`` to ``before`` (exclusive), both moments; without an end the first ``MOST``."""
    found = (start.moved(local) for local in _rules(lines, start))
    wanted = (one for one in found if after is None or one.moment() >= after)
    for one in islice(wanted, None if before else MOST):
        if before is not None and one.moment() >= before:
            return
        yield one


def _rules(lines: list[str], start: When) -> rruleset:
    rules = rruleset()
    for line in lines:
        found = _LINE.fullmatch(line.strip())
        if found is None:
            raise ValueError(line)
        name, parameters, value = found[1].upper(), found[2].upper(), found[3]
        if name in ("RRULE", "EXRULE"):
            rule = _rule(value, start)
            rules.rrule(rule) if name == "RRULE" else rules.exrule(rule)
            continue
        zone = ZoneInfo(found[2].partition("TZID=")[2].partition(";")[0]) if "TZID=" in parameters else start.zone
        for part in value.split(","):
            moment = _local(part, start, zone)
            rules.rdate(moment) if name == "RDATE" else rules.exdate(moment)
    if not any(line.upper().startswith("RRULE") for line in lines):
        rules.rdate(start.local)
    return rules


def _rule(value: str, start: When) -> rrule:
    """UNTIL in the zone of the event: its type need not be that of the start, as Google takes both."""

    def until(found: re.Match[str]) -> str:
        local = _local(found[1], start, start.zone)
        last = local if "T" in found[1].upper() or start.is_day else datetime.combine(local, time(23, 59, 59))
        return f"UNTIL={last:%Y%m%dT%H%M%S}"

    if _TOO_OFTEN.search(value):
        raise ValueError(value)
    rule = rrulestr(_UNTIL.sub(until, value), dtstart=start.local)
    if not isinstance(rule, rrule):
        raise TypeError(value)
    return rule


def _local(part: str, start: When, zone: ZoneInfo) -> datetime:
    """A date or time of a line as the event's clock shows it."""
    text = part.strip().upper()
    if "T" not in text:
        return datetime.strptime(text, "%Y%m%d")  # noqa: DTZ007 - a day on the wall
    moment = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - its zone is added below
    if start.is_day:
        return moment - timedelta(hours=moment.hour, minutes=moment.minute, seconds=moment.second)
    known = moment.replace(tzinfo=UTC if text.endswith("Z") else zone)
    return known.astimezone(start.zone).replace(tzinfo=None)
