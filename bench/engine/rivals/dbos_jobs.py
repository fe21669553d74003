"""DBOS (docs.dbos.dev): a workflow of seven steps. Synchronous functions on threads: its quicker way here."""

import os
import sqlite3

from dbos import DBOS, DBOSConfig

from bench.engine.rivals.timing import asked_for, time_threads


@DBOS.step()
def keep(number: int) -> dict[str, int]:
    return {"n": number}


@DBOS.workflow()
def seven_steps(number: int) -> int:
    for _ in range(7):
        number = keep(number)["n"] + 1
    return number


def main() -> None:
    url, jobs, at_once = asked_for()
    if url.startswith("sqlite"):
        # As Sixty has it; the journal's mode stays with the file. DBOS keeps synchronous = FULL by itself.
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute("PRAGMA journal_mode = WAL")
    config: DBOSConfig = {
        "name": "bench",
        "system_database_url": url,
        "run_admin_server": False,
        "log_level": "ERROR",
    }
    DBOS(config=config)
    DBOS.launch()
    time_threads(seven_steps, jobs, at_once)
    os._exit(0)  # its own threads have nothing left to do


if __name__ == "__main__":
    main()
