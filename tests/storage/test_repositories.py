"""Events, meetings, people, costs, notifications and webhook deliveries."""

import asyncio
from datetime import time, timedelta
from decimal import Decimal

import pytest

from sequences.ids import new_id
from sequences.ports.store import DeliveryStatus
from sequences.records.event import Event, EventSource, EventStatus, StoredEvent
from sequences.records.job import JobStatus
from sequences.records.meeting import Meeting, Participant, Transcript, Turn
from sequences.records.people import User
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import (
    ANNA,
    BEN,
    MINUTE,
    NOW,
    ORG,
    OTHER_ORG,
    STRANGER,
    ids,
    make_cost,
    make_delivery,
    make_job,
)


async def test_env_13_an_event_is_kept_even_when_nobody_knows_its_org(database: Database) -> None:
    event = Event(
        type="no_such_type",
        source=EventSource.CLI_MEETING,
        org_id="org_unknown",
        user_id="user_unknown",
        payload={"ö": [1, 2.5, None, True]},
        idempotency_key="k",
    )
    stored = [
        StoredEvent(
            id=new_id("event"),
            event=event,
            status=EventStatus.SKIPPED,
            reason="the org does not exist",
            received_at=NOW + MINUTE * number,
        )
        for number in range(3)
    ]
    async with database.begin() as tx:
        for one in stored:
            await tx.events.add(one)
    async with database.read() as tx:
        assert await tx.events.recent("org_unknown", 2) == [stored[2], stored[1]]
        assert await tx.events.recent(ORG.id, 2) == []


def make_meeting(**changes: object) -> Meeting:
    values: dict[str, object] = {
        "id": new_id("meeting"),
        "org_id": ORG.id,
        "title": "Demo",
        "started_at": NOW,
        "source": "cli:meeting",
        "external_id": "file-1",
        "participants": (Participant(name="Sarah Chen", email="sarah@acme.example", is_organizer=True),),
    }
    return Meeting.model_validate(values | changes)


TRANSCRIPT = Transcript(
    turns=(
        Turn(index=0, speaker="Sarah Chen", text="Grüße 👋 <!channel>", start_s=0.5, end_s=1.25),
        Turn(index=1, speaker="Anna Berg", text='quotes " and\nlines'),
    ),
    participants=(Participant(name="Sarah Chen"),),
    title="Demo",
    started_at=NOW,
    source_format="webvtt",
)


async def test_a_meeting_and_its_transcript_are_stored_once(database: Database) -> None:
    meeting, again = make_meeting(), make_meeting(title="Delivered twice")
    async with database.begin() as tx:
        assert await tx.meetings.add(meeting, TRANSCRIPT) == meeting.id
        assert await tx.meetings.add(again, Transcript(turns=())) == meeting.id
    async with database.read() as tx:
        assert await tx.meetings.get(meeting.id) == meeting
        assert await tx.meetings.transcript(meeting.id) == TRANSCRIPT
        assert await tx.meetings.get(again.id) is None
        assert await tx.meetings.transcript(again.id) is None


async def test_the_same_meeting_delivered_twice_at_once_is_one(database_url: str, database: Database) -> None:
    other = Database.open(database_url)

    async def deliver(through: Database) -> str:
        async with through.begin() as tx:
            return await tx.meetings.add(make_meeting(), TRANSCRIPT)

    answers = await asyncio.gather(*(deliver(through) for through in (database, other) * 4))
    await other.close()
    assert len(set(answers)) == 1


async def test_the_latest_meeting_of_a_rep(database: Database) -> None:
    older, newer = make_meeting(), make_meeting(external_id="file-2", started_at=NOW + MINUTE)
    async with database.begin() as tx:
        for meeting in (newer, older, make_meeting(external_id="file-3", started_at=NOW + MINUTE * 9)):
            await tx.meetings.add(meeting, TRANSCRIPT)
        assert await tx.meetings.latest_for(ANNA.id) is None
        for meeting in (newer, older):
            await tx.meetings.set_rep(meeting.id, ANNA.id)
        assert await tx.meetings.latest_for(ANNA.id) == newer.model_copy(update={"rep_user_id": ANNA.id})


async def test_people_are_found_by_every_name_they_have(database: Database) -> None:
    async with database.read() as tx:
        assert await tx.people.org(ORG.id) == ORG
        assert await tx.people.org_by_team("T2") == OTHER_ORG
        assert await tx.people.org_by_team("T9") is None
        assert await tx.people.orgs() == [ORG, OTHER_ORG]
        assert await tx.people.user(BEN.id) == BEN
        assert await tx.people.user_by_slack(ORG.id, "U1") == ANNA
        assert await tx.people.user_by_slack(OTHER_ORG.id, "U1") == STRANGER
        assert await tx.people.users(ORG.id) == [ANNA, BEN]


