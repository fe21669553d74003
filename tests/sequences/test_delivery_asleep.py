"""A worker falls asleep with a call on its way to Slack; another one takes over; the call still arrives, last."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from sequences.delivery import LEASE, Delivery
from sequences.ports.outside import Place
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
