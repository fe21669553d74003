"""Buttons. Decisions about an action are in ``decisions``; what opens a modal is in ``modals``."""

import re

from blocks.ids import ActionId
from listeners.actions import cards, decisions, modals
from listeners.actions.others import handle_others
from listeners.in_flight import Listener

LISTENERS: dict[ActionId, Listener] = {
    ActionId.EMAIL_SEND: decisions.handle_email_send,
    ActionId.EMAIL_CANCEL: decisions.handle_email_cancel,
    ActionId.EMAIL_CANCEL_SEND: decisions.handle_email_cancel_send,
    ActionId.TASKS_CREATE: decisions.handle_orch_tasks_create,
    ActionId.TASKS_SKIP: decisions.handle_orch_tasks_skip,
    ActionId.STAGE_APPROVE: decisions.handle_orch_stage_approve,
    ActionId.STAGE_SKIP: decisions.handle_orch_stage_skip,
    ActionId.CRM_UNDO: decisions.handle_orch_crm_undo,
    ActionId.REP_SELECT: decisions.handle_orch_rep_select,
    ActionId.REP_CONFIRM: decisions.handle_orch_rep_confirm,
    ActionId.SENSITIVE_READ: decisions.handle_orch_sensitive_read,
    ActionId.SENSITIVE_LEAVE: decisions.handle_orch_sensitive_leave,
    ActionId.EMAIL_EDIT: modals.handle_email_edit,
    ActionId.EMAIL_SCHEDULE: modals.handle_email_schedule,
    ActionId.EMAIL_SHOW_ALL: modals.handle_email_show_all,
    ActionId.TASKS_CHOOSE: modals.handle_orch_tasks_choose,
    ActionId.CARD_WHY: cards.handle_orch_card_why,
    ActionId.CARD_MORE: cards.handle_orch_card_more,
    ActionId.CARD_SHOW: cards.handle_orch_card_show,
    ActionId.CARD_LESS: cards.handle_orch_card_less,
    ActionId.CARD_FEEDBACK: cards.handle_orch_card_feedback,
    ActionId.JOB_RETRY: cards.handle_orch_job_retry,
    ActionId.HOME_REFRESH: cards.handle_orch_home_refresh,
    ActionId.HOME_SETTINGS: cards.handle_orch_home_settings,
    ActionId.HOME_UNMUTE: cards.handle_orch_home_unmute,
}

OTHERS = re.compile(rf"^(?!(?:{'|'.join(LISTENERS)})$)")
"""Every button without a listener of its own, for ``handle_others``."""

__all__ = ["LISTENERS", "OTHERS", "handle_others"]
