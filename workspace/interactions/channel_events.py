"""What apps hear of channels and people: who came and went, what was renamed, pinned, shared."""

import re
from typing import Any
from urllib.parse import urlsplit

from workspace.core import Workspace
from workspace.interactions.events import dispatch_message, send_event, to_members
from workspace.model import App, Conversation, Kind, Message
from workspace.wire import Json

_LINK = re.compile(r"<(https?://[^>|\s]+)(?:\|[^>]*)?>")


def announce(ws: Workspace, conversation: Conversation, change: str, *, by: str, text: str, **facts: Any) -> None:
    """The line that Slack itself writes into a channel: ``channel_topic``, ``channel_join`` and their like."""
    message = Message(conversation.id, ws.ids.ts(), by, {"text": text}, subtype=f"channel_{change}", facts=facts)
    ws.state.add_message(message)
    dispatch_message(ws, message)


def joined(ws: Workspace, conversation: Conversation, user_id: str, *, inviter: str | None = None) -> None:
    """Adds somebody; the channel and the apps in it are told."""
    conversation.members.append(user_id)
    ws.state.publish_conversation(conversation)
    invited = {"inviter": inviter} if inviter and inviter != user_id else {}
    if conversation.kind in (Kind.CHANNEL, Kind.PRIVATE):
        announce(ws, conversation, "join", by=user_id, text=f"<@{user_id}> has joined the channel", **invited)
    event = {
        "type": "member_joined_channel",
        "user": user_id,
        "channel": conversation.id,
        "channel_type": conversation.id[0],
        "team": ws.state.team.id,
        **invited,
        "event_ts": ws.ids.ts(),
    }
    to_members(ws, conversation, event)


def left(ws: Workspace, conversation: Conversation, user_id: str) -> None:
    """Removes somebody; an app that left hears ``channel_left``, those that stay ``member_left_channel``."""
    audience = ws.state.audience(conversation)
    conversation.members.remove(user_id)
    ws.state.publish_conversation(conversation, to=audience)
    announce(ws, conversation, "leave", by=user_id, text=f"<@{user_id}> has left the channel")
    event = {
        "type": "member_left_channel",
        "user": user_id,
        "channel": conversation.id,
        "channel_type": conversation.id[0],
        "team": ws.state.team.id,
        "event_ts": ws.ids.ts(),
    }
    to_members(ws, conversation, event)
    if app := ws.state.app_of_bot(user_id):
        gone = {"type": _typed(conversation, "left"), "channel": conversation.id, "actor_id": user_id}
        send_event(ws, app, {**gone, "event_ts": ws.ids.ts()})


def channel_changed(ws: Workspace, conversation: Conversation, change: str, *, by: str) -> None:
    """``created``, ``rename``, ``archive``, ``unarchive``: all apps hear of a public channel, else those in it."""
    is_public = conversation.kind is Kind.CHANNEL
    named = {
        "id": conversation.id,
        "name": conversation.name,
        "name_normalized": conversation.name,
        "created": conversation.created,
        "is_channel": is_public,
        "is_mpim": False,
    }
    facts: dict[str, Json] = {
        "created": {"channel": {**named, **_created(ws, conversation)}},
        "rename": {"channel": named},
        "archive": {"channel": conversation.id, "user": by, "is_moved": 0},
        "unarchive": {"channel": conversation.id, "user" if is_public else "actor_id": by},
    }
    event = {"type": _typed(conversation, change), **facts[change], "event_ts": ws.ids.ts()}
    if is_public:
        to_all(ws, event)
    elif change != "created":  # of a private one nobody is told
        to_members(ws, conversation, event)


def _created(ws: Workspace, conversation: Conversation) -> Json:
    flags = ("shared", "org_shared", "ext_shared", "pending_ext_shared", "archived", "frozen", "group", "private", "im")
    general = {"is_general": conversation.name == "general"}
    return {
        **{f"is_{flag}": False for flag in flags},
        **general,
        "creator": conversation.creator,
        "context_team_id": ws.state.team.id,
    }


def pinned(ws: Workspace, message: Message, *, by: str, added: bool) -> None:
    """Slack nests the pinned message in ``item``."""
    conversation = ws.state.conversations[message.channel_id]
    item = {
        "type": "message",
        "channel": conversation.id,
        "message": ws.state.to_slack(message),
        "created": ws.ids.epoch(),
        "created_by": by,
    }
    event: Json = {
        "type": "pin_added" if added else "pin_removed",
        "user": by,
        "channel_id": conversation.id,
        "item": item,
        "event_ts": ws.ids.ts(),
        **({} if added else {"has_pins": bool(ws.state.pins.get(conversation.id))}),
    }
    to_members(ws, conversation, event)


def links_shared(ws: Workspace, message: Message) -> None:
    """``link_shared`` to each app that unfurls a domain named in the message, unless it wrote it itself."""
    urls = list(dict.fromkeys(url.replace("&amp;", "&") for url in _LINK.findall(message.text)))
    conversation = ws.state.conversations[message.channel_id]
    for app in ws.state.apps.values():
        links = [{"url": url, "domain": domain} for url in urls if (domain := _domain(app, url))]
        if not links or message.app_id == app.id:
            continue
        event: Json = {
            "type": "link_shared",
            "channel": conversation.id,
            "is_bot_user_member": app.bot_user_id in conversation.members,
            "user": message.user_id,
            "message_ts": message.ts,
            **({"thread_ts": message.thread_ts} if message.is_reply else {}),
            "unfurl_id": ws.unfurls.remember(app.id, message, [link["url"] for link in links]),
            "source": "conversations_history",
            "links": links,
            "event_ts": ws.ids.ts(),
        }
        send_event(ws, app, event)


def files_shared(ws: Workspace, message: Message) -> None:
    for file in message.files:
        named = {"file_id": file["id"], "file": {"id": file["id"]}, "user_id": message.user_id}
        event = {"type": "file_shared", **named, "channel_id": message.channel_id, "event_ts": ws.ids.ts()}
        to_members(ws, ws.state.conversations[message.channel_id], event)


def to_all(ws: Workspace, event: Json) -> None:
    for app in ws.state.apps.values():
        send_event(ws, app, event)


def _typed(conversation: Conversation, change: str) -> str:
    return f"{'group' if conversation.kind is Kind.PRIVATE else 'channel'}_{change}"


def _domain(app: App, url: str) -> str | None:
    """The registered domain that the address belongs to: itself or one above it."""
    host = (urlsplit(url).hostname or "").lower()
    return next((known for known in app.unfurl_domains if host == known or host.endswith(f".{known}")), None)
