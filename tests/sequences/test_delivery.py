"""Cards reach Slack once, are updated in place, and hold back only where a new message would disturb."""

from datetime import time, timedelta
from typing import Any

import pytest

from sequences.actions.spec import version_of
from sequences.cards.builder import COUNTDOWN_STEP
from sequences.delivery import LEASE, Delivery
from sequences.ports.dispatch import WorkKind
from sequences.ports.outside import MessengerError
from sequences.ports.store import CardRow
from sequences.records.card import Card, DebriefCard, DigestCard, NoticeCard
from sequences.records.people import User
from tests.sequences.fakes import TALK
from tests.sequences.people import ORG, REP
from tests.sequences.stories import Script, story
from tests.sequences.world import UNDO, World

NOTICE = NoticeCard(title="Something stopped", text="Nothing was sent.").model_dump(mode="json")


@pytest.fixture
def delivery(world: World) -> Delivery:
    made = Delivery(store=world.store, messenger=world.messenger, dispatcher=world.dispatcher, clock=world.clock)
    world.handlers[WorkKind.CARD] = made.show
    return made


async def want(world: World, card_id: str = "card_1", **changes: Any) -> None:
    values: dict[str, Any] = {
        "id": card_id,
        "key": f"notice:{card_id}",
        "org_id": ORG.id,
        "user_id": REP.id,
        "kind": "notice",
        "subject": NOTICE,
        "show_at": world.clock(),
        "created_at": world.clock(),
    }
    async with world.database.begin() as tx:
        assert await tx.cards.add(CardRow.model_validate(values | changes))


async def touch(world: World, card_id: str = "card_1") -> None:
    async with world.database.begin() as tx:
        await tx.cards.touch(card_id, now=world.clock())


async def debrief(world: World) -> str:
    """A paused run whose card has been shown; answers the job's id."""
    world.know(story(Script()))
    meeting_id = await world.store_meeting(TALK)
    job_id = await world.start(payload={"meeting_id": meeting_id})
    await world.work()
    return job_id


def shown(world: World) -> Card:
    (card,) = [card for _, card in world.messenger.messages.values()]
    return card


async def test_beyond_05_a_card_is_posted_once_and_then_updated_in_place(world: World, delivery: Delivery) -> None:
    await want(world)
    await world.work()
    await delivery.show("card_1")
    assert (world.messenger.posts, world.messenger.updates) == (1, 0)
    for _ in range(3):
        await touch(world)
        await world.work()
    assert (world.messenger.posts, world.messenger.updates) == (1, 3)


async def test_beyond_07_a_lost_answer_is_looked_up_before_a_second_post(world: World, delivery: Delivery) -> None:
    await want(world)
    world.messenger.lose_answer = True
    await world.work()
    await world.later(timedelta(minutes=1))
    assert (world.messenger.posts, world.messenger.lookups) == (1, 1)
    async with world.database.read() as tx:
        row = await tx.cards.get("card_1")
    assert row is not None
    assert (row.message_ts, row.attempts, row.shown_rev) == ("1.0", 0, row.rev)


async def test_beyond_07_killed_between_post_and_record_the_card_is_found_again(
    world: World, delivery: Delivery
) -> None:
    await want(world)
    world.store.dies_after = 1  # the claim is kept
    assert await world.work_until_killed()
    world.store.dies_after = None
    await world.later(LEASE - timedelta(seconds=1))
    assert world.messenger.posts == 0
    await world.later(timedelta(seconds=1))
    assert (world.messenger.posts, world.messenger.lookups) == (1, 1)


async def test_quiet_04_each_new_message_is_in_the_ledger_and_updates_are_not(world: World, delivery: Delivery) -> None:
    await want(world)
    await world.work()
    await touch(world)
    await world.work()
    async with world.database.read() as tx:
        assert await tx.notifications.count(REP.id, since=world.clock()) == 1


async def test_quiet_02_new_messages_wait_for_the_end_of_quiet_hours(world: World, delivery: Delivery) -> None:
    await world.save_rep(quiet_hours_start=time(9), quiet_hours_end=time(11))
    await want(world)
    await world.work()
    assert world.messenger.posts == 0
    assert (WorkKind.CARD, "card_1", world.clock() + timedelta(hours=1)) in world.dispatcher.woken
    await world.later(timedelta(hours=1))
    assert world.messenger.posts == 1


