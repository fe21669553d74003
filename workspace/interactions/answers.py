"""What arrives at a response address."""

from workspace.core import Workspace
from workspace.model import Message
from workspace.posting import change, checked_content, post, remove
from workspace.response_urls import Reply
from workspace.wire import Json, SlackError


def answer(ws: Workspace, reply_id: str, content: Json) -> None:
    """Replaces, deletes or adds a message. Raises SlackError when the address is spent or the content refused."""
    reply = ws.response_urls.redeem(reply_id)
    if _says(content, "delete_original"):
        remove(ws, _original(ws, reply))
        return
    if _says(content, "replace_original"):
        message = _original(ws, reply)
        body = checked_content(content)
        change(ws, message, body, by=ws.state.apps[reply.app_id].bot_user_id, is_marked=not body.get("blocks"))
        return
    app = ws.state.apps[reply.app_id]
    is_public = content.get("response_type") == "in_channel"
    post(
        ws,
        ws.state.conversations[reply.channel_id],
        checked_content(content),
        app=app,
        thread_ts=(content.get("thread_ts") if is_public else None) or reply.thread_ts,
        visible_to=None if is_public else reply.user_id,
    )


def _original(ws: Workspace, reply: Reply) -> Message:
    if reply.message_ts is None:
        raise SlackError("no_original_message")
    return ws.state.message(reply.channel_id, reply.message_ts)


def _says(content: Json, key: str) -> bool:
    return str(content.get(key, "")).lower() == "true"
