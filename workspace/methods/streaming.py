"""chat.startStream, appendStream, stopStream: a message that grows while somebody watches."""

from types import MappingProxyType
from typing import Any

from workspace.blockkit.check import check_blocks
from workspace.methods.call import Call, Method
from workspace.methods.chat import destination, own_message, thread_of
from workspace.model import Kind, Message
from workspace.posting import change, checked_metadata, post
from workspace.wire import Json, SlackError

STREAMING = "streaming"
MOST_MARKDOWN = 12_000


async def start(call: Call) -> Json:
    conversation = destination(call)
    thread_ts = thread_of(call, conversation)
    if thread_ts is None:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: thread_ts")
    if conversation.kind is not Kind.DM:
        _check_recipient(call)
    body = _grown({"text": "", STREAMING: True, "tasks": []}, call)
    message = post(call.ws, conversation, body, app=call.app, thread_ts=thread_ts)
    return {"channel": conversation.id, "ts": message.ts}


def _check_recipient(call: Call) -> None:
    """In a channel Slack wants to know for whom the text grows."""
    user_id = call.text("recipient_user_id", error="missing_recipient_user_id")
    call.text("recipient_team_id", error="missing_recipient_team_id")
    if user_id not in call.ws.state.people:
        raise SlackError("user_not_found")


async def append(call: Call) -> Json:
    message = _streaming(call)
    message.body = _grown(message.body, call)
    call.ws.state.publish_message(message)
    return {"channel": message.channel_id, "ts": message.ts}


async def stop(call: Call) -> Json:
    message = _streaming(call)
    body = _grown(message.body, call)
    extra = call.data("blocks", error="invalid_blocks_format") or []
    if not isinstance(extra, list):
        raise SlackError("invalid_blocks_format")
    final = {"text": body["text"], "blocks": check_blocks([*body["blocks"], *extra], surface="message")}
    if metadata := call.data("metadata", error="invalid_metadata_format"):
        final["metadata"] = checked_metadata(metadata)
    change(call.ws, message, final, by=call.app.bot_user_id, is_marked=False)
    return {"channel": message.channel_id, "ts": message.ts, "message": call.ws.state.to_slack(message)}


def _streaming(call: Call) -> Message:
    message = own_message(call, "message_not_owned_by_app")
    if not message.body.get(STREAMING):
        raise SlackError("message_not_in_streaming_state")
    return message


def _grown(body: Json, call: Call) -> Json:
    """The body with this call's text and chunks added."""
    text, tasks = body["text"] + call.text("markdown_text"), dict(body["tasks"])
    chunks = call.data("chunks", error="invalid_chunks") or []
    if not isinstance(chunks, list):
        raise SlackError("invalid_chunks")
    for chunk in chunks:
        kind = chunk.get("type") if isinstance(chunk, dict) else None
        if kind == "markdown_text":
            text += str(chunk.get("text") or "")
        elif kind == "task_update":
            tasks[str(chunk.get("id"))] = _task(chunk)
        elif kind not in ("plan_update", "blocks"):
            raise SlackError("invalid_chunks", f"[ERROR] unsupported type: {kind} [json-pointer:/chunks]")
    if len(text) > MOST_MARKDOWN:
        raise SlackError("msg_too_long")
    markdown = [{"type": "markdown", "text": text}] if text else []
    blocks = check_blocks([*tasks.values(), *markdown], surface="message")
    return {**body, "text": text, "tasks": list(tasks.items()), "blocks": blocks}


def _task(chunk: Json) -> Json:
    task: dict[str, Any] = {"type": "task_card", "task_id": str(chunk.get("id")), "block_id": f"task-{chunk.get('id')}"}
    for key in ("title", "status", "sources"):
        if chunk.get(key) is not None:
            task[key] = chunk[key]
    return task


_WRITE = ("chat:write",)
METHODS = MappingProxyType(
    {
        "chat.startStream": Method(start, tier=2, scopes=_WRITE),
        "chat.appendStream": Method(append, tier=4, scopes=_WRITE),
        "chat.stopStream": Method(stop, tier=2, scopes=_WRITE),
    }
)
