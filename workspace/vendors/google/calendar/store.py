"""The calendars: what is on them, who may see and change them, and what changed since when."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from workspace.clock import Clock
from workspace.vendors.google.accounts import Accounts
from workspace.vendors.google.calendar.times import stamp
from workspace.vendors.google.errors import GoogleError, not_found
from workspace.wire import Json

ROLES = ("freeBusyReader", "reader", "writer", "owner")  # each may do what those before it may
_BASE32HEX = "0123456789abcdefghijklmnopqrstuv"


@dataclass
class Calendar:
    """``events`` are resources as stored, with cancelled ones; ``changed`` says at which version each changed last."""

    id: str
    summary: str
    time_zone: str
    owner: str
    is_primary: bool = False
    shared: dict[str, str] = field(default_factory=dict)  # address → role
    events: dict[str, Json] = field(default_factory=dict)
    changed: dict[str, int] = field(default_factory=dict)

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def role(self, email: str) -> str:
        """Empty for strangers. Colleagues see when the owner of a primary calendar is busy."""
        if email == self.owner:
            return "owner"
        if email in self.shared:
            return self.shared[email]
        is_colleague = email.partition("@")[2] == self.owner.partition("@")[2]
        return "freeBusyReader" if self.is_primary and is_colleague else ""

    def exceptions(self, master_id: str) -> Iterator[Json]:
        return (event for event in self.events.values() if event.get("recurringEventId") == master_id)


class CalendarStore:
    """Everybody's primary calendar is there from the start and has their address as its id."""

    def __init__(self, accounts: Accounts, clock: Clock) -> None:
        self.version = 0
        self.oldest_sync = 0  # sync tokens of versions before this one have expired
        self.on_change: Callable[[Calendar], None] = lambda _: None
        self._accounts = accounts
        self._clock = clock
        self._numbers = 0
        self._calendars: dict[str, Calendar] = {}

    def now(self) -> datetime:
        return self._clock.now()

    def all(self) -> list[Calendar]:
        for person in self._accounts.people():
            email = str(person.email).lower()
            if email not in self._calendars:
                self._calendars[email] = Calendar(email, email, person.tz, email, is_primary=True)
        return list(self._calendars.values())

    def add(self, calendar: Calendar) -> Calendar:
        self._calendars[calendar.id] = calendar
        return calendar

    def primary(self, email: str) -> Calendar | None:
        return next((one for one in self.all() if one.is_primary and one.id == email.lower()), None)

    def by_id(self, calendar_id: str) -> Calendar | None:
        """Whoever asks."""
        return next((one for one in self.all() if one.id == calendar_id.lower()), None)

    def find(self, calendar_id: str, email: str) -> Calendar | None:
        wanted = email if calendar_id == "primary" else calendar_id.lower()
        return next((one for one in self.all() if one.id.lower() == wanted and one.role(email)), None)

    def open(self, calendar_id: str, email: str, role: str = "freeBusyReader") -> Calendar:
        """Raises 404 for what somebody may not even know of, 403 for what they may not do."""
        calendar = self.find(calendar_id, email)
        if calendar is None:
            raise not_found()
        if ROLES.index(calendar.role(email)) < ROLES.index(role):
            said = f"You need to have {role} access to this calendar."
            raise GoogleError(403, "requiredAccessLevel", said, domain="calendar")
        return calendar

    def expire_sync_tokens(self) -> None:
        """As Google does now and then: whoever syncs has to begin anew."""
        self.version += 1
        self.oldest_sync = self.version

    def new_id(self) -> str:
        """An event id as Google makes them; the same ones in each run."""
        self._numbers += 1
        digest = sha256(f"event {self._numbers}".encode()).digest()
        return "".join(_BASE32HEX[byte % 32] for byte in digest[:26])

    def put(self, calendar: Calendar, event: Json) -> Json:
        """Stores an event under a new version and tells who watches."""
        self.version += 1
        event = {**event, "etag": etag(self.version), "updated": stamp(self.now())}
        calendar.events[event["id"]] = event
        calendar.changed[event["id"]] = self.version
        self.on_change(calendar)
        return event


def etag(version: int) -> str:
    return f'"{3_500_000_000_000_000 + 2 * version}"'


def without(event: Json, *names: str) -> dict[str, Any]:
    return {name: value for name, value in event.items() if name not in names}
