"""Mail that arrives: put into the local mailbox and, where an app has an address for it, told to that app."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from email.errors import MessageError
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from secrets import token_hex
from typing import Any

from workspace.ids import Ids
from workspace.model import MailHook, Person
from workspace.vendors.mail import Mail, Mailbox
from workspace.vendors.samples import utc_text
from workspace.vendors.webhooks import WebhookSender, filled
from workspace.wire import Json, SlackError

# What an app is told unless the seed says it otherwise.
BODY: Json = {
    "id": "{id}",
    "message_id": "{message_id}",
    "in_reply_to": "{in_reply_to}",
    "from": {"name": "{from_name}", "address": "{from}"},
    "to": {"name": "{to_name}", "address": "{to}"},
    "subject": "{subject}",
    "text": "{text}",
    "received_at": "{received_at}",
    "raw": "{raw}",
}


@dataclass(frozen=True)
class Letter:
    """What somebody outside writes. ``sender`` is ``Name <address>``; ``answers`` the mail that it replies to."""

    sender: str
    subject: str
    text: str
    answers: Mail | None = None


class IncomingMail:
    """``hook`` without an address: no app is told."""

    def __init__(self, mailbox: Mailbox, ids: Ids, sender: WebhookSender, hook: MailHook) -> None:
        self.hook = hook
        self._mailbox = mailbox
        self._ids = ids
        self._sender = sender
        self.close = sender.close

    @property
    def is_told(self) -> bool:
        return bool(self.hook.url)

    async def receive(self, letter: Letter, person: Person) -> tuple[Mail, Json | None]:
        """The mail as kept, and what became of telling the app; ``None`` when no app wants to be told."""
        if not person.email:
            raise SlackError("no_address", f"{person.real_name} has no email address")
        try:
            raw = self._written(letter, person).as_bytes()
        except (MessageError, ValueError, IndexError) as error:
            said = f"from must be “Name <address>” and the subject one line: {error}"
            raise SlackError("invalid_arguments", said) from error
        _, address = parseaddr(letter.sender)
        mail = self._mailbox.keep(raw, address, (str(person.email),), is_incoming=True)
        if not self.is_told:
            return mail, None
        facts = _facts(mail, person)
        told = {"mail": mail.id, "subject": mail.subject, "to": facts["to"]}
        target = str(filled(self.hook.url, facts))
        delivery = await self._sender.deliver("webhook", told, filled(self.hook.body or BODY, facts), target=target)
        return mail, delivery

    def _written(self, letter: Letter, person: Person) -> EmailMessage:
        name, address = parseaddr(letter.sender)
        if not letter.sender.isprintable():  # parseaddr would take what follows a line break for the address
            raise ValueError("a line break")
        sender = Address(name, addr_spec=address)
        message = EmailMessage()
        message["From"], message["To"] = sender, Address(person.real_name, addr_spec=str(person.email))
        message["Subject"] = letter.subject
        message["Date"] = format_datetime(self._ids.now())
        message["Message-ID"] = f"<{token_hex(12)}@{sender.domain}>"
        if letter.answers is not None and letter.answers.message_id:
            message["In-Reply-To"] = letter.answers.message_id
            known = _text(letter.answers.message["References"]).split()
            message["References"] = " ".join([*known, letter.answers.message_id])
        message.set_content(letter.text)
        return message


def _facts(mail: Mail, person: Person) -> dict[str, str]:
    """What the templates of address and body may name."""
    name, address = parseaddr(str(mail.message["From"]))
    return {
        "id": mail.id,
        "message_id": mail.message_id,
        "in_reply_to": _text(mail.message["In-Reply-To"]),
        "from": address,
        "from_name": name,
        "to": str(person.email),
        "to_name": person.real_name,
        "person_id": person.id,
        "subject": mail.subject,
        "text": mail.text,
        "received_at": utc_text(mail.received_at),
        "raw": urlsafe_b64encode(mail.raw).decode(),
    }


def _text(header: Any) -> str:
    return "" if header is None else str(header)
