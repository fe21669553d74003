"""A local time of a day happens once, also where the clock leaves it out or shows it twice."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

import pytest

from sequences.scheduling.zones import moment_of
from tests.scheduling.oracle import first_showing

CASES = {
    "an ordinary morning": ("Europe/London", date(2026, 3, 5), time(8), datetime(2026, 3, 5, 8, tzinfo=UTC)),
    "left out in spring": ("Europe/London", date(2026, 3, 29), time(1, 30), datetime(2026, 3, 29, 1, tzinfo=UTC)),
    "just after the gap": ("Europe/London", date(2026, 3, 29), time(2), datetime(2026, 3, 29, 1, tzinfo=UTC)),
    "twice in autumn": ("Europe/London", date(2026, 10, 25), time(1, 30), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),
    "after it came twice": ("Europe/London", date(2026, 10, 25), time(2), datetime(2026, 10, 25, 2, tzinfo=UTC)),
    "New York's spring": ("America/New_York", date(2026, 3, 8), time(2, 15), datetime(2026, 3, 8, 7, tzinfo=UTC)),
    "Kathmandu": ("Asia/Kathmandu", date(2026, 3, 5), time(8), datetime(2026, 3, 5, 2, 15, tzinfo=UTC)),
    "Chatham in summer": ("Pacific/Chatham", date(2026, 1, 5), time(8), datetime(2026, 1, 4, 18, 15, tzinfo=UTC)),
    "Chatham's gap": ("Pacific/Chatham", date(2026, 9, 27), time(3), datetime(2026, 9, 26, 14, tzinfo=UTC)),
    "half an hour left out": (
        "Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), datetime(2026, 10, 3, 15, 30, tzinfo=UTC),
    ),
    "a whole day left out": ("Pacific/Apia", date(2011, 12, 30), time(8), datetime(2011, 12, 30, 10, tzinfo=UTC)),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_a_local_time_is_one_moment(case: str) -> None:
    zone, day, at, expected = CASES[case]
    assert moment_of(day, at, ZoneInfo(zone)) == expected


@pytest.mark.parametrize("case", [name for name in CASES if "whole day" not in name])
def test_watching_the_clock_says_the_same(case: str) -> None:
    zone, day, at, expected = CASES[case]
    assert first_showing(day, at, zone) == expected