async def test_what_slack_knows_is_refreshed_and_settings_stay(database: Database) -> None:
    chosen = ANNA.model_copy(
        update={
            "signature": "Anna",
            "quiet_hours_start": time(19, 30),
            "quiet_hours_end": time(7),
            "daily_budget_usd": Decimal("1.25"),
        }
    )
    from_slack = User(
        id="user_new_id",
        org_id=ORG.id,
        slack_user_id="U1",
        name="Anna Berg-Lund",
        timezone="Europe/Oslo",
        is_admin=True,
    )
    async with database.begin() as tx:
        await tx.people.save_user(chosen)
        saved = await tx.people.save_member(from_slack)
        assert saved == chosen.model_copy(
            update={"name": "Anna Berg-Lund", "email": None, "timezone": "Europe/Oslo", "is_admin": True}
        )
        assert await tx.people.user("user_new_id") is None
        new = from_slack.model_copy(update={"slack_user_id": "U7"})
        assert await tx.people.save_member(new) == new


async def test_an_org_is_saved_again_with_its_changes(database: Database) -> None:
    changed = ORG.model_copy(update={"name": "Northwind Ltd", "monthly_budget_usd": Decimal("99.9999999999")})
    async with database.begin() as tx:
        await tx.people.save_org(changed)
        assert await tx.people.org(ORG.id) == changed


@pytest.mark.parametrize(
    ("event_type", "enabled"),
    [
        ("meeting_ended", True),
        ("pre_meeting_90min", True),
        ("deal_risk_scan", True),
        ("coaching_weekly", False),
        ("campaign_daily_check", False),
        ("email_received", False),
        ("no_such_type", False),
    ],
)
async def test_conf_02_defaults_hold_until_an_admin_chooses(database: Database, event_type: str, enabled: bool) -> None:
    async with database.begin() as tx:
        assert await tx.people.is_enabled(ORG.id, event_type) is enabled
        await tx.people.set_enabled(ORG.id, event_type, not enabled)
        assert await tx.people.is_enabled(ORG.id, event_type) is not enabled
        await tx.people.set_enabled(ORG.id, event_type, enabled)
        assert await tx.people.is_enabled(ORG.id, event_type) is enabled
        await tx.people.set_enabled(ORG.id, event_type, not enabled)
        assert await tx.people.is_enabled(OTHER_ORG.id, event_type) is enabled


async def test_spent_adds_costs_and_what_jobs_in_hand_have_reserved(database: Database) -> None:
    day, month = NOW - timedelta(days=1), NOW - timedelta(days=20)

    async def spent(tx: UnitOfWork) -> tuple[Decimal, ...]:
        return await tx.costs.spent_in(org_id=ORG.id, user_id=ANNA.id, day=day, month=month)

    reserved = {"reserved_usd": Decimal("0.15"), "cost_usd": Decimal("0.05")}
    overrun = {"reserved_usd": Decimal("0.15"), "cost_usd": Decimal("0.9")}
    async with database.begin() as tx:
        assert set(await spent(tx)) == {Decimal(0)}
        for _ in range(10):
            await tx.costs.add(make_cost(cost_usd=Decimal("0.1")))
        await tx.costs.add(make_cost(cost_usd=Decimal("0.0000000003"), user_id=BEN.id))
        await tx.costs.add(make_cost(cost_usd=Decimal(2), at=day - MINUTE))
        await tx.costs.add(make_cost(cost_usd=Decimal(7), at=month - MINUTE))
        await tx.costs.add(make_cost(cost_usd=Decimal(7), org_id=OTHER_ORG.id, user_id=STRANGER.id))
        for status in JobStatus:
            await tx.jobs.add(make_job(status=status, **reserved))
        await tx.jobs.add(make_job(user_id=BEN.id, **reserved))
        await tx.jobs.add(make_job(**overrun))
    async with database.read() as tx:
        # Three statuses are in hand (a decision may take days): 3 times 0.10 for Anna and 0.10 for Ben.
        assert await spent(tx) == (Decimal("1.4000000003"), Decimal("3.4000000003"), Decimal("1.3"), Decimal("3.3"))


async def test_the_costs_of_a_job(database: Database) -> None:
    job = make_job()
    second, first = make_cost(job_id=job.id, at=NOW + MINUTE), make_cost(job_id=job.id, input_tokens=5_000_000_000)
    async with database.begin() as tx:
        await tx.jobs.add(job)
        for cost in (second, first, make_cost()):
            await tx.costs.add(cost)
        assert await tx.costs.for_job(job.id) == [first, second]


