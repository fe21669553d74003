"""Slack's own slash commands, as far as a reviewer needs them to bring an app into a channel and out again."""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import TypeAlias

from workspace.core import Workspace
from workspace.interactions.channel_events import announce, joined, left
from workspace.model import Conversation, Kind, Person
from workspace.posting import checked_content, post
from workspace.wire import SlackError

Work: TypeAlias = Callable[[Workspace, Person, Conversation, str], None]


def invite(ws: Workspace, person: Person, conversation: Conversation, text: str) -> None:
    """``/invite @ann @app``; who is there already stays there."""
    _in_channel(person, conversation)
    names = [word.strip("@,") for word in text.split()]
    if not names:
        raise SlackError("no_user", "Who should come? /invite @name")
    invited = [ws.state.person(name, error="user_not_found") for name in names]
    for one in invited:
        if one.id not in conversation.members:
            joined(ws, conversation, one.id, inviter=person.id)


def leave(ws: Workspace, person: Person, conversation: Conversation, _text: str) -> None:
    _in_channel(person, conversation)
    if conversation.name == "general":
        raise SlackError("cant_leave_general", "Nobody leaves #general.")
    left(ws, conversation, person.id)


def topic(ws: Workspace, person: Person, conversation: Conversation, text: str) -> None:
    _in_channel(person, conversation)
    conversation.topic = text
    conversation.described_by["topic"] = {"creator": person.id, "last_set": ws.ids.epoch()}
    ws.state.publish_conversation(conversation)
    said = f"<@{person.id}> set the channel topic: {text}"
    announce(ws, conversation, "topic", by=person.id, text=said, topic=text)


def me(ws: Workspace, person: Person, conversation: Conversation, text: str) -> None:
    post(ws, conversation, checked_content({"text": text}), user_id=person.id, subtype="me_message")


BUILT_IN: Mapping[str, Work] = MappingProxyType({"/invite": invite, "/leave": leave, "/topic": topic, "/me": me})


def _in_channel(person: Person, conversation: Conversation) -> None:
    if conversation.kind not in (Kind.CHANNEL, Kind.PRIVATE):
        raise SlackError("not_a_channel", "That works in channels only.")
    if person.id not in conversation.members:
        raise SlackError("not_in_channel", "You are not in this channel. Write something to join it.")
