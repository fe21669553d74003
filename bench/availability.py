"""How long it takes to find times: two calendars, five hundred entries, ten working days."""

import random
import time
from datetime import UTC, datetime, timedelta
from datetime import time as clock

from bench.figures import Figure, percentile
from sequences.records.scheduling import Block, Calendar, Hours, QuietHours, TimesWanted
from sequences.scheduling.availability import find_times

NOW = datetime(2026, 3, 5, 7, 0, tzinfo=UTC)
DAYS = 14
BLOCKS = 250  # in each calendar
RUNS = 200


def measure() -> list[Figure]:
    wanted = request()
    for _ in range(10):
        find_times(wanted, NOW)
    taken = [_once(wanted) for _ in range(RUNS)]
    return [
        Figure(name="find_times_p50_ms", value=percentile(taken, 50), target=5,
               what=f"2 calendars, {2 * BLOCKS} busy blocks, 10 business days, a reason for each refused start"),
        Figure(name="find_times_p99_ms", value=percentile(taken, 99), what="the same, the slowest in a hundred"),
    ]  # fmt: skip


def request() -> TimesWanted:
    """Two full calendars over the days in question, with some room left in them."""
    random_ = random.Random(7)  # noqa: S311 (a calendar is no secret)
    return TimesWanted(
        calendars=tuple(
            Calendar(name=name, timezone="Europe/London", blocks=tuple(_block(random_) for _ in range(BLOCKS)))
            for name in ("work", "private")
        ),
        working=Hours(timezone="Europe/London"),
        quiet=QuietHours(starts=clock(20), ends=clock(8)),
        theirs=Hours(timezone="America/New_York"),
    )


def _block(random_: random.Random) -> Block:
    start = NOW + timedelta(minutes=5 * random_.randrange(DAYS * 24 * 12))
    return Block(starts_at=start, ends_at=start + timedelta(minutes=random_.choice((15, 20, 30))))


def _once(wanted: TimesWanted) -> float:
    started = time.perf_counter()
    find_times(wanted, NOW)
    return (time.perf_counter() - started) * 1000
