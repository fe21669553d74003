"""A hostile world: everything comes twice and out of order, every button is pressed twice and by the wrong person, a
flood comes at once. Each meeting is one job and one card, each approval one effect; nothing is lost."""

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from scheduler.dispatcher import InProcessDispatcher
from sequences.actions.spec import version_of
from sequences.delivery import Delivery
from sequences.ports.dispatch import WorkKind
from sequences.ports.store import DeliveryStatus
from sequences.records.action import ActionStatus, ActionType, PendingAction
from sequences.records.event import EventStatus
from sequences.records.job import Job, JobStatus
from sequences.records.people import User
from storage.database import Database
from tests.sequences.fakes import TALK, FakeClock
from tests.sequences.people import BOSS, ORG, OTHER_ORG, REP, STRANGER
from tests.sequences.stories import Script, short_story, story
from tests.sequences.world import UNDO, World

URL = "https://bots.example/t/1.txt"
MEETINGS = 3


def notice(meeting: int) -> dict[str, Any]:
    people = [{"name": "Robin Hale"}, {"name": "Sarah Chen"}]
    data = {"bot_id": f"bot-{meeting}", "participants": people, "transcription": URL}
    return {"event": "bot.completed", "data": data, "extra": {"title": f"Call {meeting}"}}


class Hostile:
    """Plays with a world and notes which presses counted."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.script = Script()
        self.decided: dict[str, list[str]] = {}
        world.know(story(self.script), short_story(self.script))
        world.source.files[URL] = TALK
        delivery = Delivery(
            store=world.store, messenger=world.messenger, dispatcher=world.dispatcher, clock=world.clock
        )
        self.show = delivery.show

    async def deliver(self, meeting: int, delivery_id: str) -> None:
        await self.world.receiving.receive("meetingbaas", delivery_id, notice(meeting))

    async def work(self, kind: WorkKind) -> None:
        """One worker takes up each piece of work, and so does another one at the same moment."""
        handler = self.show if kind is WorkKind.CARD else self.world.handlers[kind]
        due = await self.world.due(kind)
        await asyncio.gather(*(handler(due_id) for due_id in due + due))

    async def jobs(self) -> list[Job]:
        async with self.world.database.read() as tx:
            every = await tx.jobs.for_user(REP.id, 1000)
        return [job for job in every if job.parent_job_id is None]

    async def actions(self) -> list[PendingAction]:
        return [action for job in await self.jobs() for action in await self.world.actions(job.id)]

    async def press(self, number: int, what: str, *actors: User) -> None:
        """Everybody presses the same button at the same moment."""
        actions = await self.actions()
        if not actions:
            return
        action = actions[number % len(actions)]
        press = self.world.gate.approve if what == "approve" else self.world.gate.cancel
        rulings = await asyncio.gather(*(press(action.id, actor, version_of(action.digest)) for actor in actors))
        for actor, ruling in zip(actors, rulings, strict=True):
            if ruling.ok:
                assert actor.id == REP.id, "somebody else decided"
                self.decided.setdefault(action.id, []).append(what)

    async def settle(self) -> None:
        """Whatever is still to be done, until nothing is due at any near moment."""
        for _ in range(20):
            for kind in WorkKind:
                await self.work(kind)
            self.world.clock.advance(UNDO)

    async def judge(self, meetings: set[int]) -> None:
        jobs = await self.jobs()
        assert len(jobs) == len(meetings) == len({job.idempotency_key for job in jobs})
        assert Counter(self.script.calls)["hear"] == Counter(self.script.calls)["show"] == len(meetings)
        cards = Counter(card_id for card_id, _ in self.world.messenger.messages.values())
        assert len(cards) == len(meetings)
        assert set(cards.values()) <= {1}, "one card per meeting, updated in place"
        async with self.world.database.read() as tx:
            assert {each.status for each in await tx.deliveries.recent(ORG.id, 1000)} <= {DeliveryStatus.PROCESSED}
        for action in await self.actions():
            await self.judge_action(action)
        mails = [each for each in await self.actions() if each.action_type is ActionType.SEND_EMAIL]
        sent = [each for each in mails if each.status is ActionStatus.EXECUTED]
        assert len(self.world.mailer.handed_over) == len(set(self.world.mailer.handed_over)) == len(sent)

    async def judge_action(self, action: PendingAction) -> None:
        decisions = self.decided.get(action.id, [])
        trail = Counter(await self.world.trail(action.id))
        match decisions:
            case []:
                assert action.status is ActionStatus.PENDING
            case ["approve"]:
                assert action.status is ActionStatus.EXECUTED
                assert trail["executed"] == 1
            case ["cancel"]:
                assert action.status is ActionStatus.CANCELLED
                assert trail["executed"] == 0
            case ["approve", "cancel"] | ["cancel", "approve"]:
                # Approved, and taken back inside the undo window; which answer came home first says nothing.
                assert action.status is ActionStatus.CANCELLED
                assert (trail["executed"], trail["taken back"]) == (0, 1)
            case _:
                raise AssertionError(f"decided more than once: {decisions}")


PEOPLE = st.sampled_from([(REP, REP), (REP, BOSS), (STRANGER, REP, REP), (BOSS, STRANGER)])
MOVES = st.lists(
    st.one_of(
        st.tuples(st.just("deliver"), st.integers(1, MEETINGS), st.integers(1, 2)),
        st.tuples(st.just("work"), st.sampled_from(WorkKind)),
        st.tuples(st.just("work"), st.sampled_from(WorkKind)),
        st.tuples(st.just("press"), st.integers(0, 5), st.sampled_from(["approve", "approve", "cancel"]), PEOPLE),
    ),
    min_size=10,
    max_size=30,
)


async def play(path: Path, moves: list[tuple[Any, ...]]) -> None:
    database = Database.open(f"sqlite:///{path}")
    try:
        hostile = Hostile(World(database))
        await hostile.world.settle_in()
        met = set()
        for move in moves:
            match move:
                case ("deliver", meeting, again):
                    met.add(meeting)
                    await asyncio.gather(*(hostile.deliver(meeting, f"{meeting}.{again}") for _ in range(2)))
                case ("work", kind):
                    await hostile.work(kind)
                case ("press", number, what, actors):
                    await hostile.press(number, what, *actors)
        await hostile.settle()
        for meeting in met:  # and once more, when all is over
            await hostile.deliver(meeting, f"{meeting}.late")
        await hostile.settle()
        await hostile.judge(met)
    finally:
        await database.close()


def test_beyond_07_whatever_comes_twice_in_whatever_order_is_done_once(sqlite_template: Path) -> None:
    @settings(
        max_examples=12,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    @given(MOVES)
    def tell(moves: list[tuple[Any, ...]]) -> None:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "sixty.db"
            shutil.copyfile(sqlite_template, path)
            asyncio.run(play(path, moves))

    tell()


async def met(world: World) -> Hostile:
    """One meeting whose run waits for its owner; its card has not been shown yet."""
    hostile = Hostile(world)
    await hostile.deliver(1, "1.1")
    await hostile.work(WorkKind.DELIVERY)
    await hostile.work(WorkKind.JOB)
    (job,) = await hostile.jobs()
    assert job.status is JobStatus.AWAITING_APPROVAL
    return hostile


async def test_beyond_07_a_press_before_the_card_was_recorded_as_shown_counts_once(world: World) -> None:
    hostile = await met(world)
    await asyncio.gather(
        hostile.press(0, "approve", REP, BOSS, STRANGER, REP),
        hostile.work(WorkKind.CARD),
        hostile.press(0, "approve", REP),
    )
    assert list(hostile.decided.values()) == [["approve"]]
    await hostile.settle()
    await hostile.judge({1})


@pytest.mark.parametrize("turns", range(4))
async def test_beyond_07_cancel_racing_approve_leaves_one_outcome(world: World, turns: int) -> None:
    hostile = await met(world)

    async def later(what: str, count: int) -> None:
        for _ in range(count):
            await asyncio.sleep(0)
        await hostile.press(0, what, REP, REP)

    await asyncio.gather(later("approve", turns), later("cancel", 3 - turns))
    await hostile.settle()
    await hostile.judge({1})


async def test_chain_10_the_webhook_again_after_completion_starts_nothing(world: World) -> None:
    hostile = await met(world)
    for number in range(2):
        await hostile.press(number, "approve", REP)
    await hostile.settle()
    (job,) = await hostile.jobs()
    assert job.status is JobStatus.COMPLETED
    calls = list(hostile.script.calls)
    await asyncio.gather(*(hostile.deliver(1, f"again {number}") for number in range(5)))
    await hostile.settle()
    assert hostile.script.calls == calls
    await hostile.judge({1})
    assert Counter(each.status for each in await world.events())[EventStatus.DUPLICATE] >= 1, "kept, with its reason"


async def test_chain_13_resumed_by_everybody_while_it_pauses_each_step_runs_once(world: World) -> None:
    hostile = await met(world)
    (job,) = await hostile.jobs()
    presses = [hostile.press(number, "approve", REP, REP) for number in range(2)]
    await asyncio.gather(*(world.runner.run(job.id) for _ in range(3)), *presses, world.runner.run(job.id))
    await hostile.settle()
    await hostile.judge({1})
    assert Counter(hostile.script.calls)["close"] == 1


async def test_chain_12_a_failed_run_is_taken_up_once_though_ten_ask_for_it(world: World) -> None:
    script = Script(failures={"hear": [ValueError("broken")]})
    world.know(story(script))
    first = await world.start()
    await world.work()
    assert (await world.job(first)).status is JobStatus.FAILED
    again = await asyncio.gather(*(world.raise_event() for _ in range(10)))
    (taken,) = [accepted.job for accepted in again if accepted.job]
    assert {each.status for each in again} == {EventStatus.ACCEPTED, EventStatus.DUPLICATE}
    await world.work()
    assert (await world.job(taken.id)).status is JobStatus.AWAITING_APPROVAL
    assert Counter(script.calls)["show"] == 1


@asynccontextmanager
async def running(dispatcher: InProcessDispatcher) -> AsyncIterator[None]:
    task = asyncio.create_task(dispatcher.run())
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_env_12_a_flood_at_once_and_twice_is_each_event_once_and_hides_nobody_elses(database_url: str) -> None:
    """Three hundred events of one org, each twice, and one of another, through the real dispatcher."""
    database = Database.open(database_url)
    clock = FakeClock()
    dispatcher = InProcessDispatcher(store=database, clock=clock)
    world = World(database, clock=clock, dispatcher=cast(Any, dispatcher))
    await world.settle_in()
    script = Script()
    world.know(short_story(script))
    jobs: dict[str, str] = {}

    async def flood(number: int) -> None:
        accepted = await world.raise_event("calendar_find_times", idempotency_key=f"flood:{number}")
        if accepted.job:
            assert str(number) not in jobs, "twice"
            jobs[str(number)] = accepted.job.id

    dispatcher.handle(world.handlers | {WorkKind.CARD: _nothing})
    async with running(dispatcher):
        flooding = asyncio.gather(*(flood(number) for number in [*range(300), *range(300)]))
        other = await world.raise_event(
            "calendar_find_times", idempotency_key="quiet", org_id=OTHER_ORG.id, user_id=STRANGER.id
        )
        await flooding
        await dispatcher.settle()
    assert other.job is not None
    assert len(jobs) == 300
    statuses = {(await world.job(job_id)).status for job_id in [*jobs.values(), other.job.id]}
    assert statuses == {JobStatus.COMPLETED}
    assert Counter(script.calls)["talk"] == 301
    events = Counter(each.status for each in await world.events())
    assert events == {EventStatus.ACCEPTED: 300, EventStatus.DUPLICATE: 300}
    await database.close()


async def test_chain_07_a_flood_that_is_in_the_tables_already_lets_another_org_in_at_once(database_url: str) -> None:
    """As after a restart: nothing was woken, the sweep finds it all."""
    database = Database.open(database_url)
    world = World(database)
    await world.settle_in()
    world.know(short_story(Script()))
    for number in range(150):
        await world.start("calendar_find_times", idempotency_key=f"flood:{number}")
    world.clock.advance(timedelta(seconds=1))
    quiet = await world.start("calendar_find_times", idempotency_key="quiet", org_id=OTHER_ORG.id, user_id=STRANGER.id)
    began: list[str] = []

    async def run(job_id: str) -> None:
        began.append(job_id)
        await world.runner.run(job_id)

    dispatcher = InProcessDispatcher(store=database, clock=world.clock)
    dispatcher.handle(world.handlers | {WorkKind.JOB: run, WorkKind.CARD: _nothing})
    async with running(dispatcher):
        await dispatcher.sweep()
        await dispatcher.settle()
    assert began.index(quiet) < 3
    assert len(set(began)) == 151
    await database.close()


async def _nothing(_: str) -> None:
    """Cards are somebody else's test."""
