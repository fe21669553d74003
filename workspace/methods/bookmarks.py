"""bookmarks.*: the links at the top of a channel."""

from types import MappingProxyType
from urllib.parse import urlsplit

from workspace.methods.call import Call, Method
from workspace.model import Conversation
from workspace.wire import Json, SlackError

MOST = 100  # in one channel


async def bookmarks_add(call: Call) -> Json:
    conversation = _channel(call)
    if call.text("type", error="invalid_arguments") != "link":
        raise SlackError("invalid_bookmark_type")
    title, known = call.text("title", error="invalid_arguments"), _of(call, conversation)
    if len(known) >= MOST:
        raise SlackError("too_many_bookmarks")
    now = call.ws.ids.epoch()
    bookmark: Json = {
        "id": call.ws.ids.new("Bk"),
        "channel_id": conversation.id,
        "title": title,
        "link": _link(call),
        "emoji": call.text("emoji"),
        "icon_url": "",
        "type": "link",
        "entity_id": call.optional("entity_id"),
        "date_created": now,
        "date_updated": 0,
        "rank": f"{len(known):x}",
        "last_updated_by_user_id": call.app.bot_user_id,
        "last_updated_by_team_id": call.ws.state.team.id,
        "shortcut_id": None,
        "app_id": None,
    }
    known.append(bookmark)
    return {"bookmark": bookmark}


async def bookmarks_edit(call: Call) -> Json:
    bookmark = _found(call, _of(call, _channel(call)))
    if call.optional("link"):
        bookmark["link"] = _link(call)
    bookmark |= {key: value for key in ("title", "emoji") if (value := call.optional(key))}
    bookmark |= {"date_updated": call.ws.ids.epoch(), "last_updated_by_user_id": call.app.bot_user_id}
    return {"bookmark": bookmark}


async def bookmarks_list(call: Call) -> Json:
    return {"bookmarks": _of(call, _channel(call))}


async def bookmarks_remove(call: Call) -> Json:
    known = _of(call, _channel(call))
    known.remove(_found(call, known))
    return {}


def _channel(call: Call) -> Conversation:
    conversation = call.channel("channel_id")
    if conversation.is_archived:
        raise SlackError("is_archived")
    if call.app.bot_user_id not in conversation.members:
        raise SlackError("not_in_channel")
    return conversation


def _of(call: Call, conversation: Conversation) -> list[Json]:
    return call.ws.state.bookmarks.setdefault(conversation.id, [])


def _found(call: Call, known: list[Json]) -> Json:
    wanted = call.text("bookmark_id", error="invalid_arguments")
    found = next((bookmark for bookmark in known if bookmark["id"] == wanted), None)
    if found is None:
        raise SlackError("not_found")
    return found


def _link(call: Call) -> str:
    link = call.text("link")
    if urlsplit(link).scheme not in ("http", "https") or not urlsplit(link).netloc:
        raise SlackError("invalid_link")
    return link


_READ, _WRITE = ("bookmarks:read",), ("bookmarks:write",)
METHODS = MappingProxyType(
    {
        "bookmarks.add": Method(bookmarks_add, tier=2, scopes=_WRITE),
        "bookmarks.edit": Method(bookmarks_edit, tier=2, scopes=_WRITE),
        "bookmarks.list": Method(bookmarks_list, scopes=_READ),
        "bookmarks.remove": Method(bookmarks_remove, tier=2, scopes=_WRITE),
    }
)
