"""Events made, changed and deleted, with what follows for the guests."""

from collections.abc import Callable
from urllib.parse import quote

from workspace.vendors.google.calendar.conference import conference, link
from workspace.vendors.google.calendar.instances import find
from workspace.vendors.google.calendar.invitations import is_ours, put_answer, put_everywhere
from workspace.vendors.google.calendar.rules import check_id, checked, merged
from workspace.vendors.google.calendar.store import Calendar, CalendarStore, without
from workspace.vendors.google.calendar.times import stamp
from workspace.vendors.google.call import Call
from workspace.vendors.google.errors import GoogleError
from workspace.vendors.google.forms import EVENT, fitted
from workspace.wire import Json

_FIXED = (
    "kind",
    "id",
    "iCalUID",
    "htmlLink",
    "created",
    "creator",
    "organizer",
    "recurringEventId",
    "originalStartTime",
)
_UPDATES = ("all", "externalOnly", "none")


class Writing:
    """``notify`` is told of the event, what became of it, and who is to hear of it (``sendUpdates``)."""

    def __init__(self, store: CalendarStore, notify: Callable[[Json, str, str], None]) -> None:
        self._store = store
        self._notify = notify

    def insert(self, call: Call, calendar: Calendar) -> Json:
        sent = self._updates(call)
        made = self.made(call.body, calendar, call.email)
        kept = put_everywhere(self._store, calendar, self._with_room(made, call, None))
        self._notify(kept, "Invitation", sent)
        return kept

    def made(self, body: Json, calendar: Calendar, creator: str) -> Json:
        """A new event, not stored yet."""
        event = checked(body, calendar)
        event_id = check_id(body["id"]) if body.get("id") is not None else self._store.new_id()
        if event_id in calendar.events:
            raise GoogleError(409, "duplicate", "The requested identifier already exists.")
        me = {"email": calendar.id} if calendar.is_primary else {"email": calendar.id, "displayName": calendar.summary}
        return {
            "kind": "calendar#event",
            "id": event_id,
            "status": "confirmed",
            "htmlLink": f"https://www.google.com/calendar/event?eid={quote(event_id)}",
            "created": stamp(self._store.now()),
            "creator": {"email": creator},
            "organizer": me,
            "iCalUID": f"{event_id}@google.com",
            "sequence": 0,
            "reminders": {"useDefault": True},
            "eventType": "default",
            **event,
        }

    def change(self, call: Call, calendar: Calendar, *, is_whole: bool) -> Json:
        """``is_whole``: PUT, which takes away what the request does not name."""
        sent = self._updates(call)
        old = self.known(call, calendar)
        body = call.body if is_whole else merged(old, fitted(call.body, EVENT, keeps_null=True))
        if body.get("status") == old["status"] == "cancelled":
            raise GoogleError(410, "deleted", "Resource has been deleted")
        new = {**{name: old[name] for name in _FIXED if name in old}, "status": "confirmed", **checked(body, calendar)}
        new = {**new, "eventType": old.get("eventType", "default"), "sequence": old["sequence"] + _has_moved(old, new)}
        new = self._with_room({"reminders": {"useDefault": True}, **new}, call, old.get("conferenceData"))
        if not is_ours(old, calendar):
            return put_answer(self._store, calendar, old, new)
        kept = put_everywhere(self._store, calendar, new)
        self._notify(kept, "Cancelled event" if kept["status"] == "cancelled" else "Updated invitation", sent)
        return kept

    def delete(self, call: Call, calendar: Calendar) -> None:
        """The organiser's deletion cancels it for all; a guest's takes it off their own calendar and declines."""
        sent = self._updates(call)
        old = self.known(call, calendar)
        if old["status"] == "cancelled":
            raise GoogleError(410, "deleted", "Resource has been deleted")
        if not is_ours(old, calendar):
            guests = [
                {**one, "responseStatus": "declined"} if one["email"] == calendar.id else one
                for one in old.get("attendees", [])
            ]
            put_answer(self._store, calendar, old, {**old, "attendees": guests})
            self._store.put(calendar, {**calendar.events[old["id"]], "status": "cancelled"})
            return
        gone = put_everywhere(self._store, calendar, {**old, "status": "cancelled"})
        for one in list(calendar.exceptions(old["id"])):
            put_everywhere(self._store, calendar, {**one, "status": "cancelled"})
        self._notify(gone, "Cancelled event", sent)

    def known(self, call: Call, calendar: Calendar) -> Json:
        """The event of the request, if it is still the one that the app has seen (``If-Match``)."""
        event = find(calendar, call.place("eventId"))
        wanted = call.request.headers.get("If-Match")
        if wanted not in (None, "*", event["etag"]):
            raise GoogleError(412, "conditionNotMet", "Precondition Failed", location="header If-Match")
        return event

    def _updates(self, call: Call) -> str:
        old_way = "all" if call.flag("sendNotifications") else "none"
        return call.choice("sendUpdates", _UPDATES, old_way)

    def _with_room(self, event: Json, call: Call, known: Json | None) -> Json:
        version = call.number("conferenceDataVersion", 0, most=1, least=0)
        given = fitted(call.body, EVENT, keeps_null=True)
        is_asked = version == 1 and "conferenceData" in given
        room = conference(given.get("conferenceData"), known) if is_asked else known
        bare = without(event, "conferenceData", "hangoutLink")
        return {**bare, "conferenceData": room, "hangoutLink": link(room)} if room else bare


def _has_moved(old: Json, new: Json) -> bool:
    return any(old.get(name) != new.get(name) for name in ("start", "end", "recurrence"))
