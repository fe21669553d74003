"""Submitted modals. Errors go back to the input that they belong to; a success closes the modal."""

from blocks.ids import CallbackId
from listeners.in_flight import Listener
from listeners.views.email import handle_email_edit_submit, handle_email_schedule_submit
from listeners.views.feedback import handle_orch_feedback_submit
from listeners.views.settings import handle_orch_settings_submit
from listeners.views.tasks import handle_orch_tasks_choose_submit

LISTENERS: dict[CallbackId, Listener] = {
    CallbackId.EMAIL_EDIT_SUBMIT: handle_email_edit_submit,
    CallbackId.EMAIL_SCHEDULE_SUBMIT: handle_email_schedule_submit,
    CallbackId.TASKS_CHOOSE_SUBMIT: handle_orch_tasks_choose_submit,
    CallbackId.FEEDBACK_SUBMIT: handle_orch_feedback_submit,
    CallbackId.SETTINGS_SUBMIT: handle_orch_settings_submit,
}
