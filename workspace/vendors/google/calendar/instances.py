"""The single meetings behind a recurring event: made from it when asked for, or stored once they differ."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

from workspace.vendors.google.calendar.recurrence import occurrences
from workspace.vendors.google.calendar.store import Calendar, without
from workspace.vendors.google.calendar.times import DAY, When, stored
from workspace.vendors.google.errors import not_found
from workspace.wire import Json

_INSTANCE = re.compile(r"(.+)_(\d{8}(?:T\d{6}Z)?)")


def find(calendar: Calendar, event_id: str) -> Json:
    """The event or instance of this id, cancelled or not; raises 404."""
    if event_id in calendar.events:
        return calendar.events[event_id]
    parts = _INSTANCE.fullmatch(event_id)
    master = calendar.events.get(parts[1]) if parts else None
    if parts is None or master is None or not master.get("recurrence") or not _is_day(parts[2][:8]):
        raise not_found()
    day = datetime.strptime(parts[2][:8], "%Y%m%d").replace(tzinfo=UTC)
    for start in _starts(calendar, master, after=day - 2 * DAY, before=day + 2 * DAY):
        if start.key() == parts[2]:
            return instance(calendar, master, start)
    raise not_found()


def instance(calendar: Calendar, master: Json, start: When) -> Json:
    """One meeting of the series, as stored if it was changed or cancelled."""
    event_id = f"{master['id']}_{start.key()}"
    if event_id in calendar.events:
        return calendar.events[event_id]
    length = stored(master, "end", calendar.zone).local - stored(master, "start", calendar.zone).local
    return {
        **without(master, "recurrence"),
        "id": event_id,
        "start": start.to_json(),
        "end": start.moved(start.local + length).to_json(),
        "recurringEventId": master["id"],
        "originalStartTime": start.to_json(),
    }


def expanded(calendar: Calendar, master: Json, *, after: datetime | None, before: datetime | None) -> Iterator[Json]:
    """All meetings of a series that lie, at least partly, between these moments; cancelled ones as well.

    Those that were moved count where they are now and not where they were.
    """
    length = stored(master, "end", calendar.zone).moment() - stored(master, "start", calendar.zone).moment()
    moved = {event["id"]: event for event in calendar.exceptions(master["id"])}
    for start in _starts(calendar, master, after=after - length - DAY if after else None, before=before):
        made = instance(calendar, master, start)
        if made["id"] not in moved and lies_within(calendar, made, after, before):
            yield made
    yield from (event for event in moved.values() if lies_within(calendar, event, after, before))


def lies_within(calendar: Calendar, event: Json, after: datetime | None, before: datetime | None) -> bool:
    """Both bounds are exclusive: of the end and of the start."""
    start, end = stored(event, "start", calendar.zone).moment(), stored(event, "end", calendar.zone).moment()
    return (after is None or end > after) and (before is None or start < before)


def _is_day(text: str) -> bool:
    try:
        return bool(datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC))
    except ValueError:
        return False


def _starts(calendar: Calendar, master: Json, *, after: datetime | None, before: datetime | None) -> Iterator[When]:
    return occurrences(master["recurrence"], stored(master, "start", calendar.zone), after=after, before=before)
