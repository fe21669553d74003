"""Who may decide what, when, and what the gate answers. Table-driven: status x press → ruling."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from sequences.actions.gate.rulings import Ruling
from sequences.actions.spec import version_of
from sequences.records.action import ActionStatus, ErrorCode, PendingAction
from sequences.records.people import User
from tests.sequences.people import BOSS, REP, STRANGER
from tests.sequences.world import UNDO, World, mail_proposal, task_proposal

S = ActionStatus
PRESSES = ("approve", "edit", "cancel")

# Where the press leaves the action, for each status that it may find; only these presses count.
COUNTS = {
    (S.PENDING, "approve"): S.CONFIRMED,
    (S.PENDING, "edit"): S.PENDING,
    (S.PENDING, "cancel"): S.CANCELLED,
    (S.CONFIRMED, "cancel"): S.CANCELLED,
}


async def press(world: World, what: str, action: PendingAction, actor: User = REP, version: str = "") -> Ruling:
    version = version or version_of(action.digest)
    match what:
        case "approve":
            return await world.gate.approve(action.id, actor, version)
        case "edit":
            return await world.gate.edit(action.id, actor, version, {"subject": "Edited"})
        case _:
            return await world.gate.cancel(action.id, actor, version)


async def force(world: World, action: PendingAction, **values: Any) -> PendingAction:
    """Write columns behind the gate's back."""
    now = await world.action(action.id)
    async with world.database.begin() as tx:
        assert await tx.actions.change(action.id, expected=now.status, expected_digest=now.digest, **values)
    return await world.action(action.id)


@pytest.mark.parametrize("what", PRESSES)
@pytest.mark.parametrize("status", list(S))
async def test_hitl_01_each_press_on_each_status(world: World, status: ActionStatus, what: str) -> None:
    action = await force(world, await world.park(mail_proposal()), status=status, decided_by=REP.id)
    ruling = await press(world, what, action)
    after = await world.action(action.id)

    expected = COUNTS.get((status, what))
    assert ruling.ok is (expected is not None)
    assert after.status is (expected or status)
    assert ruling.text.endswith(".")
    if expected is None:
        assert after == action
        assert "Nothing more was done" in ruling.text


@pytest.mark.parametrize("what", PRESSES)
async def test_beyond_01_only_the_owner_decides(world: World, what: str) -> None:
    action = await world.park(mail_proposal())
    ruling = await press(world, what, action, BOSS)
    assert (ruling.ok, ruling.code, ruling.action) == (False, ErrorCode.PERMISSION_DENIED, None)
    assert await world.action(action.id) == action


@pytest.mark.parametrize("what", PRESSES)
async def test_beyond_01_another_workspace_does_not_even_learn_that_it_exists(world: World, what: str) -> None:
    action = await world.park(mail_proposal())
    stranger, unknown = await press(world, what, action, STRANGER), await world.gate.cancel("act_none", STRANGER, "v")
    assert stranger == unknown
    assert await world.action(action.id) == action


@pytest.mark.parametrize("what", PRESSES)
async def test_beyond_01_a_press_on_an_older_version_is_refused(world: World, what: str) -> None:
    action = await world.park(mail_proposal())
    await press(world, "edit", action)
    ruling = await press(world, what, action)
    assert (ruling.ok, ruling.code) == (False, ErrorCode.CONFIRMATION_REQUIRED)
    assert (await world.action(action.id)).status is S.PENDING


@pytest.mark.parametrize("version", ["", "x", "0" * 12])
async def test_beyond_01_a_press_without_the_right_version_is_refused(world: World, version: str) -> None:
    action = await world.park(mail_proposal())
    assert not (await world.gate.approve(action.id, REP, version)).ok
    assert (await world.action(action.id)).status is S.PENDING


@pytest.mark.parametrize("what", PRESSES)
async def test_pend_16_an_expired_offer_answers_action_expired(world: World, what: str) -> None:
    """Whether the sweep has marked it or not."""
    action = await world.park(mail_proposal())
    world.clock.advance(timedelta(hours=24))
    early = await press(world, what, action)
    await world.work()
    late = await press(world, what, action)
    assert (early.code, late.code) == (ErrorCode.ACTION_EXPIRED, ErrorCode.ACTION_EXPIRED)
    assert (await world.action(action.id)).status is S.EXPIRED
    assert world.mailer.handed_over == []


async def test_pend_12_the_last_moment_still_counts(world: World) -> None:
    action = await world.park(mail_proposal())
    world.clock.advance(timedelta(hours=24) - timedelta(seconds=1))
    assert await world.approve(action)
    await world.later(UNDO)
    assert len(world.mailer.handed_over) == 1


async def test_hitl_01_a_second_press_is_answered_kindly(world: World) -> None:
    action = await world.park(mail_proposal())
    first, second = await press(world, "approve", action), await press(world, "approve", action)
    assert (first.ok, second.ok) == (True, False)
    assert second.text == "It is already approved by you. Nothing more was done."


