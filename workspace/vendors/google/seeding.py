"""What is on the calendars from the start: the ``google`` part of the seed."""

import re
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from workspace.seed import SeedError
from workspace.vendors.frame import VendorRefusal
from workspace.vendors.google.accounts import Accounts, Client
from workspace.vendors.google.calendar.server import CalendarServer
from workspace.vendors.google.calendar.store import ROLES, Calendar
from workspace.wire import Json

_WHEN = re.compile(r"(?:(today|tomorrow|yesterday)|in (\d+) days|(\d+) days ago)(?: (\d{1,2}:\d{2}))?")


def client_of(seed: Json) -> Client:
    """The one app that Google knows here; with ``redirect_urls`` only these are answered."""
    one = seed.get("client") or {}
    client_id = one.get("id", "workspace.apps.googleusercontent.com")
    return Client(client_id, one.get("secret", "GOCSPX-workspace"), tuple(one.get("redirect_urls") or ()))


def seed_google(seed: Json, accounts: Accounts, server: CalendarServer) -> None:
    """``calendars``, ``groups`` and ``events``; raises SeedError that names the place."""
    for number, one in enumerate(seed.get("calendars") or []):
        place = f"google.calendars[{number}]"
        owner = _email(one.get("owner"), accounts, f"{place}.owner")
        shared = {_email(who, accounts, f"{place}.shared"): role for who, role in (one.get("shared") or {}).items()}
        if unknown := set(shared.values()) - set(ROLES):
            raise SeedError(f"{place}.shared: {min(unknown)} is none of {', '.join(ROLES)}")
        if not isinstance(one.get("id"), str):
            raise SeedError(f"{place}.id: expected a text")
        zone = one.get("tz") or accounts.person(owner).tz
        server.store.add(Calendar(one["id"].lower(), one.get("summary", ""), zone, owner, shared=shared))
    for address, members in (seed.get("groups") or {}).items():
        server.groups[address] = [_email(who, accounts, f"google.groups.{address}") for who in members]
    for number, one in enumerate(seed.get("events") or []):
        _add_event(one, accounts, server, f"google.events[{number}]")


def _add_event(one: Json, accounts: Accounts, server: CalendarServer, place: str) -> None:
    calendars = {calendar.id: calendar for calendar in server.store.all()}
    known = str(one.get("calendar", "")).lower()
    calendar = calendars.get(known) or calendars[_email(one.get("calendar"), accounts, f"{place}.calendar")]
    times = _times(one, server.store.now(), calendar.zone, place)
    guests = [{"email": who if "@" in who else _email(who, accounts, place)} for who in one.get("attendees") or []]
    rest = {name: value for name, value in one.items() if name not in ("calendar", "start", "minutes", "attendees")}
    try:
        server.add(calendar.id, {**rest, **times, **({"attendees": guests} if guests else {})})
    except VendorRefusal as error:
        raise SeedError(f"{place}: {error.body['error']['message']}") from error


def _times(one: Json, now: datetime, zone: ZoneInfo, place: str) -> Json:
    """``tomorrow 10:00``, ``in 3 days 14:30`` or ``2 days ago 09:00`` where the calendar is; or a whole day."""
    found = _WHEN.fullmatch(str(one.get("start", "")))
    if found is None:
        raise SeedError(f"{place}.start: expected such as 'tomorrow 10:00', 'in 3 days 14:30' or 'today'")
    word, ahead, ago, clock = found.groups()
    days = {"today": 0, "tomorrow": 1, "yesterday": -1}[word] if word else int(ahead or 0) - int(ago or 0)
    day = (now.astimezone(zone) + timedelta(days=days)).date()
    if clock is None:
        return {"start": {"date": day.isoformat()}, "end": {"date": (day + timedelta(days=1)).isoformat()}}
    hour, minute = clock.split(":")
    start = datetime.combine(day, time(int(hour), int(minute)))
    end = start + timedelta(minutes=int(one.get("minutes", 30)))
    sides = (("start", start), ("end", end))
    return {side: {"dateTime": moment.isoformat(), "timeZone": zone.key} for side, moment in sides}


def _email(who: Any, accounts: Accounts, place: str) -> str:
    """Of somebody here, by handle, name or address."""
    for person in accounts.people():
        if who in (person.id, person.name, person.real_name, person.email):
            return str(person.email).lower()
    raise SeedError(f"{place}: nobody with an address is called {who!r}")
