"""A port for a server that somebody must know of before it listens."""

import secrets
import socket

# Below what systems hand out by themselves (Linux from 32768, others from 49152): nobody comes by one by chance.
LOWEST, HIGHEST = 20_000, 32_000


def free_port() -> int:
    """A loopback port that was free a moment ago."""
    while True:
        port = LOWEST + secrets.randbelow(HIGHEST - LOWEST)
        with socket.socket() as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
        return port
