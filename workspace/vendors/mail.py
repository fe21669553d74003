"""The mail server of the workspace: takes every mail, delivers none, keeps all of them to look at."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email import policy
from email.message import EmailMessage, Message
from email.parser import BytesParser
from itertools import count

from aiosmtpd.smtp import SMTP, Envelope, Session

from workspace.faults import MAIL_KINDS, Faults
from workspace.feed import Feed
from workspace.ids import Ids
from workspace.log import Log
from workspace.wire import Json

SNIPPET = 140


@dataclass(frozen=True)
class Mail:
    """One mail as received: the envelope, the bytes, and the same parsed."""

    id: str
    received_at: datetime
    envelope_from: str
    envelope_to: tuple[str, ...]
    raw: bytes
    message: EmailMessage
    is_incoming: bool = False  # from outside to somebody here, rather than sent by an app

    @property
    def subject(self) -> str:
        return str(self.message["Subject"] or "")

    @property
    def text(self) -> str:
        return text_of(self.message, "plain") or ""

    @property
    def html(self) -> str | None:
        return text_of(self.message, "html")

    @property
    def message_id(self) -> str:
        return str(self.message["Message-ID"] or "")

    def head(self) -> Json:
        return {
            "id": self.id,
            "from": str(self.message["From"] or self.envelope_from),
            "to": _addresses(self.message, "To"),
            "cc": _addresses(self.message, "Cc"),
            "subject": self.subject,
            "received_at": self.received_at.isoformat(timespec="seconds").replace("+00:00", "Z"),
            "snippet": " ".join(self.text.split())[:SNIPPET],
            "size": len(self.raw),
            "is_incoming": self.is_incoming,
        }

    def to_json(self) -> Json:
        return {
            **self.head(),
            "headers": [[name, str(value)] for name, value in self.message.items()],
            "text": self.text,
            "html": self.html,
            "attachments": [
                {"name": part.get_filename() or "", "type": part.get_content_type(), "size": len(_bytes_of(part))}
                for part in self.message.iter_attachments()
            ],
            "raw": self.raw.decode("utf-8", "replace"),
            "envelope": {"from": self.envelope_from, "to": list(self.envelope_to)},
        }


class Mailbox:
    """A real SMTP server (aiosmtpd) on loopback. ``mails`` are in the order of arrival."""

    def __init__(self, feed: Feed, ids: Ids, faults: Faults, log: Log) -> None:
        self.mails: list[Mail] = []
        self.url = ""
        self.listeners: list[Callable[[Mail], None]] = []  # told of each mail that is kept
        self._feed = feed
        self._ids = ids
        self._faults = faults
        self._log = log
        self._numbers = count(1)
        self._server: asyncio.Server | None = None

    async def start(self, host: str, port: int) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: SMTP(self, enable_SMTPUTF8=True, loop=loop), host, port)
        bound = self._server.sockets[0].getsockname()[1]
        self.url = f"smtp://{host}:{bound}"

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            await self._server.wait_closed()

    def get(self, mail_id: str) -> Mail | None:
        return next((mail for mail in self.mails if mail.id == mail_id), None)

    def clear(self) -> None:
        self.mails.clear()
        self._feed.publish("reset", lambda _: {})

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802, ARG002 - aiosmtpd's name and arguments
        facts = {"from": str(envelope.mail_from), "to": list(envelope.rcpt_tos), "size": len(envelope.content or b"")}
        place = {"method": "SMTP", "path": "DATA", "query": {}}
        entry = self._log.add("vendor", vendor="mail", operation="smtp.send", **place, request=facts, status=None)
        answer = await self._answer(server, envelope)
        self._log.complete(entry, status=int(answer[:3]) if answer else 0, response=answer)
        return answer or "421 4.4.2 the line was cut"

    async def _answer(self, server: SMTP, envelope: Envelope) -> str:
        """What is said to the sender; nothing when the line is cut."""
        if fault := self._faults.take("mail_refused"):
            return f"{fault.details.get('status', 451)} refused on request"
        fault = self._faults.take(*MAIL_KINDS, method="smtp.send", vendor="mail")
        kind = fault.kind if fault else ""
        if fault and kind == "slow":
            await asyncio.sleep(float(fault.details.get("seconds", 4)))
        if kind == "drop":
            return _cut(server)
        raw = envelope.content if isinstance(envelope.content, bytes) else str(envelope.content).encode()
        mail = self.keep(raw, str(envelope.mail_from), tuple(envelope.rcpt_tos))
        return _cut(server) if kind == "lost_answer" else f"250 2.0.0 {mail.id} kept"

    def keep(self, raw: bytes, envelope_from: str, envelope_to: tuple[str, ...], *, is_incoming: bool = False) -> Mail:
        parsed = BytesParser(policy=policy.default).parsebytes(raw)
        number = f"M{next(self._numbers):04d}"
        mail = Mail(number, self._ids.now(), envelope_from, envelope_to, raw, parsed, is_incoming)
        self.mails.append(mail)
        self._feed.publish("mail", lambda _: {"mail": mail.head()})
        for listener in self.listeners:
            listener(mail)
        return mail


def _cut(server: SMTP) -> str:
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()
    return ""


def text_of(message: EmailMessage, kind: str) -> str | None:
    """Its body of this kind (``plain`` or ``html``), even when its encoding is one that nobody knows."""
    body = message.get_body((kind,))
    if body is None:
        return None
    try:
        return str(body.get_content())
    except (LookupError, ValueError):
        return _bytes_of(body).decode("utf-8", "replace")


def _addresses(message: EmailMessage, header: str) -> list[str]:
    found = message[header]
    return [str(address) for address in found.addresses] if found else []


def _bytes_of(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""
