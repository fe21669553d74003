"""What was approved happens exactly once, or a person is told why not; after a crash it is looked up first."""

from datetime import timedelta
from typing import Any

import pytest

from sequences.actions.gate.execution import LEFT_BEHIND, MAX_TRIES
from sequences.actions.spec import digest_of, version_of
from sequences.ports.outside import MailerError
from sequences.records.action import ActionStatus, ErrorCode, PendingAction
from sequences.records.mail import Mail
from tests.sequences.fakes import Killed, busy_mail, lost_mail, refused_mail
from tests.sequences.people import REP
from tests.sequences.test_gate_decisions import force
from tests.sequences.world import UNDO, World, mail_proposal, task_proposal

S = ActionStatus


async def approved(world: World, **changes: Any) -> PendingAction:
    action = await world.park(mail_proposal(**changes))
    assert await world.approve(action)
    return await world.action(action.id)


async def left_behind(world: World, *, sent: bool) -> PendingAction:
    """A worker died between the claim and the record."""
    action = await approved(world)
    world.clock.advance(UNDO)
    world.mailer.die_after = sent
    world.mailer.errors = [] if sent else [Killed()]
    with pytest.raises(Killed):
        await world.gate.execute(action.id)
    assert (await world.action(action.id)).status is S.EXECUTING
    return action


async def test_send_12_a_sent_mail_is_on_the_crm_timeline(world: World) -> None:
    contact = await world.import_customer()
    await approved(world, contact_id=contact.id)
    await world.later(UNDO)
    (activity,) = (await world.picture()).activities
    assert (activity.kind, activity.summary) == ("email", "Sent to sarah@acme.example: Next steps")


async def test_send_12_a_mail_that_left_is_told_as_sent_even_if_the_timeline_refuses_it(world: World) -> None:
    """The contact was deleted meanwhile: that cannot unsend the mail."""
    action = await approved(world, contact_id="contact_gone")
    await world.later(UNDO)
    after = await world.action(action.id)
    assert len(world.mailer.handed_over) == 1
    assert (after.status, after.error_code) == (S.EXECUTED, None)
    await world.later(timedelta(hours=1))
    assert len(world.mailer.handed_over) == 1


async def test_beyond_01_content_that_differs_from_the_approval_never_leaves(world: World) -> None:
    action = await approved(world)
    payload = action.action_payload | {"to": ["mallory@evil.example"]}
    await force(world, action, action_payload=payload)
    await world.later(UNDO)
    after = await world.action(action.id)
    assert world.mailer.handed_over == []
    assert (after.status, after.error_code) == (S.FAILED, ErrorCode.INTERNAL_ERROR)


async def test_beyond_01_a_forged_digest_does_not_help_without_an_approval_of_it(world: World) -> None:
    action = await approved(world)
    payload = action.action_payload | {"to": ["mallory@evil.example"]}
    await force(world, action, action_payload=payload, digest=digest_of(action.action_type, payload))
    await world.later(UNDO)
    assert world.mailer.handed_over == []


async def test_hitl_14_a_mail_that_something_else_than_its_owner_confirmed_never_leaves(world: World) -> None:
    """Whatever a preference may say some day, the approval has to be a press of the owner (BEYOND-01)."""
    action = await world.park(mail_proposal())
    await force(world, action, status=S.CONFIRMED, approved_digest=action.digest, execute_at=world.clock())
    await world.work()
    assert world.mailer.handed_over == []
    assert (await world.action(action.id)).status is S.FAILED


async def test_send_05_nothing_leaves_before_its_time(world: World) -> None:
    action = await approved(world)
    world.clock.advance(UNDO - timedelta(seconds=1))
    await world.gate.execute(action.id)
    assert world.mailer.handed_over == []


async def test_flag_05_a_refused_mail_fails_with_its_reason_and_is_not_tried_again(world: World) -> None:
    world.mailer.errors = [refused_mail()]
    action = await approved(world)
    await world.later(UNDO)
    after = await world.action(action.id)
    assert (after.status, after.error_code) == (S.FAILED, ErrorCode.SERVICE_UNAVAILABLE)
    assert after.error == "The server refused the recipient"
    await world.later(timedelta(days=1))
    assert world.mailer.handed_over == []


