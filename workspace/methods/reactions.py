"""reactions.*: an emoji on a message."""

from types import MappingProxyType

from workspace.interactions.events import dispatch_reaction
from workspace.methods.call import Call, Method
from workspace.model import Message
from workspace.wire import Json, SlackError


async def reactions_add(call: Call) -> Json:
    message, name = _target(call)
    users = message.reactions.setdefault(name, [])
    if call.app.bot_user_id in users:
        raise SlackError("already_reacted")
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
    conversation = call.channel()
    message = call.ws.state.message(conversation.id, call.text("timestamp", error="no_item_specified"))
    return {"type": "message", "channel": conversation.id, "message": call.ws.state.to_slack(message)}


def _target(call: Call) -> tuple[Message, str]:
    name = call.text("name", error="invalid_name").strip(":")
    conversation = call.channel()
    return call.ws.state.message(conversation.id, call.text("timestamp", error="no_item_specified")), name


METHODS = MappingProxyType(
    {
        "reactions.add": Method(reactions_add, scopes=("reactions:write",)),
        "reactions.remove": Method(reactions_remove, tier=2, scopes=("reactions:write",)),
        "reactions.get": Method(reactions_get, scopes=("reactions:read",)),
    }
)
