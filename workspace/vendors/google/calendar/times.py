"""When an event is: Google's ``{date}`` or ``{dateTime, timeZone}``, and the moments that it means."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
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
    if not isinstance(value, dict) or not (value.get("date") or value.get("dateTime")):
        raise GoogleError(400, "required", f"Missing {side} time.")
    if value.get("date") and value.get("dateTime"):
        raise GoogleError(400, "invalid", f"Invalid {side} time.")
    if value.get("date"):
        return When(datetime.combine(_date(value["date"], side), time()), default, is_day=True)
    named = zone(value["timeZone"], "timeZone") if value.get("timeZone") else None
    try:
        moment = datetime.fromisoformat(str(value["dateTime"]).upper()).replace(microsecond=0)
    except ValueError:
        raise GoogleError(400, "invalid", f"Invalid {side} time.") from None
    if moment.tzinfo is None and named is None:
        raise GoogleError(400, "required", f"Missing time zone definition for {side} time.")
    if moment.tzinfo is None:
        return When(moment, named or default, is_day=False)
    return When(moment.astimezone(named or default).replace(tzinfo=None), named or default, is_day=False)


def stored(event: Json, side: str, calendar_zone: ZoneInfo) -> When:
    return read_when(event[side], side, calendar_zone)


def text(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def stamp(moment: datetime) -> str:
    """As ``created`` and ``updated`` are written."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _date(value: object, side: str) -> date:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise GoogleError(400, "invalid", f"Invalid {side} time.") from None
