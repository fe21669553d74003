"""Intake: each event is judged in order, and kept with what became of it and why."""

import asyncio
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sequences.ports.dispatch import WorkKind
from sequences.ports.store import CostEvent
from sequences.records.event import EventSource, EventStatus, EventType
from sequences.records.job import JobStatus
from storage.columns import clean_text
from tests.sequences.people import ORG, REP, STRANGER
from tests.sequences.stories import Brief, Script, short_story, story
from tests.sequences.world import World

A, D, S, F = EventStatus.ACCEPTED, EventStatus.DUPLICATE, EventStatus.SKIPPED, EventStatus.DEFERRED


@pytest.fixture
def script(world: World) -> Script:
    script = Script()
    world.know(story(script), short_story(script))
    return script


async def jobs(world: World) -> int:
    async with world.database.read() as tx:
        return len(await tx.jobs.for_user(REP.id, 100))


async def switch_off(world: World) -> None:
    async with world.database.begin() as tx:
        await tx.people.set_enabled(ORG.id, EventType.MEETING_ENDED, False)


async def overspend(world: World, cost: str = "1000") -> None:
    event = CostEvent(
        id="cost_1",
        org_id=ORG.id,
        user_id=REP.id,
        job_id=None,
        sequence=None,
        skill="s",
        engine="e",
        prompt_version="1",
        cost_usd=Decimal(cost),
        at=world.clock(),
    )
    async with world.database.begin() as tx:
        await tx.costs.add(event)


async def test_env_12_an_accepted_event_is_a_job_that_is_woken_after_the_commit(world: World, script: Script) -> None:
    accepted = await world.raise_event(payload={"words": "hi"})
    assert (accepted.status, accepted.reason) == (A, "")
    assert accepted.job is not None
    assert (WorkKind.JOB, accepted.job.id, world.clock()) in world.dispatcher.woken
    (stored,) = await world.events()
    assert (stored.status, stored.job_id, stored.event.payload) == (A, accepted.job.id, {"words": "hi"})
    job = await world.job(accepted.job.id)
    assert (job.status, job.depth, job.parent_job_id) == (JobStatus.PENDING, 1, None)
    assert (job.event_source, job.idempotency_key) == ("cli:meeting", "meeting_ended:1")


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"org_id": "org_gone"}, "its org or user does not exist"),
        ({"user_id": "user_gone"}, "its org or user does not exist"),
        ({"user_id": STRANGER.id}, "its org or user does not exist"),
        ({"type": "tea_time"}, "no sequence answers tea_time yet"),
        ({"source": EventSource.CRON_MORNING}, "cron:morning may not raise meeting_ended"),
        ({"payload": {"words": {"no": "text"}}}, "its payload lacks or misfits: words"),
    ],
)
async def test_env_13_a_skipped_event_is_kept_with_its_reason(
    world: World, script: Script, changes: dict[str, Any], reason: str
) -> None:
    accepted = await world.raise_event(**changes)
    assert (accepted.status, accepted.reason, accepted.job) == (S, reason, None)
    assert await jobs(world) == 0
    if changes.get("org_id") is None:
        (stored,) = await world.events()
        assert (stored.status, stored.reason) == (S, reason)


