"""Write CRM fields that a meeting justified, keep what stood there before, and put it back on demand (MEET-10)."""

from typing import Any

from sequences.actions.spec import ActionSpec, Performing, RefusedError
from sequences.ports.store import Transaction
from sequences.records.action import ActionType, ErrorCode, Risk
from sequences.records.base import Record
from sequences.records.insight import CrmObject


class FieldWrite(Record):
    """``old`` is what the CRM held when the change was proposed; the outcome holds what was really replaced."""

    object: CrmObject
    object_id: str
    object_name: str
    field: str
    old: str | None
    new: str
    quote: str
    start_s: float | None = None


class FieldWrites(Record):
    writes: tuple[FieldWrite, ...]


class FieldRestore(Record):
    """One written field as it should be put back: only if it still holds ``written``."""

    object: CrmObject
    object_id: str
    field: str
    written: str
    restore: str | None


class FieldRestores(Record):
    of_action_id: str
    restores: tuple[FieldRestore, ...]


async def _write(tx: Transaction, doing: Performing[FieldWrites]) -> dict[str, Any]:
    done, refused = [], []
    for number, write in enumerate(doing.payload.writes):
        try:
            old = await tx.crm_writer.set_field(
                doing.owner.org_id, write.object, write.object_id, write.field, write.new
            )
        except (LookupError, ValueError) as error:
            # One field that does not fit must not cost the rep the others; the card says what was left out.
            refused.append({"number": number, "reason": str(error)})
            continue
        stored = await _stored(tx, doing.owner.org_id, write.object, write.object_id, write.field)
        done.append({"number": number, "old": old, "new": stored})
    return {"written": done, "refused": refused}


async def _restore(tx: Transaction, doing: Performing[FieldRestores]) -> dict[str, Any]:
    kept = []
    for item in doing.payload.restores:
        held = await _stored(tx, doing.owner.org_id, item.object, item.object_id, item.field)
        if held != item.written:
            kept.append(item.field)  # somebody changed it since: their value stays
            continue
        await tx.crm_writer.set_field(doing.owner.org_id, item.object, item.object_id, item.field, item.restore)
    return {"kept": kept}


async def _stored(tx: Transaction, org_id: str, kind: CrmObject, object_id: str, field: str) -> str | None:
    """A field as it stands now, as text."""
    record = await tx.crm.record(org_id, kind, object_id)
    value = getattr(record, field, None)
    return None if value is None else str(value)


def _check_restores(restores: FieldRestores) -> None:
    if not restores.restores:
        raise RefusedError(ErrorCode.CONFIRMATION_REQUIRED, "There is nothing to undo: no field was written.")


UPDATE_CRM_FIELDS = ActionSpec(
    action_type=ActionType.UPDATE_CRM_FIELDS, payload=FieldWrites, risk=Risk.LOW, always_asks=False, apply=_write
)

UNDO_CRM_UPDATE = ActionSpec(
    action_type=ActionType.UNDO_CRM_UPDATE,
    payload=FieldRestores,
    risk=Risk.LOW,
    always_asks=False,
    check=_check_restores,
    apply=_restore,
)