async def test_quiet_02_updates_in_place_disturb_nobody(world: World, delivery: Delivery) -> None:
    await want(world)
    await world.work()
    await world.save_rep(quiet_hours_start=time(9), quiet_hours_end=time(11))
    await touch(world)
    await world.work()
    assert world.messenger.updates == 1


async def test_quiet_03_beyond_the_hourly_cap_cards_wait_and_arrive_as_one(world: World, delivery: Delivery) -> None:
    await world.save_rep(max_notifications_per_hour=2)
    for number in range(5):
        await want(world, f"card_{number}")
    await world.work()
    assert world.messenger.posts == 2
    await world.later(timedelta(minutes=59))
    assert world.messenger.posts == 2
    await world.later(timedelta(minutes=1))
    assert world.messenger.posts == 3
    (digest,) = [card for _, card in world.messenger.messages.values() if isinstance(card, DigestCard)]
    assert {item.card_id for item in digest.items} == {"card_2", "card_3", "card_4"}


async def test_quiet_03_the_cap_holds_in_any_hour(world: World, delivery: Delivery) -> None:
    """A card each seven minutes, and no more than two messages in any hour."""
    await world.save_rep(max_notifications_per_hour=2)
    posted = []
    for number in range(40):
        if number < 12:
            await want(world, f"card_{number}")
        before = world.messenger.posts
        await world.work()
        posted += [world.clock()] * (world.messenger.posts - before)
        world.clock.advance(timedelta(minutes=7))
    for moment in posted:
        assert sum(moment <= other < moment + timedelta(hours=1) for other in posted) <= 2
    told = [card_id for card_id, card in world.messenger.messages.values() if not isinstance(card, DigestCard)]
    for _, card in world.messenger.messages.values():
        if isinstance(card, DigestCard):
            told += [item.card_id for item in card.items]
    assert sorted(told) == sorted(f"card_{number}" for number in range(12))


async def test_err_06_slacks_retry_after_is_honoured(world: World, delivery: Delivery) -> None:
    await want(world)
    world.messenger.errors = [MessengerError("ratelimited", retry_after=30)]
    await world.work()
    await world.later(timedelta(seconds=29))
    assert world.messenger.posts == 0
    await world.later(timedelta(seconds=1))
    assert world.messenger.posts == 1


async def test_err_06_a_change_of_the_card_does_not_cut_slacks_wait_short(world: World, delivery: Delivery) -> None:
    await want(world)
    await world.work()
    await touch(world)
    world.messenger.errors = [MessengerError("ratelimited", retry_after=30)]
    await world.work()
    assert world.messenger.updates == 0
    await world.later(timedelta(seconds=30))
    assert world.messenger.updates == 1


async def test_flag_06_failures_are_tried_again_with_growing_waits(world: World, delivery: Delivery) -> None:
    await want(world)
    world.messenger.errors = [MessengerError("500") for _ in range(4)]
    waits = []
    for _ in range(4):
        await world.work()
        at = world.dispatcher.woken[-1][2]
        assert at is not None
        waits.append((at - world.clock()).total_seconds())
        world.clock.now = at
    await world.work()
    assert waits == sorted(waits)
    assert waits[0] < waits[-1] <= 900
    assert world.messenger.posts == 1


async def test_err_02_what_slack_refuses_for_good_is_kept_and_seldom_asked(world: World, delivery: Delivery) -> None:
    await want(world)
    world.messenger.errors = [MessengerError("channel_not_found", is_final=True)]
    await world.work()
    await world.later(timedelta(hours=5))
    assert world.messenger.posts == 0
    await world.later(timedelta(hours=1))
    assert world.messenger.posts == 1


async def test_beyond_05_the_card_of_a_meeting_shows_what_waits(world: World, delivery: Delivery) -> None:
    await debrief(world)
    card = shown(world)
    assert isinstance(card, DebriefCard)
    assert card.title == "Acme call"
    assert card.with_names == ("Sarah Chen",)
    assert card.mail is not None
    assert card.tasks is not None
    assert card.mail.decision.version


