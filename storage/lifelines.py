"""Connections to PostgreSQL on which nobody waits for the dead.

A machine may go without a word: no power, no line, a process put to sleep in the middle of a transaction. Left to
themselves, the server would keep its locks for hours, and a client would wait as long for an answer.
"""

import socket
from typing import Any

from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

IDLE_S, AGAIN_S, TIMES = 15, 5, 3  # silence after which a line is asked whether it is alive, how often, how many times
UNANSWERED_MS = 30_000  # what was sent, and nobody has confirmed
ASLEEP_MS = 30_000  # a transaction whose client says nothing: no unit of work does anything but talk to the tables

OURS = {
    "TCP_KEEPIDLE": IDLE_S,
    "TCP_KEEPALIVE": IDLE_S,  # as macOS calls it
    "TCP_KEEPINTVL": AGAIN_S,
    "TCP_KEEPCNT": TIMES,
    "TCP_USER_TIMEOUT": UNANSWERED_MS,
}


def keep_alive(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """For SQLAlchemy's "connect"."""
    connection.run_async(_keep_alive)


async def _keep_alive(driver: Any) -> None:
    line = driver._transport.get_extra_info("socket")
    if line.family != socket.AF_UNIX:
        line.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
        for name, value in OURS.items():
            if hasattr(socket, name):  # each system has its own
                line.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
    await driver.execute(_asked_of_the_server())


def _asked_of_the_server() -> str:
    """Not among what a connection begins with: a pool between us and the server would refuse that. What a server does
    not know (``tcp_user_timeout`` came with PostgreSQL 12) is left out."""
    wanted = {
        "tcp_keepalives_idle": IDLE_S,
        "tcp_keepalives_interval": AGAIN_S,
        "tcp_keepalives_count": TIMES,
        "tcp_user_timeout": UNANSWERED_MS,
        "idle_in_transaction_session_timeout": ASLEEP_MS,
    }
    values = ", ".join(f"('{name}', '{value}')" for name, value in wanted.items())
    return (
        "SELECT set_config(wanted.name, wanted.value, false) "  # noqa: S608  # names and numbers of our own
        f"FROM (VALUES {values}) AS wanted (name, value) JOIN pg_settings USING (name)"
    )
