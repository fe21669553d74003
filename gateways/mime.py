"""A mail as the rep approved it, as bytes that any mail server takes: headers that nothing in a name, a subject or an
address can add to, and text that arrives as it was written."""

import re
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY

from sequences.ports.outside import MailerError
from sequences.records.mail import Mail
from sequences.records.people import User

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, kw_only=True)
class WrittenMail:
    """``sender`` and ``recipients`` are the bare addresses of the envelope."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


def write_mail(
    mail: Mail, *, sender: User, fallback_address: str | None, message_id: str, now: datetime
) -> WrittenMail:
    """Raise MailerError, final and saying what to do, when there is no address to send from or to."""
    sender_address = _sender_address(sender, fallback_address)
    recipients = _recipients(mail)
    try:
        message = EmailMessage(policy=SMTP_POLICY)
        message["From"] = Address(display_name=_one_line(sender.name), addr_spec=sender_address)
        message["To"] = [Address(addr_spec=address) for address in recipients]
        message["Subject"] = _one_line(mail.subject)
        message["Date"] = now
        message["Message-ID"] = message_id
        message.set_content(mail.body, charset="utf-8")
        content = message.as_bytes()
    except ValueError as error:
        raise MailerError(f"The mail cannot be written as one: {error}", is_final=True) from error
    return WrittenMail(sender=sender_address, recipients=recipients, content=content)


def _sender_address(sender: User, fallback: str | None) -> str:
    address = sender.email or fallback
    if address is None:
        raise MailerError(
            f"There is no sender address for {sender.name}: show the email address in the Slack profile and give the "
            "app the scope users:read.email, or set SMTP_FROM.",
            is_final=True,
        )
    return _valid_address(address)


def _recipients(mail: Mail) -> tuple[str, ...]:
    if not mail.to:
        raise MailerError("The mail has no recipient.", is_final=True)
    return tuple(map(_valid_address, mail.to))


def _valid_address(address: str) -> str:
    """As it goes on the wire: an international domain in its ASCII form. MailerError when it is not one address."""
    local, _, domain = address.strip().rpartition("@")
    try:
        wire = f"{local}@{domain if domain.isascii() else domain.encode('idna').decode()}"
    except UnicodeError:
        wire = ""
    if not _ADDRESS.fullmatch(wire) or len(wire) > 254:
        raise MailerError(f"“{_one_line(address)[:100]}” is not an email address.", is_final=True)
    return wire


def _one_line(text: str) -> str:
    """Without the line breaks and control characters that could start a header of somebody else's."""
    return _UNPRINTABLE.sub(" ", text).strip()
