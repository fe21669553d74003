"""Conversations with an app's assistant: threads in its DM, each below a line of Slack's own that carries its title."""

from workspace.core import Workspace
from workspace.interactions.events import dispatch_message_changed, send_event
from workspace.model import App, Message, Person
from workspace.wire import Json

ROOT = "assistant_app_thread"
UNTITLED = "New chat"


def open_assistant(ws: Workspace, app: App, person: Person, *, context_channel: str | None = None) -> str:
    """Somebody begins a new conversation, next to ``context_channel``; the answer is its thread's time stamp."""
    conversation = ws.state.dm(app.bot_user_id, person.id)
    root = Message(conversation.id, ws.ids.ts(), app.bot_user_id, {"text": UNTITLED}, subtype=ROOT)
    root.facts = _titled(UNTITLED)
    ws.state.add_message(root)
    context = {"channel_id": context_channel, "team_id": ws.state.team.id} if context_channel else {}
    thread = {"user_id": person.id, "context": context, "channel_id": conversation.id, "thread_ts": root.ts}
    send_event(ws, app, {"type": "assistant_thread_started", "assistant_thread": thread, "event_ts": ws.ids.ts()})
    return root.ts


def retitle(ws: Workspace, channel_id: str, thread_ts: str, title: str) -> None:
    """Threads of other kinds have no title that anybody sees."""
    root = ws.state.messages.get(channel_id, {}).get(thread_ts)
    if root is None or root.subtype != ROOT:
        return
    previous = ws.state.to_slack(root)
    root.facts = _titled(title)
    ws.state.publish_message(root)
    dispatch_message_changed(ws, root, previous)


def _titled(title: str) -> Json:
    return {ROOT: {"title": title, "title_blocks": [], "artifacts": []}}
