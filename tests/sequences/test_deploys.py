"""A deploy while a run is paused: whatever became of its steps, the run ends well or says why, and repeats nothing."""

import asyncio
import inspect
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import HealthCheck, event, example, given, settings
from hypothesis import strategies as st
from pydantic import create_model

from sequences.records.base import Record
from sequences.records.job import JobStatus
from sequences.runner.runner import TimeSlice
from sequences.sequence import Sequence
from sequences.step import Result, Step, step
from storage.database import Database
from tests.sequences.fakes import FakeClock
from tests.sequences.stories import story
from tests.sequences.world import World, mail_proposal

NAMES = "abcdefgh"
# Each record needs a field of its own, so that none can be read as another.
KINDS: tuple[type[Record], ...] = tuple(
    create_model(f"Made{number}", __base__=Record, **{f"made_{number}": (str, ...)})  # type: ignore[call-overload]
    for number in range(5)
)


class Plan(Record):
    """One step of a drawn sequence. ``takes`` are places in what is available by then."""

    name: str
    kind: int
    takes: tuple[int, ...] = ()
    critical: bool = True
    waits: bool = False
    fails: bool = False


plans = st.lists(
    st.builds(
        Plan,
        name=st.sampled_from(NAMES),
        kind=st.integers(0, len(KINDS) - 1),
        takes=st.lists(st.integers(0, 9), max_size=2).map(tuple),
        critical=st.booleans(),
        waits=st.booleans(),
        fails=st.booleans(),
    ),
    min_size=1,
    max_size=7,
    unique_by=lambda plan: plan.name,
).map(tuple)


@st.composite
def deploys(draw: st.DrawFn) -> tuple[tuple[Plan, ...], tuple[Plan, ...]]:
    """A sequence, and what a deploy makes of it: some steps kept as they are, some changed, in some order."""
    before, others = draw(plans), draw(plans)
    kept = draw(st.lists(st.sampled_from(before), unique_by=lambda plan: plan.name, max_size=len(before)))
    names = {plan.name for plan in kept}
    after = draw(st.permutations([*kept, *(plan for plan in others if plan.name not in names)]))
    return before, tuple(after) or others


@dataclass
class Calls:
    """The names of the steps that ran, in order; each may take some time."""

    clock: FakeClock
    each_takes: timedelta = timedelta(0)
    names: list[str] = field(default_factory=list)

    def note(self, name: str) -> None:
        self.names.append(name)
        self.clock.advance(self.each_takes)


def build(drawn: tuple[Plan, ...], calls: Calls) -> Sequence:
    """A sequence whose wires hold: a parameter is required only where its maker is certain."""
    certain: list[type[Record]] = []
    known: list[type[Record]] = []
    steps = []
    for plan in drawn:
        taken = list(dict.fromkeys(known[place % len(known)] for place in plan.takes)) if known else []
        steps.append(_step(plan, [kind if kind in certain else kind | None for kind in taken], calls))
        made = KINDS[plan.kind]
        known.append(made)
        if plan.critical:
            certain.append(made)
    return story(_NO_SCRIPT, *steps)


def _step(plan: Plan, taken: list[Any], calls: Calls) -> Step:
    made = KINDS[plan.kind]

    async def run(*inputs: Record | None) -> Result[Record]:
        calls.note(plan.name)
        for value, wanted in zip(inputs, taken, strict=True):
            assert isinstance(value, wanted), "a step was handed something else than it takes"
        if plan.fails and not plan.critical:
            raise ValueError("a best-effort step that fails")
        output = made(**{f"made_{plan.kind}": plan.name})
        proposals = (mail_proposal(),) if plan.waits else ()
        return Result(output=output, proposes=proposals, waits=plan.waits)

    parameters = [
        inspect.Parameter(f"input_{number}", inspect.Parameter.POSITIONAL_OR_KEYWORD, annotation=wanted)
        for number, wanted in enumerate(taken)
    ]
    function: Callable[..., Any] = run
    function.__name__ = plan.name
    function.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
    function.__annotations__["return"] = Result[made]  # type: ignore[valid-type]
    function.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return step(critical=plan.critical)(function)


