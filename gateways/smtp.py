"""Outgoing mail over SMTP.

What a caller must know after a failure is whether the mail may be out there: refused for good, refused for now, or
unknown because the line dropped between handing the text over and the server's answer.
"""

import asyncio
import contextlib
import ssl
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address
from urllib.parse import unquote, urlsplit

import aiosmtplib

from gateways.mime import WrittenMail, write_mail
from sequences.ports.outside import MailerError
from sequences.records.mail import Mail
from sequences.records.people import User

_ENVELOPE_S = 20.0  # from connecting to the last recipient
_TEXT_S = 18.0
_GOODBYE_S = 2.0

CUT_OFF = "The connection to the mail server dropped after the mail was handed over"


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
        written = write_mail(
            mail, sender=sender, fallback_address=self._fallback_address, message_id=message_id, now=now
        )
        client = self._client()
        try:
            await _envelope(client, written)
            await _hand_over(client, written.content)
            # The mail has been taken: a goodbye that goes wrong must not make it look otherwise.
            with contextlib.suppress(aiosmtplib.SMTPException, OSError):
                await client.quit(timeout=_GOODBYE_S)
        finally:
            client.close()

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

    def _client(self) -> aiosmtplib.SMTP:
        return aiosmtplib.SMTP(
            hostname=self._server.host,
            port=self._server.port,
            username=self._server.username,
            password=self._server.password,
            use_tls=self._server.implicit_tls,
            start_tls=self._server.start_tls,
            timeout=_ENVELOPE_S,
        )


async def _envelope(client: aiosmtplib.SMTP, mail: WrittenMail) -> None:
    """All recipients or nobody: a mail that reached half of them could be neither repeated nor called sent."""
    try:
        async with asyncio.timeout(_ENVELOPE_S):
            await client.connect()
            await client.mail(mail.sender)
            for recipient in mail.recipients:
                await client.rcpt(recipient)
    except (aiosmtplib.SMTPException, OSError) as error:
        raise _before_handover(error) from error


async def _hand_over(client: aiosmtplib.SMTP, message: bytes) -> None:
    try:
        async with asyncio.timeout(_TEXT_S):
            await client.data(message)
    except aiosmtplib.SMTPResponseException as error:
        raise _refused(error) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise MailerError(
            f"{CUT_OFF}, so nobody can say whether it left. Look into the sent mail before sending it again.",
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
    return MailerError(f"The mail server {when}: {error.code} {' '.join(error.message.split())}", is_final=is_final)


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
