"""``make chaos``: try points, print a table, write bench/chaos.json; fails when something is lost, doubled or unclear.

``ARGS="--points 300 --seed 7 --only kill.postgres"``; one point again: ``ARGS="--point kill.sqlite.17"``.
"""

import argparse
import asyncio
import contextlib
import random
import sys
import time
from pathlib import Path

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
    report = asyncio.run(try_points(points, seed))
    print(f"\n{report.table()}\n\nseed {seed}, {report.seconds:.0f} s")
    if not (wanted.point or wanted.only):
        report.write(REPORT)
        print(f"Written to {REPORT}.")
    sys.exit(0 if report.is_clean else 1)


async def try_points(points: list[Point], seed: int, *, is_quiet: bool = False) -> Report:
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
        ground = Ground(nursery=nursery, postgres=postgres)
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
    parser.add_argument("--point", help="one point alone, such as kill.sqlite.17, with the seed that it failed under")
    return parser.parse_args()


if __name__ == "__main__":
    main()
