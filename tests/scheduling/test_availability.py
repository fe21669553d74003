"""Single rules of finding times, one by one."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from pydantic import ValidationError

from sequences.records.scheduling import (
    Block,
    BlockKind,
    Calendar,
    Caution,
    DayBlock,
    Fit,
    Hours,
    PartOfDay,
    Preferences,
    QuietHours,
    Refusal,
    Refused,
    TimesFound,
    TimesWanted,
    Weekday,
)
from sequences.scheduling.availability import find_times
from sequences.scheduling.explaining import explain

LONDON = "Europe/London"
SUNDAY = datetime(2026, 3, 1, 12, tzinfo=UTC)  # nothing is too soon on Monday
HALF_HOUR = timedelta(minutes=30)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


def calendar(**values: Any) -> Calendar:
    return Calendar.model_validate({"name": "work", "timezone": LONDON} | values)


def wanted(**values: Any) -> TimesWanted:
    base: dict[str, Any] = {
        "calendars": (calendar(),),
        "working": Hours(timezone=LONDON),
        "theirs": Hours(timezone=LONDON),
        "step": HALF_HOUR,
        "business_days": 5,
    }
    return TimesWanted.model_validate(base | values)


def refusal_of(found: TimesFound, moment: datetime) -> Refusal | None:
    return next((refusal for refusal in found.refused if refusal.starts_at == moment), None)


def reason(found: TimesFound, moment: datetime) -> Refused | None:
    refusal = refusal_of(found, moment)
    return refusal.reason if refusal else None


def test_cal_06_five_options_on_different_days_come_from_an_empty_calendar() -> None:
    found = find_times(wanted(), SUNDAY)
    assert len(found.slots) == 5
    assert {slot.starts_at.date() for slot in found.slots} == {date(2026, 3, day) for day in range(2, 7)}
    assert found.is_more
    assert [slot.score for slot in found.slots] == sorted((slot.score for slot in found.slots), reverse=True)


@pytest.mark.parametrize("days", [5, 10])
def test_cal_02_the_window_counts_business_days(days: int) -> None:
    found = find_times(wanted(business_days=days, calendars=(calendar(is_readable=False),)), SUNDAY)
    refused_on = {refusal.starts_at.date() for refusal in found.refused}
    assert len(refused_on) == days
    assert all(day.weekday() < 5 for day in refused_on)


def test_cal_03_buffers_lie_on_both_sides() -> None:
    block = Block(starts_at=at(2, 11), ends_at=at(2, 12))
    found = find_times(wanted(calendars=(calendar(blocks=(block,)),)), SUNDAY)
    told = {hour: reason(found, at(2, *divmod(hour, 60))) for hour in range(10 * 60, 13 * 60, 30)}
    assert told == {
        600: None,
        630: Refused.BUFFER,
        660: Refused.BUSY,
        690: Refused.BUSY,
        720: Refused.BUFFER,
        750: None,
    }
    refusal = refusal_of(found, at(2, 12))
    assert refusal is not None
    assert (refusal.calendar, refusal.block_starts_at, refusal.block_ends_at) == ("work", at(2, 11), at(2, 12))


def test_beyond_08_unknown_is_never_free() -> None:
    unreadable = calendar(name="private", is_readable=False)
    busy = Block(starts_at=at(2, 11), ends_at=at(2, 12))
    found = find_times(wanted(calendars=(calendar(blocks=(busy,)), unreadable)), SUNDAY)
    assert found.slots == ()
    assert reason(found, at(2, 9)) is Refused.UNKNOWN
    assert reason(found, at(2, 11)) is Refused.BUSY  # what is known is told first
    refusal = refusal_of(found, at(2, 9))
    assert refusal is not None
    assert refusal.calendar == "private"


@pytest.mark.parametrize(
    ("kind", "expected"), [(BlockKind.BUSY, Refused.ALL_DAY), (BlockKind.OUT_OF_OFFICE, Refused.OUT_OF_OFFICE)]
)
def test_beyond_08_whole_days_block_in_the_zone_of_their_calendar(kind: BlockKind, expected: Refused) -> None:
    """A day in Auckland is most of a night in London, and the morning of the day after."""
    off = DayBlock(first_on=date(2026, 3, 3), last_on=date(2026, 3, 3), kind=kind)
    found = find_times(wanted(calendars=(calendar(timezone="Pacific/Auckland", days=(off,)),)), SUNDAY)
    assert reason(found, at(2, 10, 30)) is None
    assert reason(found, at(2, 11)) is expected
    assert reason(found, at(2, 17, 30)) is expected
    assert reason(found, at(3, 10, 30)) is expected
    assert reason(found, at(3, 11)) is None


def test_beyond_08_out_of_office_blocks_and_is_told_before_busy() -> None:
    away = Block(starts_at=at(2, 9), ends_at=at(2, 18), kind=BlockKind.OUT_OF_OFFICE)
    busy = Block(starts_at=at(2, 9), ends_at=at(2, 18))
    found = find_times(wanted(calendars=(calendar(blocks=(busy, away)),)), SUNDAY)
    assert {refusal.reason for refusal in found.refused if refusal.starts_at.day == 2} == {Refused.OUT_OF_OFFICE}


def test_cal_03_quiet_hours_and_the_end_of_the_day_are_kept_free() -> None:
    found = find_times(wanted(quiet=QuietHours(starts=time(17), ends=time(9, 30)), length=timedelta(hours=1)), SUNDAY)
    assert reason(found, at(2, 9)) is Refused.QUIET_HOURS
    assert reason(found, at(2, 9, 30)) is None
    assert reason(found, at(2, 16)) is None
    assert reason(found, at(2, 16, 30)) is Refused.QUIET_HOURS
    assert reason(found, at(2, 17, 30)) is Refused.AFTER_HOURS


def test_cal_02_what_has_begun_or_is_too_soon_is_not_offered() -> None:
    found = find_times(wanted(), at(2, 10, 10))
    assert refusal_of(found, at(2, 10)) is None  # it is past, and nothing to refuse
    assert reason(found, at(2, 12)) is Refused.TOO_SOON
    assert reason(found, at(2, 12, 30)) is None
    assert all(slot.starts_at >= at(2, 12, 10) for slot in found.slots)


def test_cal_04_times_outside_their_business_hours_are_left_out() -> None:
    found = find_times(wanted(theirs=Hours(timezone="America/New_York")), SUNDAY)
    assert len(found.slots) == 5
    assert all(slot.theirs and 9 <= slot.theirs.starts.hour < 18 for slot in found.slots)
    assert reason(found, at(2, 9)) is Refused.OUTSIDE_THEIR_HOURS


def test_cal_04_they_are_shown_with_a_caution_when_fewer_than_three_remain() -> None:
    """Tokyo goes home when London begins: one morning slot is left."""
    theirs = Hours(timezone="Asia/Tokyo", ends=time(18, 30))
    found = find_times(wanted(theirs=theirs, business_days=1), SUNDAY)
    cautions = [slot.cautions for slot in found.slots]
    assert cautions == [(), (Caution.TOO_LATE,), (Caution.TOO_LATE,)]
    assert [slot.fit for slot in found.slots[1:]] == [Fit.POSSIBLE, Fit.POSSIBLE]
    shown = {slot.starts_at for slot in found.slots}
    refused = {refusal.starts_at for refusal in found.refused if refusal.reason is Refused.OUTSIDE_THEIR_HOURS}
    assert refused
    assert not shown & refused


@pytest.mark.parametrize(
    ("theirs", "expected"),
    [
        (Hours(timezone="America/Los_Angeles", ends=time(9, 30)), Caution.TOO_EARLY),
        (Hours(timezone="Asia/Tokyo", ends=time(12)), Caution.TOO_LATE),
        (Hours(timezone=LONDON, days=frozenset({Weekday.TUESDAY})), Caution.DAY_OFF),
        (Hours(timezone=LONDON, starts=time(22), ends=time(6)), None),
    ],
)
def test_cal_07_the_caution_says_what_is_wrong_with_it(theirs: Hours, expected: Caution | None) -> None:
    found = find_times(wanted(theirs=theirs, business_days=1), SUNDAY)
    told = {caution for slot in found.slots for caution in slot.cautions}
    assert told == {expected} if expected else told <= {Caution.TOO_EARLY, Caution.TOO_LATE}


def test_cal_07_both_clocks_are_shown_while_only_one_has_changed() -> None:
    """From 8 to 29 March New York is four hours behind London."""
    found = find_times(wanted(theirs=Hours(timezone="America/New_York"), business_days=10), SUNDAY)
    offsets = {
        slot.starts_at.day: slot.ours.starts.hour - slot.theirs.starts.hour for slot in found.slots if slot.theirs
    }
    assert offsets
    assert all(offset == (4 if day >= 8 else 5) for day, offset in offsets.items())


def test_cal_07_without_a_zone_for_them_each_time_says_so() -> None:
    found = find_times(wanted(theirs=None), SUNDAY)
    assert all(slot.cautions == (Caution.ZONE_UNKNOWN,) and slot.theirs is None for slot in found.slots)
    assert Fit.BEST not in {slot.fit for slot in found.slots}


def test_cal_05_preferences_rank_and_refuse_nothing() -> None:
    likes = Preferences(part_of_day=PartOfDay.AFTERNOON, days=frozenset({Weekday.WEDNESDAY}))
    best = find_times(wanted(preferences=likes), SUNDAY).slots[0]
    assert best.starts_at.date() == date(2026, 3, 4)
    assert best.ours.starts.hour >= 12
    assert best.fit is Fit.BEST
    afternoon_taken = Block(starts_at=at(4, 12), ends_at=at(4, 18))
    found = find_times(wanted(preferences=likes, calendars=(calendar(blocks=(afternoon_taken,)),)), SUNDAY)
    assert len(found.slots) == 5


def test_cal_17_the_evening_of_a_working_day_over_midnight_belongs_to_it() -> None:
    night = Hours(timezone=LONDON, starts=time(22), ends=time(2), days=frozenset({Weekday.FRIDAY}))
    found = find_times(wanted(working=night, theirs=None, business_days=1, options=20), SUNDAY)
    starts = sorted(slot.starts_at for slot in found.slots)
    assert starts[0] == at(6, 22)
    assert starts[-1] == at(7, 1, 30)


def test_cal_03_no_working_days_means_no_times_and_says_so() -> None:
    found = find_times(wanted(working=Hours(timezone=LONDON, days=frozenset())), SUNDAY)
    assert found == TimesFound()
    assert "no working hours" in explain(found)


@pytest.mark.parametrize(
    ("day", "lost"),
    [(date(2026, 3, 29), Refused.BUSY), (date(2026, 10, 25), Refused.BUSY)],
)
def test_cal_03_a_block_given_in_utc_stands_right_on_both_clock_changes(day: date, lost: Refused) -> None:
    """Sundays in London, 10:00 to 11:00 by the clock of that day, whatever it was the day before."""
    zone = ZoneInfo(LONDON)
    begin = datetime.combine(day, time(10), tzinfo=zone).astimezone(UTC)
    block = Block(starts_at=begin, ends_at=begin + timedelta(hours=1))
    sunday = Hours(timezone=LONDON, days=frozenset({Weekday.SUNDAY}))
    found = find_times(
        wanted(working=sunday, theirs=None, business_days=1, calendars=(calendar(blocks=(block,)),)),
        begin - timedelta(hours=30),
    )
    told = {refusal.starts_at.astimezone(zone).strftime("%H:%M"): refusal.reason for refusal in found.refused}
    assert told == {
        "09:30": Refused.BUFFER, "10:00": lost, "10:30": lost, "11:00": Refused.BUFFER,
    }  # fmt: skip


def test_beyond_08_why_nothing_is_free_is_told_in_a_sentence() -> None:
    found = find_times(wanted(calendars=(calendar(is_readable=False),), business_days=1), SUNDAY)
    assert explain(found) == "18 possible starts are not free: 18 in a calendar that could not be read."


def test_a_zone_that_does_not_exist_is_refused_where_it_comes_in() -> None:
    with pytest.raises(ValidationError, match="no known timezone"):
        Hours(timezone="Mars/Olympus")
    with pytest.raises(ValidationError, match="cannot end before"):
        Block(starts_at=at(2, 10), ends_at=at(2, 9))
