"""reactions.*: an emoji on a message."""

import re
from types import MappingProxyType

from workspace.emoji import is_emoji
from workspace.interactions.events import dispatch_reaction
from workspace.methods.call import Call, Method
from workspace.methods.paging import page
from workspace.model import Message
from workspace.wire import Json, SlackError

MOST_KINDS = 23  # of emoji on one message
_NAME = re.compile(r"[\w+\-']+(?:::skin-tone-[2-6])?")


async def reactions_add(call: Call) -> Json:
    message, name = _target(call)
    users = message.reactions.get(name, [])
    if call.app.bot_user_id in users:
        raise SlackError("already_reacted")
    if not users and len(message.reactions) >= MOST_KINDS:
        raise SlackError("too_many_emoji")
    users = message.reactions.setdefault(name, [])
    users.append(call.app.bot_user_id)
    call.ws.state.publish_message(message)
    dispatch_reaction(call.ws, message, name, by=call.app.bot_user_id, added=True)
    return {}


async def reactions_remove(call: Call) -> Json:
    message, name = _target(call)
    users = message.reactions.get(name, [])
    if call.app.bot_user_id not in users:
        raise SlackError("no_reaction")
    users.remove(call.app.bot_user_id)
    if not users:
        del message.reactions[name]
    call.ws.state.publish_message(message)
    dispatch_reaction(call.ws, message, name, by=call.app.bot_user_id, added=False)
    return {}


async def reactions_get(call: Call) -> Json:
    timestamp = call.timestamp("timestamp")
    conversation = call.channel()
    message = call.ws.state.message(conversation.id, timestamp)
    return {"type": "message", "channel": conversation.id, "message": call.ws.state.to_slack(message)}


async def reactions_list(call: Call) -> Json:
    """What somebody has reacted to, the newest message first; the caller's own when nobody is named."""
    wanted = call.optional("user") or call.user_id
    state = call.ws.state
    if wanted not in state.people:
        raise SlackError("user_not_found")
    reacted = [
        message
        for conversation in state.conversations.values()
        if call.app.bot_user_id in conversation.members
        for message in state.messages.get(conversation.id, {}).values()
        if any(wanted in users for users in message.reactions.values())
    ]
    part, cursor = page(call, sorted(reacted, key=lambda message: message.ts, reverse=True))
    items = [{"type": "message", "channel": one.channel_id, "message": state.to_slack(one)} for one in part]
    return {"items": items, "response_metadata": {"next_cursor": cursor}}


def _target(call: Call) -> tuple[Message, str]:
    name = call.text("name", error="invalid_name").strip(":")
    if not _NAME.fullmatch(name) or not is_emoji(name, call.ws.state.emoji):
        raise SlackError("invalid_name")
    timestamp = call.timestamp("timestamp")
    conversation = call.channel()
    message = call.ws.state.message(conversation.id, timestamp)
    if conversation.is_archived:
        raise SlackError("is_archived")
    if message.is_ephemeral:
        raise SlackError("message_not_found")
    return message, name


METHODS = MappingProxyType(
    {
        "reactions.add": Method(reactions_add, scopes=("reactions:write",)),
        "reactions.remove": Method(reactions_remove, tier=2, scopes=("reactions:write",)),
        "reactions.get": Method(reactions_get, scopes=("reactions:read",)),
        "reactions.list": Method(reactions_list, tier=2, scopes=("reactions:read",)),
    }
)
