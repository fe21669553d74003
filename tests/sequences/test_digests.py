"""What waited together arrives as one message when the window opens: once, complete, and workable."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from sequences.actions.spec import version_of
from sequences.cards.digest import MOST_DRAWN
from sequences.delivery import Delivery
from sequences.front import Front
from sequences.holding import GATHER, GATHER_STEP
from sequences.members import Members
from sequences.ports.dispatch import WorkKind
from sequences.ports.outside import Member, Workspace
from sequences.ports.store import CardRow
from sequences.records.card import DebriefCard, DigestCard, DigestItem, ItemState, NoticeCard
from sequences.records.event import EventStatus
from sequences.records.job import JobStatus
from storage.database import Database
from tests.sequences.fakes import TALK
from tests.sequences.overlapping import held_database, overlap
from tests.sequences.people import ORG, REP
from tests.sequences.stories import Script, story
from tests.sequences.world import World

EVENING = datetime(2026, 3, 5, 18, 0, tzinfo=UTC)
MORNING = datetime(2026, 3, 6, 7, 0, tzinfo=UTC)


@pytest.fixture
async def night(world: World) -> World:
    """Six in the evening, and the rep's quiet hours have just begun."""
    delivery = Delivery(store=world.store, messenger=world.messenger, dispatcher=world.dispatcher, clock=world.clock)
    world.handlers[WorkKind.CARD] = delivery.show
    world.clock.now = EVENING
    await world.save_rep(quiet_hours_start=time(18), quiet_hours_end=time(7))
    world.know(story(Script()))
    return world


def front_of(world: World) -> Front:
    members = Members(store=world.store, messenger=world.messenger, defaults=ORG, clock=world.clock)
    return Front(
        store=world.store,
        gate=world.gate,
        members=members,
        dispatcher=world.dispatcher,
        clock=world.clock,
        engine="offline rules",
    )


async def want(world: World, card_id: str, **changes: Any) -> None:
    values: dict[str, Any] = {
        "id": card_id,
        "key": f"notice:{card_id}",
        "org_id": ORG.id,
        "user_id": REP.id,
        "kind": "notice",
        "subject": NoticeCard(title=f"About {card_id}", text="Something stopped.").model_dump(mode="json"),
        "show_at": world.clock(),
        "created_at": world.clock(),
    }
    async with world.database.begin() as tx:
        assert await tx.cards.add(CardRow.model_validate(values | changes))


async def meet(world: World, number: int) -> str:
    """A meeting ends now; answers the id of its deferred job."""
    meeting_id = await world.store_meeting(TALK, external_id=str(number), title=f"Call {number}")
    accepted = await world.raise_event(
        idempotency_key=f"meeting_ended:{number}", payload={"meeting_id": meeting_id, "words": str(number)}
    )
    assert accepted.status is EventStatus.DEFERRED
    assert accepted.job is not None
    return accepted.job.id


async def wake_up(world: World) -> None:
    """Seven o'clock, and as long as it takes until everything has gathered."""
    world.clock.now = MORNING
    await world.work()
    await world.later(GATHER_STEP)


def digest(world: World) -> DigestCard:
    (found,) = [card for _, card in world.messenger.messages.values() if isinstance(card, DigestCard)]
    return found


def item(world: World, title: str) -> DigestItem:
    (found,) = [one for one in digest(world).items if one.title == title]
    return found


async def test_env_10_what_was_deferred_together_arrives_as_one_digest(night: World) -> None:
    jobs = [await meet(night, number) for number in range(3)]
    await night.work()
    assert night.messenger.posts == 0
    await wake_up(night)
    assert night.messenger.posts == 1
    card = digest(night)
    assert card.title == "3 things waited for you since 18:00"
    assert {one.title for one in card.items} == {"Call 0", "Call 1", "Call 2"}
    assert {one.decisions for one in card.items} == {2}
    assert [(await night.job(job_id)).status for job_id in jobs] == [JobStatus.AWAITING_APPROVAL] * 3


async def test_env_10_a_single_deferred_thing_arrives_as_its_own_card(night: World) -> None:
    await meet(night, 1)
    await wake_up(night)
    ((_, card),) = night.messenger.messages.values()
    assert isinstance(card, DebriefCard)


