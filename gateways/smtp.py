"""Outgoing mail over SMTP.

What a caller must know after a failure is whether the mail may be out there: refused for good, refused for now, or
unknown because the line dropped between handing the text over and the server's answer.
"""

import re
import ssl
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

import aiosmtplib

from sequences.ports.outside import MailerError
from sequences.records.mail import Mail
from sequences.records.people import User

_TIMEOUT_S = 30.0
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")


@dataclass(frozen=True, kw_only=True)
class _Server:
    host: str
    port: int
    username: str | None
    password: str | None
    implicit_tls: bool
    start_tls: bool


class SmtpMailer:
    """``url`` is smtp://user:password@host:587 (STARTTLS, required unless the host is this machine) or
    smtps://user:password@host:465. ``fallback_address`` stands in for a rep whose Slack profile shows none."""

    def __init__(self, url: str, *, fallback_address: str | None = None) -> None:
        self._server = _parse_url(url)
        self._fallback_address = fallback_address

    async def send(self, mail: Mail, *, sender: User, message_id: str, now: datetime) -> None:
        sender_address = _sender_address(sender, self._fallback_address)
        recipients = _recipients(mail)
        message = _compose(mail, sender_name=sender.name, sender_address=sender_address)
        message["Date"] = now
        message["Message-ID"] = message_id
        await self._deliver(_bytes(message), sender_address, recipients)

    async def was_sent(self, message_id: str) -> bool | None:  # noqa: ARG002 (SMTP has no way to ask)
        return None

    async def check(self) -> None:
        """Connect, encrypt and log in without sending; MailerError says what is wrong."""
        client = self._client()
        try:
            await client.connect()
        except (aiosmtplib.SMTPException, OSError) as error:
            raise _before_handover(error) from error
        finally:
            client.close()

    async def _deliver(self, message: bytes, sender: str, recipients: list[str]) -> None:
        client = self._client()
        try:
            await _envelope(client, sender, recipients)
            await _hand_over(client, message)
        finally:
            # The server has answered by now; waiting for its goodbye could only add an error.
            client.close()

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self._server.host,
            port=self._server.port,
            username=self._server.username,
            password=self._server.password,
            use_tls=self._server.implicit_tls,
            start_tls=self._server.start_tls,
            timeout=_TIMEOUT_S,
        )


async def _envelope(client: aiosmtplib.SMTP, sender: str, recipients: list[str]) -> None:
    """All recipients or nobody: a mail that reached half of them could be neither repeated nor called sent."""
    try:
        await client.connect()
        await client.mail(sender)
        for recipient in recipients:
            await client.rcpt(recipient)
    except (aiosmtplib.SMTPException, OSError) as error:
        raise _before_handover(error) from error


async def _hand_over(client: aiosmtplib.SMTP, message: bytes) -> None:
    try:
        await client.data(message)
    except aiosmtplib.SMTPResponseException as error:
        raise _refused(error) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise MailerError(
            "The connection to the mail server dropped after the mail was handed over, so nobody can say whether it "
            "left. Look into the sent mail before sending it again.",
            is_unknown=True,
        ) from error


def _before_handover(error: Exception) -> MailerError:
    match error:
        case aiosmtplib.SMTPAuthenticationError():
            return MailerError(
                f"The mail server refused the login ({error.code}). Check user and password in SMTP_URL.",
                is_final=error.code >= 500,
            )
        case aiosmtplib.SMTPResponseException():
            return _refused(error)
        case _ if isinstance(error.__cause__ or error, ssl.SSLCertVerificationError):
            return MailerError(f"The mail server's certificate cannot be trusted: {error}", is_final=True)
        case OSError():  # lost connections and timeouts are among them
            return MailerError(f"The mail server could not be reached: {error or type(error).__name__}")
        case _:
            return MailerError(f"The mail server cannot do what SMTP_URL asks for: {error}", is_final=True)


def _refused(error: aiosmtplib.SMTPResponseException) -> MailerError:
    is_final = error.code >= 500
    when = "refused the mail" if is_final else "cannot take the mail now"
    return MailerError(f"The mail server {when}: {error.code} {_one_line(error.message)}", is_final=is_final)


def _sender_address(sender: User, fallback: str | None) -> str:
    address = sender.email or fallback
    if address is None:
        raise MailerError(
            f"There is no sender address for {sender.name}: show the email address in the Slack profile and give the "
            "app the scope users:read.email, or set SMTP_FROM.",
            is_final=True,
        )
    return _valid_address(address)


def _recipients(mail: Mail) -> list[str]:
    if not mail.to:
        raise MailerError("The mail has no recipient.", is_final=True)
    return [_valid_address(address) for address in mail.to]


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


def _compose(mail: Mail, *, sender_name: str, sender_address: str) -> EmailMessage:
    message = EmailMessage(policy=SMTP_POLICY)
    message["From"] = Address(display_name=_one_line(sender_name), addr_spec=sender_address)
    message["To"] = [Address(addr_spec=address) for address in _recipients(mail)]
    message["Subject"] = _one_line(mail.subject)
    message.set_content(mail.body, charset="utf-8")
    return message


def _bytes(message: EmailMessage) -> bytes:
    try:
        return message.as_bytes()
    except ValueError as error:
        raise MailerError(f"The mail cannot be written as one: {error}", is_final=True) from error


def _one_line(text: str) -> str:
    """Without the line breaks and control characters that could start a header of somebody else's."""
    return _UNPRINTABLE.sub(" ", text).strip()


def _parse_url(url: str) -> _Server:
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("SMTP_URL must look like smtp://user:password@host:587")
    implicit_tls = parts.scheme == "smtps"
    return _Server(
        host=parts.hostname,
        port=parts.port or (465 if implicit_tls else 587),
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        implicit_tls=implicit_tls,
        start_tls=not implicit_tls and not _is_this_machine(parts.hostname),
    )


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")
