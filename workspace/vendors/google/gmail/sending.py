"""What Gmail does to a message that an app wants to send or keep as a draft."""

import binascii
import re
from base64 import b64decode
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import format_datetime, getaddresses

from workspace.vendors.google.errors import GoogleError
from workspace.vendors.google.gmail.box import Box, Message, references, subject_of
from workspace.vendors.mail import Mailbox
from workspace.wire import Json

LARGEST = 36_700_160
_NEEDS = "'raw' RFC822 payload message string or uploading message via /upload/* URL required"
_ADDRESS = re.compile(r"[^\s@<>,]+@[^\s@<>,]+")


@dataclass(frozen=True)
class Outgoing:
    """``raw`` as the sender keeps it, with Bcc; ``recipients`` in the order To, Cc, Bcc."""

    raw: bytes
    recipients: tuple[str, ...]


def read_raw(body: Json) -> bytes:
    """The message in a request's ``raw``, in either alphabet of base64."""
    raw = body.get("raw", "").replace("-", "+").replace("_", "/").rstrip("=")
    if not raw:
        raise GoogleError(400, "invalidArgument", _NEEDS)
    try:
        content = b64decode(raw + "=" * (-len(raw) % 4), validate=True)
    except (binascii.Error, ValueError):
        said = "Invalid value at 'message.raw' (TYPE_BYTES), Base64 decoding failed"
        raise GoogleError(400, "invalidArgument", said) from None
    if len(content) > LARGEST:
        raise GoogleError(413, "uploadTooLarge", "Message exceeds the maximum size.")
    return content


def prepared(raw: bytes, box: Box, number: int) -> Outgoing:
    """From is the account's own, Date is there, and the Message-ID is Gmail's: one that the app chose is lost."""
    parsed = _parsed(raw)
    recipients = [address for name in ("To", "Cc", "Bcc") for address in _addresses(parsed, name)]
    if not recipients:
        raise GoogleError(400, "invalidArgument", "Recipient address required")
    sender = _addresses(parsed, "From") if parsed["From"] else []
    kept = raw if sender == [box.email] else with_header(raw, "From", box.email)
    if not parsed["Date"]:
        kept = with_header(kept, "Date", format_datetime(box.now()))
    kept = with_header(kept, "Message-ID", f"<CA+workspace{number:08d}@mail.gmail.com>")
    return Outgoing(kept, tuple(dict.fromkeys(recipients)))


def thread_for(raw: bytes, wanted: str, box: Box) -> str:
    """The thread that was asked for, if the message belongs to it: one that it answers, with the same subject.

    Empty when it does not, so that it begins a thread of its own; raises 404 for a thread that there is not.
    """
    if not wanted:
        return ""
    thread = box.thread(wanted)
    draft = Message("", "", raw, box.now(), [])
    known = {message.header("Message-ID").strip() for message in thread}
    is_answer = bool(references(draft.parsed) & known)
    return wanted if is_answer and subject_of(draft) == subject_of(thread[0]) else ""


def send(raw: bytes, thread_id: str, box: Box, mailbox: Mailbox) -> Message:
    """Into the sender's thread, and out through the workspace's mail server to everybody it names."""
    outgoing = prepared(raw, box, len(box.messages) + len(box.history) + 1)
    own = [address for address in outgoing.recipients if address == box.email]
    sent = box.add(outgoing.raw, ["SENT", *(["INBOX", "UNREAD"] if own else [])], thread_id=thread_id)
    others = tuple(address for address in outgoing.recipients if address != box.email)
    mailbox.keep(without_header(outgoing.raw, "Bcc"), box.email, others or tuple(own))
    return sent


def with_header(raw: bytes, name: str, value: str) -> bytes:
    """The same bytes with this header, in the place of one that was there."""
    return f"{name}: {value}\r\n".encode() + without_header(raw, name)


def without_header(raw: bytes, name: str) -> bytes:
    head, blank, body = _split(raw)
    folded = re.compile(
        rb"^" + re.escape(name.encode()) + rb":.*(?:\r?\n[ \t].*)*(?:\r?\n|\Z)", re.IGNORECASE | re.MULTILINE
    )
    return folded.sub(b"", head) + blank + body


def _split(raw: bytes) -> tuple[bytes, bytes, bytes]:
    found = re.search(rb"\r?\n(\r?\n)", raw)
    return (raw, b"", b"") if found is None else (raw[: found.start(1)], found[1], raw[found.end() :])


def _parsed(raw: bytes) -> EmailMessage:
    return BytesParser(policy=policy.default).parsebytes(raw)


def _addresses(parsed: EmailMessage, name: str) -> list[str]:
    if parsed[name] is None:
        return []
    found = [
        address.lower() for _, address in getaddresses([str(value) for value in parsed.get_all(name, [])]) if address
    ]
    if not all(_ADDRESS.fullmatch(address) for address in found):
        raise GoogleError(400, "invalidArgument", f"Invalid {name} header")
    return found