@pytest.mark.parametrize(
    "whats", [("approve", "approve"), ("approve", "cancel"), ("edit", "approve"), ("edit", "edit")]
)
async def test_beyond_07_of_two_presses_at_the_same_moment_one_wins(world: World, whats: tuple[str, str]) -> None:
    for _ in range(4):
        action = await world.park(mail_proposal())
        rulings = await asyncio.gather(*(press(world, what, action) for what in whats))
        trail = await world.trail(action.id)
        if whats == ("approve", "cancel"):  # an approval may be taken back at once
            assert rulings[1].ok
            assert (await world.action(action.id)).status is S.CANCELLED
        else:
            assert sum(ruling.ok for ruling in rulings) == 1
            assert len(trail) == 2
        async with world.database.read() as tx:
            assert len(await tx.actions.feedback(action.id)) == len(trail) - 1
    await world.later(UNDO)
    sent_by_approval = 0 if "cancel" in whats else len(world.mailer.handed_over)
    assert len(world.mailer.handed_over) == sent_by_approval


async def test_hitl_18_the_edited_version_is_what_is_sent_and_the_difference_is_kept(world: World) -> None:
    action = await world.park(mail_proposal())
    version = version_of(action.digest)
    edited = await world.gate.edit(action.id, REP, version, {"to": ["b@acme.example"], "subject": "S", "body": "B"})
    assert edited.ok
    after = await world.action(action.id)
    assert after.digest != action.digest
    assert after.original_payload == action.action_payload
    assert (after.status, after.approved_digest) == (S.PENDING, None)

    assert await world.approve(action)
    await world.later(UNDO)
    (mail,) = world.mailer.sent.values()
    assert (mail.to, mail.subject, mail.body) == (("b@acme.example",), "S", "B")
    async with world.database.read() as tx:
        feedback = {item.feedback_type: item for item in await tx.actions.feedback(action.id)}
    assert feedback["edited"].original_payload == action.action_payload
    assert feedback["edited"].edited_payload == after.action_payload
    assert "approved" in feedback


async def test_hitl_18_the_first_draft_stays_the_original_after_several_edits(world: World) -> None:
    action = await world.park(mail_proposal())
    for subject in ("One", "Two"):
        shown = await world.action(action.id)
        assert (await world.gate.edit(action.id, REP, version_of(shown.digest), {"subject": subject})).ok
    assert (await world.action(action.id)).original_payload == action.action_payload


async def test_hitl_18_an_edit_that_changes_nothing_keeps_the_version(world: World) -> None:
    action = await world.park(mail_proposal())
    ruling = await world.gate.edit(action.id, REP, version_of(action.digest), {"subject": "Next steps"})
    assert ruling.ok
    assert await world.action(action.id) == action
    assert await world.trail(action.id) == ["proposed"]


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"to": ()}, "recipient"),
        ({"to": ("sarah",)}, "sarah"),
        ({"to": ("a@b.example, c@d.example",)}, "address"),
        ({"to": ("<!channel>@x.example",)}, "address"),
        ({"to": ("a@b.example\nBcc: all@b.example",)}, "address"),
        ({"to": tuple(f"p{number}@acme.example" for number in range(11))}, "10"),
        ({"subject": "  "}, "subject"),
        ({"body": "\n"}, "text"),
    ],
)
async def test_send_02_what_could_not_be_sent_cannot_be_approved(
    world: World, changes: dict[str, Any], word: str
) -> None:
    action = await world.park(mail_proposal(**changes))
    ruling = await press(world, "approve", action)
    assert (ruling.ok, ruling.code) == (False, ErrorCode.INVALID_RECIPIENT)
    assert word in ruling.text
    assert (await world.action(action.id)).status is S.PENDING


async def test_send_07_the_daily_limit_is_kept_and_begins_anew_at_the_reps_midnight(world: World) -> None:
    rep = await world.save_rep(daily_send_limit=2, timezone="America/New_York")
    actions = [await world.park(mail_proposal(subject=f"Mail {number}")) for number in range(3)]
    assert [await world.approve(action, rep) for action in actions[:2]] == [True, True]
    ruling = await press(world, "approve", actions[2], rep)
    assert (ruling.ok, ruling.code) == (False, ErrorCode.RATE_LIMITED)
    assert "2 mails" in ruling.text

    world.clock.advance(timedelta(hours=13))  # 23:00 UTC: still the same day in New York
    assert not (await press(world, "approve", actions[2], rep)).ok
    world.clock.advance(timedelta(hours=7))  # 06:00 UTC: 01:00 there
    assert (await press(world, "approve", actions[2], rep)).ok


async def test_guard_01_no_setting_raises_the_hard_ceiling(world: World) -> None:
    rep = await world.save_rep(daily_send_limit=1_000)
    async with world.database.begin() as tx:
        job = await world.add_job(tx)
        for number in range(200):
            action = await world.gate.admit(tx, job, "draft", mail_proposal(subject=str(number)), world.clock())
            await tx.actions.change(
                action.id,
                expected=S.PENDING,
                expected_digest=action.digest,
                status=S.EXECUTED,
                executed_at=world.clock(),
            )
    assert not await world.approve(await world.park(mail_proposal()), rep)


