"""Which addresses are reached directly, whatever proxy the environment names for the world outside."""

from ipaddress import ip_address
from urllib.parse import urlsplit
from urllib.request import proxy_bypass


def is_direct(url: str) -> bool:
    """This machine, and what NO_PROXY lists."""
    host = urlsplit(url).hostname or ""
    return _is_loopback(host) or bool(proxy_bypass(host))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
