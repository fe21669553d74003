"""``make chaos``: try points, print a table, write bench/chaos.json; fails when something is lost, doubled or unclear.

``ARGS="--points 300 --seed 7 --only kill.postgres"``; one point again: ``ARGS="--point kill.sqlite.17"``.
"""

import argparse
import asyncio
import contextlib
import random
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from chaos.databases import Postgres, open_postgres
from chaos.lives import open_nursery
from chaos.points import DATABASES, Point, PointError, only, plan, point_of
from chaos.report import Report, told
from chaos.suite import Ground, Result, try_all

REPORT = Path(__file__).resolve().parents[1] / "bench" / "chaos.json"
POINTS = 300


def main() -> None:
    wanted = _arguments()
    seed = wanted.seed if wanted.seed is not None else random.SystemRandom().randint(1, 999_999)
    try:
        points = [point_of(wanted.point, seed)] if wanted.point else only(plan(seed, wanted.points), wanted.only)
    except PointError as error:
        sys.exit(str(error))
    if not points:
        sys.exit(f"No point begins with {wanted.only!r}.")
    print(f"{len(points)} points, seed {seed}\n", flush=True)
    if wanted.dispatcher == "procrastinate":
        points = [point for point in points if point.database == "postgres"]
    report = asyncio.run(try_points(points, seed, settings=settings_of(wanted.dispatcher, wanted.slack)))
    print(f"\n{report.table()}\n\nseed {seed}, {report.seconds:.0f} s")
    if not (wanted.point or wanted.only or settings_of(wanted.dispatcher, wanted.slack)):
        report.write(REPORT)
        print(f"Written to {REPORT}.")
    sys.exit(0 if report.is_clean else 1)


def settings_of(dispatcher: str, slack: str) -> dict[str, Any]:
    """What the apps are set to; nothing for what is the default of both."""
    chosen: dict[str, Any] = {}
    if dispatcher == "procrastinate":
        chosen |= {"sixty_dispatcher": dispatcher, "sixty_migrate_on_start": True}
    if slack == "http":
        chosen |= {"sixty_slack_mode": slack}
    return chosen


async def try_points(
    points: list[Point], seed: int, *, is_quiet: bool = False, settings: Mapping[str, Any] | None = None
) -> Report:
    """Both databases at the same time, each point after the other on its own."""
    began = time.monotonic()
    report = Report(seed=seed)

    def note(result: Result) -> None:
        report.results.append(result)
        if not is_quiet:
            print(told(result), flush=True)

    async with contextlib.AsyncExitStack() as stack:
        nursery = await stack.enter_async_context(open_nursery())
        postgres = await _postgres_for(points, stack)
        ground = Ground(nursery=nursery, postgres=postgres, settings=settings or {})
        lanes = [[point for point in points if point.database == database] for database in DATABASES]
        skipped = await asyncio.gather(*(try_all(ground, lane, note) for lane in lanes))
    report.skipped = {name: reason for lane in skipped for name, reason in lane.items()}
    report.seconds = time.monotonic() - began
    return report


async def _postgres_for(points: list[Point], stack: contextlib.AsyncExitStack) -> Postgres | None:
    if all(point.database != "postgres" for point in points):
        return None
    return await stack.enter_async_context(open_postgres())


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make chaos", description="Try faults on the running app and judge the end.")
    parser.add_argument("--points", type=int, default=POINTS, help="how many, over all families")
    parser.add_argument("--seed", type=int, help="where to begin; drawn when not given")
    parser.add_argument("--only", default="", help="ids that begin like this, separated by commas: kill,slack.sqlite")
    parser.add_argument("--dispatcher", choices=("in_process", "procrastinate"), default="in_process")
    parser.add_argument("--slack", choices=("socket", "http"), default="socket", help="how Slack reaches the app")
    parser.add_argument("--point", help="one point alone, such as kill.sqlite.17, with the seed that it failed under")
    return parser.parse_args()


if __name__ == "__main__":
    main()
