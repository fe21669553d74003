"""``freebusy.query``: when calendars are busy, and nothing else about them."""

from collections.abc import Iterator
from datetime import datetime

from workspace.vendors.google.calendar.instances import expanded, lies_within
from workspace.vendors.google.calendar.invitations import response_of
from workspace.vendors.google.calendar.store import Calendar, CalendarStore
from workspace.vendors.google.calendar.times import stored, text
from workspace.vendors.google.call import Call, moment, zone
from workspace.vendors.google.errors import GoogleError, invalid, required
from workspace.vendors.google.forms import FREE_BUSY, fitted
from workspace.wire import Json

MOST_CALENDARS, MOST_MEMBERS = 50, 100


def free_busy(store: CalendarStore, groups: dict[str, list[str]], call: Call) -> Json:
    """``groups``: addresses of groups with those of their members."""
    body = fitted(call.body, FREE_BUSY)
    for name in ("timeMin", "timeMax"):
        if name not in body:
            raise required(name)
    after, before = moment(body["timeMin"], "timeMin"), moment(body["timeMax"], "timeMax")
    if after >= before:
        raise GoogleError(400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar")
    shown_in = zone(body.get("timeZone", "UTC"), "timeZone")
    members = _most(body, "groupExpansionMax", MOST_MEMBERS)
    asked = [one.get("id", "") for one in body.get("items", [])]
    wanted, told = _expanded(asked, groups, members)
    most = _most(body, "calendarExpansionMax", MOST_CALENDARS)
    calendars: Json = {}
    for number, calendar_id in enumerate(wanted):
        calendar = store.find(calendar_id, call.email)
        if number >= most:
            calendars[calendar_id] = _error("tooManyCalendarsRequested")
        elif calendar is None:
            calendars[calendar_id] = _error("notFound")
        else:
            spans = busy(calendar, after, before)
            shown = [{"start": text(a.astimezone(shown_in)), "end": text(b.astimezone(shown_in))} for a, b in spans]
            calendars[calendar_id] = {"busy": shown}
    times = {"timeMin": text(after), "timeMax": text(before)}
    return {"kind": "calendar#freeBusy", **times, "calendars": calendars, **({"groups": told} if told else {})}


def is_blocking(event: Json, calendar: Calendar) -> bool:
    """Not what is cancelled, shown as free, or declined by the calendar's owner."""
    is_free = event.get("transparency") == "transparent" or response_of(event, calendar) == "declined"
    return event["status"] != "cancelled" and not is_free


def busy(calendar: Calendar, after: datetime, before: datetime) -> list[tuple[datetime, datetime]]:
    """In order, cut to the window, joined where they touch."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(_busy(calendar, after, before)):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif start < end:
            joined.append((start, end))
    return joined


def _busy(calendar: Calendar, after: datetime, before: datetime) -> Iterator[tuple[datetime, datetime]]:
    for event in calendar.events.values():
        if event["status"] == "cancelled" or event.get("recurringEventId") in calendar.events:
            continue  # a changed instance comes with its series
        is_series = bool(event.get("recurrence"))
        made = expanded(calendar, event, after=after, before=before) if is_series else iter([event])
        for one in made:
            if is_blocking(one, calendar) and lies_within(calendar, one, after, before):
                start, end = stored(one, "start", calendar.zone).moment(), stored(one, "end", calendar.zone).moment()
                yield max(start, after), min(end, before)


def _expanded(asked: list[str], groups: dict[str, list[str]], most: int) -> tuple[list[str], Json]:
    """The calendars behind what was asked for, each once, and what is told about the groups among it."""
    wanted: dict[str, None] = {}
    told: Json = {}
    for one in asked:
        if one not in groups:
            wanted[one] = None
        elif len(groups[one]) > most:
            told[one] = {"errors": [{"domain": "global", "reason": "groupTooBig"}]}
        else:
            told[one] = {"calendars": list(groups[one])}
            wanted |= dict.fromkeys(groups[one])
    return list(wanted), told


def _most(body: Json, name: str, highest: int) -> int:
    value = int(body.get(name, highest))
    if not 1 <= value <= highest:
        raise invalid(name)
    return value


def _error(reason: str) -> Json:
    return {"errors": [{"domain": "global", "reason": reason}], "busy": []}