@pytest.mark.parametrize("type", ["tea_time", "<!channel>\x00" * 3])
async def test_env_14_an_unknown_type_is_warned_of_and_neither_crashes_nor_runs(
    world: World, script: Script, type: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("WARNING"):
        accepted = await world.raise_event(type)
    assert (accepted.status, accepted.job, accepted.is_odd) == (S, None, True)
    assert [record.message for record in caplog.records] == ["event skipped"]
    (stored,) = await world.events()
    assert stored.reason == clean_text(accepted.reason)
    known = await world.raise_event()
    assert known.status is A, "what comes after it is heard"


async def test_priv_02_a_misfit_payload_is_named_by_field_never_by_value(world: World, script: Script) -> None:
    accepted = await world.raise_event(payload={"words": ["the secret transcript"]})
    assert "secret" not in accepted.reason


async def test_env_09_a_switched_off_type_is_skipped(world: World, script: Script) -> None:
    await switch_off(world)
    assert (await world.raise_event()).reason == "meeting_ended is switched off for this workspace"
    await world.work()
    (stored,) = await world.events()
    assert (stored.status, await jobs(world), script.calls) == (S, 0, [])
    async with world.database.begin() as tx:
        await tx.people.set_enabled(ORG.id, EventType.MEETING_ENDED, True)
    assert (await world.raise_event()).status is A


async def test_env_18_aliases_mean_the_same_type(world: World) -> None:
    world.know(story(Script(), event=EventType.PRE_MEETING_90MIN))
    accepted = await world.raise_event("pre_meeting")
    assert accepted.job is not None
    assert accepted.job.sequence == "pre_meeting_90min"


async def test_env_08_the_order_of_the_checks(world: World, script: Script) -> None:
    """With everything wrong at once, each mended in turn shows the next reason."""
    await world.save_rep(quiet_hours_start=time(0), quiet_hours_end=time(23, 59))
    await switch_off(world)
    world.is_free = False
    world.know(story(script))
    await overspend(world)

    bad = {"source": EventSource.CRON_MORNING, "user_id": "user_gone"}
    assert (await world.raise_event(**bad)).reason == "its org or user does not exist"
    bad["user_id"] = REP.id
    assert (await world.raise_event(**bad)).reason == "meeting_ended is switched off for this workspace"
    async with world.database.begin() as tx:
        await tx.people.set_enabled(ORG.id, EventType.MEETING_ENDED, True)
    assert "may not raise" in (await world.raise_event(**bad)).reason
    del bad["source"]
    assert "limit" in (await world.raise_event(**bad)).reason
    world.clock.advance(timedelta(days=60))
    assert (await world.raise_event(**bad)).status is F
    assert (await world.raise_event(**bad)).status is D


async def test_env_10_quiet_hours_defer_and_never_drop(world: World, script: Script) -> None:
    await world.save_rep(timezone="Europe/Berlin", quiet_hours_start=time(22), quiet_hours_end=time(7))
    world.clock.now = datetime.fromisoformat("2026-03-28T23:30:00+00:00")  # the night of the clock change
    accepted = await world.raise_event()
    assert accepted.status is F
    assert accepted.job is not None
    job = await world.job(accepted.job.id)
    assert (job.status, job.run_at.isoformat()) == (JobStatus.DEFERRED, "2026-03-29T05:00:00+00:00")

    await world.later(timedelta(hours=5, minutes=29))
    assert script.calls == []
    await world.later(timedelta(minutes=1))
    assert "hear" in script.calls


async def test_env_11_an_event_that_would_pass_the_budget_is_kept_and_starts_nothing(
    world: World, script: Script
) -> None:
    world.is_free = False
    world.know(story(script))
    await overspend(world)
    accepted = await world.raise_event()
    assert (accepted.status, accepted.job) == (S, None)
    assert await jobs(world) == 0
    (stored,) = await world.events()
    assert (stored.status, stored.reason) == (S, accepted.reason)
    await world.work()
    assert script.calls == []


async def test_env_12_a_repeated_event_is_quiet_though_the_first_has_used_up_the_budget(
    world: World, script: Script
) -> None:
    """What the first one reserved must not make the second one say that work is paused."""
    world.is_free = False
    world.know(story(script))
    first = await world.raise_event()
    assert first.job is not None
    await world.save_rep(daily_budget_usd=first.job.reserved_usd)
    again = await world.raise_event()
    assert (again.status, again.job) == (D, None)
    other = await world.raise_event(idempotency_key="meeting_ended:2")
    assert other.status is S
    async with world.database.read() as tx:
        told = await tx.cards.due(world.clock(), 10)
    assert len(told) == 1, "of the other meeting alone"


async def test_env_08_nothing_is_begun_for_somebody_who_has_left(world: World, script: Script) -> None:
    await world.save_rep(left_at=world.clock())
    accepted = await world.raise_event()
    assert (accepted.status, accepted.reason) == (S, "its user has left")
    assert await jobs(world) == 0


async def test_env_12_the_same_event_ten_times_is_one_job(world: World, script: Script) -> None:
    every = await asyncio.gather(*(world.raise_event() for _ in range(10)))
    assert sorted(accepted.status for accepted in every) == [A] + [D] * 9
    assert await jobs(world) == 1
    assert [stored.status for stored in await world.events()].count(D) == 9
    await world.work()
    assert script.calls.count("hear") == 1


async def test_chain_10_a_repeated_event_after_the_run_is_a_quiet_no_op(world: World, script: Script) -> None:
    await world.raise_event()
    await world.work()
    before = list(script.calls)
    assert (await world.raise_event()).status is D
    await world.work()
    assert script.calls == before


async def test_chain_12_a_failed_run_may_run_again(world: World, script: Script) -> None:
    script.failures["hear"] = [ValueError("a bug")]
    first = await world.raise_event()
    await world.work()
    second = await world.raise_event()
    assert second.status is A
    assert first.job is not None
    assert second.job is not None
    assert first.job.id != second.job.id
    await world.work()
    assert (await world.job(second.job.id)).status is JobStatus.AWAITING_APPROVAL


async def test_chain_11_keys_are_unique_per_org(world: World, script: Script) -> None:
    assert (await world.raise_event()).status is A
    assert (await world.raise_event(org_id=STRANGER.org_id, user_id=STRANGER.id)).status is A


async def test_cost_01_the_estimate_is_reserved_before_the_run(world: World, script: Script) -> None:
    world.is_free = False
    world.know(story(script))
    accepted = await world.raise_event()
    assert accepted.job is not None
    assert accepted.job.reserved_usd == Decimal("0.05")


async def test_cost_01_reservations_of_waiting_runs_count(world: World, script: Script) -> None:
    await world.save_rep(daily_budget_usd=Decimal("0.12"))
    world.is_free = False
    world.know(story(script))
    every = [await world.raise_event(idempotency_key=f"meeting_ended:{number}") for number in range(3)]
    assert [accepted.status for accepted in every] == [A, A, S]
    assert every[2].reason == "your daily limit of $0.12 for AI is reached"


@pytest.mark.parametrize(
    ("changes", "spent", "days", "which"),
    [
        ({"daily_budget_usd": 5}, "4.96", 0, "your daily limit"),
        ({"daily_budget_usd": 5}, "4.95", 0, None),
        ({"daily_budget_usd": 5}, "4.96", 1, None),
        ({"monthly_budget_usd": 50, "daily_budget_usd": 99}, "49.96", 20, "your monthly limit"),
        ({"monthly_budget_usd": 50, "daily_budget_usd": 99}, "49.96", 27, None),
        ({"daily_budget_usd": 99, "monthly_budget_usd": 999}, "19.96", 0, "the workspace's daily limit"),
        ({"daily_budget_usd": 999, "monthly_budget_usd": 999}, "199.96", 20, "the workspace's monthly limit"),
    ],
)
async def test_cost_01_org_and_user_day_and_month(
    world: World, script: Script, changes: dict[str, Any], spent: str, days: int, which: str | None
) -> None:
    """5 March plus 27 days is in April."""
    await world.save_rep(**{key: Decimal(value) for key, value in changes.items()})
    world.is_free = False
    world.know(story(script))
    await overspend(world, spent)
    world.clock.advance(timedelta(days=days))
    accepted = await world.raise_event()
    assert accepted.status is (S if which else A)
    assert accepted.reason.startswith(which or "")


async def test_cost_01_the_free_engine_runs_whatever_was_spent(world: World, script: Script) -> None:
    """What has been spent on a model must not stop rules that cost nothing."""
    await overspend(world)
    assert (await world.raise_event()).status is A


async def test_env_17_a_sequence_says_who_may_raise_it_and_with_what(world: World, script: Script) -> None:
    sequence = story(script)
    assert EventSource.CLI_MEETING in sequence.sources
    assert sequence.payload is Brief
