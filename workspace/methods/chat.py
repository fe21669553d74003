"""chat.*: messages in, changed, taken away."""

from types import MappingProxyType

from workspace.blockkit.blocks import MARKDOWN_LIMIT
from workspace.interactions.talking import with_names_linked
from workspace.methods.call import Call, Method
from workspace.model import Conversation, Kind, Message
from workspace.posting import change, checked_content, post, remove
from workspace.wire import Json, SlackError


async def chat_post_message(call: Call) -> Json:
    conversation = destination(call)
    body = content_of(call)
    thread_ts = thread_of(call, conversation)
    message = post(
        call.ws,
        conversation,
        body,
        app=call.app,
        thread_ts=thread_ts,
        broadcast=bool(thread_ts) and call.flag("reply_broadcast"),
    )
    shown = call.ws.state.to_slack(message)
    return {"channel": conversation.id, "ts": message.ts, "message": shown, **_warnings(body)}


async def chat_post_ephemeral(call: Call) -> Json:
    conversation = destination(call)
    user_id = call.text("user", error="user_not_found")
    if user_id not in call.ws.state.people:
        raise SlackError("user_not_found")
    if user_id not in conversation.members:
        raise SlackError("user_not_in_channel")
    body = content_of(call)
    message = post(
        call.ws, conversation, body, app=call.app, thread_ts=thread_of(call, conversation), visible_to=user_id
    )
    return {"message_ts": message.ts, **_warnings(body)}


async def chat_update(call: Call) -> Json:
    """Text without blocks takes the blocks away; neither of them leaves both as they are."""
    message = own_message(call, "cant_update_message")
    if message.body.get("streaming"):
        raise SlackError("streaming_state_conflict")
    if call.flag("reply_broadcast"):
        return _broadcast(call, message)
    if all(call.args.get(key) in (None, "") for key in _CONTENTS):
        raise SlackError("no_text")
    body = content_of(call, message)
    change(call.ws, message, body, by=call.app.bot_user_id, is_marked=not body.get("blocks"))
    return _changed(call, message)


def _broadcast(call: Call, message: Message) -> Json:
    """Shows a reply to the whole conversation as well."""
    if any(call.args.get(key) not in (None, "") for key in _CONTENTS):
        raise SlackError("no_dual_broadcast_content_update")
    if not message.is_reply or message.broadcast:
        raise SlackError("cant_broadcast_message")
    message.broadcast, message.subtype = True, "thread_broadcast"
    change(call.ws, message, message.body, by=call.app.bot_user_id, is_marked=False)
    return _changed(call, message)


def _changed(call: Call, message: Message) -> Json:
    shown = call.ws.state.to_slack(message)
    return {"channel": message.channel_id, "ts": message.ts, "text": message.text, "message": shown}


async def chat_delete(call: Call) -> Json:
    message = own_message(call, "cant_delete_message")
    remove(call.ws, message)
    return {"channel": message.channel_id, "ts": message.ts}


async def chat_get_permalink(call: Call) -> Json:
    conversation = call.channel()
    message = call.ws.state.message(conversation.id, call.text("message_ts", error="message_not_found"))
    return {"channel": conversation.id, "permalink": call.ws.state.permalink(message)}


async def chat_me_message(call: Call) -> Json:
    conversation = destination(call)
    message = post(call.ws, conversation, content_of(call), app=call.app, subtype="me_message")
    return {"channel": conversation.id, "ts": message.ts}


def destination(call: Call) -> Conversation:
    """A conversation that the app may write to; a user's id means the DM with them."""
    wanted = call.text("channel", error="channel_not_found")
    state = call.ws.state
    if person := state.people.get(wanted):
        if person.is_bot:
            raise SlackError("cannot_dm_bot")
        if person.deleted:
            raise SlackError("user_disabled")
        return state.dm(call.app.bot_user_id, person.id)
    conversation = call.channel(by_name=True)
    if conversation.is_archived:
        raise SlackError("is_archived")
    scopes = call.app.scopes
    may_post_anywhere = scopes is not None and "chat:write.public" in scopes and conversation.kind is Kind.CHANNEL
    if call.app.bot_user_id not in conversation.members and not may_post_anywhere:
        raise SlackError("not_in_channel")
    return conversation