async def test_flag_06_a_busy_server_is_tried_again_with_growing_waits(world: World) -> None:
    world.mailer.errors = [busy_mail(), busy_mail()]
    action = await approved(world)
    await world.later(UNDO)
    waits = []
    for _ in range(2):
        after = await world.action(action.id)
        assert (after.status, after.execute_at is not None) == (S.CONFIRMED, True)
        assert after.execute_at is not None
        waits.append(after.execute_at - world.clock())
        await world.later(waits[-1])
    assert waits == [timedelta(minutes=1), timedelta(minutes=2)]
    assert (await world.action(action.id)).status is S.EXECUTED
    assert len(world.mailer.handed_over) == 1


async def test_flag_06_tries_end_some_day(world: World) -> None:
    world.mailer.errors = [busy_mail() for _ in range(20)]
    action = await approved(world)
    for _ in range(20):
        await world.later(timedelta(hours=1))
    after = await world.action(action.id)
    assert (after.status, after.error_code, after.attempts) == (S.FAILED, ErrorCode.SERVICE_UNAVAILABLE, MAX_TRIES)
    assert len(world.mailer.errors) == 20 - MAX_TRIES


async def test_send_05_a_mail_that_waits_for_a_busy_server_can_still_be_taken_back(world: World) -> None:
    world.mailer.errors = [busy_mail()]
    action = await approved(world)
    await world.later(UNDO)
    assert (await world.gate.cancel(action.id, REP, version_of(action.digest))).ok
    await world.later(timedelta(days=1))
    assert world.mailer.handed_over == []


@pytest.mark.parametrize("error", [lost_mail(), RuntimeError("a bug")], ids=["line dropped", "bug"])
async def test_beyond_07_an_unknown_outcome_is_told_and_never_tried_again(world: World, error: Exception) -> None:
    world.mailer.errors = [error]
    action = await approved(world)
    await world.later(UNDO)
    after = await world.action(action.id)
    assert (after.status, after.error_code) == (S.FAILED, ErrorCode.UNKNOWN)
    assert "look in your Sent folder" in str(after.error)
    await world.later(timedelta(days=1))
    assert world.mailer.handed_over == []


