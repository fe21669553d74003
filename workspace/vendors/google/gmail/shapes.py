"""How the Gmail API shows a message: ``full``, ``metadata``, ``raw`` or ``minimal``."""

from base64 import urlsafe_b64encode
from email.message import EmailMessage, Message
from html import escape
from typing import Any

from workspace.vendors.google.gmail.box import Box, Change
from workspace.vendors.google.gmail.box import Message as Stored
from workspace.wire import Json

FORMATS = ("full", "metadata", "minimal", "raw")
SNIPPET = 200
_VERB = {"messageAdded": "messagesAdded", "messageDeleted": "messagesDeleted"}
_VERB |= {"labelAdded": "labelsAdded", "labelRemoved": "labelsRemoved"}


def message_json(message: Stored, form: str, headers: list[str] | None = None) -> Json:
    """``headers``: for ``metadata``, only these."""
    shown: Json = {
        **pointer(message),
        "labelIds": list(message.labels),
        "snippet": escape(" ".join(message.text.split())[:SNIPPET], quote=True),
        "historyId": str(message.history_id),
        "internalDate": str(int(message.at.timestamp() * 1000)),
        "sizeEstimate": len(message.raw),
    }
    if form == "raw":
        shown["raw"] = encoded(message.raw)
    elif form == "metadata":
        wanted = {name.lower() for name in headers or []}
        whole = _part(message.parsed, "")
        kept = [one for one in whole["headers"] if not wanted or one["name"].lower() in wanted]
        shown["payload"] = {"mimeType": whole["mimeType"], "headers": kept}
    elif form == "full":
        shown["payload"] = _part(message.parsed, "")
    return shown


def pointer(message: Stored) -> Json:
    return {"id": message.id, "threadId": message.thread_id}


def attachment(message: Stored, attachment_id: str) -> bytes | None:
    """The content of the part with this id."""
    return next((content_of(part) for part in message.parsed.walk() if _attachment_id(part) == attachment_id), None)


def label_json(box: Box, label: str, *, counts: bool = False) -> Json:
    is_own = label in box.user_labels
    shown: Json = {"id": label, "name": box.user_labels.get(label, label), "type": "user" if is_own else "system"}
    if is_own:
        shown |= {"messageListVisibility": "show", "labelListVisibility": "labelShow"}
    if counts:
        found = [message for message in box.messages.values() if label in message.labels]
        unread = [message for message in found if "UNREAD" in message.labels]
        shown |= {"messagesTotal": len(found), "messagesUnread": len(unread)}
        shown |= {"threadsTotal": len({one.thread_id for one in found})}
        shown |= {"threadsUnread": len({one.thread_id for one in unread})}
    return shown


def change_json(change: Change) -> Json:
    """In ``messages`` only ids; beside a change also the labels of then."""
    brief: Json = {"id": change.message_id, "threadId": change.thread_id}
    told: Json = {"message": {**brief, "labelIds": list(change.held)}}
    if change.labels:
        told["labelIds"] = list(change.labels)
    return {"id": str(change.id), "messages": [brief], _VERB[change.kind]: [told]}


def encoded(content: bytes) -> str:
    return urlsafe_b64encode(content).decode()


def content_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _part(part: EmailMessage | Message, part_id: str) -> Json:
    shown: Json = {
        "partId": part_id,
        "mimeType": part.get_content_type(),
        "filename": part.get_filename() or "",
        "headers": [{"name": name, "value": " ".join(str(value).split())} for name, value in part.items()],
    }
    if part.is_multipart() and not part.get_content_type().startswith("message/"):
        inner: Any = part.iter_parts() if isinstance(part, EmailMessage) else part.get_payload()
        prefix = f"{part_id}." if part_id else ""
        shown["body"] = {"size": 0}
        shown["parts"] = [_part(one, f"{prefix}{number}") for number, one in enumerate(inner)]
        return shown
    content = content_of(part)
    body: Json = {"size": len(content)}
    if known := _attachment_id(part):
        body["attachmentId"] = known
    elif content:
        body["data"] = encoded(content)
    return {**shown, "body": body}


def _attachment_id(part: Message) -> str:
    """Parts with a file name are fetched for themselves."""
    name = part.get_filename()
    return f"ANGjdJ{encoded(name.encode()).rstrip('=')}" if name else ""
