"""Recurring events on real tables: raised once for each person and day, by however many nodes, through intake."""

import asyncio
import logging
from collections import Counter
from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from sequences import recurring
from sequences.records.base import Record
from sequences.records.event import EventSource, EventStatus, EventType
from sequences.records.people import User
from sequences.recurring import RecurringEvents
from sequences.sequence import Affinity, Catalogue, Sequence
from sequences.step import step
from storage.database import Database
from tests.sequences.fakes import Killed
from tests.sequences.people import BOSS, ORG, OTHER_ORG, REP, STRANGER
from tests.sequences.world import World

EIGHT = datetime(2026, 3, 9, 8, tzinfo=UTC)  # a Monday
MINUTE = timedelta(minutes=1)


class Day(Record):
    on: str


class Greeting(Record):
    text: str


@step(critical=True)
async def greet(day: Day) -> Greeting:
    return Greeting(text=f"Good morning of {day.on}")


def sequence(event: EventType) -> Sequence:
    return Sequence(
        event=event,
        payload=Day,
        sources=frozenset(EventSource),
        confidence=0.95,
        affinity=Affinity.PIPELINE,
        steps=(greet,),
    )


BRIEF = sequence(EventType.MORNING_BRIEF)
COACHING = sequence(EventType.COACHING_WEEKLY)


@pytest.fixture(autouse=True)
def briefs(world: World) -> None:
    world.know(BRIEF)
    world.sequences = (BRIEF,)


def node(world: World, *sequences: Sequence) -> RecurringEvents:
    catalogue = Catalogue(sequences or (BRIEF,), frozenset({Day}))
    return RecurringEvents(store=world.store, intake=world.intake, catalogue=catalogue, dispatcher=world.dispatcher)


async def tick(world: World, one: RecurringEvents, now: datetime) -> int:
    world.clock.now = now
    return await one.raise_due(now)


async def raised(world: World) -> list[tuple[str, str, EventStatus]]:
    """Everything that intake has seen, in both orgs."""
    async with world.database.read() as tx:
        stored = [*await tx.events.recent(ORG.id, 1000), *await tx.events.recent(OTHER_ORG.id, 1000)]
    return sorted((one.event.user_id, one.event.idempotency_key, one.status) for one in stored)


async def have(world: World, *users: User) -> None:
    async with world.database.begin() as tx:
        for user in users:
            await tx.people.save_user(user)


def someone(number: int, **changes: Any) -> User:
    values = {"id": f"user_{number:03}", "slack_user_id": f"U9{number}", "name": f"Rep {number}"}
    return REP.model_copy(update=values | changes)


async def test_brief_10_each_gets_it_at_their_own_time_and_once_a_day(world: World) -> None:
    await have(world, REP.model_copy(update={"timezone": "America/New_York"}))
    await have(world, BOSS.model_copy(update={"briefing_time": time(6, 30)}))
    one = node(world)
    came: list[tuple[str, datetime]] = []
    for minutes in range(0, 2 * 24 * 60, 10):
        now = EIGHT.replace(hour=0) + timedelta(minutes=minutes)
        before = await raised(world) if (await tick(world, one, now)) else None
        if before is not None:
            came += [(user, now) for user, *_ in before]
    first = {user: min(at for who, at in came if who == user) for user, _ in came}
    assert first == {
        BOSS.id: EIGHT.replace(hour=6, minute=30),
        STRANGER.id: EIGHT,
        REP.id: EIGHT.replace(hour=12),  # summer time began in New York the day before
    }
    assert Counter(user for user, *_ in await raised(world)) == {REP.id: 2, BOSS.id: 2, STRANGER.id: 2}


async def test_chain_14_its_key_carries_the_date_and_a_second_tick_raises_nothing(world: World) -> None:
    one = node(world)
    assert await tick(world, one, EIGHT) == 3
    assert [await tick(world, one, EIGHT + minutes * MINUTE) for minutes in (0, 1, 2)] == [0, 0, 0]
    assert {key for _, key, _ in await raised(world)} == {
        f"morning_brief:{user.id}:2026-03-09" for user in (REP, BOSS, STRANGER)
    }
    assert await tick(world, one, EIGHT + timedelta(days=1)) == 3


async def test_brief_10_the_job_runs_with_the_day_it_is_for(world: World) -> None:
    await tick(world, node(world), EIGHT)
    assert len(world.dispatcher.woken) == 3
    await world.work()
    async with world.database.read() as tx:
        (job,) = await tx.jobs.for_user(REP.id, 5)
    assert job.trigger_payload == {"on": "2026-03-09"}
    assert (await world.steps(job.id))["greet"].output == {"text": "Good morning of 2026-03-09"}


