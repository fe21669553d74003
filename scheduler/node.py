"""This process among the others: its name, and how long it may take to stop."""

import os
import socket
import time
from collections.abc import Callable
from datetime import timedelta


def this_node() -> str:
    """Unique among the processes that share a database."""
    return f"{socket.gethostname()}:{os.getpid()}"


class Drain:
    """One span for everything that stops, one after the other. It begins when somebody first asks what is left."""

    def __init__(self, length: timedelta, elapsed_s: Callable[[], float] = time.monotonic) -> None:
        self._length_s = length.total_seconds()
        self._elapsed_s = elapsed_s
        self._began_s: float | None = None

    def left(self) -> timedelta:
        if self._began_s is None:
            self._began_s = self._elapsed_s()
        return timedelta(seconds=max(0.0, self._length_s - (self._elapsed_s() - self._began_s)))
