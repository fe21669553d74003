"""Fetches the transcript that a webhook only names.

The address comes from outside, so it decides nothing: only http(s), never the addresses at which clouds hand out
credentials, a few redirects, a bounded size. Such addresses are presigned; their query never reaches a log.
"""

import asyncio
import socket
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from sequences.ports.outside import TranscriptSourceError

MAX_BYTES = 20 * 1024 * 1024
MAX_REDIRECTS = 3
_TIMEOUT_S = 30.0
_TRANSIENT_STATUSES = (408, 425, 429)
# Where clouds answer with credentials although the address is not link-local.
_METADATA = frozenset(map(ip_address, ("100.100.100.200", "168.63.129.16", "fd00:ec2::254")))


class HttpTranscriptSource:
    """``timeout_s`` bounds the whole fetch, redirects included."""

    def __init__(self, *, timeout_s: float = _TIMEOUT_S, max_bytes: int = MAX_BYTES) -> None:
        self._timeout_s = timeout_s
        self._max_bytes = max_bytes

    async def fetch(self, url: str) -> bytes:
        connector = aiohttp.TCPConnector(resolver=_GuardedResolver())
        timeout = aiohttp.ClientTimeout(total=self._timeout_s)
        try:
            async with (
                asyncio.timeout(self._timeout_s),
                aiohttp.ClientSession(connector=connector, timeout=timeout) as session,
            ):
                return await self._follow(session, url)
        except TimeoutError:
            raise TranscriptSourceError(f"{_shown(url)} took longer than {self._timeout_s:g} seconds") from None
        except (aiohttp.InvalidURL, aiohttp.NonHttpUrlClientError):
            raise TranscriptSourceError(f"{_shown(url)} leads to no valid address", is_final=True) from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            # Not chained: these errors quote the address with its query.
            raise TranscriptSourceError(f"{_shown(url)} could not be read ({type(error).__name__})") from None

    async def _follow(self, session: aiohttp.ClientSession, url: str) -> bytes:
        for _ in range(MAX_REDIRECTS + 1):
            _require_allowed(url)
            async with session.get(url, allow_redirects=False) as response:
                location = response.headers.get("Location")
                if response.status in (301, 302, 303, 307, 308) and location:
                    url = urljoin(url, location)
                    continue
                _require_ok(response.status, url)
                return await self._read(response, url)
        raise TranscriptSourceError(f"{_shown(url)} was redirected more than {MAX_REDIRECTS} times", is_final=True)

    async def _read(self, response: aiohttp.ClientResponse, url: str) -> bytes:
        content = bytearray()
        async for chunk in response.content.iter_chunked(64 * 1024):
            content += chunk
            if len(content) > self._max_bytes:
                raise TranscriptSourceError(f"{_shown(url)} is larger than {self._max_bytes:,} bytes", is_final=True)
        return bytes(content)


class _GuardedResolver(AbstractResolver):
    """Checks the addresses that will be connected to, so that no name, and no second look-up of it, leads around."""

    def __init__(self) -> None:
        self._resolver = aiohttp.ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        results = await self._resolver.resolve(host, port, family)
        for result in results:
            _require_harmless(ip_address(result["host"].partition("%")[0]))
        return results

    async def close(self) -> None:
        await self._resolver.close()


def _require_allowed(url: str) -> None:
    try:
        parts = urlsplit(url)
        host, has_user = parts.hostname, "@" in parts.netloc
    except ValueError:
        raise TranscriptSourceError("The transcript's address cannot be understood", is_final=True) from None
    if parts.scheme not in ("http", "https") or not host:
        raise TranscriptSourceError("The transcript's address must start with http:// or https://", is_final=True)
    if has_user:
        raise TranscriptSourceError("The transcript's address must not carry a user name", is_final=True)
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return  # a name: checked when it is resolved
    _require_harmless(address)


def _require_harmless(address: IPv4Address | IPv6Address) -> None:
    inner = address.ipv4_mapped or address.sixtofour if isinstance(address, IPv6Address) else None
    plain = inner or address
    if plain.is_link_local or plain.is_multicast or plain.is_unspecified or plain in _METADATA:
        raise TranscriptSourceError(f"{address} is not an address that transcripts are read from", is_final=True)


def _require_ok(status: int, url: str) -> None:
    if 200 <= status < 300:
        return
    is_final = 300 <= status < 500 and status not in _TRANSIENT_STATUSES
    raise TranscriptSourceError(f"{_shown(url)} answered {status}", is_final=is_final)


def _shown(url: str) -> str:
    """Scheme, host and path only."""
    try:
        parts = urlsplit(url)
        return f"{parts.scheme}://{parts.hostname}{parts.path}"[:200]
    except ValueError:
        return "The transcript's address"
