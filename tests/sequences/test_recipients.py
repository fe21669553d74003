"""Who gets what: the rep their own cards, the manager the signs against buying, and nobody else anything."""

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from sequences.catalogue import load_catalogue
from sequences.delivery import Delivery
from sequences.policy.quiet_hours import opened_at, quiet_problem
from sequences.policy.recipients import also_told
from sequences.ports.dispatch import WorkKind
from sequences.ports.store import CardRow
from sequences.records.action import ErrorCode
from sequences.records.card import Card, DebriefCard, Explanation, NoticeCard
from sequences.records.insight import Intent, IntentKind
from sequences.records.meeting import Side
from sequences.telling import tell_others
from tests.sequences.people import BOSS, ORG, OTHER_ORG, REP
from tests.sequences.world import World

LED = REP.model_copy(update={"manager_id": BOSS.id})
NOW = datetime(2026, 3, 5, 10, tzinfo=UTC)


def intent(kind: IntentKind = IntentKind.BUYING_NEGATIVE, confidence: float = 0.9) -> Intent:
    return Intent(
        kind=kind,
        confidence=confidence,
        quote="that is far beyond our budget",
        turn=3,
        speaker=Side.PROSPECT,
        speaker_name="Sarah Chen",
    )


def debrief(*intents: Intent) -> DebriefCard:
    return DebriefCard(
        job_id="job_1",
        title="Acme call",
        started_at=NOW,
        timezone="UTC",
        with_names=("Sarah Chen",),
        company="Acme Corp",
        intents=intents,
        explanation=Explanation(event="Your meeting ended.", engine="offline rules"),
    )


def row(card_id: str = "card_1") -> CardRow:
    return CardRow(
        id=card_id,
        key=f"meeting_debrief:{card_id}",
        org_id=ORG.id,
        user_id=REP.id,
        kind="meeting_debrief",
        show_at=NOW,
        created_at=NOW,
    )


@pytest.mark.parametrize(
    ("intents", "manager", "told"),
    [
        ((intent(),), BOSS, True),
        ((intent(IntentKind.BUYING_POSITIVE),), BOSS, False),
        ((intent(confidence=0.75),), BOSS, False),
        ((), BOSS, False),
        ((intent(),), None, False),
        ((intent(),), REP, False),
        ((intent(),), BOSS.model_copy(update={"left_at": NOW}), False),
        ((intent(),), BOSS.model_copy(update={"org_id": OTHER_ORG.id}), False),
    ],
    ids=["negative", "positive", "unsure", "nothing", "unknown", "oneself", "has left", "another org"],
)
def test_quiet_06_who_is_told_besides_the_rep(intents: tuple[Intent, ...], manager: Any, told: bool) -> None:
    assert also_told(intents, LED, manager) == (manager if told else None)


async def shown_to(world: World, user_slack_id: str) -> list[Card]:
    return [
        card
        for (card_id, card) in world.messenger.messages.values()
        if card_id.endswith("_manager") == (user_slack_id == BOSS.slack_user_id)
    ]


async def test_quiet_07_intent_13_the_manager_hears_once_of_a_sign_against_buying(world: World) -> None:
    delivery = Delivery(store=world.store, messenger=world.messenger, dispatcher=world.dispatcher, clock=world.clock)
    world.handlers[WorkKind.CARD] = delivery.show
    for _ in range(3):
        async with world.database.begin() as tx:
            await tell_others(tx, row(), debrief(intent()), LED, world.clock())
    await world.work()
    (card,) = await shown_to(world, BOSS.slack_user_id)
    assert isinstance(card, NoticeCard)
    assert card.title == "A concern about price or budget in Robin Hale's meeting"
    assert "“that is far beyond our budget”" in card.text
    assert card.explanation is not None
    assert "whom you lead" in card.explanation.event