async def test_quiet_02_cards_held_back_at_night_are_in_the_digest_too(night: World) -> None:
    await want(night, "card_1")
    await meet(night, 1)
    await night.work()
    await wake_up(night)
    assert night.messenger.posts == 1
    assert {one.title for one in digest(night).items} == {"About card_1", "Call 1"}


async def test_quiet_02_what_is_new_in_the_morning_is_no_part_of_the_digest(night: World) -> None:
    for number in range(2):
        await want(night, f"card_{number}")
    await night.work()
    night.clock.now = MORNING
    await want(night, "card_new")
    await night.work()
    assert night.messenger.posts == 2
    assert {one.card_id for one in digest(night).items} == {"card_0", "card_1"}


async def test_quiet_02_a_held_card_costs_no_look_up_in_slack(night: World) -> None:
    await want(night, "card_1")
    for _ in range(3):
        await night.later(timedelta(hours=5))
    assert (night.messenger.posts, night.messenger.lookups) == (1, 0)


async def test_env_10_what_is_ready_waits_for_what_was_deferred_with_it_but_not_for_ever(night: World) -> None:
    await want(night, "card_1")
    stuck = await meet(night, 1)
    await night.work()
    night.clock.now = MORNING
    async with night.database.begin() as tx:
        assert await tx.jobs.claim(stuck, now=MORNING, lease=timedelta(days=1))
    await night.work()
    assert night.messenger.posts == 0
    night.clock.now = MORNING + GATHER + GATHER_STEP
    await night.work()
    assert night.messenger.posts == 1


async def test_env_10_what_comes_a_little_later_joins_the_digest_in_place(night: World) -> None:
    for number in range(2):
        await want(night, f"card_{number}")
    late = await meet(night, 1)
    await night.work()
    night.clock.now = MORNING
    async with night.database.begin() as tx:
        assert await tx.jobs.claim(late, now=MORNING, lease=GATHER + timedelta(minutes=1))
    await night.work()
    await night.later(GATHER + GATHER_STEP)
    assert len(digest(night).items) == 2
    await night.later(timedelta(minutes=1))
    assert len(digest(night).items) == 3
    assert night.messenger.posts == 1


async def test_quiet_02_pressing_show_brings_the_card_at_once_even_at_night(night: World) -> None:
    await meet(night, 0)
    await meet(night, 1)
    await wake_up(night)
    night.clock.now = EVENING + timedelta(days=1, hours=1)
    card_id = item(night, "Call 1").card_id
    front = front_of(night)
    assert await front.show_card(card_id, REP)
    await night.work()
    shown = [card for found, card in night.messenger.messages.values() if found == card_id]
    assert len(shown) == 1
    assert isinstance(shown[0], DebriefCard)
    assert ([one.title for one in digest(night).items], digest(night).shown) == (["Call 0"], 1)
    assert not await front.show_card(card_id, REP), "a second press brings no second message"
    await night.work()
    assert night.messenger.posts == 2


async def test_quiet_02_a_digest_shows_its_cards_to_nobody_else(night: World) -> None:
    for number in range(2):
        await want(night, f"card_{number}")
    await night.work()
    await wake_up(night)
    somebody_else = REP.model_copy(update={"id": "user_boss"})
    assert not await front_of(night).show_card("card_0", somebody_else)


async def test_env_10_what_time_has_overtaken_is_listed_as_no_longer_open(night: World) -> None:
    expired = await meet(night, 0)
    decided = await meet(night, 1)
    await want(night, "card_begun", open_until=EVENING + timedelta(hours=2))
    await want(night, "card_open")
    await night.work()
    await wake_up(night)
    night.clock.advance(timedelta(hours=3))
    for action in await night.actions(decided):
        assert (await night.gate.cancel(action.id, REP, version_of(action.digest))).ok
    await night.work()
    assert item(night, "Call 1").why_closed == "it has been decided"
    night.clock.advance(timedelta(days=30))
    await night.work()
    assert [action.status for action in await night.actions(expired)] == ["expired", "expired"]
    assert item(night, "Call 0").why_closed == "the offer has expired"
    assert item(night, "About card_begun").why_closed == "its time has passed"
    assert item(night, "About card_open").state is ItemState.OPEN
    assert night.messenger.posts == 1