async def test_src_04_what_no_sequence_answers_is_not_raised(world: World) -> None:
    one = RecurringEvents(
        store=world.store,
        intake=world.intake,
        catalogue=Catalogue((), frozenset()),
        dispatcher=world.dispatcher,
    )
    assert await tick(world, one, EIGHT) == 0
    assert await raised(world) == []


async def test_conf_02_orgs_that_have_it_switched_off_are_left_alone(world: World) -> None:
    async with world.database.begin() as tx:
        await tx.people.set_enabled(ORG.id, EventType.MORNING_BRIEF, False)
    await tick(world, node(world), EIGHT)
    assert [user for user, *_ in await raised(world)] == [STRANGER.id]


async def test_brief_14_coaching_comes_on_monday_to_those_who_enabled_it(world: World) -> None:
    world.know(COACHING)
    async with world.database.begin() as tx:
        await tx.people.set_enabled(ORG.id, EventType.COACHING_WEEKLY, True)
    one = node(world, COACHING)
    assert [await tick(world, one, EIGHT + timedelta(days=days)) for days in range(8)] == [2, 0, 0, 0, 0, 0, 0, 2]
    assert {user for user, *_ in await raised(world)} == {REP.id, BOSS.id}


async def test_src_04_who_has_left_gets_nothing(world: World) -> None:
    await have(world, REP.model_copy(update={"left_at": EIGHT - timedelta(days=1)}))
    await tick(world, node(world), EIGHT)
    assert REP.id not in {user for user, *_ in await raised(world)}


async def test_brief_10_a_changed_time_or_zone_gives_no_second_brief_that_day(world: World) -> None:
    one = node(world)
    await tick(world, one, EIGHT)
    await have(world, REP.model_copy(update={"briefing_time": time(9)}))
    await have(world, BOSS.model_copy(update={"timezone": "America/New_York"}))
    for hour in range(9, 20):
        assert await tick(world, one, EIGHT.replace(hour=hour)) == 0


@pytest.mark.parametrize(("late", "expected"), [(timedelta(hours=3, minutes=59), 3), (timedelta(hours=4), 0)])
async def test_src_04_a_missed_morning_is_caught_up_once_or_let_go(
    world: World, late: timedelta, expected: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="sequences.recurring")
    one = node(world)
    await tick(world, one, EIGHT - MINUTE)
    caplog.clear()
    assert await tick(world, one, EIGHT + late) == expected
    assert await tick(world, one, EIGHT + late + MINUTE) == 0
    skipped = [(line.levelname, line.__dict__["count"]) for line in caplog.records if "skipped" in line.message]
    assert skipped == ([] if expected else [("WARNING", 3)])


async def test_src_04_a_process_that_starts_late_says_what_was_missed(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    await tick(world, node(world), EIGHT)
    await have(world, someone(1))  # of whom no event tells
    caplog.set_level(logging.INFO, logger="sequences.recurring")
    caplog.clear()
    assert await tick(world, node(world), EIGHT + timedelta(hours=9)) == 0
    (line,) = [line for line in caplog.records if "skipped" in line.message]
    assert (line.levelname, line.__dict__["count"]) == ("INFO", 1)


async def test_quiet_02_in_quiet_hours_it_is_deferred_and_never_dropped(world: World) -> None:
    await have(world, REP.model_copy(update={"quiet_hours_start": time(20), "quiet_hours_end": time(9)}))
    await tick(world, node(world), EIGHT)
    status = {user: status for user, _, status in await raised(world)}
    assert status == {REP.id: EventStatus.DEFERRED, BOSS.id: EventStatus.ACCEPTED, STRANGER.id: EventStatus.ACCEPTED}


async def test_src_04_two_nodes_at_the_same_moment_raise_each_once(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recurring, "BATCH", 7)
    await have(world, *(someone(number) for number in range(60)))
    world.clock.now = EIGHT
    other = World(Database.open(world.database.url.render_as_string(hide_password=False)), clock=world.clock)
    other.know(BRIEF)
    first, second = await asyncio.gather(node(world).raise_due(EIGHT), node(other).raise_due(EIGHT))
    await other.database.close()
    assert first + second == 63
    counts = Counter(key for _, key, _ in await raised(world))
    assert len(counts) == 63
    assert set(counts.values()) == {1}
    assert {status for *_, status in await raised(world)} == {EventStatus.ACCEPTED}


async def test_beyond_07_killed_between_two_batches_the_next_tick_goes_on(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recurring, "BATCH", 4)
    await have(world, *(someone(number) for number in range(10)))
    world.store.dies_after = world.store.commits + 2
    with pytest.raises(Killed):
        await tick(world, node(world), EIGHT)
    assert len(await raised(world)) == 8
    world.store.dies_after = None
    assert await tick(world, node(world), EIGHT + MINUTE) == 5
    assert len({key for _, key, _ in await raised(world)}) == len(await raised(world)) == 13
