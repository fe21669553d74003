"""CRM writes: old values kept, undone on demand, never over somebody else's change; stages only after approval."""

import asyncio
from typing import Any

import pytest

from sequences.actions.spec import version_of
from sequences.records.action import ActionStatus, ActionType, ErrorCode, PendingAction, Proposal
from sequences.records.crm import Deal, Stage
from sequences.records.insight import CrmObject
from tests.sequences.fakes import Killed
from tests.sequences.people import BOSS, ORG, REP, STRANGER
from tests.sequences.world import World

S = ActionStatus


async def deal_of(world: World) -> Deal:
    deal = (await world.picture()).deal
    assert deal is not None
    return deal


def write(deal_id: str, field: str, new: str) -> dict[str, Any]:
    return {
        "object": "deal",
        "object_id": deal_id,
        "object_name": "Acme pilot",
        "field": field,
        "old": None,
        "new": new,
        "quote": f"it is {new}",
    }


async def written(world: World, **fields: str) -> PendingAction:
    """The fields of the deal, as a meeting would have them written."""
    await world.import_customer()
    deal = await deal_of(world)
    writes = [write(deal.id, field, new) for field, new in fields.items()]
    action = await world.park(
        Proposal(type=ActionType.UPDATE_CRM_FIELDS, payload={"writes": writes}, reason="Said in the meeting.")
    )
    await world.work()
    return await world.action(action.id)


async def set_field(world: World, deal_id: str, field: str, value: str) -> None:
    async with world.database.begin() as tx:
        await tx.crm_writer.set_field(ORG.id, CrmObject.DEAL, deal_id, field, value)


async def test_meet_10_field_updates_need_no_approval_and_keep_what_stood_there(world: World) -> None:
    action = await written(world, next_step="Send the offer", amount="30000")
    deal = await deal_of(world)
    assert (action.status, deal.next_step, str(deal.amount)) == (S.EXECUTED, "Send the offer", "30000")
    assert [(item["old"], item["new"]) for item in action.outcome["written"]] == [
        ("Call back", "Send the offer"),
        ("24000", "30000"),
    ]


async def test_meet_10_a_value_that_does_not_fit_costs_the_rep_only_that_field(world: World) -> None:
    action = await written(world, amount="a lot", next_step="Send the offer")
    assert action.status is S.EXECUTED
    assert [item["number"] for item in action.outcome["written"]] == [1]
    assert action.outcome["refused"][0]["number"] == 0
    assert (await deal_of(world)).next_step == "Send the offer"


async def test_meet_10_a_record_that_is_gone_costs_the_rep_only_its_fields(world: World) -> None:
    await world.import_customer()
    deal = await deal_of(world)
    writes = [write("deal_gone", "pain", "x"), write(deal.id, "pain", "Too slow")]
    action = await world.park(
        Proposal(type=ActionType.UPDATE_CRM_FIELDS, payload={"writes": writes}, reason="Said in the meeting.")
    )
    await world.work()
    after = await world.action(action.id)
    assert after.status is S.EXECUTED
    assert (await deal_of(world)).pain == "Too slow"
    assert [item["number"] for item in after.outcome["refused"]] == [0]


async def test_meet_10_undo_puts_everything_back(world: World) -> None:
    action = await written(world, next_step="Send the offer", amount="30000", pain="Too slow")
    ruling = await world.gate.undo_fields(action.id, REP)
    deal = await deal_of(world)
    assert ruling.ok
    assert (deal.next_step, str(deal.amount), deal.pain) == ("Call back", "24000", None)


async def test_meet_10_undo_leaves_what_somebody_changed_since(world: World) -> None:
    action = await written(world, next_step="Send the offer", amount="30000")
    deal = await deal_of(world)
    await set_field(world, deal.id, "next_step", "Ines did it")
    ruling = await world.gate.undo_fields(action.id, REP)
    assert ruling.ok
    assert "next_step" in ruling.text
    deal = await deal_of(world)
    assert (deal.next_step, str(deal.amount)) == ("Ines did it", "24000")


async def test_meet_10_undo_happens_once_however_often_it_is_pressed(world: World) -> None:
    action = await written(world, next_step="Send the offer")
    rulings = await asyncio.gather(*(world.gate.undo_fields(action.id, REP) for _ in range(4)))
    assert sorted(ruling.ok for ruling in rulings) == [False, False, False, True]
    assert {ruling.text for ruling in rulings if not ruling.ok} == {"These changes have already been undone."}
    assert (await deal_of(world)).next_step == "Call back"
    assert await world.trail(f"{action.id}_undo") == ["approved", "executing", "executed"]


@pytest.mark.parametrize(("actor", "code"), [(BOSS, ErrorCode.PERMISSION_DENIED), (STRANGER, ErrorCode.ACTION_EXPIRED)])
async def test_beyond_01_only_the_owner_undoes(world: World, actor: Any, code: ErrorCode) -> None:
    action = await written(world, next_step="Send the offer")
    ruling = await world.gate.undo_fields(action.id, actor)
    assert (ruling.ok, ruling.code) == (False, code)
    assert (await deal_of(world)).next_step == "Send the offer"


async def test_meet_10_an_undo_that_a_crash_interrupted_is_finished(world: World) -> None:
    action = await written(world, next_step="Send the offer")
    world.store.commits, world.store.dies_after = 0, 1  # the undo is stored, nothing is put back
    with pytest.raises(Killed):
        await world.gate.undo_fields(action.id, REP)
    world.store.dies_after = None
    assert (await deal_of(world)).next_step == "Send the offer"
    await world.work()
    assert (await deal_of(world)).next_step == "Call back"


async def test_meet_10_an_undo_that_did_not_work_is_not_called_done(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    action = await written(world, next_step="Send the offer")

    async def broken(*_: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("sequences.actions.update_crm_fields._stored", broken)
    ruling = await world.gate.undo_fields(action.id, REP)
    assert not ruling.ok
    assert "nothing was changed" in ruling.text
    assert (await deal_of(world)).next_step == "Send the offer"


async def stage_move(world: World) -> PendingAction:
    await world.import_customer()
    deal = await deal_of(world)
    payload = {"deal_id": deal.id, "deal_name": deal.name, "old": "demo", "new": "proposal", "quote": "send it"}
    return await world.park(Proposal(type=ActionType.MOVE_DEAL_STAGE, payload=payload, reason="“send it”"))


async def test_hitl_15_a_stage_moves_only_after_approval(world: World) -> None:
    action = await stage_move(world)
    await world.work()
    assert (await deal_of(world)).stage is Stage.DEMO
    await world.approve(action)
    await world.work()
    assert (await deal_of(world)).stage is Stage.PROPOSAL
    assert (await world.action(action.id)).outcome == {"old": "demo"}


async def test_hitl_15_skipped_a_stage_stays(world: World) -> None:
    action = await stage_move(world)
    await world.gate.cancel(action.id, REP, version_of(action.digest))
    await world.work()
    assert (await deal_of(world)).stage is Stage.DEMO


async def test_flag_05_a_deal_that_is_gone_is_told_and_not_tried_for_ever(world: World) -> None:
    payload = {"deal_id": "deal_gone", "deal_name": "Gone", "old": "demo", "new": "proposal", "quote": "send it"}
    action = await world.park(Proposal(type=ActionType.MOVE_DEAL_STAGE, payload=payload, reason="“send it”"))
    await world.approve(action)
    await world.work()
    after = await world.action(action.id)
    assert after.status is S.FAILED
    assert "no longer has what this was about" in str(after.error)
