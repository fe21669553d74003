"""conversations.*: what changes a channel: its name, its topic, who is in it, whether it goes on."""

from types import MappingProxyType

from workspace.interactions.channel_events import announce, channel_changed, joined, left
from workspace.methods.call import Call, Method, writing_scopes
from workspace.model import Conversation, Kind
from workspace.wire import Json, SlackError

NAME_LIMIT = 80
TEXT_LIMIT = 250  # of a topic or a purpose
INVITED_LIMIT = 1000


async def create(call: Call) -> Json:
    name = _name(call)
    state, bot = call.ws.state, call.app.bot_user_id
    kind = Kind.PRIVATE if call.flag("is_private") else Kind.CHANNEL
    call.need_one_of(*writing_scopes(kind, "write"))
    made = state.add_conversation(Conversation(state.ids.new("C"), kind, name, members=[bot], creator=bot))
    channel_changed(call.ws, made, "created", by=bot)
    return _shown(call, made)


async def rename(call: Call) -> Json:
    conversation = _managed(call)
    before, conversation.name = conversation.name, _name(call)
    call.ws.state.publish_conversation(conversation)
    said = f'has renamed the channel from "{before}" to "{conversation.name}"'
    names = {"old_name": before, "name": conversation.name}
    announce(call.ws, conversation, "name", by=call.user_id, text=f"<@{call.user_id}> {said}", **names)
    channel_changed(call.ws, conversation, "rename", by=call.user_id)
    return _shown(call, conversation)


async def set_topic(call: Call) -> Json:
    conversation = _described(call, "topic")
    return _shown(call, conversation) | {"topic": conversation.topic}


async def set_purpose(call: Call) -> Json:
    return {"purpose": _described(call, "purpose").purpose}


async def join(call: Call) -> Json:
    conversation = call.channel()
    if conversation.kind is not Kind.CHANNEL:
        raise SlackError("method_not_supported_for_channel_type")
    if conversation.is_archived:
        raise SlackError("is_archived")
    if call.app.bot_user_id in conversation.members:
        warned = {"warning": "already_in_channel", "response_metadata": {"warnings": ["already_in_channel"]}}
        return _shown(call, conversation) | warned
    joined(call.ws, conversation, call.app.bot_user_id)
    return _shown(call, conversation)


async def invite(call: Call) -> Json:
    conversation = _managed(call, scope="write.invites")
    users = call.names("users")
    if not users:
        raise SlackError("no_user")
    if len(users) > INVITED_LIMIT:
        raise SlackError("too_many_users")
    errors = [
        {"ok": False, "user": user_id, "error": error}
        for user_id in users
        if (error := _uninvitable(call, user_id, conversation))
    ]
    if errors and not (call.flag("force") and len(errors) < len(users)):
        raise SlackError(str(errors[0]["error"]), **({"errors": errors} if len(users) > 1 else {}))
    refused = {error["user"] for error in errors}
    for user_id in users:
        if user_id not in refused:
            joined(call.ws, conversation, user_id, inviter=call.app.bot_user_id)
    return _shown(call, conversation) | ({"errors": errors} if errors else {})


async def kick(call: Call) -> Json:
    conversation = _managed(call)
    user_id = call.text("user", error="no_user")
    if user_id == call.app.bot_user_id:
        raise SlackError("cant_kick_self")
    if _is_general(conversation):
        raise SlackError("cant_kick_from_general")
    if user_id not in call.ws.state.people:
        raise SlackError("user_not_found")
    if user_id not in conversation.members:
        raise SlackError("not_in_channel")
    left(call.ws, conversation, user_id)
    return {"errors": {}}


async def leave(call: Call) -> Json:
    conversation = _channel(call, "write")
    bot = call.app.bot_user_id
    if bot not in conversation.members:
        return {"not_in_channel": True}
    if conversation.is_archived:
        raise SlackError("is_archived")
    if _is_general(conversation):
        raise SlackError("cant_leave_general")
    if conversation.members == [bot]:
        raise SlackError("last_member")
    left(call.ws, conversation, bot)
    return {}


