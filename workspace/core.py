"""The parts of one running workspace, wired by ``server`` and handed to everything that serves it."""

from dataclasses import dataclass, field

from workspace.clock import Clock
from workspace.delivery.courier import Courier
from workspace.delivery.sockets import Sockets
from workspace.faults import Faults
from workspace.feed import Feed
from workspace.files import Files
from workspace.ids import Ids
from workspace.installing import Installing
from workspace.log import Log
from workspace.model import Seed
from workspace.rates import Rates
from workspace.response_urls import ResponseUrls
from workspace.scheduled import ScheduledMessages
from workspace.sign_in import SignIn
from workspace.state import State
from workspace.tokens import Tokens
from workspace.triggers import Triggers
from workspace.unfurls import Unfurls
from workspace.views import Views
from workspace.wire import SlackError


@dataclass(kw_only=True)
class Workspace:
    """``base_url`` is ``http://127.0.0.1:PORT``, known once the server listens."""

    seed: Seed
    clock: Clock
    ids: Ids
    feed: Feed
    log: Log
    faults: Faults
    rates: Rates
    state: State
    views: Views
    triggers: Triggers
    response_urls: ResponseUrls
    sockets: Sockets
    courier: Courier
    scheduled: ScheduledMessages
    installing: Installing
    sign_in: SignIn
    tokens: Tokens
    unfurls: Unfurls = field(default_factory=Unfurls)
    base_url: str = ""
    files: Files = field(init=False)

    def __post_init__(self) -> None:
        self.files = Files(self.ids, lambda: self.base_url, self._may_read_files)

    def _may_read_files(self, token: str) -> bool:
        try:
            scopes = self.state.app(self.tokens.by_value(token).app_id).scopes
        except SlackError:
            return False
        return scopes is None or "files:read" in scopes

    def time_moved(self) -> None:
        """To be called after the clock was moved."""
        self.scheduled.post_due()
        now = self.clock.now()
        self.feed.publish("clock", lambda _: {"now": now.isoformat(), "ahead_s": self.clock.ahead.total_seconds()})

    @property
    def api_url(self) -> str:
        return f"{self.base_url}/api/"
