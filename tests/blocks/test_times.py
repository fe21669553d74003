from datetime import UTC, date, datetime, timedelta

import pytest

from blocks import times

AT = datetime(2026, 11, 19, 14, 2, tzinfo=UTC)


def test_a_moment_names_the_day_only_when_it_is_another() -> None:
    london = times.zone("Europe/London")
    assert times.moment(AT, london, seen_from=AT) == "at 14:02"
    assert times.moment(AT + timedelta(days=1), london, seen_from=AT) == "on Fri 20 Nov at 14:02"
    assert times.moment(AT + timedelta(days=60), london, seen_from=AT) == "on Mon 18 Jan 2027 at 14:02"


def test_the_day_is_the_reps_day() -> None:
    auckland = times.zone("Pacific/Auckland")  # 03:02 on the 20th
    assert times.moment(AT, auckland, seen_from=AT - timedelta(hours=4)) == "on Fri 20 Nov at 03:02"


@pytest.mark.parametrize(
    ("zone", "shown"),
    [
        ("Europe/London", "Thu 19 Nov 2026, 14:02 GMT"),
        ("America/New_York", "Thu 19 Nov 2026, 09:02 EST"),
        ("Asia/Kathmandu", "Thu 19 Nov 2026, 19:47 UTC+05:45"),
        ("America/Sao_Paulo", "Thu 19 Nov 2026, 11:02 UTC-03:00"),
        ("Mars/Olympus", "Thu 19 Nov 2026, 14:02 UTC"),
        ("", "Thu 19 Nov 2026, 14:02 UTC"),
        ("../../etc/passwd", "Thu 19 Nov 2026, 14:02 UTC"),
        ("a\0b", "Thu 19 Nov 2026, 14:02 UTC"),
        ("x" * 10_000, "Thu 19 Nov 2026, 14:02 UTC"),
    ],
)
def test_full_names_the_zone_and_survives_an_unknown_one(zone: str, shown: str) -> None:
    assert times.full(AT, times.zone(zone)) == shown


@pytest.mark.parametrize(
    ("seconds", "shown"),
    [(None, ""), (0, "00:00"), (309, "05:09"), (1930.9, "32:10"), (3723, "1:02:03"), (-1, "")],
)
def test_timestamp(seconds: float | None, shown: str) -> None:
    assert times.timestamp(seconds) == shown


@pytest.mark.parametrize(
    ("text", "shown"),
    [("2026-11-20", "Fri 20 Nov"), ("2027-01-04", "Mon 4 Jan 2027"), ("soon", "soon"), ("", ""), (None, "")],
)
def test_iso_day(text: str | None, shown: str) -> None:
    assert times.iso_day(text, year_of=date(2026, 1, 1)) == shown
