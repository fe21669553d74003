"""The database goes away under load and comes back: PostgreSQL stopped or crashed, SQLite held by another writer."""

import asyncio
import sqlite3
import threading
from pathlib import Path

from sqlalchemy import make_url

from chaos.databases import Postgres
from chaos.trial import Deed, Trial

# The busy timeout of the app's connections is thirty seconds; one point goes beyond it.
LONGEST_HOLD_S = 32.0
POINT_OF_THE_LONGEST = 6


class Restart:
    """PostgreSQL is stopped at a moment of the run, and started again after a while."""

    def __init__(self, postgres: Postgres) -> None:
        self._postgres = postgres

    async def __call__(self, trial: Trial) -> Deed:
        draw = trial.draw()
        how = draw.choice(("fast", "immediate"))
        share, away_s = draw.uniform(0, 0.9), draw.uniform(0.2, 3.0)
        await trial.until_share(share)
        has_struck = await trial.is_running()
        await self._postgres.stop(how)
        await trial.after(away_s)
        await self._postgres.start()
        await trial.rest()
        what = "crashed" if how == "immediate" else "was stopped"
        when = f"{share:.0%} into the runs, away for {away_s:.1f} s"
        return Deed(fault=f"PostgreSQL {what} under load", what=when, has_struck=has_struck)


async def hold_sqlite(trial: Trial) -> Deed:
    """Another process holds the right to write, as a backup or somebody's shell would."""
    draw = trial.draw()
    is_longest = trial.point.number == POINT_OF_THE_LONGEST
    share, held_s = draw.uniform(0, 0.9), LONGEST_HOLD_S if is_longest else draw.uniform(0.5, 4.0)
    path = Path(str(make_url(str(trial.house.home.settings["sixty_database_url"])).database))
    await trial.until_share(share)
    has_struck = await trial.is_running()
    await _hold(path, held_s)
    await trial.rest()
    patience = "beyond the app's patience" if is_longest else "for seconds"
    when = f"{share:.0%} into the runs, for {held_s:.1f} s"
    return Deed(fault=f"SQLite held by another writer {patience}", what=when, has_struck=has_struck)


async def _hold(path: Path, seconds: float) -> None:
    over = threading.Event()

    def hold() -> None:
        with sqlite3.connect(path, timeout=60, isolation_level=None) as connection:
            connection.execute("BEGIN IMMEDIATE")
            over.wait(seconds)
            connection.execute("ROLLBACK")
        connection.close()

    try:
        await asyncio.to_thread(hold)
    finally:
        over.set()