async def archive(call: Call) -> Json:
    conversation = _managed(call, archived_error="already_archived")
    if _is_general(conversation):
        raise SlackError("cant_archive_general")
    members = list(conversation.members)
    said = f"<@{call.user_id}> archived the channel"
    announce(call.ws, conversation, "archive", by=call.user_id, text=said, members=members)
    _keep_archived(call, conversation, archived=True)
    return {}


async def unarchive(call: Call) -> Json:
    conversation = _channel(call, "write")
    if not conversation.is_archived:
        raise SlackError("not_archived")
    _keep_archived(call, conversation, archived=False)
    announce(call.ws, conversation, "unarchive", by=call.user_id, text=f"<@{call.user_id}> un-archived the channel")
    return {}


def _keep_archived(call: Call, conversation: Conversation, *, archived: bool) -> None:
    conversation.is_archived = archived
    call.ws.state.publish_conversation(conversation)
    channel_changed(call.ws, conversation, "archive" if archived else "unarchive", by=call.user_id)


def _described(call: Call, what: str) -> Conversation:
    """Sets the topic or the purpose. Direct messages between several have a topic, too."""
    conversation = _member(call, call.channel(scope="write.topic"))
    if conversation.is_archived:
        raise SlackError("is_archived")
    text = call.text(what)
    if len(text) > TEXT_LIMIT:
        raise SlackError("too_long")
    setattr(conversation, what, text)
    conversation.described_by[what] = {"creator": call.user_id, "last_set": call.ws.ids.epoch()}
    call.ws.state.publish_conversation(conversation)
    said = f"<@{call.user_id}> set the channel {'topic' if what == 'topic' else 'description'}: {text}"
    announce(call.ws, conversation, what, by=call.user_id, text=said, **{what: text})
    return conversation


def _name(call: Call) -> str:
    """The wanted name. Raises Slack's error for each thing that can be wrong with it."""
    name = call.text("name", error="invalid_name_required")
    if len(name) > NAME_LIMIT:
        raise SlackError("invalid_name_maxlength")
    if not any(sign.isalnum() for sign in name):
        raise SlackError("invalid_name_punctuation")
    if name != name.lower() or not all(sign.isalnum() or sign in "-_" for sign in name):
        raise SlackError("invalid_name_specials")
    if any(found.name == name for found in call.ws.state.conversations.values()):
        raise SlackError("name_taken")
    return name


def _managed(call: Call, *, scope: str = "write", archived_error: str = "is_archived") -> Conversation:
    """A channel that the bot is in and may change."""
    conversation = _channel(call, scope)
    if conversation.is_archived:
        raise SlackError(archived_error)
    return _member(call, conversation)


def _channel(call: Call, scope: str) -> Conversation:
    conversation = call.channel(scope=scope)
    if conversation.kind not in (Kind.CHANNEL, Kind.PRIVATE):
        raise SlackError("method_not_supported_for_channel_type")
    return conversation


def _member(call: Call, conversation: Conversation) -> Conversation:
    if call.app.bot_user_id not in conversation.members:
        raise SlackError("not_in_channel")
    return conversation


def _uninvitable(call: Call, user_id: str, conversation: Conversation) -> str | None:
    person = call.ws.state.people.get(user_id)
    if person is None or person.deleted:
        return "user_not_found"
    if user_id == call.app.bot_user_id:
        return "cant_invite_self"
    return "already_in_channel" if user_id in conversation.members else None


def _is_general(conversation: Conversation) -> bool:
    return conversation.name == "general"


def _shown(call: Call, conversation: Conversation) -> Json:
    return {"channel": call.ws.state.describe_for_app(conversation, call.app)}


METHODS = MappingProxyType(
    {
        "conversations.archive": Method(archive, tier=2),
        "conversations.create": Method(create, tier=2),
        "conversations.invite": Method(invite),
        "conversations.join": Method(join, scopes=("channels:join",)),
        "conversations.kick": Method(kick),
        "conversations.leave": Method(leave),
        "conversations.rename": Method(rename, tier=2),
        "conversations.setPurpose": Method(set_purpose, tier=2),
        "conversations.setTopic": Method(set_topic, tier=2),
        "conversations.unarchive": Method(unarchive, tier=2),
    }
)
