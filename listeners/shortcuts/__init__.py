"""Shortcuts: from anywhere, and on a message."""

from blocks.ids import ShortcutId
from listeners.in_flight import Listener
from listeners.shortcuts.message_why import handle_orch_message_why
from listeners.shortcuts.open_approvals import handle_orch_open_approvals

LISTENERS: dict[ShortcutId, Listener] = {
    ShortcutId.OPEN_APPROVALS: handle_orch_open_approvals,
    ShortcutId.MESSAGE_WHY: handle_orch_message_why,
}