async def test_quiet_07_the_managers_own_quiet_hours_and_wishes_count(world: World) -> None:
    delivery = Delivery(store=world.store, messenger=world.messenger, dispatcher=world.dispatcher, clock=world.clock)
    world.handlers[WorkKind.CARD] = delivery.show
    async with world.database.begin() as tx:
        await tx.people.save_user(BOSS.model_copy(update={"quiet_hours_start": time(9), "quiet_hours_end": time(12)}))
        await tell_others(tx, row(), debrief(intent()), LED, world.clock())
    await world.work()
    assert world.messenger.posts == 0
    await world.later(timedelta(hours=2))
    assert world.messenger.posts == 1
    async with world.database.begin() as tx:
        await tx.notifications.mute(BOSS.id, "notice", at=world.clock())
        await tell_others(tx, row("card_2"), debrief(intent()), LED, world.clock())
    await world.work()
    assert world.messenger.posts == 1


TALK = b"""Robin Hale: What do you think of the offer that I sent you last week, Sarah?
Sarah Chen: Honestly, it is too expensive for us, and our budget is frozen until the summer.
Robin Hale: I understand. I'll send you a smaller version by Friday.
"""


async def test_quiet_05_delivery_asks_recipients_limits_and_the_ledger_for_each_new_card(world: World) -> None:
    """A meeting ends badly: the rep has the debrief, the manager the sign, and both are counted once."""
    await world.save_rep(manager_id=BOSS.id)
    world.know(*load_catalogue().sequences)
    delivery = Delivery(store=world.store, messenger=world.messenger, dispatcher=world.dispatcher, clock=world.clock)
    world.handlers[WorkKind.CARD] = delivery.show
    meeting_id = await world.store_meeting(TALK)
    await world.start(payload={"meeting_id": meeting_id})
    await world.work()
    cards = [card for _, card in world.messenger.messages.values()]
    assert {card.kind for card in cards} == {"meeting_debrief", "notice"}
    (told,) = await shown_to(world, BOSS.slack_user_id)
    assert isinstance(told, NoticeCard)
    assert "budget" in told.text
    async with world.database.read() as tx:
        counts = [await tx.notifications.count(user.id, since=world.clock()) for user in (REP, BOSS)]
    assert counts == [1, 1]


def test_quiet_08_a_call_that_is_not_made_names_quiet_hours_as_its_reason() -> None:
    quiet = REP.model_copy(
        update={"timezone": "Europe/Berlin", "quiet_hours_start": time(20), "quiet_hours_end": time(7)}
    )
    problem = quiet_problem(datetime(2026, 3, 5, 21, tzinfo=UTC), quiet)
    assert problem is not None
    assert problem.message == "Robin Hale has quiet hours until 07:00."
    assert problem.details == {"until": "2026-03-06T06:00:00+00:00"}
    assert quiet_problem(NOW, quiet) is None


def test_quiet_09_quiet_hours_is_an_error_code_that_invites_a_later_try() -> None:
    quiet = REP.model_copy(update={"quiet_hours_start": time(9), "quiet_hours_end": time(11)})
    problem = quiet_problem(NOW, quiet)
    assert problem is not None
    assert (problem.code, problem.recoverable) == (ErrorCode.QUIET_HOURS, True)


@pytest.mark.parametrize(
    ("now", "opened"),
    [
        ("2026-03-05T10:00", "2026-03-05T07:00"),
        ("2026-03-05T07:00", "2026-03-05T07:00"),
        ("2026-03-05T21:59", "2026-03-05T07:00"),
        ("2026-03-05T06:59", None),
    ],
)
def test_quiet_02_when_the_window_opened(now: str, opened: str | None) -> None:
    user = REP.model_copy(update={"quiet_hours_start": time(22), "quiet_hours_end": time(7)})
    found = opened_at(datetime.fromisoformat(now).replace(tzinfo=UTC), user)
    assert (found.replace(tzinfo=None).isoformat(timespec="minutes") if found else None) == opened
