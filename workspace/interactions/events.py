"""The Events API: what apps that are subscribed to it hear of."""

from workspace.core import Workspace
from workspace.model import App, Conversation, Kind, Message, Person
from workspace.wire import Json

_CHANNEL_TYPES = {Kind.CHANNEL: "channel", Kind.PRIVATE: "group", Kind.DM: "im", Kind.GROUP_DM: "mpim"}
_SPOKEN = (None, "file_share", "thread_broadcast", "me_message", "bot_message")  # the rest are lines of Slack's own
_SUBSCRIPTIONS = {"channel": "message.channels", "group": "message.groups", "im": "message.im", "mpim": "message.mpim"}


def dispatch_message(ws: Workspace, message: Message) -> None:
    """``message`` to the apps that are in the conversation, ``app_mention`` to those that it names."""
    conversation = ws.state.conversations[message.channel_id]
    event = _message_event(ws, message, conversation)
    to_members(ws, conversation, event)
    if conversation.kind is Kind.DM or message.subtype not in _SPOKEN:
        return
    for app in ws.state.apps.values():
        named = f"<@{app.bot_user_id}>" in message.text
        if named and app.bot_user_id in conversation.members and message.app_id != app.id:
            mention = {key: value for key, value in event.items() if key != "channel_type"} | {"type": "app_mention"}
            send_event(ws, app, mention)


def dispatch_message_changed(ws: Workspace, message: Message, previous: Json) -> None:
    conversation = ws.state.conversations[message.channel_id]
    changed = {"message": ws.state.to_slack(message), "previous_message": previous}
    to_members(ws, conversation, _subtyped(ws, conversation, "message_changed", changed))


def dispatch_message_deleted(ws: Workspace, message: Message, previous: Json) -> None:
    conversation = ws.state.conversations[message.channel_id]
    deleted = {"deleted_ts": message.ts, "previous_message": previous}
    to_members(ws, conversation, _subtyped(ws, conversation, "message_deleted", deleted))


def dispatch_reaction(ws: Workspace, message: Message, name: str, *, by: str, added: bool) -> None:
    conversation = ws.state.conversations[message.channel_id]
    event = {
        "type": "reaction_added" if added else "reaction_removed",
        "user": by,
        "reaction": name,
        "item": {"type": "message", "channel": message.channel_id, "ts": message.ts},
        "item_user": message.user_id,
        "event_ts": ws.ids.ts(),
    }
    to_members(ws, conversation, event)


def dispatch_home_opened(ws: Workspace, app: App, person: Person, tab: str) -> None:
    home = ws.views.homes.get((app.id, person.id))
    event: Json = {
        "type": "app_home_opened",
        "user": person.id,
        "channel": ws.state.dm(app.bot_user_id, person.id).id,
        "tab": tab,
        "event_ts": ws.ids.ts(),
    }
    if home is not None and tab == "home":
        event["view"] = ws.views.to_slack(home)
    send_event(ws, app, event)


def send_event(ws: Workspace, app: App, event: Json, *, even_uninstalled: bool = False) -> None:
    """Hands an event to the courier when the app is installed and subscribed to it."""
    if not _is_subscribed(app, event) or not (even_uninstalled or ws.tokens.is_installed(app)):
        return
    payload = {
        "token": "legacy-verification-token",
        "team_id": ws.state.team.id,
        "context_team_id": ws.state.team.id,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": ws.ids.new("Ev"),
        "event_time": ws.ids.epoch(),
        "authorizations": [
            {
                "enterprise_id": None,
                "team_id": ws.state.team.id,
                "user_id": app.bot_user_id,
                "is_bot": True,
                "is_enterprise_install": False,
            }
        ],
        "is_ext_shared_channel": False,
        "event_context": f"4-{ws.ids.new('EC')}",
    }
    ws.courier.event(app, payload)


def _is_subscribed(app: App, event: Json) -> bool:
    if app.events is None:
        return True
    name = event["type"]
    wanted = _SUBSCRIPTIONS.get(event.get("channel_type", ""), name) if name == "message" else name
    return wanted in app.events


def to_members(ws: Workspace, conversation: Conversation, event: Json) -> None:
    for app in ws.state.apps.values():
        if app.bot_user_id in conversation.members:
            send_event(ws, app, event)


def _message_event(ws: Workspace, message: Message, conversation: Conversation) -> Json:
    return {
        **ws.state.to_slack(message),
        "channel": conversation.id,
        "channel_type": _CHANNEL_TYPES[conversation.kind],
        "event_ts": message.ts,
    }


def _subtyped(ws: Workspace, conversation: Conversation, subtype: str, facts: Json) -> Json:
    ts = ws.ids.ts()
    return {
        "type": "message",
        "subtype": subtype,
        **facts,
        "channel": conversation.id,
        "hidden": True,
        "ts": ts,
        "event_ts": ts,
        "channel_type": _CHANNEL_TYPES[conversation.kind],
    }
