"""Every method that this workspace serves, by name."""

from collections import ChainMap
from collections.abc import Mapping

from workspace.methods import (
    assistant,
    auth,
    bookmarks,
    chat,
    conversations,
    files,
    lists,
    oauth,
    openid,
    reactions,
    scheduling,
    streaming,
    usergroups,
    users,
    views,
)
from workspace.methods.call import Method


def all_methods() -> Mapping[str, Method]:
    parts = (assistant, auth, bookmarks, chat, conversations, files, lists, oauth, openid)
    more = (reactions, scheduling, streaming, usergroups, users, views)
    return ChainMap(*(dict(part.METHODS) for part in (*parts, *more)))
