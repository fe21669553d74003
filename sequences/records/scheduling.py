"""Finding a time: what is asked, and the answer with a reason for each time that was refused (BEYOND-08)."""

from datetime import date, datetime, time, timedelta
from enum import IntEnum, StrEnum
from typing import Annotated, Self
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, AwareDatetime, Field, model_validator

from sequences.records.base import Record


def _known_zone(name: str) -> str:
    """ValueError for a zone that the zone data does not have."""
    try:
        ZoneInfo(name)
    except (LookupError, OSError) as error:
        raise ValueError(f"{name!r} is no known timezone") from error
    return name


ZoneName = Annotated[str, AfterValidator(_known_zone)]  # IANA


class Weekday(IntEnum):
    """As ``date.weekday`` counts."""

    MONDAY = 0
    TUESDAY = 1
    WEDNESDAY = 2
    THURSDAY = 3
    FRIDAY = 4
    SATURDAY = 5
    SUNDAY = 6


BUSINESS_DAYS = frozenset(day for day in Weekday if day < Weekday.SATURDAY)


class Hours(Record):
    """Hours of the day in a zone. The end is exclusive; an end before the start is on the next day, and equal ones
    mean the whole day. ``days`` are those on which the hours begin."""

    timezone: ZoneName
    starts: time = time(9)
    ends: time = time(18)
    days: frozenset[Weekday] = BUSINESS_DAYS


class BlockKind(StrEnum):
    BUSY = "busy"
    OUT_OF_OFFICE = "out_of_office"


class Block(Record):
    """A stretch of time that somebody is not free; the end is exclusive. Entries marked as free are no blocks."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    kind: BlockKind = BlockKind.BUSY

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.ends_at < self.starts_at:
            raise ValueError("a block cannot end before it starts")
        return self


class DayBlock(Record):
    """Whole days, the last one included, in the calendar's zone."""

    first_on: date
    last_on: date
    kind: BlockKind = BlockKind.BUSY

    @model_validator(mode="after")
    def _is_in_order(self) -> Self:
        if self.last_on < self.first_on:
            raise ValueError("a block cannot end before it starts")
        return self


class Calendar(Record):
    """One calendar that has to be free. ``is_readable`` is False when nobody could look: then nothing in it is free."""

    name: str
    timezone: ZoneName
    blocks: tuple[Block, ...] = ()
    days: tuple[DayBlock, ...] = ()
    is_readable: bool = True


class PartOfDay(StrEnum):
    MORNING = "morning"  # before noon
    AFTERNOON = "afternoon"


class Preferences(Record):
    """What the rep likes. A time that misses it ranks lower and is never refused for it."""

    part_of_day: PartOfDay | None = None
    days: frozenset[Weekday] = frozenset()  # empty means any


class QuietHours(Record):
    """In the rep's zone; equal times mean none."""

    starts: time
    ends: time


class TimesWanted(Record):
    """A request for times. ``theirs`` is None while the prospect's zone is not known."""

    calendars: tuple[Calendar, ...] = Field(min_length=1)
    working: Hours
    quiet: QuietHours | None = None
    theirs: Hours | None = None
    length: timedelta = Field(default=timedelta(minutes=30), gt=timedelta(0), le=timedelta(hours=12))
    buffer: timedelta = Field(default=timedelta(minutes=15), ge=timedelta(0), le=timedelta(hours=4))
    notice: timedelta = Field(default=timedelta(hours=2), ge=timedelta(0))
    step: timedelta = Field(default=timedelta(minutes=15), ge=timedelta(minutes=5))
    business_days: int = Field(default=10, ge=1, le=30)
    options: int = Field(default=5, ge=1, le=20)
    preferences: Preferences = Preferences()


class Fit(StrEnum):
    BEST = "best"
    GOOD = "good"
    POSSIBLE = "possible"


class Caution(StrEnum):
    TOO_EARLY = "too_early"  # for the other side
    TOO_LATE = "too_late"
    DAY_OFF = "day_off"
    ZONE_UNKNOWN = "zone_unknown"


class LocalTime(Record):
    """A time as somebody's clock on the wall shows it: aware, with the offset of that moment."""

    timezone: str
    starts: datetime
    ends: datetime


class Slot(Record):
    """A time that can be offered. ``score`` is from 0 to 1."""

    starts_at: AwareDatetime
    ends_at: AwareDatetime
    score: float
    fit: Fit
    ours: LocalTime
    theirs: LocalTime | None
    cautions: tuple[Caution, ...] = ()


class Refused(StrEnum):
    """Why a time is not offered. Of several reasons the first in this order is told."""

    TOO_SOON = "too_soon"
    AFTER_HOURS = "after_hours"  # it would run past our working hours
    QUIET_HOURS = "quiet_hours"
    OUT_OF_OFFICE = "out_of_office"
    ALL_DAY = "all_day"
    BUSY = "busy"
    BUFFER = "buffer"  # free, but too close to something
    UNKNOWN = "unknown"  # a calendar could not be read
    OUTSIDE_THEIR_HOURS = "outside_their_hours"


class Refusal(Record):
    """``calendar`` and the times of ``block_…`` say what stands in the way, where it is something in a calendar."""

    starts_at: datetime
    ends_at: datetime
    reason: Refused
    calendar: str | None = None
    block_starts_at: datetime | None = None
    block_ends_at: datetime | None = None


class TimesFound(Record):
    """``slots`` best first. ``refused`` in time. ``is_more`` when a longer list could be had."""

    slots: tuple[Slot, ...] = ()
    refused: tuple[Refusal, ...] = ()
    is_more: bool = False
