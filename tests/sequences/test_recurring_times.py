"""When the rounds of a recurring event come: once on each local day, whatever the clocks do."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from sequences.ports.recurring import Rhythm
from sequences.records.event import EventSource, EventType
from sequences.records.scheduling import Weekday
from sequences.recurring import CATCH_UP, RECURRENCES, Recurrence, occasions

DAILY = Recurrence(event=EventType.MORNING_BRIEF, source=EventSource.CRON_MORNING)
WEEKLY = Recurrence(
    event=EventType.COACHING_WEEKLY, source=EventSource.CRON_COACHING_WEEKLY, weekday=Weekday.MONDAY
)  # fmt: skip
SCAN = Recurrence(event=EventType.DEAL_RISK_SCAN, source=EventSource.CRON_PIPELINE_SCAN, at=time(8))
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)

# The zone, the day on which its clock changes, and local times before, in and after the change.
CHANGES = [
    ("Europe/London", date(2026, 3, 29)),
    ("Europe/London", date(2026, 10, 25)),
    ("America/New_York", date(2026, 3, 8)),
    ("America/New_York", date(2026, 11, 1)),
    ("Pacific/Chatham", date(2026, 9, 27)),
    ("Pacific/Chatham", date(2026, 4, 5)),
    ("Australia/Lord_Howe", date(2026, 10, 4)),
    ("Asia/Kathmandu", date(2026, 3, 29)),
]
TIMES = [time(0), time(1, 30), time(2, 15), time(2, 45), time(3), time(8), time(23, 59)]


@pytest.mark.parametrize("at", TIMES, ids=str)
@pytest.mark.parametrize(("zone", "day"), CHANGES)
def test_src_04_asked_every_minute_each_local_day_comes_exactly_once(zone: str, day: date, at: time) -> None:
    start = datetime.combine(day - DAY, time(0), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    end = datetime.combine(day + 2 * DAY, time(0), tzinfo=ZoneInfo(zone)).astimezone(UTC)
    came: Counter[date] = Counter()
    tick = start - MINUTE  # whose minute ends as the first day begins
    while tick + MINUTE < end:
        came.update(one.on for one in occasions(DAILY, [Rhythm(zone, at)], after=tick, until=tick + MINUTE))
        tick += MINUTE
    assert came == {day - DAY: 1, day: 1, day + DAY: 1}


def test_src_04_everybody_in_a_zone_shares_a_round() -> None:
    people = [Rhythm("Europe/London", None), Rhythm("Europe/London", time(7)), Rhythm("Europe/Paris", time(11))]
    now = datetime(2026, 3, 5, 8, tzinfo=UTC)
    (found,) = occasions(DAILY, people, after=now - CATCH_UP, until=now)
    assert (found.timezone, found.on) == ("Europe/London", date(2026, 3, 5))
    assert found.briefing_times is not None
    assert set(found.briefing_times) == {None, time(7)}


def test_src_04_a_scan_comes_at_eight_whenever_the_brief_does() -> None:
    people = [Rhythm("Europe/London", None), Rhythm("Europe/London", time(11))]
    now = datetime(2026, 3, 5, 8, tzinfo=UTC)
    (found,) = occasions(SCAN, people, after=now - MINUTE, until=now)
    assert found.briefing_times is None
    assert occasions(SCAN, people, after=now, until=now + MINUTE) == []


def test_coach_15_the_weekly_event_comes_on_local_mondays_only() -> None:
    """A Monday morning in Auckland is a Sunday evening in UTC."""
    came = []
    for hour in range(24 * 14):
        now = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(hours=hour)
        people = [Rhythm("Pacific/Auckland", None)]
        came += [(one.on, now) for one in occasions(WEEKLY, people, after=now - timedelta(hours=1), until=now)]
    assert came == [
        (date(2026, 3, 2), datetime(2026, 3, 1, 19, tzinfo=UTC)),
        (date(2026, 3, 9), datetime(2026, 3, 8, 19, tzinfo=UTC)),
    ]


def test_chain_14_the_key_carries_the_local_date() -> None:
    now = datetime(2026, 3, 4, 19, tzinfo=UTC)  # the 5th in Auckland
    (found,) = occasions(DAILY, [Rhythm("Pacific/Auckland", None)], after=now - MINUTE, until=now)
    assert found.key_for("user_1") == "morning_brief:user_1:2026-03-05"


def test_an_unknown_zone_holds_up_nobody_else(caplog: pytest.LogCaptureFixture) -> None:
    now = datetime(2026, 3, 5, 8, tzinfo=UTC)
    people = [Rhythm("Mars/Olympus", None), Rhythm("", None), Rhythm("UTC", None)]
    assert [one.timezone for one in occasions(DAILY, people, after=now - MINUTE, until=now)] == ["UTC"]
    assert "unknown timezone" in caplog.text


def test_src_04_what_comes_round_is_brief_scan_campaigns_and_coaching() -> None:
    assert {(one.event, one.weekday, one.at) for one in RECURRENCES} == {
        (EventType.MORNING_BRIEF, None, None),
        (EventType.CAMPAIGN_DAILY_CHECK, None, None),
        (EventType.COACHING_WEEKLY, Weekday.MONDAY, None),
        (EventType.DEAL_RISK_SCAN, None, time(8)),
    }