_NO_SCRIPT: Any = None
PAUSE = Plan(name="w", kind=4, waits=True)
AB = (Plan(name="a", kind=0), Plan(name="b", kind=1, takes=(1,)))
FAILING = Plan(name="a", kind=0, critical=False, fails=True)
TAKER = Plan(name="b", kind=1, takes=(0,))


async def decide_all(world: World, job_id: str) -> None:
    for action in await world.actions(job_id):
        if action.status.is_open and action.approved_digest is None:
            await world.approve(action)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database, to be copied for each example."""
    path = tmp_path_factory.mktemp("deploys") / "empty.db"

    async def migrate() -> None:
        database = Database.open(f"sqlite+aiosqlite:///{path}")
        await database.migrate()
        await database.close()

    asyncio.run(migrate())
    return path


async def deployed(empty: Path, before: tuple[Plan, ...], after: tuple[Plan, ...], *, by_slice: bool) -> None:
    with TemporaryDirectory() as folder:
        database = Database.open(f"sqlite+aiosqlite:///{shutil.copy(empty, folder)}")
        try:
            world = World(database)
            await world.settle_in()
            await _deploy(world, before, after, by_slice=by_slice)
        finally:
            await database.close()


async def _deploy(world: World, before: tuple[Plan, ...], after: tuple[Plan, ...], *, by_slice: bool) -> None:
    old, new = Calls(world.clock), Calls(world.clock)
    if by_slice:  # used up behind every step
        world.time_slice = TimeSlice(length=timedelta(seconds=30), margin=timedelta(seconds=1))
        old.each_takes = timedelta(seconds=40)
    world.know(build(before, old))
    job_id = await world.start()
    await world.runner.run(job_id)
    finished = set(await world.steps(job_id))
    was_over = (await world.job(job_id)).status is JobStatus.COMPLETED

    world.time_slice = None
    world.know(build(after, new))
    for _ in range(len(after) + 2):  # each waiting step is one more pause
        await decide_all(world, job_id)
        await world.later(timedelta(minutes=1))
        if (await world.job(job_id)).status in (JobStatus.COMPLETED, JobStatus.FAILED):
            break
    job, steps = await world.job(job_id), await world.steps(job_id)
    event(f"{job.status}: {job.error}")

    assert not finished & set(new.names), "a finished step ran again"
    assert len(new.names) == len(set(new.names)), "a step ran twice"
    assert not (was_over and new.names), "a run that was over went on"
    if job.status is JobStatus.COMPLETED:
        assert was_over or {plan.name for plan in after} <= set(steps), "a new step was left out"
        return
    assert job.status is JobStatus.FAILED, "the run neither ends nor says why"
    assert job.fence <= len(before) + len(after) + 3, "it was claimed again and again"
    _check_the_reason(job.error or "", after, finished)
    async with world.database.read() as tx:
        assert await tx.cards.by_key(f"notice:{job_id}") is not None, "nobody was told"


def _check_the_reason(error: str, after: tuple[Plan, ...], finished: set[str]) -> None:
    """A run may only fail for what a deploy can break: a step that was finished under its name, and made otherwise."""
    assert error in (
        "What this run had stored can no longer be read by this version.",
        "something it builds on is missing",
    )
    assert finished & {plan.name for plan in after}


@pytest.mark.parametrize("by_slice", [False, True], ids=["at a pause", "at the end of a slice"])
@given(drawn=deploys())
@example(drawn=((PAUSE, *AB), AB)).via("the current step is gone")
@example(drawn=((PAUSE, *AB), (PAUSE, *AB[::-1]))).via("reordered")
@example(drawn=((PAUSE, *AB), (PAUSE, AB[0].model_copy(update={"name": "c"}), AB[1]))).via("renamed")
@example(drawn=((FAILING, PAUSE), (FAILING.model_copy(update={"critical": True}), PAUSE, TAKER))).via(
    "an input is gone"
)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
def test_core_13_whatever_a_deploy_does_to_a_paused_run_it_ends_well_or_says_why(
    empty: Path, by_slice: bool, drawn: tuple[tuple[Plan, ...], tuple[Plan, ...]]
) -> None:
    before, after = drawn
    asyncio.run(deployed(empty, before, after, by_slice=by_slice))
