"""What may be in an event that an app sends, and what Google keeps of it."""

import re
from typing import Any

from workspace.vendors.google.calendar.recurrence import check_recurrence
from workspace.vendors.google.calendar.store import Calendar
from workspace.vendors.google.calendar.times import When, read_when
from workspace.vendors.google.errors import GoogleError
from workspace.vendors.google.forms import EVENT, fitted
from workspace.wire import Json

_OTHERS = ("conferenceData", "id", "start", "end")  # they are dealt with for themselves
_CHOICES = {
    "eventType": ("birthday", "default", "focusTime", "fromGmail", "outOfOffice", "workingLocation"),
    "status": ("confirmed", "tentative", "cancelled"),
    "transparency": ("opaque", "transparent"),
    "visibility": ("default", "public", "private", "confidential"),
}
_RESPONSES = ("needsAction", "declined", "tentative", "accepted")
_ID = re.compile(r"[a-v0-9]{5,1024}")
_EMAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_KEY_LENGTH, _VALUE_LENGTH = 44, 1024
_MOST_REMINDERS, _MOST_MINUTES = 5, 40_320


def checked(body: Json, calendar: Calendar) -> Json:
    """The writable part of a whole event, with its times made whole. Unknown keys are left out, as Google does."""
    given = fitted(body, EVENT)
    event: Json = {name: value for name, value in given.items() if name not in _OTHERS}
    for name, allowed in _CHOICES.items():
        if event.get(name, allowed[0]) not in allowed:
            raise GoogleError(400, "invalid", f"Invalid value for: {name}")
    start, end = (read_when(given.get(side), side, calendar.zone) for side in ("start", "end"))
    _check_span(start, end)
    event |= {"start": start.to_json(), "end": end.to_json()}
    if event.get("recurrence"):
        if not start.is_day and not (given["start"].get("timeZone") and given["end"].get("timeZone")):
            raise GoogleError(400, "required", "Missing time zone definition for start time.")
        check_recurrence(event["recurrence"], start)
    if "attendees" in event:
        event["attendees"] = [_attendee(one) for one in event["attendees"]]
    if "extendedProperties" in event:
        event["extendedProperties"] = _properties(event["extendedProperties"])
    if "reminders" in event:
        _check_reminders(event["reminders"])
    return event


def check_id(event_id: object) -> str:
    if not isinstance(event_id, str) or not _ID.fullmatch(event_id):
        raise GoogleError(400, "invalid", "Invalid resource id value.")
    return event_id


def merged(old: Any, new: Any) -> Any:
    """How PATCH joins: objects field by field, a null removes, everything else is replaced."""
    if not isinstance(old, dict) or not isinstance(new, dict):
        return new
    kept = {name: value for name, value in old.items() if name not in new}
    joined = {name: merged(old.get(name), value) for name, value in new.items() if value is not None}
    return {**kept, **joined}


def _check_span(start: When, end: When) -> None:
    if start.is_day != end.is_day:
        raise GoogleError(400, "invalid", "Invalid start time: both times must be dates or both times of a day.")
    if end.moment() < start.moment() or (start.is_day and end.local == start.local):
        raise GoogleError(400, "timeRangeEmpty", "The specified time range is empty.", domain="calendar")


def _attendee(one: Json) -> Json:
    if not _EMAIL.fullmatch(one.get("email", "")):
        raise GoogleError(400, "invalid", "Invalid attendee email.")
    response = one.get("responseStatus", "needsAction")
    if response not in _RESPONSES:
        raise GoogleError(400, "invalid", "Invalid value for: responseStatus")
    return {**one, "email": one["email"].lower(), "responseStatus": response}


def _properties(given: Json) -> Json:
    """Keys that are too long are dropped and values cut, without a word: as the documentation says."""
    kept: Json = {}
    for kind, pairs in given.items():
        fitting = {name: value[:_VALUE_LENGTH] for name, value in pairs.items() if len(name) <= _KEY_LENGTH}
        kept |= {kind: fitting} if fitting else {}
    return kept


def _check_reminders(given: Json) -> None:
    overrides = given.get("overrides", [])
    if overrides and given.get("useDefault"):
        said = "Cannot specify both default reminders and overrides at the same time."
        raise GoogleError(400, "cannotUseDefaultRemindersAndSpecifyOverride", said, domain="calendar")
    for one in overrides:
        is_known = one.get("method") in ("email", "popup")
        if not is_known or not 0 <= one.get("minutes", -1) <= _MOST_MINUTES or len(overrides) > _MOST_REMINDERS:
            raise GoogleError(400, "invalid", "Invalid value for: reminders")
