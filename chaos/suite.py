"""Tries points: builds a house for a family of faults, has a quiet meeting first, and then one after the other."""

import contextlib
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from chaos.databases import Postgres
from chaos.faults import clock, database, disk, hostile, kill, model, slack, stop
from chaos.house import House, Plan, open_house
from chaos.judge import Verdict, is_worth_comparing, judge
from chaos.lives import NoLifeError, Nursery
from chaos.meetings import Meeting, meeting_named
from chaos.model import ENGINE, open_model
from chaos.points import Point
from chaos.rep import Rep
from chaos.tending import NoQuietError, Tending
from chaos.trial import Deed, Quiet, Trial
from workspace.wire import SlackError

Inflict = Callable[[Trial], Awaitable[Deed]]
IN_A_HOUSE = 40
AT_ONCE = {"database": 3}  # meetings that end together; one elsewhere
PLAIN: dict[str, Inflict] = {
    "kill": kill.inflict,
    "sigterm": stop.inflict,
    "slack": slack.inflict,
    "clock": clock.inflict,
    "hostile": hostile.inflict,
    "database": database.hold_sqlite,
}
# These leave nothing behind that would change what comes after them, so they are tried in one house.
NEIGHBOURLY = {"kill", "sigterm", "slack", "hostile"}
# What makes a point impossible to judge, which counts as a failure of the suite.
UNJUDGED = (NoQuietError, NoLifeError, stop.UncleanError, TimeoutError, SlackError, SQLAlchemyError, OSError)


class QuietError(Exception):
    """The quiet meeting did not leave behind what it should, so that comparing with it would prove nothing."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """``deed`` and ``verdict`` are None when ``problem`` says why the point could not be judged."""

    point: Point
    deed: Deed | None = None
    verdict: Verdict | None = None
    problem: str = ""
    seconds: float = 0.0
    presses_unheard: int = 0


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What all houses of a run stand on. ``postgres`` is None when no point needs it; ``settings`` are every app's."""

    nursery: Nursery
    postgres: Postgres | None
    settings: Mapping[str, Any] = field(default_factory=dict)


async def try_all(ground: Ground, points: Iterable[Point], told: Callable[[Result], None]) -> dict[str, str]:
    """Try the points, house by house. Answers families that are impossible on this machine, with the reason."""
    skipped = {}
    for _, group in groupby(sorted(points, key=_house_of), key=_house_of):
        waiting = list(group)
        for start in range(0, len(waiting), IN_A_HOUSE):
            try:
                await _try_batch(ground, waiting[start : start + IN_A_HOUSE], told)
            except disk.NoDiskError as error:
                skipped[f"{waiting[0].family}.{waiting[0].database}"] = str(error)
    return skipped


def _house_of(point: Point) -> tuple[str, str]:
    return point.database, "" if point.family in NEIGHBOURLY else point.family


async def _try_batch(ground: Ground, points: list[Point], told: Callable[[Result], None]) -> None:
    """In one house, and in a new one after a point that could not be judged: nobody knows what it left behind."""
    while points:
        try:
            async with _open(ground, points) as (house, inflict, quiet):
                while points:
                    result = await _try_one(house, inflict, quiet, points.pop(0))
                    told(result)
                    if result.problem:
                        break
        except (*UNJUDGED, QuietError) as error:
            if not points:
                raise
            for point in points:
                told(Result(point=point, problem=f"no house to try it in: {type(error).__name__}: {error}"))
            return


async def _try_one(house: House, inflict: Inflict, quiet: Quiet, point: Point) -> Result:
    began = time.monotonic()
    reps = [Rep(house, meeting) for meeting in meetings_of(point)]
    try:
        deed = await inflict(Trial(house=house, point=point, reps=reps, quiet=quiet))
        verdicts = [
            judge(await house.traces(rep.meeting), quiet.traces, answers_differ=deed.answers_differ) for rep in reps
        ]
    except UNJUDGED as error:
        problem = f"{type(error).__name__}: {error}"
        return Result(point=point, problem=problem, seconds=time.monotonic() - began)
    return Result(
        point=point,
        deed=deed,
        verdict=_together(verdicts),
        seconds=time.monotonic() - began,
        presses_unheard=sum(rep.unheard for rep in reps),
    )


def meetings_of(point: Point) -> list[Meeting]:
    at_once = AT_ONCE.get(point.family, 1)
    return [
        meeting_named(f"{point.family}{point.number}{'abc'[which]}", point.number + which) for which in range(at_once)
    ]


def _together(verdicts: list[Verdict]) -> Verdict:
    return Verdict(
        lost=tuple(line for verdict in verdicts for line in verdict.lost),
        doubled=tuple(line for verdict in verdicts for line in verdict.doubled),
        told=any(verdict.told for verdict in verdicts),
    )


@contextlib.asynccontextmanager
async def _open(ground: Ground, points: list[Point]) -> AsyncIterator[tuple[House, Inflict, Quiet]]:
    """A house for these points, what is to be done in it, and what a quiet meeting left behind in it."""
    first = points[0]
    quiet_one = meeting_named(f"quiet{first.number}", 0)
    meetings = [quiet_one, *(meeting for point in points for meeting in meetings_of(point))]
    async with contextlib.AsyncExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="sixty-chaos-")))
        inflict, plan = await _prepare(ground, first, folder, stack)
        house = await stack.enter_async_context(open_house(ground.nursery, plan, meetings))
        yield house, inflict, await _have_a_quiet_one(house, quiet_one, is_offline=first.family != "model")


async def _prepare(
    ground: Ground, point: Point, folder: Path, stack: contextlib.AsyncExitStack
) -> tuple[Inflict, Plan]:
    home = folder
    if point.family == "disk":
        home = stack.enter_context(disk.small_disk(folder))
    if point.database == "postgres":
        assert ground.postgres is not None  # noqa: S101  # opened for such points
        url = await ground.postgres.create(f"chaos_{point.family}_{point.number}_{time.time_ns()}")
    else:
        url = f"sqlite+aiosqlite:///{home / 'sixty.db'}"
    plan = Plan(database_url=url, folder=folder, settings=ground.settings)
    if point.family == "model":
        scripted = await stack.enter_async_context(open_model())
        budgets = {"sixty_daily_budget_usd": "1000", "sixty_monthly_budget_usd": "10000"}
        settings = {**ground.settings, **budgets, "sixty_model": ENGINE}
        plan = Plan(database_url=url, folder=folder, settings=settings, environment=scripted.environment)
        return model.Moody(scripted), plan
    if point.family == "disk":
        return disk.Full(home), plan
    if point.family == "database" and ground.postgres and point.database == "postgres":
        return database.Restart(ground.postgres), plan
    return _plain, plan


async def _plain(trial: Trial) -> Deed:
    return await PLAIN[trial.point.family](trial)


async def _have_a_quiet_one(house: House, meeting: Meeting, *, is_offline: bool) -> Quiet:
    """A meeting without trouble: what the others are compared with. QuietError when it did not do it all."""
    house.orders.give()
    began = time.monotonic()
    await house.end_meeting(meeting)
    await Tending(house, [Rep(house, meeting)]).to_the_end()
    seconds = time.monotonic() - began
    traces = await house.traces(meeting)
    if is_offline and not is_worth_comparing(traces):
        raise QuietError(f"A quiet meeting left behind only {traces}")
    return Quiet(traces=traces, counts=house.orders.counts(), seconds=seconds)
