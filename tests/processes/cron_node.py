"""One node with nothing but a cron that fires every second."""

import asyncio
import os
from datetime import UTC, datetime, timedelta

from scheduler.cron import Cron, every
from scheduler.crons import make_scheduler
from scheduler.node import this_node
from storage.database import Database
from tests.processes.story import ticked


def clock() -> datetime:
    return datetime.now(UTC)


async def main() -> None:
    store = Database.open(os.environ["SIXTY_DATABASE_URL"])
    cron = Cron(name="every second", trigger=every(timedelta(seconds=1)), run=ticked)
    scheduler = make_scheduler(crons=(cron,), store=store, clock=clock, node=this_node())
    scheduler.start()
    await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main())
