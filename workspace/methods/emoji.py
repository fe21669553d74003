"""emoji.list: this workspace has no custom emoji."""

from types import MappingProxyType

from workspace.methods.call import Call, Method
from workspace.wire import Json


async def emoji_list(call: Call) -> Json:
    return {"emoji": {}, "cache_ts": call.ws.ids.ts()}


METHODS = MappingProxyType({"emoji.list": Method(emoji_list, tier=2, scopes=("emoji:read",))})
