"""The quick answer and the slow one agree, in odd zones and over both clock changes."""

from datetime import UTC, date, datetime, time, timedelta

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sequences.records.scheduling import (
    Block,
    BlockKind,
    Calendar,
    Caution,
    DayBlock,
    Hours,
    QuietHours,
    Refused,
    TimesFound,
    TimesWanted,
)
from sequences.scheduling.availability import FEW, find_times
from tests.scheduling.oracle import Oracle, starts

ZONES = (
    "UTC",
    "Europe/London",
    "America/New_York",
    "Asia/Kathmandu",  # +05:45
    "Pacific/Chatham",  # +12:45, +13:45 in summer
    "Australia/Lord_Howe",  # half an hour of summer time
    "America/St_Johns",
    "Pacific/Apia",
)
# Around the clock changes of these zones in 2026, and an ordinary week.
BEGINNINGS = (
    date(2026, 3, 6),
    date(2026, 3, 27),
    date(2026, 4, 3),
    date(2026, 6, 10),
    date(2026, 9, 25),
    date(2026, 10, 2),
    date(2026, 10, 23),
    date(2026, 10, 30),
)
QUARTERS = [time(hour, minute) for hour in range(24) for minute in (0, 15, 30, 45)]

zones = st.sampled_from(ZONES)
clock_times = st.sampled_from(QUARTERS)
kinds = st.sampled_from(BlockKind)
hours = st.builds(
    Hours,
    timezone=zones,
    starts=clock_times,
    ends=clock_times,
    days=st.frozensets(st.integers(0, 6), min_size=1),
)


def minutes(low: int, high: int) -> st.SearchStrategy[timedelta]:
    return st.integers(low, high).map(lambda number: timedelta(minutes=number))


@st.composite
def blocks(draw: st.DrawFn, around: datetime) -> Block:
    begin = around + draw(minutes(-600, 5 * 1440))
    return Block(starts_at=begin, ends_at=begin + draw(minutes(0, 300)), kind=draw(kinds))


@st.composite
def day_blocks(draw: st.DrawFn, around: datetime) -> DayBlock:
    first = around.date() + timedelta(days=draw(st.integers(-1, 5)))
    return DayBlock(first_on=first, last_on=first + timedelta(days=draw(st.integers(0, 1))), kind=draw(kinds))


@st.composite
def calendars(draw: st.DrawFn, around: datetime) -> Calendar:
    return Calendar(
        name=draw(st.sampled_from(("work", "private"))),
        timezone=draw(zones),
        blocks=tuple(draw(st.lists(blocks(around), max_size=12))),
        days=tuple(draw(st.lists(day_blocks(around), max_size=1))),
        is_readable=draw(st.sampled_from((True, True, True, False))),
    )


@st.composite
def requests(draw: st.DrawFn) -> tuple[TimesWanted, datetime]:
    now = datetime.combine(draw(st.sampled_from(BEGINNINGS)), draw(clock_times), tzinfo=UTC)
    wanted = TimesWanted(
        calendars=tuple(draw(st.lists(calendars(now), min_size=1, max_size=3))),
        working=draw(hours),
        quiet=draw(st.none() | st.builds(QuietHours, starts=clock_times, ends=clock_times)),
        theirs=draw(st.none() | hours),
        length=draw(minutes(5, 90)),
        buffer=draw(minutes(0, 40)),
        notice=draw(minutes(0, 300)),
        step=timedelta(minutes=draw(st.sampled_from((15, 20, 30, 45)))),
        business_days=draw(st.integers(1, 3)),
        options=draw(st.integers(1, 6)),
    )
    return wanted, now


@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(requests())
def test_cal_03_each_time_is_free_or_refused_for_the_reason_that_a_slow_look_finds(
    request: tuple[TimesWanted, datetime],
) -> None:
    wanted, now = request
    oracle, found = Oracle(wanted, now), find_times(wanted, now)
    told = {refusal.starts_at: refusal.reason for refusal in found.refused}
    assert len(told) == len(found.refused)
    offered = {slot.starts_at: slot for slot in found.slots}
    expected = {start: oracle.verdict(start) for start in starts(wanted, now)}
    assert told.keys() | offered.keys() <= expected.keys()
    for start, verdict in expected.items():
        if verdict is Refused.OUTSIDE_THEIR_HOURS:
            assert (start in offered) != (start in told)
        if start in offered:
            assert verdict in (None, Refused.OUTSIDE_THEIR_HOURS)
        else:
            assert told.get(start) == verdict
    in_their_hours = [start for start, verdict in expected.items() if verdict is None]
    check_choice(wanted, found, in_their_hours)


def check_choice(wanted: TimesWanted, found: TimesFound, free: list[datetime]) -> None:
    """As many as were asked for, apart from each other; the other side's nights only when little else is left."""
    slots = found.slots
    assert len(slots) <= wanted.options
    for number, slot in enumerate(slots):
        assert all(slot.ends_at <= other.starts_at or other.ends_at <= slot.starts_at for other in slots[:number])
        assert slot.ends_at - slot.starts_at == wanted.length
        # In UTC: Python takes an hour that comes twice in one zone for no moment of another.
        assert slot.ours.starts.astimezone(UTC) == slot.starts_at
        assert slot.theirs is None or slot.theirs.starts.astimezone(UTC) == slot.starts_at
    unsuited = [slot for slot in slots if set(slot.cautions) - {Caution.ZONE_UNKNOWN}]
    suited = [slot for slot in slots if slot not in unsuited]
    assert bool(suited) == bool(free)
    assert all(slot.starts_at in free for slot in suited)
    if unsuited:
        assert len(slots) <= FEW
    if len(suited) < wanted.options:  # nothing that would have fitted was left out
        taken = [(slot.starts_at, slot.ends_at) for slot in suited]
        assert all(any(start < until and start + wanted.length > since for since, until in taken) for start in free)
        assert not found.is_more


@settings(max_examples=60, deadline=None)
@given(requests())
def test_beyond_08_what_is_named_as_standing_in_the_way_does(request: tuple[TimesWanted, datetime]) -> None:
    wanted, now = request
    names = {calendar.name for calendar in wanted.calendars}
    for refusal in find_times(wanted, now).refused:
        if refusal.block_starts_at is None or refusal.block_ends_at is None:
            assert refusal.calendar is None or refusal.reason is Refused.UNKNOWN
            continue
        room = wanted.buffer if refusal.reason is Refused.BUFFER else timedelta(0)
        assert refusal.calendar in names
        assert refusal.block_starts_at < refusal.ends_at + room
        assert refusal.block_ends_at > refusal.starts_at - room
