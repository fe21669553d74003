"""Google Calendar v3 on loopback."""

from email.message import EmailMessage

from aiohttp import web

from workspace.vendors.google.accounts import PREFIX, Accounts
from workspace.vendors.google.calendar.channels import Channels
from workspace.vendors.google.calendar.free_busy import free_busy
from workspace.vendors.google.calendar.instances import expanded, find
from workspace.vendors.google.calendar.invitations import organizer_of, put_everywhere, seen_by
from workspace.vendors.google.calendar.listing import Listing, Page
from workspace.vendors.google.calendar.store import ROLES, Calendar, CalendarStore, etag
from workspace.vendors.google.calendar.times import read_when, stamp, stored
from workspace.vendors.google.calendar.writing import Writing
from workspace.vendors.google.call import Call, Handler, Operation
from workspace.vendors.google.errors import GoogleError, refusal
from workspace.vendors.google.push import Pushes
from workspace.vendors.mail import Mailbox
from workspace.wire import Json

_ROOT = "/calendar/v3"
_EVENTS = f"{_ROOT}/calendars/{{calendarId}}/events"
_EVENT = f"{_EVENTS}/{{eventId}}"
_HIDDEN = ("kind", "etag", "id", "status", "start", "end", "recurringEventId", "originalStartTime", "iCalUID")
_LIST_TOKEN = "calendar-list"  # noqa: S105 - of a sync, not a secret
_REMINDERS = [{"method": "popup", "minutes": 10}]


def _scopes(names: str) -> frozenset[str]:
    """``calendar`` stands for itself, the others for ``calendar.<name>``."""
    return frozenset(
        f"{PREFIX}calendar" if name == "calendar" else f"{PREFIX}calendar.{name}" for name in names.split()
    )


_LIST = _scopes("calendar calendarlist calendarlist.readonly readonly")
_WRITE = _scopes("calendar app.created events events.owned")
_READ = _WRITE | _scopes("events.freebusy events.owned.readonly events.public.readonly events.readonly readonly")
_CALENDAR = _scopes("calendar app.created calendars calendars.readonly readonly")
_FREE_BUSY = _scopes("calendar events.freebusy freebusy readonly")
_STOP = _READ | _scopes("acls acls.readonly calendarlist calendarlist.readonly settings settings.readonly")


