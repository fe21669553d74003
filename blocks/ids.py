"""Every id that Slack sends back: the same string in the template, the listener's registration and the log.

The prefix of an action id names the area that answers it (HITL-10): ``orch_``, ``prop_``, ``cal_``, ``email_``,
``camp_``.
"""

from enum import StrEnum


class ActionId(StrEnum):
    """What a press or a selection carries. The comment names the record in the button's ``value``."""

    EMAIL_SEND = "email_send"  # ActionRef, as are all of EMAIL_…
    EMAIL_EDIT = "email_edit"
    EMAIL_SCHEDULE = "email_schedule"  # [Send later]: opens SendLaterView
    EMAIL_CANCEL = "email_cancel"  # not wanted at all
    EMAIL_CANCEL_SEND = "email_cancel_send"  # inside the undo window, or before the chosen time
    EMAIL_SHOW_ALL = "email_show_all"  # opens FullMailView

    TASKS_CREATE = "orch_tasks_create"  # ActionRef
    TASKS_CHOOSE = "orch_tasks_choose"  # ActionRef; opens ChooseTasksView
    TASKS_SKIP = "orch_tasks_skip"  # ActionRef
    STAGE_APPROVE = "orch_stage_approve"  # ActionRef
    STAGE_SKIP = "orch_stage_skip"  # ActionRef
    CRM_UNDO = "orch_crm_undo"  # ActionRef

    REP_SELECT = "orch_rep_select"  # radio buttons or menu; acknowledged, nothing else
    REP_CONFIRM = "orch_rep_confirm"  # ActionRef; the choice is in the state, see blocks.answers

    SENSITIVE_READ = "orch_sensitive_read"  # ActionRef
    SENSITIVE_LEAVE = "orch_sensitive_leave"  # ActionRef

    CARD_WHY = "orch_card_why"  # CardRef; opens WhyView
    CARD_LESS = "orch_card_less"  # CardRef
    CARD_MORE = "orch_card_more"  # CardRef; opens FindingsView
    CARD_SHOW = "orch_card_show"  # CardRef; brings a card of a digest as a message of its own
    CARD_FEEDBACK = "orch_card_feedback"  # FeedbackRef

    JOB_RETRY = "orch_job_retry"  # JobRef
    HOME_REFRESH = "orch_home_refresh"  # no value
    HOME_SETTINGS = "orch_home_settings"  # no value; opens SettingsView
    HOME_UNMUTE = "orch_home_unmute"  # CategoryRef; takes "Less of this" back


class ShortcutId(StrEnum):
    """The ``callback_id`` of each shortcut in the manifest."""

    OPEN_APPROVALS = "orch_open_approvals"  # from anywhere; opens OpenApprovalsView
    MESSAGE_WHY = "orch_message_why"  # on a message; opens WhyView


class CallbackId(StrEnum):
    """Of modals. Those without an input are closed, never submitted, and carry none."""

    EMAIL_EDIT_SUBMIT = "email_edit_submit"
    EMAIL_SCHEDULE_SUBMIT = "email_schedule_submit"
    TASKS_CHOOSE_SUBMIT = "orch_tasks_choose_submit"
    FEEDBACK_SUBMIT = "orch_feedback_submit"
    SETTINGS_SUBMIT = "orch_settings_submit"


class BlockId(StrEnum):
    """Of inputs: where the answer stands in the state, and where a view_submission's error is shown."""

    EMAIL_TO = "email_to"
    EMAIL_SUBJECT = "email_subject"
    EMAIL_BODY = "email_body"  # the first part; further ones are EMAIL_BODY:<n>:<joint>
    SEND_QUICK = "email_send_quick"
    SEND_AT = "email_send_at"
    TASKS = "orch_tasks"  # ORCH_TASKS:<n>, ten to a group
    FEEDBACK_RATING = "orch_feedback_rating"
    FEEDBACK_TEXT = "orch_feedback_text"
    REP = "orch_rep"
    SETTINGS_SIGNATURE = "orch_settings_signature"
    SETTINGS_QUIET_START = "orch_settings_quiet_start"
    SETTINGS_QUIET_END = "orch_settings_quiet_end"
    SETTINGS_HOURLY = "orch_settings_hourly"
    SETTINGS_DAILY_MAILS = "orch_settings_daily_mails"


INPUT = "input"
"""The action id of the one element of every input block: the block id says which it is."""
