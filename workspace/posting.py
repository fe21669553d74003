"""Putting messages into conversations and telling the apps that listen there."""

from typing import Any

from workspace.blockkit.check import check_blocks, completed
from workspace.core import Workspace
from workspace.interactions.channel_events import files_shared, links_shared
from workspace.interactions.events import dispatch_message, dispatch_message_changed, dispatch_message_deleted
from workspace.model import SLACKBOT, App, Conversation, Message
from workspace.mrkdwn import rich_text
from workspace.wire import Json, SlackError

WRITTEN = (
    None,
    "thread_broadcast",
    "file_share",
    "bot_message",
)  # what has rich text; the rest are lines of Slack's own
CONTENT = ("text", "blocks", "attachments", "metadata", "username", "icons", "unfurl_links", "unfurl_media")
TEXT_LIMIT = 40_000
ATTACHMENT_LIMIT = 100


def checked_content(content: Json) -> Json:
    """What may be posted, checked and completed; raises Slack's error for what may not."""
    body = {key: content[key] for key in CONTENT if content.get(key) not in (None, "")}
    body["text"] = str(body.get("text") or "")[:TEXT_LIMIT]
    if "blocks" in body:
        body["blocks"] = check_blocks(body["blocks"], surface="message")
    if "attachments" in body:
        body["attachments"] = checked_attachments(body["attachments"])
    if str(content.get("mrkdwn")).lower() in ("false", "0"):
        body["mrkdwn"] = False
    if "metadata" in body:
        body["metadata"] = checked_metadata(body["metadata"])
    if not (body["text"].strip() or body.get("blocks") or body.get("attachments")):
        raise SlackError("no_text")
    return body


def post(
    ws: Workspace,
    conversation: Conversation,
    body: Json,
    *,
    app: App | None = None,
    user_id: str | None = None,
    thread_ts: str | None = None,
    visible_to: str | None = None,
    **facts: Any,
) -> Message:
    """A message by an app (its bot user) or by a person; ephemeral with ``visible_to``."""
    if facts.get("broadcast"):
        facts["subtype"] = "thread_broadcast"
    message = Message(
        channel_id=conversation.id,
        ts=ws.ids.ts(),
        user_id=app.bot_user_id if app else str(user_id),
        body=body,
        app_id=app.id if app else None,
        bot_id=app.bot_id if app else None,
        thread_ts=thread_ts,
        visible_to=visible_to,
        **facts,
    )
    _enrich(ws, message)
    message.files = [_shared(ws, conversation, message, str(file["id"])) for file in message.files]
    ws.state.add_message(message)
    if message.is_reply:
        _refresh_root(ws, message)
    if visible_to is None:
        dispatch_message(ws, message)
        links_shared(ws, message)
        files_shared(ws, message)
    return message


def change(ws: Workspace, message: Message, body: Json, *, by: str, is_marked: bool = True) -> None:
    """Edits in place. Parts that the edit does not name are gone, except the metadata. ``is_marked``: "(edited)"."""
    previous = ws.state.to_slack(message)
    kept: Json = {key: message.body[key] for key in ("metadata", "client_msg_id") if key in message.body}
    message.body = {**kept, **body}
    _enrich(ws, message)
    message.edited = {"user": by, "ts": ws.ids.ts()} if is_marked and not message.is_ephemeral else None
    ws.state.publish_message(message)
    if not message.is_ephemeral:
        dispatch_message_changed(ws, message, previous)


def remove(ws: Workspace, message: Message) -> None:
    """Takes a message away. Of one that has replies a line stays, until the last of them is gone, too."""
    previous = ws.state.to_slack(message)
    if ws.state.thread(message):
        _bury(ws, message, previous)
        return
    ws.state.remove_message(message)
    if not message.is_ephemeral:
        dispatch_message_deleted(ws, message, previous)
    if message.is_reply:
        _refresh_root(ws, message)


def _enrich(ws: Workspace, message: Message) -> None:
    """An app's text that comes alone gets the block that a person's has."""
    alone = message.text.strip() and not message.blocks and not message.body.get("attachments")
    if not alone or message.app_id is None or message.subtype not in WRITTEN:
        message.rich_text = []
    else:
        is_plain = message.body.get("mrkdwn") is False
        message.rich_text = completed(rich_text(message.text, is_plain=is_plain, own=ws.state.emoji))


def _bury(ws: Workspace, message: Message, previous: Json) -> None:
    message.body, message.files, message.reactions = {"text": "This message was deleted."}, [], {}
    message.rich_text = []
    message.user_id, message.app_id, message.bot_id, message.edited = SLACKBOT, None, None, None
    message.subtype, message.facts = "tombstone", {"hidden": True}
    ws.state.publish_message(message)
    dispatch_message_changed(ws, message, previous)


def _shared(ws: Workspace, conversation: Conversation, message: Message, file_id: str) -> Json:
    file = ws.files.get(file_id)
    file.share(conversation, message)
    return ws.files.to_slack(file)


def _refresh_root(ws: Workspace, reply: Message) -> None:
    root = ws.state.messages.get(reply.channel_id, {}).get(reply.thread_ts or "")
    if root is not None and root.subtype == "tombstone" and not ws.state.thread(root):
        remove(ws, root)
    elif root is not None:
        ws.state.publish_message(root)


def checked_attachments(attachments: Any) -> list[Json]:
    if not isinstance(attachments, list) or not all(isinstance(one, dict) for one in attachments):
        raise SlackError("invalid_attachments")
    if len(attachments) > ATTACHMENT_LIMIT:
        raise SlackError("too_many_attachments")
    checked = []
    for number, attachment in enumerate(attachments, start=1):
        blocks = attachment.get("blocks")
        known = check_blocks(blocks, surface="message") if blocks else None
        checked.append({"id": number, **attachment, **({"blocks": known} if known else {})})
    return checked


def checked_metadata(metadata: Any) -> Json:
    named = metadata.get("event_type") if isinstance(metadata, dict) else None
    if not isinstance(metadata, dict) or not isinstance(named, str) or not named:
        raise SlackError("invalid_metadata_format")
    # Bolt's assistants send none when nobody was looking at a channel.
    payload = {} if metadata.get("event_payload", "") is None else metadata.get("event_payload")
    if not isinstance(payload, dict):
        raise SlackError("invalid_metadata_format")
    return {**metadata, "event_payload": payload}
