"""``events.list`` and ``events.instances``: filters, order, pages, and what changed since a sync token."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta

from workspace.vendors.google.calendar.instances import expanded, lies_within
from workspace.vendors.google.calendar.store import Calendar, CalendarStore
from workspace.vendors.google.calendar.times import stored
from workspace.vendors.google.call import Call
from workspace.vendors.google.errors import GoogleError, invalid
from workspace.wire import Json

PAGE, LARGEST = 250, 2500
TOKEN_LIFETIME = timedelta(days=28)
# What a sync token cannot be used with; the last five also keep the answer from having one.
_NEVER_SYNCED = ("timeMin", "timeMax", "updatedMin", "orderBy", "q", "iCalUID")
_PROPERTIES = ("privateExtendedProperty", "sharedExtendedProperty")
_TYPES = ("birthday", "default", "focusTime", "fromGmail", "outOfOffice", "workingLocation")
_SEARCHED = ("summary", "description", "location")


@dataclass(frozen=True)
class Page:
    items: list[Json]
    next_page: str
    next_sync: str


class Listing:
    """One request for events of one calendar, read and checked."""

    def __init__(self, store: CalendarStore, calendar: Calendar, call: Call) -> None:
        self._store = store
        self._calendar = calendar
        self._call = call
        self._after, self._before = call.moment("timeMin"), call.moment("timeMax")
        if self._after and self._before and self._after >= self._before:
            said = "The specified time range is empty."
            raise GoogleError(400, "timeRangeEmpty", said, domain="calendar", location="parameter timeMax")
        self._updated = call.moment("updatedMin")
        self._is_single = call.flag("singleEvents")
        self._shows_deleted = call.flag("showDeleted")
        self._order = call.choice("orderBy", ("startTime", "updated"))
        if self._order == "startTime" and not self._is_single:
            said = "The requested ordering is not available for the particular query."
            raise GoogleError(400, "badRequest", said, location="parameter orderBy")
        self._types = call.many("eventTypes")
        if unknown := set(self._types) - set(_TYPES):
            raise invalid("eventTypes", f"Invalid value for eventTypes: {', '.join(sorted(unknown))}")
        self._size = call.number("maxResults", PAGE, most=LARGEST)
        self._since = self._read_sync_token()

    def page(self, rows: list[Json] | None = None) -> Page:
        """``rows``: instead of what is on the calendar, in their own order."""
        found = self._rows() if rows is None else rows
        offset, version = self._read_page_token()
        items = [self._shown(event) for event in found[offset : offset + self._size]]
        rest = found[offset + self._size :]
        if rest:
            return Page(items, _token({"o": offset + self._size, "v": version}), "")
        return Page(items, "", self._sync_token(version))

    def _shown(self, event: Json) -> Json:
        """Of what is cancelled no more is told than what identifies it: of instances, and to who only syncs."""
        is_bare = "recurringEventId" in event or (self._since is not None and not self._shows_deleted)
        if event["status"] != "cancelled" or not is_bare:
            return event
        names = ("kind", "etag", "id", "status", "recurringEventId", "originalStartTime")
        return {name: event[name] for name in names if name in event}

    def _rows(self) -> list[Json]:
        found = [event for event in self._candidates() if self._fits(event)]
        if self._order == "startTime":
            return sorted(found, key=lambda event: (stored(event, "start", self._calendar.zone).moment(), event["id"]))
        if self._order == "updated":
            return sorted(found, key=lambda event: (event["updated"], event["id"]))
        return found

    def _candidates(self) -> list[Json]:
        calendar, found = self._calendar, []
        for event in list(calendar.events.values()):
            if self._since is not None and not self._has_changed(event):
                continue
            is_gone = self._since is not None and event["status"] == "cancelled"
            if not self._is_single or not event.get("recurrence") or is_gone:
                is_extra = self._is_single and event.get("recurringEventId") in calendar.events
                found += [] if is_extra and self._since is None else [event]
            elif event["status"] != "cancelled" or self._shows_deleted:
                found += list(expanded(calendar, event, after=self._after, before=self._before))
        return list({event["id"]: event for event in found}.values())  # a changed instance comes with its series, too

    def _has_changed(self, event: Json) -> bool:
        return self._calendar.changed[event["id"]] > int(self._since or 0)

    def _fits(self, event: Json) -> bool:
        return (
            (event["status"] != "cancelled" or self._takes_cancelled(event))
            and self._is_in_time(event)
            and (self._updated is None or datetime.fromisoformat(event["updated"]) >= self._updated)
            and (not self._types or event.get("eventType", "default") in self._types)
            and self._call.text("iCalUID") in ("", event["iCalUID"])
            and all(self._has_property(event, name) for name in _PROPERTIES)
            and _mentions(event, self._call.text("q"))
        )

    def _takes_cancelled(self, event: Json) -> bool:
        is_exception = "recurringEventId" in event and not self._is_single
        return self._shows_deleted or self._since is not None or self._updated is not None or is_exception

    def _is_in_time(self, event: Json) -> bool:
        if event.get("recurrence") and not self._is_single and (self._after or self._before):
            return any(True for _ in expanded(self._calendar, event, after=self._after, before=self._before))
        return lies_within(self._calendar, event, self._after, self._before)

    def _has_property(self, event: Json, parameter: str) -> bool:
        known = event.get("extendedProperties", {}).get(parameter.removesuffix("ExtendedProperty"), {})
        pairs = [constraint.partition("=") for constraint in self._call.many(parameter)]
        if not all(separator for _, separator, _ in pairs):
            raise invalid(parameter)
        return all(known.get(name) == value for name, _, value in pairs)

    def _read_page_token(self) -> tuple[int, int]:
        token = self._call.text("pageToken")
        if not token:
            return 0, self._store.version
        known = _read(token)
        if not isinstance(known.get("o"), int) or not isinstance(known.get("v"), int):
            raise invalid("pageToken", "Invalid page token value.")
        return known["o"], known["v"]

    def _read_sync_token(self) -> int | None:
        token = self._call.text("syncToken")
        if not token:
            return None
        clashing = [name for name in (*_NEVER_SYNCED, *_PROPERTIES) if name in self._call.request.query]
        if clashing or self._call.request.query.get("showDeleted") == "false":
            said = f"Sync token cannot be combined with {', '.join(clashing) or 'showDeleted=false'}."
            raise GoogleError(400, "badRequest", said, location="parameter syncToken")
        known = _read(token)
        if not isinstance(known.get("s"), int) or not isinstance(known.get("at"), int):
            raise invalid("syncToken", "Invalid sync token value.")
        age = self._store.now().timestamp() - known["at"]
        if age > TOKEN_LIFETIME.total_seconds() or known["s"] < self._store.oldest_sync:
            said = "Sync token is no longer valid, a full sync is required."
            raise GoogleError(410, "fullSyncRequired", said, domain="calendar", location="parameter syncToken")
        return int(known["s"])

    def _sync_token(self, version: int) -> str:
        if any(name in self._call.request.query for name in (*_NEVER_SYNCED[2:], *_PROPERTIES)):
            return ""
        return _token({"s": version, "at": int(self._store.now().timestamp())})


def _mentions(event: Json, words: str) -> bool:
    people = [*event.get("attendees", []), event["organizer"]]
    texts = [str(event.get(name, "")) for name in _SEARCHED]
    texts += [str(person.get(name, "")) for person in people for name in ("displayName", "email")]
    return all(any(word in text.lower() for text in texts) for word in words.lower().split())


def _token(content: Json) -> str:
    return urlsafe_b64encode(json.dumps(content).encode()).decode()


def _read(token: str) -> Json:
    try:
        known = json.loads(urlsafe_b64decode(token))
    except ValueError:
        return {}
    return known if isinstance(known, dict) else {}
