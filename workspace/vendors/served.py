"""Which other vendors there are, and which of them this workspace serves."""

from collections.abc import Mapping

from workspace.core import Workspace
from workspace.options import Options
from workspace.vendors.frame import Vendor, VendorServer
from workspace.vendors.google.accounts import Accounts
from workspace.vendors.google.calendar.server import CalendarServer
from workspace.vendors.google.calendar.store import CalendarStore
from workspace.vendors.google.gmail.publishing import Publisher
from workspace.vendors.google.gmail.server import GmailServer
from workspace.vendors.google.gmail.watching import Watches
from workspace.vendors.google.oauth import GoogleOAuth
from workspace.vendors.google.push import Pushes
from workspace.vendors.google.seeding import client_of, seed_google
from workspace.vendors.mail import Mailbox
from workspace.vendors.model import KEY, ModelServer
from workspace.vendors.prefix_cache import PrefixCache
from workspace.wire import Json

PORTS = {"google": 8070, "calendar": 8071, "gmail": 8072, "model": 8073}  # unless another is asked for
OF_GOOGLE = ("calendar", "gmail")  # they need Google's accounts beside them


class Vendors:
    """All of them are there to be looked at; those that were asked for have an address."""

    def __init__(self, ws: Workspace, mailbox: Mailbox, options: Options) -> None:
        self._ws = ws
        self.accounts = Accounts(ws.state, ws.clock, client_of(ws.seed.google))
        self.google = GoogleOAuth(self.accounts)
        store = CalendarStore(self.accounts, ws.clock)
        self.calendar = CalendarServer(self.accounts, store, mailbox, Pushes(ws.log, options.webhook_retries))
        publisher = Publisher(Pushes(ws.log, options.webhook_retries), self.google, ws.clock, options.gmail_push)
        self.gmail = GmailServer(self.accounts, ws.clock, mailbox, Watches(ws.clock.now, publisher.publish))
        self.gmail.closing.append(publisher.close)
        self.model = ModelServer(is_plain=True, faults=ws.faults)
        self.model.bill = _Bill()
        seed_google(ws.seed.google, self.accounts, self.calendar)
        self._known: tuple[Vendor, ...] = (self.google, self.calendar, self.gmail, self.model)
        self._servers: list[VendorServer] = []

    @property
    def names(self) -> tuple[str, ...]:
        """Those that are served."""
        return tuple(vendor.name for vendor in self._known if vendor.url)

    async def start(self, host: str, wanted: Mapping[str, int]) -> None:
        """Raises ValueError for a vendor that there is not."""
        if unknown := wanted.keys() - PORTS.keys():
            raise ValueError(f"{', '.join(unknown)}: vendors are {', '.join(PORTS)}")
        ports = dict(wanted)
        if any(name in ports for name in OF_GOOGLE):
            ports.setdefault("google", 0)
        for vendor in self._known:
            if vendor.name in ports:
                server = VendorServer(vendor, self._ws.log, self._ws.faults)
                self._servers.append(server)
                await server.start(host, ports[vendor.name])

    async def stop(self) -> None:
        for server in reversed(self._servers):
            await server.stop()

    def environment(self) -> dict[str, str]:
        """What an app needs to be told, by the names that the vendors' own clients know where they know any."""
        told: dict[str, str] = {}
        if self.google.url:
            client = self.accounts.client
            told |= {"GOOGLE_CLIENT_ID": client.id, "GOOGLE_CLIENT_SECRET": client.secret}
            told |= {"GOOGLE_AUTH_URL": f"{self.google.url}/o/oauth2/v2/auth"}
            told |= {"GOOGLE_TOKEN_URL": f"{self.google.url}/token", "GOOGLE_REVOKE_URL": f"{self.google.url}/revoke"}
        if self.calendar.url:
            told["GOOGLE_CALENDAR_URL"] = f"{self.calendar.url}/calendar/v3/"
        if self.gmail.url:
            told["GOOGLE_GMAIL_URL"] = f"{self.gmail.url}/"
        if self.model.url:
            told |= {"ANTHROPIC_BASE_URL": self.model.url, "ANTHROPIC_API_KEY": KEY}
            told |= {"GOOGLE_GEMINI_BASE_URL": self.model.url, "GEMINI_API_KEY": KEY}
        return told


class _Bill:
    """What a prompt costs with the cache that this server keeps; every answer counts as a hundred tokens."""

    def __init__(self) -> None:
        self._cache = PrefixCache()

    def __call__(self, body: Json) -> dict[str, int]:
        return {**self._cache.bill(body), "output_tokens": 100}
