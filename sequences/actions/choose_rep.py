"""Say whose meeting it was, when several of us were there and nobody organised it. Pattern 2: choose, then confirm."""

from datetime import timedelta
from typing import Any

from sequences.actions.spec import ActionSpec, Performing, RefusedError
from sequences.ports.store import DeliveryStatus, Transaction
from sequences.records.action import ActionType, ErrorCode, Risk
from sequences.records.base import Record


class RepChoice(Record):
    delivery_id: str
    title: str
    started_at: str  # ISO, shown on the card
    options: tuple[str, ...]  # user ids
    chosen: str | None = None


def _check(choice: RepChoice) -> None:
    if choice.chosen not in choice.options:
        raise RefusedError(ErrorCode.CONFIRMATION_REQUIRED, "Choose a person first, then confirm.")


async def _apply(tx: Transaction, doing: Performing[RepChoice]) -> dict[str, Any]:
    await tx.deliveries.mark(
        doing.payload.delivery_id, DeliveryStatus.RECEIVED, reason="the rep was chosen", process_at=doing.now
    )
    return {"rep_user_id": doing.payload.chosen}


CHOOSE_REP = ActionSpec(
    action_type=ActionType.CHOOSE_REP,
    payload=RepChoice,
    risk=Risk.LOW,
    always_asks=True,
    expires_after=timedelta(hours=48),
    check=_check,
    apply=_apply,
)