async def test_notifications_are_counted_and_categories_muted(database: Database) -> None:
    async with database.begin() as tx:
        for minutes in (0, 30, 90):
            at = NOW - MINUTE * minutes
            await tx.notifications.add(org_id=ORG.id, user_id=ANNA.id, category="debrief", card_id=None, at=at)
        assert await tx.notifications.count(ANNA.id, since=NOW - timedelta(hours=1)) == 2
        assert await tx.notifications.count(BEN.id, since=NOW - timedelta(hours=1)) == 0
        assert not await tx.notifications.is_muted(ANNA.id, "debrief")
        for category in ("debrief", "brief", "debrief"):
            await tx.notifications.mute(ANNA.id, category, at=NOW)
        assert await tx.notifications.muted(ANNA.id) == ["brief", "debrief"]
        assert await tx.notifications.is_muted(ANNA.id, "debrief")
        assert not await tx.notifications.is_muted(BEN.id, "debrief")
        await tx.notifications.unmute(ANNA.id, "debrief")
        assert await tx.notifications.muted(ANNA.id) == ["brief"]


async def test_env_12_a_delivery_is_kept_once_per_provider(database: Database) -> None:
    delivery = make_delivery(delivery_id="msg_1", body={"transcript": "x" * 10_000})
    async with database.begin() as tx:
        assert await tx.deliveries.add(delivery)
        assert not await tx.deliveries.add(make_delivery(delivery_id="msg_1"))
        assert await tx.deliveries.add(make_delivery(delivery_id="msg_1", provider="gmail"))
        assert await tx.deliveries.get(delivery.id) == delivery
        assert await tx.deliveries.get("msg_1") is None


async def test_a_delivery_is_claimed_once_until_its_lease_runs_out(database_url: str, database: Database) -> None:
    delivery = make_delivery()
    async with database.begin() as tx:
        await tx.deliveries.add(delivery)
    other = Database.open(database_url)

    async def claim(through: Database, after: timedelta = timedelta(0)) -> int | None:
        async with through.begin() as tx:
            claimed = await tx.deliveries.claim(delivery.id, now=NOW + after, lease=MINUTE)
        return claimed.attempts if claimed else None

    claims = await asyncio.gather(*(claim(through) for through in (database, other) * 4))
    await other.close()
    assert [claimed for claimed in claims if claimed is not None] == [1]
    assert await claim(database, after=MINUTE) == 2


async def test_a_marked_delivery_says_why_and_is_due_only_while_received(database: Database) -> None:
    later, first, second = (make_delivery(process_at=NOW + MINUTE * n) for n in (5, 0, 1))
    async with database.begin() as tx:
        for delivery in (later, second, first):
            await tx.deliveries.add(delivery)
        assert ids(await tx.deliveries.due(NOW + MINUTE, 5)) == [first.id, second.id]
        await tx.deliveries.mark(first.id, DeliveryStatus.IGNORED, reason="a solo recording")
        await tx.deliveries.mark(second.id, DeliveryStatus.RECEIVED, reason="try again", process_at=NOW + MINUTE * 9)
        assert await tx.deliveries.due(NOW + MINUTE, 5) == []
        marked = await tx.deliveries.get(first.id)
        assert marked is not None
        assert (marked.status, marked.reason) == (DeliveryStatus.IGNORED, "a solo recording")
        await tx.deliveries.mark(first.id, DeliveryStatus.PROCESSED, meeting_id="meeting_1")
        assert ids(await tx.deliveries.due(NOW + MINUTE * 9, 5)) == [later.id, second.id]


async def test_recent_deliveries_newest_first(database: Database) -> None:
    older, newer = make_delivery(), make_delivery(received_at=NOW + MINUTE)
    async with database.begin() as tx:
        for delivery in (older, newer, make_delivery(org_id=OTHER_ORG.id)):
            await tx.deliveries.add(delivery)
        assert await tx.deliveries.recent(ORG.id, 5) == [newer, older]
        assert await tx.deliveries.recent(ORG.id, 1) == [newer]


async def test_only_settled_deliveries_are_forgotten(database: Database) -> None:
    deliveries = [make_delivery(status=status, received_at=NOW - MINUTE) for status in DeliveryStatus]
    recent = make_delivery(status=DeliveryStatus.PROCESSED)
    async with database.begin() as tx:
        for delivery in (*deliveries, recent):
            await tx.deliveries.add(delivery)
        assert await tx.deliveries.forget_before(NOW) == 3
        left = [delivery.status for delivery in deliveries if await tx.deliveries.get(delivery.id)]
        assert left == [DeliveryStatus.RECEIVED, DeliveryStatus.WAITING]
        assert await tx.deliveries.get(recent.id) == recent
