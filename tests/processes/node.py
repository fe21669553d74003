"""One node, as ``sixty run --role …`` is one, but with the sequence of ``story``. Settings come from the environment.

``NODE_AHEAD_S`` is how far its clock goes ahead: what it finds is as old as that.
"""

import asyncio
import os
import sys
from datetime import UTC, datetime, timedelta

from app import serve
from config import Role, load_settings
from logs import set_up_logging
from tests.processes.story import CATALOGUE

AHEAD = timedelta(seconds=float(os.environ.get("NODE_AHEAD_S", "0")))


def clock() -> datetime:
    return datetime.now(UTC) + AHEAD


if __name__ == "__main__":
    set_up_logging("INFO")
    asyncio.run(serve(load_settings(None), frozenset(map(Role, sys.argv[1:])), catalogue=CATALOGUE, clock=clock))
