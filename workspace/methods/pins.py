"""pins.*: messages that stay at hand in their conversation."""

from types import MappingProxyType

from workspace.interactions.channel_events import pinned
from workspace.methods.call import Call, Method
from workspace.model import Conversation, Message
from workspace.wire import Json, SlackError

MOST = 100  # in one conversation


async def pins_add(call: Call) -> Json:
    conversation, message = _target(call)
    known = call.ws.state.pins.setdefault(conversation.id, [])
    if message.ts in known:
        raise SlackError("already_pinned")
    if len(known) >= MOST:
        raise SlackError("too_many_pins")
    known.append(message.ts)
    pinned(call.ws, message, by=call.user_id, added=True)
    return {}


async def pins_remove(call: Call) -> Json:
    conversation, message = _target(call)
    known = call.ws.state.pins.get(conversation.id, [])
    if message.ts not in known:
        raise SlackError("no_pin")
    known.remove(message.ts)
    pinned(call.ws, message, by=call.user_id, added=False)
    return {}


async def pins_list(call: Call) -> Json:
    conversation = call.channel()
    state = call.ws.state
    known = [state.messages[conversation.id].get(ts) for ts in state.pins.get(conversation.id, [])]
    items = [
        {"type": "message", "channel": conversation.id, "message": state.to_slack(one)}
        for one in known
        if one is not None
    ]
    return {"items": items}


def _target(call: Call) -> tuple[Conversation, Message]:
    conversation = call.channel()
    message = call.ws.state.message(conversation.id, call.timestamp("timestamp"))
    if message.is_ephemeral:
        raise SlackError("message_not_found")
    if call.app.bot_user_id not in conversation.members:
        raise SlackError("not_in_channel")
    return conversation, message


METHODS = MappingProxyType(
    {
        "pins.add": Method(pins_add, tier=2, scopes=("pins:write",)),
        "pins.remove": Method(pins_remove, tier=2, scopes=("pins:write",)),
        "pins.list": Method(pins_list, tier=2, scopes=("pins:read",)),
    }
)