def content_of(call: Call, before: Message | None = None) -> Json:
    """What a call wants to post; what it leaves open is taken from the message ``before`` it, as an update does."""
    content: Json = {
        **call.args,
        "blocks": call.data("blocks", error="invalid_blocks_format"),
        "attachments": call.data("attachments", error="invalid_attachments"),
        "metadata": call.data("metadata", error="invalid_metadata_format"),
    }
    if before is not None and not content.get("text") and content["blocks"] is None:
        content |= {"text": before.text, "blocks": before.blocks}
    if before is not None and content["attachments"] is None and not content.get("text"):
        content["attachments"] = before.body.get("attachments")
    if markdown := call.optional("markdown_text"):
        if content.get("text") or content["blocks"]:
            raise SlackError("markdown_text_conflict")
        if len(markdown) > MARKDOWN_LIMIT:
            raise SlackError("msg_too_long")
        content |= {"text": markdown, "blocks": [{"type": "markdown", "text": markdown}]}
    if call.flag("link_names") and content.get("text"):
        content["text"] = with_names_linked(call.ws, str(content["text"]))
    if before is not None and content["metadata"] == {}:
        return {**checked_content(content | _disguise(call) | {"metadata": None}), "metadata": None}
    return checked_content(content | _disguise(call))


def _disguise(call: Call) -> Json:
    """Another name and picture. Slack ignores them without the scope, and the picture when there is an emoji."""
    if call.app.scopes is not None and "chat:write.customize" not in call.app.scopes:
        return {"username": None}
    if emoji := call.optional("icon_emoji"):
        return {"icons": {"emoji": emoji}}
    url = call.optional("icon_url")
    return {"icons": {f"image_{size}": url for size in (36, 48, 72)}} if url else {}


def thread_of(call: Call, conversation: Conversation) -> str | None:
    thread_ts = call.optional("thread_ts")
    if thread_ts is None:
        return None
    try:
        float(thread_ts)
    except ValueError:
        raise SlackError("invalid_thread_ts") from None
    known = call.ws.state.messages.get(conversation.id, {}).get(thread_ts)
    return known.thread_ts if known is not None and known.is_reply else thread_ts


def own_message(call: Call, error: str) -> Message:
    conversation = call.channel()
    message = call.ws.state.message(conversation.id, call.text("ts", error="message_not_found"))
    if conversation.is_archived:
        raise SlackError("is_inactive")
    if message.is_ephemeral or message.subtype == "tombstone":
        raise SlackError("message_not_found")
    if message.app_id != call.app.id:
        raise SlackError(error)
    return message


def _warnings(body: Json) -> Json:
    """What a notification or a screen reader would miss."""
    if body["text"].strip():
        return {}
    attached = body.get("attachments") or []
    if body.get("blocks"):
        warning = "missing_text_in_message"
    elif attached and not all(one.get("fallback") for one in attached):
        warning = "missing_fallback_text_in_attachment"
    else:
        return {}
    return {"warning": warning, "response_metadata": {"warnings": [warning]}}


_CONTENTS = ("text", "markdown_text", "blocks", "attachments", "metadata")
_WRITE = ("chat:write",)
METHODS = MappingProxyType(
    {
        "chat.postMessage": Method(chat_post_message, tier="post", scopes=_WRITE),
        "chat.postEphemeral": Method(chat_post_ephemeral, tier=4, scopes=_WRITE),
        "chat.update": Method(chat_update, scopes=_WRITE),
        "chat.delete": Method(chat_delete, scopes=_WRITE),
        "chat.getPermalink": Method(chat_get_permalink, tier="special"),
        "chat.meMessage": Method(chat_me_message, scopes=_WRITE),
    }
)
