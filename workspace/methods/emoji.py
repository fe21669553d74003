"""emoji.list: the workspace's own emoji, as the seed names them."""

from types import MappingProxyType

from workspace.methods.call import Call, Method
from workspace.wire import Json


async def emoji_list(call: Call) -> Json:
    return {"emoji": dict(call.ws.state.emoji), "cache_ts": call.ws.ids.ts()}


METHODS = MappingProxyType({"emoji.list": Method(emoji_list, tier=2, scopes=("emoji:read",))})
