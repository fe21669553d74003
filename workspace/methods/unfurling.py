"""chat.unfurl: a preview for a link that the app was told of."""

from types import MappingProxyType
from typing import Any

from workspace.methods.call import Call, Method
from workspace.model import Message
from workspace.posting import checked_attachments
from workspace.wire import Json, SlackError


async def chat_unfurl(call: Call) -> Json:
    """Previews of the same address replace each other; what cannot be unfurled refuses the whole call."""
    unfurls = _unfurls(call)
    message, known = _message(call)
    for url in unfurls:
        if url not in known:
            raise SlackError("cannot_unfurl_url")
    kept = [one for one in message.body.get("attachments") or [] if one.get("app_unfurl_url") not in unfurls]
    drawn = [
        {**unfurl, "from_url": url, "app_unfurl_url": url, "is_app_unfurl": True, "app_id": call.app.id}
        for url, unfurl in unfurls.items()
    ]
    message.body = {**message.body, "attachments": checked_attachments([*kept, *drawn])}
    call.ws.state.publish_message(message)
    return {}


def _unfurls(call: Call) -> dict[str, Json]:
    unfurls: Any = call.data("unfurls", error="invalid_unfurls_format")
    if unfurls is None:
        raise SlackError("missing_unfurls")
    if not isinstance(unfurls, dict):
        raise SlackError("invalid_unfurls_format")
    if not all(isinstance(one, dict) for one in unfurls.values()):
        raise SlackError("cannot_parse_attachment")
    return unfurls


def _message(call: Call) -> tuple[Message, list[str]]:
    """By ``unfurl_id`` and ``source``, or by ``channel`` and ``ts``; with the addresses that may be unfurled in it."""
    if unfurl_id := call.optional("unfurl_id"):
        return call.ws.unfurls.by_id(unfurl_id, call.app.id)
    channel, ts = call.text("channel", error="missing_channel"), call.text("ts", error="missing_ts")
    if channel not in call.ws.state.conversations:
        raise SlackError("cannot_find_channel")
    message = call.ws.state.message(channel, ts, error="cannot_find_message")
    return message, call.ws.unfurls.of(message, call.app.id)


METHODS = MappingProxyType({"chat.unfurl": Method(chat_unfurl, scopes=("links:write",))})
