"""The counter-action of an executed CRM update."""

from datetime import datetime, timedelta

from sequences.actions.spec import digest_of
from sequences.actions.update_crm_fields import FieldRestore, FieldRestores, FieldWrites
from sequences.records.action import ActionStatus, ActionType, PendingAction, Risk


def undo_of(action: PendingAction, now: datetime) -> PendingAction | None:
    """Put back what ``action`` wrote; None when it wrote nothing. One id per original, so it happens once."""
    if action.action_type is not ActionType.UPDATE_CRM_FIELDS or action.status is not ActionStatus.EXECUTED:
        return None
    writes = FieldWrites.model_validate(action.action_payload).writes
    restores = tuple(
        FieldRestore(
            object=writes[done["number"]].object,
            object_id=writes[done["number"]].object_id,
            field=writes[done["number"]].field,
            written=done["new"],
            restore=done["old"],
        )
        for done in action.outcome.get("written", [])
    )
    if not restores:
        return None
    payload = FieldRestores(of_action_id=action.id, restores=restores).model_dump(mode="json")
    digest = digest_of(ActionType.UNDO_CRM_UPDATE, payload)
    return PendingAction(
        id=f"{action.id}_undo",
        org_id=action.org_id,
        user_id=action.user_id,
        job_id=action.job_id,
        step=action.step,
        card_id=action.card_id,
        action_type=ActionType.UNDO_CRM_UPDATE,
        action_payload=payload,
        digest=digest,
        approved_digest=digest,
        risk_level=Risk.LOW,
        reason="The owner pressed Undo.",
        status=ActionStatus.CONFIRMED,
        execute_at=now,
        decided_by=action.user_id,
        confirmed_at=now,
        expires_at=now + timedelta(minutes=5),
        created_at=now,
    )
