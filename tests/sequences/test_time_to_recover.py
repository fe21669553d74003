"""Work of a process that was killed is in other hands within a minute, whatever kind it is.

It waits until the claim counts no more; then the next sweep finds it, and the next look at the queue takes it.
"""

import asyncio
from datetime import timedelta

import pytest

from scheduler import dispatcher, procrastinate
from sequences import delivery
from sequences.actions.gate import execution
from sequences.meetings import ingest
from sequences.ports.dispatch import WorkKind
from sequences.records.action import ActionStatus, ErrorCode
from sequences.runner import heartbeat
from storage import actions
from tests.sequences.world import World, mail_proposal

A_MINUTE = timedelta(seconds=60)
CLAIMS = {
    WorkKind.JOB: heartbeat.LEASE,
    WorkKind.ACTION: execution.LEFT_BEHIND,
    WorkKind.CARD: delivery.LEASE,
    WorkKind.DELIVERY: ingest.LEASE,
}
FOUND_WITHIN = max(dispatcher.SWEEP_EVERY.total_seconds(), procrastinate.SWEEP_EVERY_S) + procrastinate.LOOK_EVERY_S


@pytest.mark.parametrize("kind", WorkKind)
def test_core_14_stalled_work_of_a_dead_worker_is_taken_up_within_a_minute(kind: WorkKind) -> None:
    room_for_a_slow_database = timedelta(seconds=10)
    assert CLAIMS[kind] + timedelta(seconds=FOUND_WITHIN) + room_for_a_slow_database <= A_MINUTE


def test_what_holds_a_claim_for_its_whole_length_ends_before_it() -> None:
    assert delivery.SHOWING_LIMIT < delivery.LEASE
    assert execution.EFFECT_LIMIT < execution.LEFT_BEHIND
    assert timedelta(seconds=2 * heartbeat.EVERY_S) < heartbeat.LEASE, "one beat may be missed"
    assert actions.LEFT_BEHIND_AFTER == execution.LEFT_BEHIND


async def test_err_09_an_effect_that_hangs_is_given_up_as_unknown_before_anybody_else_may_have_it(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(execution, "EFFECT_LIMIT", timedelta(0))
    action = await world.park(mail_proposal())
    await world.approve(action)

    async def hang(*_: object, **__: object) -> None:
        await asyncio.get_running_loop().create_future()

    monkeypatch.setattr(world.mailer, "send", hang)
    await world.later(timedelta(minutes=11))
    ended = await world.action(action.id)
    assert (ended.status, ended.error_code) == (ActionStatus.FAILED, ErrorCode.UNKNOWN)