class CalendarServer:
    """``groups``: for free/busy, addresses of groups with those of their members."""

    name = "calendar"

    def __init__(self, accounts: Accounts, store: CalendarStore, mailbox: Mailbox, pushes: Pushes) -> None:
        self.url = ""
        self.store = store
        self.groups: dict[str, list[str]] = {}
        self.channels = Channels(pushes, store.now)
        self.close = pushes.close
        store.on_change = self.channels.changed
        self._accounts = accounts
        self._mailbox = mailbox
        self._writing = Writing(store, self._mail)

    def add(self, calendar_id: str, body: Json) -> Json:
        """An event on somebody's calendar (and its guests'), as its owner would put it there; nobody is written to.

        Raises KeyError for a calendar that there is not.
        """
        calendar = self.store.by_id(calendar_id)
        if calendar is None:
            raise KeyError(calendar_id)
        return put_everywhere(self.store, calendar, self._writing.made(body, calendar, calendar.owner))

    def operations(self) -> list[Operation]:
        table: list[tuple[str, str, str, frozenset[str], Handler]] = [
            ("calendarList.list", "GET", f"{_ROOT}/users/me/calendarList", _LIST, self.calendar_list),
            ("calendars.get", "GET", f"{_ROOT}/calendars/{{calendarId}}", _CALENDAR, self.calendar),
            ("events.list", "GET", _EVENTS, _READ, self.events),
            ("events.insert", "POST", _EVENTS, _WRITE, self.insert),
            ("events.watch", "POST", f"{_EVENTS}/watch", _READ, self.watch),
            ("events.get", "GET", _EVENT, _READ, self.get),
            ("events.patch", "PATCH", _EVENT, _WRITE, self.patch),
            ("events.update", "PUT", _EVENT, _WRITE, self.update),
            ("events.delete", "DELETE", _EVENT, _WRITE, self.delete),
            ("events.instances", "GET", f"{_EVENT}/instances", _READ, self.instances),
            ("freebusy.query", "POST", f"{_ROOT}/freeBusy", _FREE_BUSY, self.query),
            ("channels.stop", "POST", f"{_ROOT}/channels/stop", _STOP, self.stop),
        ]
        return [Operation(f"calendar.{name}", *rest) for name, *rest in table]  # type: ignore[arg-type]

    def routes(self) -> list[web.RouteDef]:
        return [operation.route(self._accounts) for operation in self.operations()]

    def refusal(self, _request: web.Request, status: int) -> Json:
        return refusal(status)

    async def calendar_list(self, call: Call) -> Json:
        if call.text("syncToken") not in ("", _LIST_TOKEN):
            said = "Sync token is no longer valid, a full sync is required."
            raise GoogleError(410, "fullSyncRequired", said, domain="calendar", location="parameter syncToken")
        least = call.choice("minAccessRole", ROLES, "freeBusyReader")
        size, start = call.number("maxResults", 100, most=250), call.number("pageToken", 0, least=0)
        every = sorted(self.store.all(), key=lambda one: not one.is_primary)
        seen = [one for one in every if one.owner == call.email or call.email in one.shared]
        if call.text("syncToken"):
            seen = []  # the list never changes
        seen = [one for one in seen if ROLES.index(one.role(call.email)) >= ROLES.index(least)]
        rest = {"nextPageToken": str(start + size)} if len(seen) > start + size else {"nextSyncToken": _LIST_TOKEN}
        items = [self._entry(one, call.email) for one in seen[start : start + size]]
        return {"kind": "calendar#calendarList", "etag": etag(self.store.version), "items": items, **rest}

    async def calendar(self, call: Call) -> Json:
        calendar = self.store.open(call.place("calendarId"), call.email)
        return {
            "kind": "calendar#calendar",
            "etag": etag(0),
            "id": calendar.id,
            "summary": calendar.summary,
            "timeZone": calendar.time_zone,
        }

    async def events(self, call: Call) -> Json:
        calendar = self.store.open(call.place("calendarId"), call.email)
        return self._collection(call, calendar, Listing(self.store, calendar, call).page())

    async def instances(self, call: Call) -> Json:
        calendar = self.store.open(call.place("calendarId"), call.email)
        master = find(calendar, call.place("eventId"))
        if not master.get("recurrence"):
            raise GoogleError(400, "badRequest", "The event is not a recurring event.")
        made = expanded(calendar, master, after=call.moment("timeMin"), before=call.moment("timeMax"))
        shows_deleted, original = call.flag("showDeleted"), call.moment("originalStart")
        rows = sorted(
            (read_when(one["originalStartTime"], "start", calendar.zone).moment(), one["id"], one) for one in made
        )
        wanted = [
            one for at, _, one in rows if original in (None, at) and (shows_deleted or one["status"] != "cancelled")
        ]
        return self._collection(call, calendar, Listing(self.store, calendar, call).page(wanted))

    async def get(self, call: Call) -> Json:
        calendar = self.store.open(call.place("calendarId"), call.email)
        event = find(calendar, call.place("eventId"))
        return self._shown(call, calendar, event)

    async def insert(self, call: Call) -> Json:
        calendar = self.store.open(call.place("calendarId"), call.email, "writer")
        return self._shown(call, calendar, self._writing.insert(call, calendar))

    async def patch(self, call: Call) -> Json:
        calendar = self.store.open(call.place("calendarId"), call.email, "writer")
        return self._shown(call, calendar, self._writing.change(call, calendar, is_whole=False))

    async def update(self, call: Call) -> Json:
        calendar = self.store.open(call.place("calendarId"), call.email, "writer")
        return self._shown(call, calendar, self._writing.change(call, calendar, is_whole=True))

    async def delete(self, call: Call) -> None:
        calendar = self.store.open(call.place("calendarId"), call.email, "writer")
        self._writing.delete(call, calendar)

    async def watch(self, call: Call) -> Json:
        calendar = self.store.open(call.place("calendarId"), call.email)
        return self.channels.watch(calendar, call.email, call.body, self.url)

    async def stop(self, call: Call) -> None:
        self.channels.stop(call.email, call.body)

    async def query(self, call: Call) -> Json:
        return free_busy(self.store, self.groups, call)

    def _entry(self, calendar: Calendar, email: str) -> Json:
        return {
            "kind": "calendar#calendarListEntry",
            "etag": etag(0),
            "id": calendar.id,
            "summary": calendar.summary,
            "timeZone": calendar.time_zone,
            "accessRole": calendar.role(email),
            "defaultReminders": _REMINDERS if calendar.role(email) == "owner" else [],
            "selected": True,
            **({"primary": True} if calendar.is_primary and calendar.owner == email else {}),
        }

    def _collection(self, call: Call, calendar: Calendar, page: Page) -> Json:
        tokens = {"nextPageToken": page.next_page} if page.next_page else {"nextSyncToken": page.next_sync}
        role = calendar.role(call.email)
        return {
            "kind": "calendar#events",
            "etag": etag(self.store.version),
            "summary": calendar.summary,
            "updated": max((event["updated"] for event in calendar.events.values()), default=stamp(self.store.now())),
            "timeZone": call.zone(calendar.time_zone).key,
            "accessRole": role,
            "defaultReminders": _REMINDERS if role == "owner" else [],
            "items": [self._shown(call, calendar, event) for event in page.items],
            **{name: token for name, token in tokens.items() if token},
        }

    def _shown(self, call: Call, calendar: Calendar, event: Json) -> Json:
        """In the zone asked for; to those who may know no more, only when it is."""
        shown = dict(event) if "organizer" not in event else seen_by(event, calendar)
        zone = call.zone(calendar.time_zone)
        for side in ("start", "end"):
            if side in shown:
                shown[side] = stored(shown, side, calendar.zone).to_json(shown_in=zone)
        if calendar.role(call.email) == "freeBusyReader":
            return {**{name: shown[name] for name in _HIDDEN if name in shown}, "visibility": "private"}
        most = call.number("maxAttendees", 0)
        if most and len(shown.get("attendees", [])) > most:
            mine = [one for one in shown["attendees"] if one.get("self")]
            shown |= {"attendees": mine, "attendeesOmitted": True}
        return shown

    def _mail(self, event: Json, what: str, sent: str) -> None:
        """The guests' mails, as far as they are wanted; put into the local mailbox."""
        organizer = organizer_of(event)
        guests = [one["email"] for one in event.get("attendees", []) if one["email"] != organizer]
        if sent == "externalOnly":
            guests = [email for email in guests if not self._accounts.has(email)]
        if sent == "none" or not guests:
            return
        title, start = event.get("summary") or "(No title)", event["start"]
        message = EmailMessage()
        message["From"], message["To"] = organizer, ", ".join(guests)
        message["Subject"] = f"{what}: {title}".replace("\n", " ")
        when = start.get("dateTime") or start.get("date")
        message.set_content(
            f"{title}\n{when}\n{event.get('location', '')}\n{event.get('hangoutLink', '')}".strip() + "\n"
        )
        self._mailbox.keep(message.as_bytes(), organizer, tuple(guests))
