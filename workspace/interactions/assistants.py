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
    _tell(ws, app, "assistant_thread_started", _thread(ws, person, root, context_channel))
    return root.ts


def look_at(ws: Workspace, app: App, person: Person, thread_ts: str, channel_id: str) -> None:
    """Somebody who has the assistant's thread beside them goes to another channel."""
    root = ws.state.message(ws.state.dm(app.bot_user_id, person.id).id, thread_ts)
    _tell(ws, app, "assistant_thread_context_changed", _thread(ws, person, root, channel_id))


def retitle(ws: Workspace, channel_id: str, thread_ts: str, title: str) -> None:
    """Threads of other kinds have no title that anybody sees."""
    root = ws.state.messages.get(channel_id, {}).get(thread_ts)
    if root is None or root.subtype != ROOT:
        return
    previous = ws.state.to_slack(root)
    root.facts = _titled(title)
    ws.state.publish_message(root)
    dispatch_message_changed(ws, root, previous)


def _thread(ws: Workspace, person: Person, root: Message, channel_id: str | None) -> Json:
    context = {"channel_id": channel_id, "team_id": ws.state.team.id, "enterprise_id": None} if channel_id else {}
    return {"user_id": person.id, "context": context, "channel_id": root.channel_id, "thread_ts": root.ts}


def _tell(ws: Workspace, app: App, kind: str, thread: Json) -> None:
    send_event(ws, app, {"type": kind, "assistant_thread": thread, "event_ts": ws.ids.ts()})


def _titled(title: str) -> Json:
    return {ROOT: {"title": title, "title_blocks": [], "artifacts": []}}
