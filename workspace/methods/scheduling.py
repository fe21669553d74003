"""chat.scheduleMessage and what belongs to it."""

from types import MappingProxyType

from workspace.methods.call import Call, Method
from workspace.methods.chat import content_of, destination, thread_of
from workspace.methods.paging import page
from workspace.posting import post
from workspace.wire import Json, SlackError


async def schedule(call: Call) -> Json:
    conversation = destination(call)
    body = content_of(call)
    thread_ts = thread_of(call, conversation)
    try:
        post_at = int(call.text("post_at", error="invalid_time"))
    except ValueError:
        raise SlackError("invalid_time") from None
    message = call.ws.scheduled.add(
        app_id=call.app.id,
        channel_id=conversation.id,
        post_at=post_at,
        text=body["text"],
        send=lambda: post(
            call.ws,
            conversation,
            body,
            app=call.app,
            thread_ts=thread_ts,
            broadcast=bool(thread_ts) and call.flag("reply_broadcast"),
        ),
    )
    shown = {**body, "type": "delayed_message", "bot_id": call.app.bot_id, "app_id": call.app.id}
    return {
        "channel": conversation.id,
        "scheduled_message_id": message.id,
        "post_at": message.post_at,
        "message": shown,
    }


async def list_scheduled(call: Call) -> Json:
    channel = call.optional("channel")
    if channel is not None and channel not in call.ws.state.conversations:
        raise SlackError("invalid_channel")
    oldest, latest = call.number("oldest", 0), call.number("latest", 2**62)
    if oldest > latest:
        raise SlackError("invalid_time")
    known = [
        message.to_json()
        for message in call.ws.scheduled.waiting.values()
        if message.app_id == call.app.id
        and channel in (None, message.channel_id)
        and oldest <= message.post_at <= latest
    ]
    part, cursor = page(call, known)
    return {"scheduled_messages": part, "response_metadata": {"next_cursor": cursor}}


async def delete_scheduled(call: Call) -> Json:
    call.channel()
    wanted = call.text("scheduled_message_id", error="invalid_scheduled_message_id")
    call.ws.scheduled.remove(wanted, call.app.id)
    return {}


_WRITE = ("chat:write",)
METHODS = MappingProxyType(
    {
        "chat.scheduleMessage": Method(schedule, scopes=_WRITE),
        "chat.scheduledMessages.list": Method(list_scheduled),
        "chat.deleteScheduledMessage": Method(delete_scheduled, scopes=_WRITE),
    }
)
