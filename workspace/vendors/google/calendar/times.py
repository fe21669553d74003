"""When an event is: Google's ``{date}`` or ``{dateTime, timeZone}``, and the moments that it means."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from workspace.vendors.google.call import zone
from workspace.vendors.google.errors import GoogleError
from workspace.wire import Json

DAY = timedelta(days=1)


@dataclass(frozen=True)
class When:
    """The start or end of an event as its clock on the wall shows it; midnight for one that lasts whole days."""

    local: datetime  # without a zone
    zone: ZoneInfo
    is_day: bool

    def moment(self) -> datetime:
        return self.local.replace(tzinfo=self.zone).astimezone(UTC)

    def moved(self, local: datetime) -> "When":
        return When(local, self.zone, self.is_day)

    def to_json(self, shown_in: ZoneInfo | None = None) -> Json:
        if self.is_day:
            return {"date": self.local.date().isoformat()}
        seen = self.moment().astimezone(shown_in or self.zone)
        return {"dateTime": text(seen), "timeZone": self.zone.key}

    def key(self) -> str:
        """How the id of an instance ends."""
        return f"{self.local:%Y%m%d}" if self.is_day else f"{self.moment():%Y%m%dT%H%M%SZ}"


def read_when(value: object, side: str, default: ZoneInfo) -> When:
    """``side`` is ``start`` or ``end``; ``default`` the zone of the calendar."""
    known = value if isinstance(value, dict) else {}
    return _read(known.get("date") or "", known.get("dateTime") or "", known.get("timeZone") or "", side, default.key)


@lru_cache(maxsize=10_000)  # the same events are looked at again and again
def _read(day: str, moment: str, zone_name: str, side: str, default: str) -> When:
    if not day and not moment:
        raise GoogleError(400, "required", f"Missing {side} time.")
    if day and moment:
        raise GoogleError(400, "invalid", f"Invalid {side} time.")
    if day:
        return When(datetime.combine(_date(day, side), time()), ZoneInfo(default), is_day=True)
    named = zone(zone_name, "timeZone") if zone_name else None
    try:
        at = datetime.fromisoformat(moment.upper()).replace(microsecond=0)
        if at.tzinfo is None:
            return When(at, _needed(named, side), is_day=False)
        return When(
            at.astimezone(named or ZoneInfo(default)).replace(tzinfo=None), named or ZoneInfo(default), is_day=False
        )
    except (ValueError, OverflowError):
        raise GoogleError(400, "invalid", f"Invalid {side} time.") from None


def _needed(named: ZoneInfo | None, side: str) -> ZoneInfo:
    if named is None:
        raise GoogleError(400, "required", f"Missing time zone definition for {side} time.")
    return named


def stored(event: Json, side: str, calendar_zone: ZoneInfo) -> When:
    return read_when(event[side], side, calendar_zone)


def text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def stamp(moment: datetime) -> str:
    """As ``created`` and ``updated`` are written."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _date(value: str, side: str) -> date:
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise GoogleError(400, "invalid", f"Invalid {side} time.") from None
