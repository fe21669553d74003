"""`make bench`: measure, print a table, write report.json beside this file.

ARGS="engine waiting" measures parts; these go to parts.json, because a report holds what was measured in one run.
"""

import asyncio
import json
import logging
import os
import platform
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench import (
    acks,
    availability,
    card,
    fairness,
    mornings,
    scale,
    stale_deals,
    start,
    tokens,
    understanding,
    waiting,
    workspace,
)
from bench.engine import compare
from bench.figures import Figure
from bench.place import open_place

REPORT = Path(__file__).with_name("report.json")
SOME = Path(__file__).with_name("parts.json")


async def _in_the_workspace() -> list[Figure]:
    """Events to cards, then presses, over sockets; then presses over HTTP, in a place that is as warm."""
    async with open_place() as place:
        by_socket = [*await card.measure(place), *await acks.measure(place)]
    async with open_place(slack_mode="http") as place:
        await card.measure(place)
        return [*by_socket, *await acks.measure_http(place)]


# What the design promises first, in its order.
PARTS: dict[str, Callable[[], Sequence[Figure]]] = {
    "engine": compare.measure,
    "slack": lambda: asyncio.run(_in_the_workspace()),
    "workspace": workspace.measure,
    "availability": availability.measure,
    "stale_deals": stale_deals.measure,
    "waiting": waiting.measure,
    "mornings": mornings.measure,
    "start": start.measure,
    "scale": scale.measure,
    "fairness": fairness.measure,
    "understanding": understanding.measure,
    "tokens": tokens.measure,
}


def main() -> None:
    logging.disable(logging.WARNING)
    wanted = sys.argv[1:] or list(PARTS)
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        sys.exit(f"There is no part named {', '.join(unknown)}. Parts: {', '.join(PARTS)}.")
    figures: list[Figure] = []
    for name in wanted:
        print(f"measuring {name} …", file=sys.stderr, flush=True)
        figures += PARTS[name]()
    target = REPORT if set(wanted) == set(PARTS) else SOME
    target.write_text(json.dumps(_report(figures), indent=2) + "\n", encoding="utf-8")
    print(_table(figures))
    print(f"\n{os.cpu_count()} cores, Python {platform.python_version()}. Written to {target}.")


def _report(figures: Sequence[Figure]) -> dict[str, Any]:
    """Every figure under its name; the engines' a second time as a tree, for whoever compares them by program."""
    values = {figure.name: round(figure.value, 3) for figure in figures}
    engine: dict[str, dict[str, float]] = {}
    for name, value in values.items():
        if name.startswith("engine."):
            _, database, what = name.split(".")
            engine.setdefault(database, {})[what] = value
    machine = {"cores": os.cpu_count(), "system": platform.platform(), "python": platform.python_version()}
    return {
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
        "machine": machine,
        **values,
        **({"engine": engine} if engine else {}),
    }


def _table(figures: Sequence[Figure]) -> str:
    width = max(len(figure.name) for figure in figures)
    rows = [f"{'':{width}}  {'measured':>10}  {'aimed at':>10}"]
    rows += [f"{figure.name:{width}}  {figure.value:>10.2f}  {_aim(figure):>10}  {figure.what}" for figure in figures]
    return "\n".join(rows)


def _aim(figure: Figure) -> str:
    if figure.at_least is not None:
        return f"≥ {figure.at_least:g}"
    return "" if figure.target is None else f"≤ {figure.target:g}"


if __name__ == "__main__":
    main()
