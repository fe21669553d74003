"""Every method that this workspace serves, by name."""

from collections import ChainMap
from collections.abc import Mapping

from workspace.methods import (
    assistant,
    auth,
    bookmarks,
    channels,
    chat,
    conversations,
    dnd,
    emoji,
    files,
    oauth,
    openid,
    pins,
    reactions,
    scheduling,
    streaming,
    unfurling,
    usergroups,
    users,
    views,
)
from workspace.methods.call import Method


def all_methods() -> Mapping[str, Method]:
    parts = (assistant, auth, bookmarks, channels, chat, conversations, dnd, emoji, files, oauth, openid)
    more = (pins, reactions, scheduling, streaming, unfurling, usergroups, users, views)
    return ChainMap(*(dict(part.METHODS) for part in (*parts, *more)))
