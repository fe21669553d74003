"""Series and busy times beside their plain definitions: day by day, and a quarter of an hour at a time."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from workspace.vendors.google.calendar.free_busy import busy
from workspace.vendors.google.calendar.recurrence import occurrences
from workspace.vendors.google.calendar.store import Calendar
from workspace.vendors.google.calendar.times import When

DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
ZONES = ("UTC", "Europe/London", "America/New_York", "Asia/Kolkata", "Australia/Lord_Howe")
MONDAY = date(2027, 3, 1)  # clocks change in London on the 28th, in New York on the 14th
QUARTER = timedelta(minutes=15)

zones = st.sampled_from(ZONES).map(ZoneInfo)
days = st.integers(0, 60).map(lambda number: MONDAY + timedelta(days=number))
hours = st.integers(5, 22).map(time)  # at hours that there are on every day


@given(
    zone=zones, first=days, at=hours, weekdays=st.sets(st.sampled_from(range(7)), min_size=1), step=st.integers(1, 3)
)
def test_a_weekly_series_is_every_such_day_at_the_same_time_of_day(
    zone: ZoneInfo, first: date, at: time, weekdays: set[int], step: int
) -> None:
    start = When(datetime.combine(first, at), zone, is_day=False)
    names = ",".join(DAYS[day] for day in sorted(weekdays))
    end = datetime.combine(MONDAY + timedelta(days=120), time(), UTC)
    rule = [f"RRULE:FREQ=WEEKLY;INTERVAL={step};BYDAY={names}"]
    found = [one.moment() for one in occurrences(rule, start, after=None, before=end)]

    week = first - timedelta(days=first.weekday())
    every = [first + timedelta(days=number) for number in range(200)]
    fitting = [day for day in every if day.weekday() in weekdays and (day - week).days // 7 % step == 0]
    moments = [datetime.combine(day, at, zone).astimezone(UTC) for day in fitting]
    assert found == [moment for moment in moments if moment < end]


@given(zone=zones, first=days, at=hours, count=st.integers(1, 40), skipped=st.sets(st.integers(0, 40), max_size=5))
def test_a_daily_series_ends_after_its_count_and_leaves_days_out(
    zone: ZoneInfo, first: date, at: time, count: int, skipped: set[int]
) -> None:
    start = When(datetime.combine(first, at), zone, is_day=False)
    every = [datetime.combine(first + timedelta(days=number), at, zone).astimezone(UTC) for number in range(count)]
    left_out = [every[number] for number in skipped if number < count]
    lines = [f"RRULE:FREQ=DAILY;COUNT={count}", *(f"EXDATE:{moment:%Y%m%dT%H%M%SZ}" for moment in left_out)]
    found = [one.moment() for one in occurrences(lines, start, after=None, before=None)]
    assert found == [moment for moment in every if moment not in left_out]
    last = every[-1].astimezone(UTC)
    until = [f"RRULE:FREQ=DAILY;UNTIL={last:%Y%m%dT%H%M%SZ}"]
    assert [one.moment() for one in occurrences(until, start, after=None, before=None)] == every


moments = st.integers(0, 7 * 96).map(lambda number: datetime.combine(MONDAY, time(), UTC) + number * QUARTER)
meetings = st.fixed_dictionaries(
    {
        "start": moments,
        "length": st.integers(0, 40),
        "kind": st.sampled_from(("", "free", "declined", "cancelled", "daily")),
    }
)


@given(zone=zones, meetings=st.lists(meetings, max_size=8), after=moments, length=st.integers(1, 300))
def test_a_quarter_is_busy_when_a_meeting_covers_it(
    zone: ZoneInfo, meetings: list[dict[str, Any]], after: datetime, length: int
) -> None:
    calendar = Calendar("ann@example.com", "Ann", zone.key, "ann@example.com", is_primary=True)
    calendar.events = {str(number): event(number, **one) for number, one in enumerate(meetings)}
    before = after + length * QUARTER
    spans = busy(calendar, after, before)

    covered = [span for one in meetings for span in spans_of(**one)]
    quarters = [after + number * QUARTER for number in range(length)]
    expected = {quarter for quarter in quarters if any(start <= quarter < end for start, end in covered)}
    assert {quarter for quarter in quarters if any(start <= quarter < end for start, end in spans)} == expected
    assert all(after <= start < end <= before for start, end in spans)
    assert all(end < start for (_, end), (start, _) in pairwise(spans))


def event(number: int, start: datetime, length: int, kind: str) -> dict[str, Any]:
    """Daily ones in UTC, so that a day is always 24 hours."""
    times = {"start": start, "end": start + length * QUARTER}
    made: dict[str, Any] = {side: {"dateTime": moment.isoformat(), "timeZone": "UTC"} for side, moment in times.items()}
    made |= {"id": str(number), "status": "cancelled" if kind == "cancelled" else "confirmed", "etag": '"1"'}
    if kind == "free":
        made["transparency"] = "transparent"
    if kind == "declined":
        made["attendees"] = [{"email": "ann@example.com", "responseStatus": "declined"}]
    if kind == "daily":
        made["recurrence"] = ["RRULE:FREQ=DAILY;COUNT=3"]
    return made


def spans_of(start: datetime, length: int, kind: str) -> list[tuple[datetime, datetime]]:
    if kind in ("free", "declined", "cancelled"):
        return []
    starts = [start + timedelta(days=day) for day in range(3 if kind == "daily" else 1)]
    return [(one, one + length * QUARTER) for one in starts]
