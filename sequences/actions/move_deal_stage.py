"""Move a deal to another stage. Always asks, whatever any setting says (HITL-15)."""

from datetime import timedelta
from typing import Any

from sequences.actions.spec import ActionSpec, Performing
from sequences.ports.store import Transaction
from sequences.records.action import ActionType, Risk
from sequences.records.base import Record
from sequences.records.crm import Stage


class StageMove(Record):
    deal_id: str
    deal_name: str
    old: Stage
    new: Stage
    quote: str
    start_s: float | None = None


async def _apply(tx: Transaction, doing: Performing[StageMove]) -> dict[str, Any]:
    old = await tx.crm_writer.move_stage(doing.owner.org_id, doing.payload.deal_id, doing.payload.new)
    return {"old": old}


MOVE_DEAL_STAGE = ActionSpec(
    action_type=ActionType.MOVE_DEAL_STAGE,
    payload=StageMove,
    risk=Risk.HIGH,
    always_asks=True,
    expires_after=timedelta(days=7),
    apply=_apply,
)
