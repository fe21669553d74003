"""Four limits: counted exactly whoever asks at once, warned of once a period, and plain about when work goes on."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sequences.actions.catalogue import ALL_ACTIONS
from sequences.actions.gate.gate import Gate
from sequences.actions.spec import version_of
from sequences.intake import Intake
from sequences.policy.budget import BUDGET_MESSAGE, limits_of
from sequences.ports.model import Answer, ModelError, Out, Prompt
from sequences.ports.store import CardRow, CostEvent
from sequences.records.action import ActionStatus, ErrorCode, PendingAction
from sequences.records.card import NoticeCard
from sequences.records.event import Event, EventSource, EventStatus, EventType
from sequences.records.material import MeetingMaterial
from sequences.runner.loading import CONTEXT_TYPES
from sequences.sequence import Catalogue
from sequences.skills.catalogue import CLASSIFY_CALL
from storage.database import Database
from tests.sequences.fakes import TALK, PricyModel
from tests.sequences.overlapping import held_database, overlap
from tests.sequences.people import BOSS, ORG, REP
from tests.sequences.stories import Brief, Script, story
from tests.sequences.world import UNDO, World, mail_proposal

S, A = EventStatus.SKIPPED, EventStatus.ACCEPTED


def event(number: int) -> Event:
    return Event(
        type=EventType.MEETING_ENDED,
        source=EventSource.CLI_MEETING,
        org_id=ORG.id,
        user_id=REP.id,
        idempotency_key=f"meeting_ended:{number}",
    )


async def spend(world: World, cost: str, name: str = "1", **changes: Any) -> None:
    values: dict[str, Any] = {
        "id": f"cost_{name}",
        "org_id": ORG.id,
        "user_id": REP.id,
        "job_id": None,
        "sequence": None,
        "skill": "s",
        "engine": "e",
        "prompt_version": "1",
        "cost_usd": Decimal(cost),
        "at": world.clock(),
    }
    async with world.database.begin() as tx:
        await tx.costs.add(CostEvent.model_validate(values | changes))


async def told(world: World, reader: str = REP.id) -> list[NoticeCard]:
    """The notices about money that this person got, the oldest first."""
    async with world.database.read() as tx:
        due = await tx.cards.due(world.clock() + timedelta(days=999), 100)
        rows = [await tx.cards.get(work.id) for work in due]
    found = [row for row in rows if row and row.user_id == reader and row.key.startswith("notice:budget:")]
    return [NoticeCard.model_validate(row.subject) for row in sorted(found, key=_age)]


def _age(row: CardRow) -> datetime:
    return row.created_at


def charge(world: World) -> None:
    """From now on the engine costs money."""
    world.is_free = False
    world.know(story(Script()))


async def test_cost_01_events_at_the_same_moment_do_not_both_reserve_the_last_dollar(world: World) -> None:
    await world.save_rep(daily_budget_usd=Decimal("0.07"))  # one run is estimated at 0.05
    charge(world)
    async with held_database(world) as held:
        catalogue = Catalogue((story(Script()),), CONTEXT_TYPES | {Brief})
        intake = Intake(store=held, catalogue=catalogue, dispatcher=world.dispatcher, clock=world.clock, is_free=False)
        first, second = await overlap(world, held, intake.raise_event(event(1)), world.intake.raise_event(event(2)))
    assert (first.status, second.status) == (A, S)


async def test_cost_01_a_warning_comes_before_the_cap_once_a_day(world: World) -> None:
    charge(world)
    await spend(world, "3.94")
    assert (await world.raise_event(idempotency_key="meeting_ended:1")).status is A
    assert await told(world) == []
    await spend(world, "0.02", "2")
    for number in (2, 3):
        assert (await world.raise_event(idempotency_key=f"meeting_ended:{number}")).status is A
    (warning,) = await told(world)
    assert warning.title == "81% of your daily limit of $5 for AI is used"
    assert warning.next_step == "At the limit, proactive work pauses; it begins again tomorrow."
    world.clock.advance(timedelta(days=1))
    await spend(world, "4.50", "3")
    assert (await world.raise_event(idempotency_key="meeting_ended:4")).status is A
    assert len(await told(world)) == 2


async def test_cost_01_the_admins_are_warned_of_the_workspaces_limits(world: World) -> None:
    await world.save_rep(daily_budget_usd=Decimal(99), monthly_budget_usd=Decimal(999))
    charge(world)
    await spend(world, "16.10")
    assert (await world.raise_event()).status is A
    (warning,) = await told(world, BOSS.id)
    assert "the workspace's daily limit of $20" in warning.title
    assert await told(world) == [], "a rep can do nothing about the workspace's limits"


async def test_cost_01_what_a_model_costs_during_a_run_warns_too(world: World) -> None:
    world.model, world.is_free = PricyModel("0.10"), False
    await spend(world, "3.95")
    meeting_id = await world.store_meeting(TALK)
    async with world.database.begin() as tx:
        job = await world.add_job(tx)
    async with world.database.read() as tx:
        meeting, transcript = await tx.meetings.get(meeting_id), await tx.meetings.transcript(meeting_id)
    assert meeting is not None
    assert transcript is not None
    material = MeetingMaterial(meeting=meeting, transcript=transcript, sides={}, rep=REP, org=ORG, timezone="UTC")
    await world.make_thinker(job, ORG, REP).think(CLASSIFY_CALL, material)
    assert [notice.title for notice in await told(world)] == ["81% of your daily limit of $5 for AI is used"]


async def test_err_05_a_model_out_of_quota_is_told_once_a_day_to_the_admins(world: World) -> None:
    """The rep gets what the rules found, and the card says who spoke; nothing is lost and nobody is asked twice."""
    world.model = Exhausted()
    meeting_id = await world.store_meeting(TALK)
    async with world.database.begin() as tx:
        job = await world.add_job(tx)
    async with world.database.read() as tx:
        meeting, transcript = await tx.meetings.get(meeting_id), await tx.meetings.transcript(meeting_id)
    assert meeting is not None
    assert transcript is not None
    material = MeetingMaterial(meeting=meeting, transcript=transcript, sides={}, rep=REP, org=ORG, timezone="UTC")
    for _ in range(3):
        thinker = world.make_thinker(job, ORG, REP)
        assert await thinker.think(CLASSIFY_CALL, material)
        assert thinker.notes == ["classify call: test:pricy has used up its quota, so offline rules answered"]
    assert [notice.title for notice in await told(world, BOSS.id)] == ["The model's account is used up"]
    assert await told(world) == []


class Exhausted(PricyModel):
    async def ask(self, skill: str, prompt: Prompt, output_type: type[Out], *, max_output_tokens: int) -> Answer[Out]:
        self.asked.append(skill)
        del prompt, output_type, max_output_tokens
        raise ModelError("no credit", kind="out_of_quota")


@pytest.mark.parametrize(
    ("changes", "spent", "age", "ends"),
    [
        ({}, "4.99", 0, "which begins tomorrow."),
        ({"monthly_budget_usd": "19"}, "18.99", 3, "which begins on 1 April."),
        ({"monthly_budget_usd": "5"}, "4.99", 0, "which begins on 1 April."),
    ],
    ids=["day", "month", "both"],
)
async def test_err_05_at_the_limit_the_user_reads_when_work_goes_on(
    world: World, changes: dict[str, str], spent: str, age: int, ends: str
) -> None:
    await world.save_rep(**{key: Decimal(value) for key, value in changes.items()})
    charge(world)
    await spend(world, spent, at=world.clock() - timedelta(days=age))
    for number in range(3):
        assert (await world.raise_event(idempotency_key=f"meeting_ended:{number}")).status is S
    halted = [notice for notice in await told(world) if notice.title == "Paused for now"]
    assert [notice.text for notice in halted] == [f"{BUDGET_MESSAGE}, {ends}"]


async def test_err_05_the_workspaces_limit_is_told_to_whom_it_stopped_and_to_the_admins(world: World) -> None:
    await world.save_rep(daily_budget_usd=Decimal(99))
    charge(world)
    await spend(world, "19.99")
    assert (await world.raise_event()).status is S
    assert len(await told(world)) == len(await told(world, BOSS.id)) == 1


@pytest.mark.parametrize(
    ("now", "following"),
    [("2026-12-31T12:00", "on 1 January"), ("2026-01-31T12:00", "on 1 February"), ("2026-02-01T00:00", "on 1 March")],
)
def test_err_05_the_next_month_is_named(now: str, following: str) -> None:
    limits = limits_of(ORG, REP, datetime.fromisoformat(now).replace(tzinfo=UTC))
    assert [limit.next_period for limit in limits] == ["tomorrow", following] * 2


def test_cost_01_days_and_months_are_the_orgs_own() -> None:
    org = ORG.model_copy(update={"timezone": "Pacific/Auckland"})
    limits = limits_of(org, REP, datetime(2026, 3, 31, 23, tzinfo=UTC))
    assert {limit.key.rpartition(":")[2] for limit in limits} == {"2026-04-01"}


async def test_cost_09_each_call_is_taken_off_the_orgs_balance(world: World) -> None:
    async with world.database.begin() as tx:
        await tx.costs.set_balance(ORG.id, Decimal(10), at=world.clock())
    await spend(world, "0.0031")
    await spend(world, "12", "2")
    async with world.database.read() as tx:
        assert await tx.costs.balance(ORG.id) == Decimal("-2.0031")
        assert await tx.costs.balance("org_2") is None, "nobody counts there"


async def test_cost_09_a_cost_that_is_not_kept_takes_nothing_off(world: World) -> None:
    async with world.database.begin() as tx:
        await tx.costs.set_balance(ORG.id, Decimal(10), at=world.clock())
    await spend(world, "1")
    with pytest.raises(Exception, match=r"cost_1|UNIQUE|unique"):
        await spend(world, "1")
    async with world.database.read() as tx:
        assert await tx.costs.balance(ORG.id) == Decimal(9)


# -- the limit of mails in a day -----------------------------------------------------------------------------------


def gate_on(world: World, store: Database) -> Gate:
    return Gate(
        store=store,
        specs=ALL_ACTIONS,
        dispatcher=world.dispatcher,
        clock=world.clock,
        undo_window=UNDO,
        mailer=world.mailer,
    )


async def mails(world: World, number: int) -> list[PendingAction]:
    return [await world.park(mail_proposal(subject=f"Mail {at}")) for at in range(number)]


async def test_guard_01_mails_approved_at_the_same_moment_do_not_pass_the_daily_limit(world: World) -> None:
    rep = await world.save_rep(daily_send_limit=1)
    one, other = await mails(world, 2)
    async with held_database(world) as held:
        first, second = await overlap(
            world,
            held,
            gate_on(world, held).approve(one.id, rep, version_of(one.digest)),
            world.gate.approve(other.id, rep, version_of(other.digest)),
        )
    assert (first.ok, second.ok, second.code) == (True, False, ErrorCode.RATE_LIMITED)


async def test_guard_01_mails_that_leave_at_the_same_moment_use_the_whole_limit_and_no_more(world: World) -> None:
    """Scheduled on different days for the same morning."""
    rep = await world.save_rep(daily_send_limit=1)
    morning = world.clock() + timedelta(days=3)
    waiting = []
    for _ in range(2):
        waiting += await mails(world, 1)
        assert await world.approve(waiting[-1], rep, at=morning)
        world.clock.advance(timedelta(days=1))
    world.clock.now = morning + timedelta(minutes=1)
    async with held_database(world) as held:
        await overlap(world, held, gate_on(world, held).execute(waiting[0].id), world.gate.execute(waiting[1].id))
    statuses = [(await world.action(mail.id)).status for mail in waiting]
    assert statuses == [ActionStatus.EXECUTED, ActionStatus.FAILED]
    assert len(world.mailer.sent) == 1
