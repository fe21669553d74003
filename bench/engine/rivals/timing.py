"""How all of them are timed: so many jobs, at most so many at once, each from its start to its end."""

import asyncio
import json
import sys
import time
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from statistics import median

WARM_UP = 20


def asked_for() -> tuple[str, int, int]:
    """Database URL or path, jobs, how many at once."""
    return sys.argv[1], int(sys.argv[2]), int(sys.argv[3])


def tell(jobs: int, took_s: float, taken_ms: list[float]) -> None:
    print(json.dumps({"jobs_per_s": jobs / took_s, "p50_ms": median(taken_ms)}), flush=True)


async def time_tasks(job: Callable[[int], Awaitable[object]], jobs: int, at_once: int) -> None:
    """``job`` is given a number that no other run of it has."""
    room = asyncio.Semaphore(at_once)
    taken_ms: list[float] = []

    async def one(number: int) -> None:
        async with room:
            started = time.perf_counter()
            await job(number)
            taken_ms.append((time.perf_counter() - started) * 1000)

    await asyncio.gather(*(one(number) for number in range(WARM_UP)))
    taken_ms.clear()
    started = time.perf_counter()
    await asyncio.gather(*(one(number) for number in range(WARM_UP, WARM_UP + jobs)))
    tell(jobs, time.perf_counter() - started, taken_ms)


def time_threads(job: Callable[[int], object], jobs: int, at_once: int) -> None:
    """The same for engines that are quicker on threads."""
    taken_ms: list[float] = []

    def one(number: int) -> None:
        started = time.perf_counter()
        job(number)
        taken_ms.append((time.perf_counter() - started) * 1000)

    with ThreadPoolExecutor(at_once) as threads:
        list(threads.map(one, range(WARM_UP)))
        taken_ms.clear()
        started = time.perf_counter()
        list(threads.map(one, range(WARM_UP, WARM_UP + jobs)))
        took = time.perf_counter() - started
    tell(jobs, took, taken_ms)
