"""`make bench`: measure, print a table, write report.json beside this file."""

import asyncio
import json
import logging
import os
import platform
from datetime import UTC, datetime
from pathlib import Path

from bench import acks, card, start, understanding
from bench.figures import Figure
from bench.place import open_place

REPORT = Path(__file__).with_name("report.json")


def main() -> None:
    logging.disable(logging.WARNING)
    figures = [*start.measure(), *asyncio.run(_in_the_workspace()), *understanding.measure()]
    report = {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()},
        **{figure.name: round(figure.value, 3) for figure in figures},
    }
    REPORT.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")
    print(_table(figures))
    print(f"\n{os.cpu_count()} cores, Python {platform.python_version()}. Written to {REPORT}.")


async def _in_the_workspace() -> list[Figure]:
    async with open_place() as place:
        return [*await card.measure(place), *await acks.measure(place)]


def _table(figures: list[Figure]) -> str:
    width = max(len(figure.name) for figure in figures)
    rows = [f"{'':{width}}  {'measured':>10}  {'aimed at':>10}"]
    for figure in figures:
        target = "" if figure.target is None else f"≤ {figure.target:g}"
        rows.append(f"{figure.name:{width}}  {figure.value:>10.2f}  {target:>10}  {figure.what}")
    return "\n".join(rows)


if __name__ == "__main__":
    main()
