"""Small neighbours that many apps ask for: custom emoji, pins. This workspace has few of them."""

from types import MappingProxyType

from workspace.methods.call import Call, Method
from workspace.wire import Json, SlackError


async def emoji_list(call: Call) -> Json:
    return {"emoji": {}, "cache_ts": call.ws.ids.ts()}


async def pins_add(call: Call) -> Json:
    conversation = call.channel()
    ts = call.text("timestamp", error="no_item_specified")
    call.ws.state.message(conversation.id, ts)
    pinned = call.ws.state.pins.setdefault(conversation.id, [])
    if ts in pinned:
        raise SlackError("already_pinned")
    pinned.append(ts)
    return {}


async def pins_remove(call: Call) -> Json:
    conversation = call.channel()
    pinned = call.ws.state.pins.get(conversation.id, [])
    ts = call.text("timestamp", error="no_item_specified")
    if ts not in pinned:
        raise SlackError("no_pin")
    pinned.remove(ts)
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


METHODS = MappingProxyType(
    {
        "emoji.list": Method(emoji_list, tier=2, scopes=("emoji:read",)),
        "pins.add": Method(pins_add, tier=2, scopes=("pins:write",)),
        "pins.remove": Method(pins_remove, tier=2, scopes=("pins:write",)),
        "pins.list": Method(pins_list, tier=2, scopes=("pins:read",)),
    }
)
