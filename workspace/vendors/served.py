"""Which other vendors there are, and which of them this workspace serves."""

from collections.abc import Mapping

from workspace.core import Workspace
from workspace.vendors.frame import Vendor, VendorServer
from workspace.vendors.model import KEY, ModelServer
from workspace.vendors.prefix_cache import PrefixCache
from workspace.wire import Json

PORTS = {"model": 8073}  # unless another is asked for


class Vendors:
    """All of them are there to be looked at; those that were asked for have an address."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self.model = ModelServer(is_plain=True, faults=ws.faults)
        self.model.bill = _Bill()
        self._known: tuple[Vendor, ...] = (self.model,)
        self._servers: list[VendorServer] = []

    @property
    def names(self) -> tuple[str, ...]:
        """Those that are served."""
        return tuple(vendor.name for vendor in self._known if vendor.url)

    async def start(self, host: str, wanted: Mapping[str, int]) -> None:
        for vendor in self._known:
            if vendor.name in wanted:
                server = VendorServer(vendor, self._ws.log, self._ws.faults)
                self._servers.append(server)
                await server.start(host, wanted[vendor.name])

    async def stop(self) -> None:
        for server in reversed(self._servers):
            await server.stop()

    def environment(self) -> dict[str, str]:
        """What an app needs to be told, by the names that the vendors' own clients know where they know any."""
        told: dict[str, str] = {}
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