async def test_env_10_a_subject_that_is_gone_is_listed_and_not_lost(night: World) -> None:
    for number in range(2):
        await want(night, f"card_{number}")
    await night.work()
    await wake_up(night)
    async with night.database.begin() as tx:
        gone = CardRow(
            id="card_gone",
            key="choose_rep:gone",
            org_id=ORG.id,
            user_id=REP.id,
            kind="choose_rep",
            subject={"action_id": "act_gone"},
            show_at=night.clock(),
            created_at=night.clock(),
        )
        assert await tx.cards.add(gone)
        (row,) = [row for row in [await tx.cards.get("card_0")] if row and row.digest_id]
        assert row.digest_id is not None
        await tx.held.merge(gone.model_copy(update={"held_since": EVENING}), digest_id=row.digest_id)
        await tx.cards.touch(row.digest_id, now=night.clock())
    await night.work()
    (lost,) = [one for one in digest(night).items if one.card_id == "card_gone"]
    assert (lost.state, lost.why_closed, lost.can_be_shown) == (ItemState.CLOSED, "what it was about is gone", False)


async def test_quiet_02_switched_off_at_night_it_comes_at_once(night: World) -> None:
    await meet(night, 0)
    await want(night, "card_1")
    await night.work()
    await night.later(timedelta(hours=2))
    assert night.messenger.posts == 0
    await front_of(night).change_settings(REP, {"quiet_hours_start": None, "quiet_hours_end": None})
    await night.work()
    await night.later(GATHER_STEP)
    assert night.messenger.posts == 1
    assert len(digest(night).items) == 2


async def test_quiet_01_hours_that_were_made_longer_hold_longer(night: World) -> None:
    await want(night, "card_1")
    await night.work()
    await front_of(night).change_settings(REP, {"quiet_hours_end": time(9)})
    night.clock.now = MORNING
    await night.work()
    assert night.messenger.posts == 0
    await night.later(timedelta(hours=2))
    assert night.messenger.posts == 1


async def test_quiet_01_whoever_travels_has_their_hours_where_they_are(night: World) -> None:
    """From London to New York: seven there is noon in London, and what was deferred waits for that."""
    job_id = await meet(night, 0)
    await want(night, "card_1")
    await night.work()
    people = Member(
        slack_user_id=REP.slack_user_id, name=REP.name, email=REP.email, timezone="America/New_York", is_admin=False
    )
    night.clock.advance(timedelta(hours=6))
    night.messenger.workspace = Workspace(team_id="T1", name="Larkfield", members=(people,))
    await Members(store=night.store, messenger=night.messenger, defaults=ORG, clock=night.clock).refresh()
    assert (await night.job(job_id)).run_at == MORNING + timedelta(hours=5)
    await wake_up(night)
    assert night.messenger.posts == 0
    night.clock.now = MORNING + timedelta(hours=5)
    await night.work()
    await night.later(GATHER_STEP)
    assert night.messenger.posts == 1


async def test_env_10_a_run_that_wakes_in_an_hour_that_is_quiet_by_now_is_put_off_again(night: World) -> None:
    """The times in its row are not trusted: whoever changed the hours may have had no way to tell."""
    job_id = await meet(night, 0)
    await night.save_rep(quiet_hours_start=time(18), quiet_hours_end=time(9))
    night.clock.now = MORNING
    await night.work()
    job = await night.job(job_id)
    assert (job.status, job.run_at) == (JobStatus.DEFERRED, MORNING + timedelta(hours=2))
    assert await night.steps(job_id) == {}
    await night.later(timedelta(hours=2))
    assert (await night.job(job_id)).status is JobStatus.AWAITING_APPROVAL