async def test_priv_02_what_a_broken_effect_says_is_neither_shown_nor_logged(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.mailer.errors = [RuntimeError("Hello Sarah, the secret price is")]
    action = await approved(world)
    await world.later(UNDO)
    assert "secret" not in str((await world.action(action.id)).error)
    assert "secret" not in caplog.text + str([record.__dict__ for record in caplog.records])


async def test_beyond_07_a_left_behind_mail_that_the_provider_knows_is_recorded(world: World) -> None:
    action = await left_behind(world, sent=True)
    await world.later(LEFT_BEHIND)
    assert (await world.action(action.id)).status is S.EXECUTED
    assert len(world.mailer.handed_over) == 1


async def test_beyond_07_a_left_behind_mail_that_the_provider_does_not_know_is_sent_once(world: World) -> None:
    action = await left_behind(world, sent=False)
    await world.later(LEFT_BEHIND)
    assert (await world.action(action.id)).status is S.EXECUTED
    assert len(world.mailer.handed_over) == 1


@pytest.mark.parametrize("sent", [True, False])
async def test_beyond_07_where_nobody_can_look_it_up_it_is_told_and_not_sent_again(world: World, sent: bool) -> None:
    world.mailer.knows = False
    action = await left_behind(world, sent=sent)
    await world.later(LEFT_BEHIND)
    after = await world.action(action.id)
    assert (after.status, after.error_code) == (S.FAILED, ErrorCode.UNKNOWN)
    await world.later(timedelta(days=1))
    assert len(world.mailer.handed_over) == sent


async def test_beyond_07_what_is_being_done_right_now_is_left_alone(world: World) -> None:
    """Another worker holds it and is not dead yet: neither looked up, nor repeated, nor called lost."""
    action = await left_behind(world, sent=False)
    world.clock.advance(LEFT_BEHIND - timedelta(seconds=1))
    await world.gate.execute(action.id)
    assert (await world.action(action.id)).status is S.EXECUTING
    assert world.mailer.handed_over == []


async def test_beyond_07_two_workers_that_find_it_left_behind_send_it_once(world: World) -> None:
    """The second comes while the first is handing it over."""
    action = await left_behind(world, sent=False)
    world.clock.advance(LEFT_BEHIND)
    inner = world.mailer.was_sent

    async def slow(message_id: str) -> bool | None:
        world.mailer.was_sent = inner  # type: ignore[method-assign]
        await world.gate.execute(action.id)  # the other worker, from the same look at the table
        return await inner(message_id)

    world.mailer.was_sent = slow  # type: ignore[method-assign]
    await world.gate.execute(action.id)
    await world.later(timedelta(hours=1))
    assert len(world.mailer.handed_over) == 1
    assert (await world.action(action.id)).status is S.EXECUTED
    assert (await world.trail(action.id)).count("executed") == 1


async def test_beyond_07_a_worker_that_was_given_up_records_nothing(world: World) -> None:
    """It was slow, not dead; meanwhile the rep was told that the outcome is unknown."""
    world.mailer.knows = False
    action = await approved(world)
    world.clock.advance(UNDO)

    async def slow(mail: Mail, **_: Any) -> None:
        world.clock.advance(LEFT_BEHIND)
        await world.gate.execute(action.id)

    world.mailer.send = slow  # type: ignore[method-assign]
    await world.gate.execute(action.id)
    after, trail = await world.action(action.id), await world.trail(action.id)
    assert (after.status, after.error_code) == (S.FAILED, ErrorCode.UNKNOWN)
    assert "executed" not in trail


async def test_beyond_07_killed_before_the_record_tasks_are_created_once(world: World) -> None:
    action = await world.park(task_proposal("Deck", "Quote"))
    await world.approve(action)
    world.store.dies_after = world.store.commits + 1  # the claim is kept, the effect is not
    assert await world.work_until_killed()
    world.store.dies_after = None
    await world.later(LEFT_BEHIND)
    after = await world.action(action.id)
    assert (after.status, len(after.outcome["task_ids"])) == (S.EXECUTED, 2)


async def test_send_05_a_restart_inside_the_undo_window_sends_exactly_once(world: World) -> None:
    await approved(world)
    reborn = World(world.database, clock=world.clock, mailer=world.mailer)
    await reborn.later(UNDO)
    await world.work()
    assert len(world.mailer.handed_over) == 1


async def test_send_01_without_outgoing_mail_the_rep_is_told_what_to_set(world: World) -> None:
    action = await approved(world)
    world.gate.mailer = None
    await world.later(UNDO)
    after = await world.action(action.id)
    assert (after.status, after.error_code) == (S.FAILED, ErrorCode.SERVICE_UNAVAILABLE)
    assert "SMTP_URL" in str(after.error)


async def test_send_06_the_message_id_is_the_same_at_every_try(world: World) -> None:
    world.mailer.errors = [MailerError("busy")]
    action = await approved(world)
    await world.later(UNDO)
    await world.later(timedelta(hours=1))
    (message_id,) = world.mailer.sent
    assert message_id == f"<{action.id.replace('_', '.')}@larkfield.example>"
    assert (await world.action(action.id)).outcome["message_id"] == message_id


async def test_pend_06_expiry_of_many_never_executes_anything(world: World) -> None:
    actions = [await world.park(mail_proposal(subject=str(number))) for number in range(5)]
    await world.later(timedelta(days=30))
    assert {(await world.action(action.id)).status for action in actions} == {S.EXPIRED}
    assert world.mailer.handed_over == []
    async with world.database.read() as tx:
        assert await tx.actions.count_executed(REP.id, "send_email", since=world.clock() - timedelta(days=60)) == 0


async def test_send_07_mails_scheduled_on_different_days_for_one_day_keep_its_limit(world: World) -> None:
    rep = await world.save_rep(daily_send_limit=1)
    leaves_at = world.clock() + timedelta(days=3)
    for number in range(2):
        action = await world.park(mail_proposal(subject=f"Mail {number}"))
        version = version_of(action.digest)
        assert (await world.gate.approve(action.id, rep, version, at=leaves_at)).ok
        world.clock.advance(timedelta(days=1))
    await world.later(timedelta(days=2))
    assert len(world.mailer.handed_over) == 1
    refused = await world.action(action.id)
    assert (refused.status, refused.error_code) == (S.FAILED, ErrorCode.RATE_LIMITED)
    assert "It was not sent." in str(refused.error)