async def test_send_07_a_mail_that_was_taken_back_does_not_count(world: World) -> None:
    rep = await world.save_rep(daily_send_limit=1)
    first, second = await world.park(mail_proposal()), await world.park(mail_proposal())
    assert await world.approve(first, rep)
    assert (await press(world, "cancel", first, rep)).ok
    assert await world.approve(second, rep)


async def test_send_05_taken_back_in_the_undo_window_nothing_is_sent(world: World) -> None:
    action = await world.park(mail_proposal())
    await world.approve(action)
    await world.later(UNDO - timedelta(seconds=1))
    ruling = await press(world, "cancel", action)
    assert (ruling.ok, ruling.text) == (True, "Cancelled. Nothing was sent.")
    await world.later(timedelta(days=2))
    assert world.mailer.handed_over == []
    assert await world.trail(action.id) == ["proposed", "approved", "taken back"]


async def test_send_05_after_the_undo_window_it_is_too_late(world: World) -> None:
    action = await world.park(mail_proposal())
    await world.approve(action)
    await world.later(UNDO)
    assert len(world.mailer.handed_over) == 1
    ruling = await press(world, "cancel", action)
    assert (ruling.ok, ruling.text) == (False, "It is already done by you. Nothing more was done.")


async def test_send_08_send_later_waits_for_its_time_and_can_be_taken_back(world: World) -> None:
    early, late = await world.park(mail_proposal()), await world.park(mail_proposal())
    at = world.clock() + timedelta(hours=48)  # beyond the offer's own expiry: the approval came in time
    assert await world.approve(early, at=at)
    assert await world.approve(late, at=at)
    await world.later(timedelta(hours=47))
    assert world.mailer.handed_over == []
    assert (await press(world, "cancel", late)).ok
    await world.later(timedelta(hours=1))
    assert len(world.mailer.handed_over) == 1
    assert (await world.action(early.id)).status is S.EXECUTED


@pytest.mark.parametrize("ahead", [timedelta(days=-1), timedelta(0), UNDO / 10])
async def test_send_05_a_chosen_time_that_is_too_near_still_leaves_the_undo_window(
    world: World, ahead: timedelta
) -> None:
    """A picker knows minutes: 14:01, pressed at 14:00:57, must not take the cancel button away after three seconds."""
    action = await world.park(mail_proposal())
    assert await world.approve(action, at=world.clock() + ahead)
    assert (await world.action(action.id)).execute_at == world.clock() + UNDO
    await world.later(UNDO / 2)
    assert (await press(world, "cancel", action)).ok
    await world.later(UNDO)
    assert world.mailer.handed_over == []


async def test_hitl_03_a_part_of_the_tasks_is_approved_and_only_that_is_created(world: World) -> None:
    action = await world.park(task_proposal("Deck", "Quote", "Call"))
    kept = [action.action_payload["tasks"][number] for number in (0, 2)]
    assert (await world.gate.edit(action.id, REP, version_of(action.digest), {"tasks": kept})).ok
    assert await world.approve(action)
    await world.work()
    outcome = (await world.action(action.id)).outcome
    assert len(outcome["task_ids"]) == 2


async def test_hitl_03_no_task_at_all_cannot_be_approved(world: World) -> None:
    action = await world.park(task_proposal())
    assert (await world.gate.edit(action.id, REP, version_of(action.digest), {"tasks": []})).ok
    ruling = await press(world, "approve", await world.action(action.id))
    assert (ruling.ok, ruling.code) == (False, ErrorCode.CONFIRMATION_REQUIRED)


async def test_hitl_19_feedback_is_kept_and_decides_nothing(world: World) -> None:
    action = await world.park(mail_proposal())
    world.clock.advance(timedelta(seconds=90))
    assert (await world.gate.give_feedback(action.id, REP, "thumbs_down", "Too long")).ok
    assert not (await world.gate.give_feedback(action.id, BOSS, "thumbs_up", None)).ok
    async with world.database.read() as tx:
        (kept,) = await tx.actions.feedback(action.id)
    assert (kept.feedback_type, kept.feedback_text, kept.time_to_decision_ms) == ("thumbs_down", "Too long", 90_000)
    assert await world.action(action.id) == action


async def test_send_06_the_trail_tells_who_did_what_when(world: World) -> None:
    action = await world.park(mail_proposal())
    await press(world, "edit", action)
    await world.approve(action)
    await world.later(UNDO)
    async with world.database.read() as tx:
        history = await tx.actions.history(action.id)
    assert [entry.what for entry in history] == ["proposed", "edited", "approved", "executing", "executed"]
    assert [entry.user_id for entry in history] == [None, REP.id, REP.id, None, None]
    approved, sent = (await world.action(action.id)).approved_digest, history[-1].digest
    assert approved == sent == (await world.action(action.id)).digest
