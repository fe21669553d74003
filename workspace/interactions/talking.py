"""What people write: messages, edits, reactions. Text is turned into what Slack's client would send."""

import re
from uuid import uuid4

from workspace.core import Workspace
from workspace.interactions.channel_events import joined
from workspace.interactions.events import dispatch_reaction
from workspace.model import Conversation, Message, Person
from workspace.mrkdwn import rich_text
from workspace.posting import change, checked_content, post, remove
from workspace.wire import Json, SlackError

_MENTION = re.compile(r"(?<!\w)@([\w.\-]+)")
_CHANNEL = re.compile(r"(?<!\w)#([\w\-]+)")
_LINK = re.compile(r"https?://[^\s<>|]+")


def say(
    ws: Workspace,
    person: Person,
    conversation: Conversation,
    text: str,
    *,
    thread_ts: str | None = None,
    files: list[Json] | None = None,
) -> Message:
    """A message as typed: ``@name`` and ``#channel`` become mentions, ``& < >`` are escaped."""
    if conversation.is_archived:
        raise SlackError("is_archived", "This channel has been archived.")
    if not ws.state.can_see(person.id, conversation):
        raise SlackError("channel_not_found")
    if conversation.app_id and not ws.state.apps[conversation.app_id].takes_messages:
        raise SlackError("messages_tab_disabled", "Sending messages to this app has been turned off.")
    if person.id not in conversation.members:
        joined(ws, conversation, person.id)
    body = {"text": ""} if files and not text.strip() else typed(ws, text)
    body["client_msg_id"] = str(uuid4())
    return post(
        ws,
        conversation,
        body,
        user_id=person.id,
        thread_ts=thread_ts,
        files=files or [],
        subtype="file_share" if files else None,
    )


def edit(ws: Workspace, person: Person, message: Message, text: str) -> None:
    if message.user_id != person.id:
        raise SlackError("cant_update_message")
    change(ws, message, typed(ws, text), by=person.id)


def delete(ws: Workspace, person: Person, message: Message) -> None:
    if person.id not in (message.user_id, message.visible_to):
        raise SlackError("cant_delete_message")
    remove(ws, message)


def react(ws: Workspace, person: Person, message: Message, name: str, *, remove: bool = False) -> None:
    """Doing it twice changes nothing."""
    users = message.reactions.setdefault(name, [])
    if (person.id in users) is not remove:
        return
    users.remove(person.id) if remove else users.append(person.id)
    if not users:
        del message.reactions[name]
    ws.state.publish_message(message)
    dispatch_reaction(ws, message, name, by=person.id, added=not remove)


def typed(ws: Workspace, text: str) -> Json:
    """The content that Slack's client makes of what somebody typed."""
    final = escaped(ws, text)
    return checked_content(
        {"text": final, "blocks": rich_text(final, own=ws.state.emoji)} if final.strip() else {"text": final}
    )


def escaped(ws: Workspace, text: str) -> str:
    """Text with mentions, channels and links in Slack's angle brackets, and all other such characters escaped."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    linked = _LINK.sub(lambda found: f"<{found[0]}>", plain)
    return with_names_linked(ws, linked)


def with_names_linked(ws: Workspace, text: str) -> str:
    """``@name`` and ``#channel`` as mentions: what Slack makes of what is typed, and of ``link_names``."""
    mentioned = _MENTION.sub(lambda found: _user(ws, found), text)
    return _CHANNEL.sub(lambda found: _channel(ws, found), mentioned)


def _user(ws: Workspace, found: re.Match[str]) -> str:
    name = found[1].rstrip(".").lower()
    person = next((one for one in ws.state.people.values() if one.name.lower() == name), None)
    return f"<@{person.id}>" if person else found[0]


def _channel(ws: Workspace, found: re.Match[str]) -> str:
    for conversation in ws.state.conversations.values():
        if conversation.name == found[1]:
            return f"<#{conversation.id}|{conversation.name}>"
    return found[0]
