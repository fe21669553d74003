"""A worker falls asleep with a call on its way to Slack; another one takes over; the call still arrives, last."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from sequences.delivery import LEASE, Delivery
from sequences.ports.dispatch import WorkKind
from sequences.ports.outside import MessengerError, Place
from sequences.ports.store import Transaction
from sequences.records.card import Card
from sequences.records.people import User
from tests.sequences.fakes import FakeMessenger
from tests.sequences.test_delivery import touch, want
from tests.sequences.world import World


@dataclass
class SleepyMessenger(FakeMessenger):
    """The first call leaves, and reaches Slack only when ``awake`` is set."""

    awake: asyncio.Event = field(default_factory=asyncio.Event)
    left: asyncio.Event = field(default_factory=asyncio.Event)

    async def post(self, user: User, card: Card, *, card_id: str) -> Place:
        await self._sleep()
        return await super().post(user, card, card_id=card_id)

    async def update(self, place: Place, card: Card, *, card_id: str, user: User) -> None:
        await self._sleep()
        await super().update(place, card, card_id=card_id, user=user)

    async def _sleep(self) -> None:
        if not self.left.is_set():
            self.left.set()
            await self.awake.wait()


def delivery_of(world: World, messenger: FakeMessenger) -> Delivery:
    return Delivery(store=world.store, messenger=messenger, dispatcher=world.dispatcher, clock=world.clock)


async def test_beyond_07_a_post_that_arrives_after_another_workers_leaves_one_message(world: World) -> None:
    await want(world)
    messenger = SleepyMessenger()
    delivery = delivery_of(world, messenger)
    asleep = asyncio.create_task(delivery.show("card_1"))
    await messenger.left.wait()
    world.clock.advance(LEASE + timedelta(seconds=1))
    await delivery.show("card_1")
    messenger.awake.set()
    await asleep
    assert len(messenger.messages) == 1
    async with world.database.read() as tx:
        card = await tx.cards.get("card_1")
    assert card is not None
    assert card.message_ts in messenger.messages


async def test_beyond_07_an_update_that_arrives_after_a_newer_one_is_shown_over_again(world: World) -> None:
    await want(world)
    await delivery_of(world, world.messenger).show("card_1")
    messenger = SleepyMessenger(messages=world.messenger.messages)
    delivery = delivery_of(world, messenger)
    await touch(world)
    asleep = asyncio.create_task(delivery.show("card_1"))
    await messenger.left.wait()
    world.clock.advance(LEASE + timedelta(seconds=1))
    await touch(world)
    await delivery.show("card_1")
    messenger.awake.set()
    await asleep
    async with world.database.read() as tx:
        card = await tx.cards.get("card_1")
    assert card is not None
    assert card.shown_rev < card.rev, "the older update is what Slack shows now, and nobody is going to correct it"


@dataclass
class SlowMessenger(FakeMessenger):
    """Each post waits for its own event; the first one then fails, as a call does whose line was lost meanwhile."""

    may_end: tuple[asyncio.Event, ...] = field(default_factory=lambda: (asyncio.Event(), asyncio.Event()))
    begun: asyncio.Queue[int] = field(default_factory=asyncio.Queue)
    number: int = 0

    async def post(self, user: User, card: Card, *, card_id: str) -> Place:
        number, self.number = self.number, self.number + 1
        self.begun.put_nowait(number)
        await self.may_end[number].wait()
        if number == 0:
            raise MessengerError("the line was lost")
        return await super().post(user, card, card_id=card_id)


async def test_beyond_07_a_call_that_fails_in_a_sleeper_opens_the_card_to_no_third_worker(world: World) -> None:
    """The second one is posting: a third would not find that message yet, and post the card once more."""
    await want(world)
    messenger = SlowMessenger()
    delivery = delivery_of(world, messenger)
    asleep = asyncio.create_task(delivery.show("card_1"))
    await messenger.begun.get()
    world.clock.advance(LEASE + timedelta(seconds=1))
    heir = asyncio.create_task(delivery.show("card_1"))
    await messenger.begun.get()
    messenger.may_end[0].set()
    await asleep
    world.clock.advance(timedelta(seconds=20))
    assert await world.due(WorkKind.CARD) == []
    messenger.may_end[1].set()
    await heir
    assert len(messenger.messages) == messenger.number - 1 == 1


async def test_beyond_07_a_worker_that_was_held_up_behind_its_claim_says_nothing_to_slack(world: World) -> None:
    """By the time that it could, the card may be in other hands."""
    await want(world)
    begin = world.store.begin

    @asynccontextmanager
    async def slow_commit() -> AsyncIterator[Transaction]:
        async with begin() as tx:
            yield tx
        world.clock.advance(LEASE)
        world.store.begin = begin  # type: ignore[method-assign]

    world.store.begin = slow_commit  # type: ignore[method-assign]
    messenger = SleepyMessenger()
    await delivery_of(world, messenger).show("card_1")
    assert not messenger.left.is_set()
    messenger.awake.set()
    world.clock.advance(timedelta(minutes=1))
    await delivery_of(world, messenger).show("card_1")
    assert len(messenger.messages) == 1