@pytest.mark.parametrize(
    ("begins", "opens"),
    [("2026-03-28T21:30", "2026-03-29T05:00"), ("2026-10-24T20:30", "2026-10-25T06:00")],
    ids=["spring", "autumn"],
)
async def test_env_10_the_digest_comes_at_seven_on_the_clock_whichever_way_it_was_moved(
    night: World, begins: str, opens: str
) -> None:
    await night.save_rep(timezone="Europe/Berlin", quiet_hours_start=time(22), quiet_hours_end=time(7))
    night.clock.now = datetime.fromisoformat(begins).replace(tzinfo=UTC)
    for number in range(2):
        await want(night, f"card_{number}")
    await night.work()
    night.clock.now = datetime.fromisoformat(opens).replace(tzinfo=UTC) - timedelta(seconds=1)
    await night.work()
    assert night.messenger.posts == 0
    await night.later(timedelta(seconds=1))
    assert night.messenger.posts == 1
    assert len(digest(night).items) == 2


async def test_env_10_a_flood_is_one_message_and_what_does_not_fit_moves_up(night: World) -> None:
    number = MOST_DRAWN + 5
    for at in range(number):
        await want(night, f"card_{at:02}", created_at=night.clock() + timedelta(seconds=at))
    await night.work()
    await wake_up(night)
    assert night.messenger.posts == 1
    assert digest(night).title == f"{number} things waited for you since 18:00"
    assert (len(digest(night).items), digest(night).undrawn) == (MOST_DRAWN, 5)
    assert await front_of(night).show_card("card_00", REP)
    await night.work()
    assert (digest(night).items[-1].card_id, digest(night).undrawn) == (f"card_{MOST_DRAWN:02}", 4)


@pytest.mark.parametrize("commit", [1, 2, 3])
async def test_env_10_killed_after_any_commit_the_digest_is_shown_once_and_whole(night: World, commit: int) -> None:
    """Merged, claimed, shown: there is no fourth."""
    for number in range(3):
        await want(night, f"card_{number}")
    await night.work()
    night.clock.now = MORNING
    night.store.commits, night.store.dies_after = 0, commit
    assert await night.work_until_killed()
    night.store.dies_after = None
    await night.later(timedelta(minutes=1))
    assert night.messenger.posts == 1
    assert {one.card_id for one in digest(night).items} == {"card_0", "card_1", "card_2"}


async def test_beyond_03_whoever_wants_no_digests_gets_the_cards(night: World) -> None:
    async with night.database.begin() as tx:
        await tx.notifications.mute(REP.id, "digest", at=night.clock())
    for number in range(3):
        await want(night, f"card_{number}")
    await night.work()
    await wake_up(night)
    assert night.messenger.posts == 3


async def test_quiet_02_a_card_that_may_stand_in_slack_already_is_looked_for_and_not_merged(night: World) -> None:
    night.clock.now = EVENING - timedelta(minutes=1)
    await want(night, "card_tried")
    night.messenger.lose_answer = True
    await night.work()
    assert night.messenger.posts == 1
    night.clock.now = EVENING
    await want(night, "card_1")
    await want(night, "card_2")
    await night.work()
    await wake_up(night)
    assert (night.messenger.posts, night.messenger.lookups) == (2, 1)
    assert {one.card_id for one in digest(night).items} == {"card_1", "card_2"}


async def test_quiet_03_cards_shown_at_the_same_moment_do_not_pass_the_cap_together(night: World) -> None:
    night.clock.now = EVENING - timedelta(hours=3)
    await night.save_rep(max_notifications_per_hour=1)
    for number in range(2):
        await want(night, f"card_{number}")
    async with held_database(night) as held:
        await overlap(
            night, held, delivery_on(night, held).show("card_0"), delivery_on(night, night.database).show("card_1")
        )
    assert night.messenger.posts == 1


async def test_env_10_cards_that_wake_at_the_same_moment_make_one_digest(night: World) -> None:
    for number in range(3):
        await want(night, f"card_{number}")
    await night.work()
    night.clock.now = MORNING
    async with held_database(night) as held:
        await overlap(
            night, held, delivery_on(night, held).show("card_0"), delivery_on(night, night.database).show("card_1")
        )
    await night.work()
    assert night.messenger.posts == 1
    assert len(digest(night).items) == 3


def delivery_on(world: World, store: Database) -> Delivery:
    return Delivery(store=store, messenger=world.messenger, dispatcher=world.dispatcher, clock=world.clock)
