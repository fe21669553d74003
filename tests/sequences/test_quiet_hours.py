"""Quiet hours end at the right moment: over midnight, at both clock changes, and never in the past."""

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sequences.policy.quiet_hours import next_active
from tests.sequences.people import REP


def quiet(now: str, start: str, end: str, zone: str = "UTC") -> str | None:
    user = REP.model_copy(
        update={
            "timezone": zone,
            "quiet_hours_start": time.fromisoformat(start),
            "quiet_hours_end": time.fromisoformat(end),
        }
    )
    found = next_active(datetime.fromisoformat(now).replace(tzinfo=UTC), user)
    return found.replace(tzinfo=None).isoformat(timespec="minutes") if found else None


@pytest.mark.parametrize(
    ("now", "start", "end", "expected"),
    [
        ("2026-03-05T23:00", "22:00", "07:00", "2026-03-06T07:00"),
        ("2026-03-05T06:59", "22:00", "07:00", "2026-03-05T07:00"),
        ("2026-03-05T22:00", "22:00", "07:00", "2026-03-06T07:00"),
        ("2026-03-05T07:00", "22:00", "07:00", None),
        ("2026-03-05T21:59", "22:00", "07:00", None),
        ("2026-03-05T12:30", "12:00", "13:00", "2026-03-05T13:00"),
        ("2026-03-05T13:00", "12:00", "13:00", None),
        ("2026-03-05T00:00", "00:00", "06:00", "2026-03-05T06:00"),
        ("2026-03-05T23:59", "18:00", "00:00", "2026-03-06T00:00"),
        ("2026-03-05T12:00", "09:00", "09:00", None),
    ],
)
def test_quiet_02_the_next_active_window(now: str, start: str, end: str, expected: str | None) -> None:
    assert quiet(now, start, end) == expected


def test_quiet_01_hours_are_the_users_own() -> None:
    assert quiet("2026-03-05T06:30", "22:00", "07:00", "America/New_York") == "2026-03-05T12:00"
    assert quiet("2026-03-05T14:00", "22:00", "07:00", "Asia/Tokyo") == "2026-03-05T22:00"


def test_quiet_01_without_hours_nothing_is_quiet() -> None:
    assert next_active(datetime(2026, 3, 5, 3, tzinfo=UTC), REP) is None


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-03-28T22:30", "2026-03-29T05:00"),  # Berlin springs forward that night: 07:00 is 05:00 UTC
        ("2026-10-24T22:30", "2026-10-25T06:00"),  # and falls back: 07:00 is 06:00 UTC
    ],
)
def test_quiet_02_over_a_night_in_which_the_clock_changes(now: str, expected: str) -> None:
    assert quiet(now, "22:00", "07:00", "Europe/Berlin") == expected


def test_quiet_02_an_end_that_does_not_exist_that_night() -> None:
    """02:30 is skipped in Berlin on 29 March; the clock shows 03:30 when it would have come."""
    assert quiet("2026-03-29T00:30", "22:00", "02:30", "Europe/Berlin") == "2026-03-29T01:30"


def test_quiet_02_an_end_that_comes_twice_is_never_in_the_past() -> None:
    """02:30 comes twice in Berlin on 25 October; at 02:10 for the second time the second one is meant."""
    assert quiet("2026-10-25T00:10", "22:00", "02:30", "Europe/Berlin") == "2026-10-25T00:30"
    assert quiet("2026-10-25T01:10", "22:00", "02:30", "Europe/Berlin") == "2026-10-25T01:30"


@given(
    minutes=st.integers(0, 366 * 24 * 60),
    start=st.times(),
    end=st.times(),
    zone=st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC"]),
)
def test_quiet_02_waiting_always_ends_in_the_future_within_a_day(
    minutes: int, start: time, end: time, zone: str
) -> None:
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    user = REP.model_copy(update={"timezone": zone, "quiet_hours_start": start, "quiet_hours_end": end})
    found = next_active(now, user)
    assert found is None or now < found <= now + timedelta(hours=25)
