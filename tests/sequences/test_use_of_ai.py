"""Every call of a model is one line of the ledger, and what it adds up to can be seen, per ability and in all."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sequences.catalogue import load_catalogue
from sequences.front import Front
from sequences.meeting_ended import MEETING_ENDED
from sequences.members import Members
from sequences.policy.use_of_ai import use_of_ai
from sequences.ports.store import CostEvent
from sequences.records.cost import SequenceCost, UseOfAi
from sequences.records.event import EventType
from sequences.skills.catalogue import ALL_SKILLS
from tests.sequences.people import BOSS, ORG, REP
from tests.sequences.test_meeting_ended import CALL
from tests.sequences.world import World

NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)  # March has 31 days


def use(**changes: Any) -> UseOfAi:
    values: dict[str, Any] = {
        "today": (),
        "month": (),
        "observed": (),
        "observed_since": None,
        "enabled": ("meeting_ended", "morning_brief"),
        "balance": None,
        "now": NOW,
    }
    return use_of_ai(**(values | changes))


def cost(usd: str, sequence: str = "meeting_ended", **changes: int) -> SequenceCost:
    return SequenceCost(sequence=sequence, cost_usd=Decimal(usd), **changes)


def test_cost_10_each_ability_has_its_own_line_the_dearest_first() -> None:
    found = use(month=(cost("1.50", "morning_brief", runs=30), cost("3", runs=20), cost("0.20", "coaching_weekly")))
    lines = [(line.sequence, line.month_usd, line.runs, line.is_enabled) for line in found.abilities]
    assert lines == [
        ("meeting_ended", Decimal(3), 20, True),
        ("morning_brief", Decimal("1.50"), 30, True),
        ("coaching_weekly", Decimal("0.20"), 0, False),
    ]
    assert found.month_usd == Decimal("4.70")


@pytest.mark.parametrize(
    ("days_ago", "projected"),
    [(29, "3.10"), (14, "6.20"), (0, "93.00"), (None, "0")],
    ids=["thirty days", "a fortnight and a day", "the first day", "nothing yet"],
)
def test_cost_12_a_whole_month_is_projected_from_what_was_seen(days_ago: int | None, projected: str) -> None:
    seen = () if days_ago is None else (cost("3"),)
    since = None if days_ago is None else NOW - timedelta(days=days_ago)
    found = use(observed=seen, observed_since=since)
    assert found.projected_usd == Decimal(projected)
    assert {line.sequence: line.projected_usd for line in found.abilities}["morning_brief"] == 0


def test_cost_12_what_is_switched_off_is_not_projected() -> None:
    found = use(month=(cost("9", "coaching_weekly"),), observed=(cost("9", "coaching_weekly"),), observed_since=NOW)
    assert found.projected_usd == 0


def test_cost_12_the_balance_is_told_where_somebody_keeps_one() -> None:
    assert use().balance_usd is None
    assert use(balance=Decimal("12.5")).balance_usd == Decimal("12.5")


def test_cost_13_tokens_and_dollars_of_today() -> None:
    found = use(today=(cost("0.10", tokens=900), cost("0.02", "morning_brief", tokens=100)))
    assert (found.tokens_today, found.today_usd) == (1000, Decimal("0.12"))


def test_cost_06_the_declared_estimates_are_those_of_reference() -> None:
    steps = {step.name: step.cost_usd for step in MEETING_ENDED.steps}
    assert steps["classify_call"] == Decimal("0.001")
    assert Decimal("0.14") <= MEETING_ENDED.estimated_cost_usd <= Decimal("0.16")


def front_of(world: World) -> Front:
    members = Members(store=world.store, messenger=world.messenger, defaults=ORG, clock=world.clock)
    return Front(
        store=world.store,
        gate=world.gate,
        members=members,
        dispatcher=world.dispatcher,
        clock=world.clock,
        engine="offline rules",
        abilities=(EventType.MEETING_ENDED, EventType.COACHING_WEEKLY),
    )


async def spend(world: World, name: str, cost: str, **changes: Any) -> None:
    values: dict[str, Any] = {
        "id": f"cost_{name}",
        "org_id": ORG.id,
        "user_id": REP.id,
        "job_id": None,
        "sequence": "meeting_ended",
        "skill": "s",
        "engine": "e",
        "prompt_version": "1",
        "input_tokens": 100,
        "cached_input_tokens": 50,
        "output_tokens": 20,
        "cost_usd": Decimal(cost),
        "at": world.clock(),
    }
    async with world.database.begin() as tx:
        await tx.costs.add(CostEvent.model_validate(values | changes))


async def test_cost_05_every_skill_of_a_meeting_records_what_it_cost(world: World) -> None:
    world.know(*load_catalogue().sequences)
    await world.import_customer()
    meeting_id = await world.store_meeting(CALL)
    job_id = await world.start(payload={"meeting_id": meeting_id})
    await world.work()
    async with world.database.read() as tx:
        events = await tx.costs.for_job(job_id)
    assert sorted(event.skill for event in events) == sorted(skill.key for skill in ALL_SKILLS)
    assert len(ALL_SKILLS) == 7


async def test_cost_11_a_cost_event_carries_skill_sequence_and_job(world: World) -> None:
    world.know(*load_catalogue().sequences)
    meeting_id = await world.store_meeting(CALL)
    job_id = await world.start(payload={"meeting_id": meeting_id})
    await world.work()
    async with world.database.read() as tx:
        events = await tx.costs.for_job(job_id)
    assert {(event.sequence, event.job_id, event.org_id) for event in events} == {("meeting_ended", job_id, ORG.id)}
    assert all(event.skill for event in events)


async def test_cost_10_reps_see_their_own_use_and_admins_the_workspaces(world: World) -> None:
    async with world.database.begin() as tx:
        await tx.costs.set_balance(ORG.id, Decimal(10), at=world.clock())
        job = await world.add_job(tx)
    await spend(world, "1", "1.00", job_id=job.id)
    await spend(world, "2", "0.50", job_id=job.id, at=world.clock() - timedelta(days=2))
    await spend(world, "3", "2.00", user_id=BOSS.id, sequence=None)
    await spend(world, "4", "9.00", at=world.clock() - timedelta(days=20))  # in February
    seen = (await front_of(world).overview(REP)).use
    assert seen is not None
    assert (seen.tokens_today, seen.today_usd, seen.month_usd) == (120, Decimal(1), Decimal("1.50"))
    assert [(line.sequence, line.runs, line.is_enabled) for line in seen.abilities] == [("meeting_ended", 1, True)]
    assert seen.projected_usd == Decimal("10.50") / 21 * 31
    assert seen.balance_usd == Decimal("-2.50")

    admin = await front_of(world).overview(BOSS)
    assert admin.whole_use is not None
    assert admin.whole_use.month_usd == Decimal("3.50")
    assert (await front_of(world).overview(REP)).whole_use is None
