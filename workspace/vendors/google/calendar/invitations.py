"""An event is on the calendar of everybody invited: copies of the organiser's, and their answers on all of them."""

from workspace.vendors.google.calendar.instances import find
from workspace.vendors.google.calendar.store import Calendar, CalendarStore, without
from workspace.vendors.google.errors import GoogleError
from workspace.wire import Json

OWN = ("reminders", "colorId", "transparency", "etag", "updated")  # what each copy has for itself
_ANSWER = ("responseStatus", "comment")


def organizer_of(event: Json) -> str:
    return str(event["organizer"]["email"])


def is_ours(event: Json, calendar: Calendar) -> bool:
    return organizer_of(event) == calendar.id


def response_of(event: Json, calendar: Calendar) -> str:
    """What the owner of this calendar answered; empty when they are not among the guests."""
    answers = [one["responseStatus"] for one in event.get("attendees", []) if one["email"] == calendar.id]
    return str(answers[0]) if answers else ""


def put_everywhere(store: CalendarStore, calendar: Calendar, event: Json) -> Json:
    """Stores the organiser's copy and brings the guests' into line with it."""
    known = calendar.events.get(event["id"], {})
    kept = store.put(calendar, event)
    before = {one["email"] for one in known.get("attendees", [])}
    after = {one["email"] for one in event.get("attendees", [])} if event["status"] != "cancelled" else set()
    for email in sorted((before | after) - {calendar.id}):
        guest = store.primary(email)
        if guest is not None:
            _copy(store, guest, event, is_invited=email in after)
    return kept


def put_answer(store: CalendarStore, calendar: Calendar, old: Json, new: Json) -> Json:
    """A guest changes their own copy: the answer goes to all copies, the rest stays theirs."""
    if without(new, *OWN, "attendees", "extendedProperties") != without(
        old, *OWN, "attendees", "extendedProperties"
    ) and not old.get("guestsCanModify"):
        said = "Shared properties can only be changed by the organizer of the event."
        raise GoogleError(403, "forbiddenForNonOrganizer", said, domain="calendar")
    mine = next((one for one in new.get("attendees", []) if one["email"] == calendar.id), None)
    guests = [_answered(one, mine) if mine and one["email"] == calendar.id else one for one in old.get("attendees", [])]
    kept = store.put(calendar, {**new, "attendees": guests})
    for email in {organizer_of(old), *(one["email"] for one in guests)} - {calendar.id}:
        other = store.by_id(email)
        known = other and _known(other, old["id"])
        if other and known:
            store.put(other, {**known, "attendees": guests})
    return kept


def seen_by(event: Json, calendar: Calendar) -> Json:
    """The event as this calendar shows it: who ``self`` and the organiser are."""
    shown = {**event, "organizer": _me(event["organizer"], calendar), "creator": _me(event["creator"], calendar)}
    if "attendees" in event:
        organizer = organizer_of(event)
        shown["attendees"] = [
            {**_me(one, calendar), **({"organizer": True} if one["email"] == organizer else {})}
            for one in event["attendees"]
        ]
    return shown


def _copy(store: CalendarStore, guest: Calendar, event: Json, *, is_invited: bool) -> None:
    known = guest.events.get(event["id"])
    if not is_invited and known is None:
        return
    own = {name: known[name] for name in OWN if known and name in known}
    properties = {
        kind: value
        for kind, value in (
            ("shared", event.get("extendedProperties", {}).get("shared")),
            ("private", (known or {}).get("extendedProperties", {}).get("private")),
        )
        if value
    }
    shared = without(event, "extendedProperties", *OWN)
    copy = {**shared, **own, **({"extendedProperties": properties} if properties else {})}
    store.put(guest, copy if is_invited else {**copy, "status": "cancelled"})


def _known(calendar: Calendar, event_id: str) -> Json | None:
    """Also a single meeting of a series, which is stored as soon as it differs from the others."""
    try:
        return find(calendar, event_id)
    except GoogleError:
        return None


def _answered(old: Json, mine: Json) -> Json:
    return {**old, **{name: mine[name] for name in _ANSWER if name in mine}}


def _me(who: Json, calendar: Calendar) -> Json:
    return {**who, "self": True} if who.get("email") == calendar.id else who
