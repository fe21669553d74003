"""Before an effect begins: a wait for locks, a crash, the leaving of its owner. Nothing goes twice."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import pytest

from sequences.actions.gate.execution import LEFT_BEHIND, MAX_TRIES
from sequences.ports.dispatch import WorkKind
from sequences.ports.outside import MailerError
from sequences.ports.store import Transaction
from sequences.records.action import ActionStatus, ErrorCode
from sequences.records.mail import Mail
from sequences.records.people import User
from tests.sequences.fakes import FakeMailer
from tests.sequences.test_gate_execution import approved, left_behind
from tests.sequences.world import UNDO, World

S = ActionStatus
SECOND = timedelta(seconds=1)


@dataclass
class Queue:
    """The next ``left`` units of work wait as long for their turn, as behind a writer that takes its time."""

    world: World
    wait: timedelta
    left: int = 1

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        async with self.world.database.begin() as tx:
            if self.left:
                self.left -= 1
                self.world.clock.advance(self.wait)
            yield tx


@dataclass
class OtherWorker(FakeMailer):
    """While the first mail is on its way, somebody else looks whether anything was left behind."""

    world: World | None = None
    after: timedelta = timedelta(seconds=30)
    begun: list[str] = field(default_factory=list)

    async def send(self, mail: Mail, *, sender: User, message_id: str, now: datetime) -> None:
        self.begun.append(message_id)
        if self.world is not None:
            world, self.world = self.world, None
            world.clock.advance(self.after)
            await world.work()
        await super().send(mail, sender=sender, message_id=message_id, now=now)


async def test_beyond_07_a_claim_that_waited_for_its_turn_is_not_thought_left_behind_while_it_sends(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts from when it was had, not from when it was wanted: else a second worker would send it, too."""
    mailer = world.gate.mailer = OtherWorker(world=world)
    action = await approved(world)
    world.clock.advance(UNDO)
    monkeypatch.setattr(world.store, "begin", Queue(world, timedelta(seconds=25)).begin)
    await world.gate.execute(action.id)
    assert (await world.action(action.id)).status is S.EXECUTED
    assert len(mailer.begun) == len(mailer.handed_over) == 1


async def test_beyond_07_held_up_behind_its_claim_until_others_may_think_it_dead_it_does_not_begin(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The commit of the claim took so long that the effect could end in another worker's time."""
    action = await approved(world)
    world.clock.advance(UNDO)
    begin = world.store.begin

    @asynccontextmanager
    async def slow_commit() -> AsyncIterator[Transaction]:
        async with begin() as tx:
            yield tx
        world.clock.advance(LEFT_BEHIND - SECOND)
        monkeypatch.setattr(world.store, "begin", begin)

    monkeypatch.setattr(world.store, "begin", slow_commit)
    await world.gate.execute(action.id)
    waiting = await world.action(action.id)
    assert world.mailer.handed_over == []
    assert (waiting.status, await world.trail(action.id)) == (
        S.CONFIRMED,
        ["proposed", "approved", "executing", "put off"],
    )
    await world.later(timedelta(minutes=2))
    assert (await world.action(action.id)).status is S.EXECUTED
    assert len(world.mailer.handed_over) == 1


async def test_beyond_07_a_provider_that_cannot_be_asked_is_asked_again_and_at_last_a_person_is(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = 0

    async def away(_: str) -> bool | None:
        nonlocal asked
        asked += 1
        raise MailerError("it does not answer")

    action = await left_behind(world, sent=True)
    monkeypatch.setattr(world.mailer, "was_sent", away)
    for _ in range(MAX_TRIES + 3):
        world.clock.advance(LEFT_BEHIND)
        if action.id in await world.due(WorkKind.ACTION):
            try:
                await world.gate.execute(action.id)
            except MailerError:
                continue
    told = await world.action(action.id)
    assert asked == MAX_TRIES
    assert (told.status, told.error_code) == (S.FAILED, ErrorCode.UNKNOWN)
    assert "may have left" in str(told.error)
    assert len(world.mailer.handed_over) == 1


async def test_guard_08_what_was_approved_for_later_does_not_happen_once_its_owner_has_left(world: World) -> None:
    """Somebody is dismissed on Saturday; the mail that they put off to Monday must not leave in their name."""
    action = await approved(world)
    await world.save_rep(left_at=world.clock())
    await world.later(UNDO)
    after = await world.action(action.id)
    assert world.mailer.handed_over == []
    assert (after.status, after.error_code) == (S.FAILED, ErrorCode.PERMISSION_DENIED)
    assert after.error == "Its owner has left."


@pytest.mark.parametrize(("sent", "status"), [(True, S.EXECUTED), (False, S.FAILED)])
async def test_guard_08_what_a_crash_left_in_the_middle_is_looked_up_though_its_owner_has_left(
    world: World, sent: bool, status: ActionStatus
) -> None:
    action = await left_behind(world, sent=sent)
    await world.save_rep(left_at=world.clock())
    await world.later(LEFT_BEHIND)
    assert (await world.action(action.id)).status is status
    assert len(world.mailer.handed_over) == sent