async def test_send_05_the_countdown_is_shown_until_the_mail_leaves(world: World, delivery: Delivery) -> None:
    job_id = await debrief(world)
    await world.approve((await world.actions(job_id))[0])
    seen = []
    await world.work()
    for _ in range(0, int(UNDO.total_seconds()), COUNTDOWN_STEP):
        card = shown(world)
        assert isinstance(card, DebriefCard)
        assert card.mail is not None
        seen.append(card.mail.undo_seconds)
        await world.later(timedelta(seconds=COUNTDOWN_STEP))
    assert seen == [30, 25, 20, 15, 10, 5]
    card = shown(world)
    assert isinstance(card, DebriefCard)
    assert card.mail is not None
    assert (card.mail.undo_seconds, card.mail.decision.status) == (None, "executed")
    assert world.messenger.posts == 1


async def test_hitl_18_an_edit_shows_on_the_card_with_its_new_version(world: World, delivery: Delivery) -> None:
    job_id = await debrief(world)
    action = (await world.actions(job_id))[0]
    await world.gate.edit(action.id, REP, version_of(action.digest), {"subject": "Edited"})
    await world.work()
    card = shown(world)
    assert isinstance(card, DebriefCard)
    assert card.mail is not None
    assert (card.mail.mail.subject, card.mail.edited) == ("Edited", True)
    assert card.mail.decision.version == version_of((await world.action(action.id)).digest)


async def test_hitl_01_a_decided_card_says_who_and_when(world: World, delivery: Delivery) -> None:
    job_id = await debrief(world)
    action = (await world.actions(job_id))[0]
    await world.gate.cancel(action.id, REP, version_of(action.digest))
    await world.work()
    card = shown(world)
    assert isinstance(card, DebriefCard)
    assert card.mail is not None
    assert (card.mail.decision.status, card.mail.decision.decided_by) == ("cancelled", REP.slack_user_id)
    assert card.mail.decision.at == world.clock()


async def test_beyond_03_a_muted_category_is_not_posted_and_stays_reachable(world: World, delivery: Delivery) -> None:
    async with world.database.begin() as tx:
        await tx.notifications.mute(REP.id, "meeting_debrief", at=world.clock())
    job_id = await debrief(world)
    assert world.messenger.posts == 0
    assert len(await world.actions(job_id)) == 2


async def test_err_01_a_failed_run_offers_retry_and_then_says_that_it_goes_on(world: World, delivery: Delivery) -> None:
    world.know(story(Script(failures={"draft": [ValueError("a bug")]})))
    job_id = await world.start()
    await world.work()
    card = shown(world)
    assert isinstance(card, NoticeCard)
    assert card.retry_job_id == job_id
    assert "Done until then: hear, guess." in card.text
    assert "Nothing was sent" in card.text

    async with world.database.begin() as tx:
        await tx.jobs.retry(job_id, now=world.clock())
        notice = await tx.cards.by_key(f"notice:{job_id}")
        assert notice is not None
        await tx.cards.touch(notice.id, now=world.clock())
    await delivery.show(notice.id)
    card = world.messenger.messages["1.0"][1]
    assert isinstance(card, NoticeCard)
    assert (card.retry_job_id, card.title) == (None, "Picked up again")


async def test_beyond_07_a_change_while_slack_answers_is_shown_afterwards(world: World, delivery: Delivery) -> None:
    await want(world)
    post = world.messenger.post

    async def slow(user: User, card: Card, *, card_id: str) -> Any:
        await touch(world)
        return await post(user, card, card_id=card_id)

    world.messenger.post = slow  # type: ignore[method-assign]
    await world.work()
    assert (world.messenger.posts, world.messenger.updates) == (1, 1)


async def test_ctx_13_a_card_whose_subject_is_gone_breaks_nothing(world: World, delivery: Delivery) -> None:
    await want(world, kind="choose_rep", subject={"action_id": "act_gone"})
    await delivery.show("card_1")
    assert world.messenger.posts == 0
    world.clock.advance(timedelta(days=1))
    assert await world.due(WorkKind.CARD) == [], "it would be asked for each minute, for ever"
    await touch(world)
    assert await world.due(WorkKind.CARD) == ["card_1"], "kept, and looked at when something about it changes"
