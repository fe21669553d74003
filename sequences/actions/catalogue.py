"""Every kind of action that the gate knows. An action that is not here is refused (PEND-06)."""

from typing import Any

from sequences.actions.choose_rep import CHOOSE_REP
from sequences.actions.create_tasks import CREATE_TASKS
from sequences.actions.move_deal_stage import MOVE_DEAL_STAGE
from sequences.actions.read_sensitive_meeting import READ_SENSITIVE_MEETING
from sequences.actions.send_email import SEND_EMAIL
from sequences.actions.spec import ActionSpec
from sequences.actions.update_crm_fields import UNDO_CRM_UPDATE, UPDATE_CRM_FIELDS

ALL_ACTIONS: tuple[ActionSpec[Any], ...] = (
    SEND_EMAIL,
    CREATE_TASKS,
    UPDATE_CRM_FIELDS,
    UNDO_CRM_UPDATE,
    MOVE_DEAL_STAGE,
    CHOOSE_REP,
    READ_SENSITIVE_MEETING,
)
