"""conversations.*: channels, DMs and what was said in them. ``channels`` has what changes them."""

from types import MappingProxyType

from workspace.methods.call import SCOPE_PREFIXES, Call, Method
from workspace.methods.paging import page
from workspace.methods.users import kinds_of
from workspace.model import Conversation, Kind, Message
from workspace.wire import Json, SlackError

MOST_IN_GROUP_DM = 8  # beside the one who opens it


async def conversations_open(call: Call) -> Json:
    state = call.ws.state
    known = set(state.conversations)
    if call.optional("channel"):
        conversation = call.channel(scope="write")
        if conversation.kind not in (Kind.DM, Kind.GROUP_DM):
            raise SlackError("method_not_supported_for_channel_type")
    else:
        users = list(dict.fromkeys(call.names("users")))
        if not users:
            raise SlackError("users_list_not_supplied")
        if not set(users) <= state.people.keys():
            raise SlackError("user_not_found")
        conversation = _among(call, users)
    was_open, conversation.is_open = conversation.is_open and conversation.id in known, True
    shown = state.describe_for_app(conversation, call.app) if call.flag("return_im") else {"id": conversation.id}
    return {**({"no_op": True, "already_open": True} if was_open else {}), "channel": shown}


async def conversations_list(call: Call) -> Json:
    kinds, bot = kinds_of(call), call.app.bot_user_id
    call.need_scopes(*(f"{SCOPE_PREFIXES[kind]}:read" for kind in kinds))
    state = call.ws.state
    known = [
        found
        for found in state.conversations.values()
        if found.kind in kinds and (found.kind is Kind.CHANNEL or bot in found.members)
    ]
    if call.flag("exclude_archived"):
        known = [found for found in known if not found.is_archived]
    part, cursor = page(call, known)
    channels = [state.describe_for_app(conversation, call.app) for conversation in part]
    return {"channels": channels, "response_metadata": {"next_cursor": cursor}}


async def conversations_info(call: Call) -> Json:
    conversation = call.channel(scope="read")
    shown = call.ws.state.describe_for_app(conversation, call.app)
    if not call.flag("include_num_members"):
        shown.pop("num_members", None)
    if call.flag("include_locale"):
        shown["locale"] = "en-US"
    return {"channel": shown}


async def conversations_members(call: Call) -> Json:
    part, cursor = page(call, call.channel(scope="read").members)
    return {"members": part, "response_metadata": {"next_cursor": cursor}}


async def conversations_history(call: Call) -> Json:
    conversation = _joined(call, "history")
    roots = [
        message
        for message in call.ws.state.messages.get(conversation.id, {}).values()
        if not message.is_ephemeral and (not message.is_reply or message.broadcast)
    ]
    wanted = _between(call, roots)
    part, cursor = page(call, wanted[::-1], most=999)
    return {
        **_shown(call, part),
        "has_more": bool(cursor),
        "pin_count": len(call.ws.state.pins.get(conversation.id, [])),
        "response_metadata": {"next_cursor": cursor},
    }


async def conversations_replies(call: Call) -> Json:
    conversation = _joined(call, "history")
    state = call.ws.state
    root = state.message(conversation.id, call.text("ts", error="thread_not_found"), error="thread_not_found")
    if root.is_reply and root.thread_ts:
        root = state.message(conversation.id, root.thread_ts, error="thread_not_found")
    part, cursor = page(call, [root, *_between(call, state.thread(root))])
    return {**_shown(call, part), "has_more": bool(cursor), "response_metadata": {"next_cursor": cursor}}


async def conversations_close(call: Call) -> Json:
    conversation = call.channel()
    if conversation.kind not in (Kind.DM, Kind.GROUP_DM):
        raise SlackError("method_not_supported_for_channel_type")
    was_open, conversation.is_open = conversation.is_open, False
    return {} if was_open else {"no_op": True, "already_closed": True}


async def conversations_mark(call: Call) -> Json:
    conversation = _joined(call, "write")
    ts = call.text("ts", error="invalid_timestamp")
    try:
        float(ts)
    except ValueError:
        raise SlackError("invalid_timestamp") from None
    conversation.last_read[call.app.bot_user_id] = ts
    return {}


def _among(call: Call, users: list[str]) -> Conversation:
    state, bot = call.ws.state, call.app.bot_user_id
    others = [user_id for user_id in users if user_id != bot]
    call.need_scopes("im:write" if len(others) == 1 else "mpim:write")
    if not others or (len(others) == 1 and state.people[others[0]].is_bot):
        raise SlackError("cannot_dm_bot")
    if any(state.people[user_id].deleted for user_id in others):
        raise SlackError("user_disabled")
    if len(others) > MOST_IN_GROUP_DM:
        raise SlackError("too_many_users")
    return state.dm(bot, others[0]) if len(others) == 1 else state.group_dm([bot, *others])


def _joined(call: Call, scope: str) -> Conversation:
    conversation = call.channel(scope=scope)
    if call.app.bot_user_id not in conversation.members:
        raise SlackError("not_in_channel")
    return conversation


def _between(call: Call, messages: list[Message]) -> list[Message]:
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "9999999999"
    try:
        low, high = float(oldest), float(latest)
    except ValueError:
        raise SlackError(
            "invalid_ts_oldest" if not oldest.replace(".", "").isdigit() else "invalid_ts_latest"
        ) from None
    inclusive = call.flag("inclusive")
    return [
        message
        for message in messages
        if low < float(message.ts) < high or (inclusive and message.ts in (oldest, latest))
    ]


def _shown(call: Call, messages: list[Message]) -> Json:
    everything = call.flag("include_all_metadata")
    return {"messages": [call.ws.state.to_slack(message, with_metadata=everything) for message in messages]}


METHODS = MappingProxyType(
    {
        "conversations.open": Method(conversations_open),
        "conversations.list": Method(conversations_list, tier=2),
        "conversations.info": Method(conversations_info),
        "conversations.members": Method(conversations_members, tier=4),
        "conversations.history": Method(conversations_history),
        "conversations.replies": Method(conversations_replies),
        "conversations.close": Method(conversations_close, tier=2),
        "conversations.mark": Method(conversations_mark),
    }
)
