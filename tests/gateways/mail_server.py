"""Real SMTP servers on the loopback, one obedient and others that refuse or vanish at a chosen moment."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

_Stored = tuple[str, tuple[str, ...], bytes]


@dataclass
class Mailbox:
    """An aiosmtpd handler. ``answers`` replaces the reply to a command; ``drop_after_data`` hangs up instead, as any
    answer to QUIT does."""

    answers: dict[str, str] = field(default_factory=dict)
    drop_after_data: bool = False
    stored: list[_Stored] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    goodbyes: int = 0
    port: int = 0

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    def parsed(self) -> EmailMessage:
        """The only mail there is, as the standard library reads it."""
        ((_, _, content),) = self.stored
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    def lines(self) -> list[str]:
        """Of the only mail's text."""
        text: str = self.parsed().get_content()
        return text.splitlines()

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if "MAIL" in self.answers:
            return self.answers["MAIL"]
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.answers:
            return self.answers[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if "DATA" in self.answers:
            return self.answers["DATA"]
        assert isinstance(envelope.content, bytes)
        assert envelope.mail_from is not None
        self.stored.append((envelope.mail_from, tuple(envelope.rcpt_tos), envelope.content))
        if self.drop_after_data:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "250 OK"

    async def handle_QUIT(self, server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        self.goodbyes += 1
        if "QUIT" in self.answers:
            assert isinstance(server.transport, asyncio.Transport)
            server.transport.abort()
        return "221 Bye"

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, data: LoginPassword
    ) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"s3:cret/word", handled=False)


@asynccontextmanager
async def serving(
    mailbox: Mailbox,
    *,
    with_login: bool = False,
    start_tls: ssl.SSLContext | None = None,
    implicit_tls: ssl.SSLContext | None = None,
) -> AsyncIterator[Mailbox]:
    def make() -> SMTP:
        return SMTP(
            mailbox,
            hostname="mail.test",
            loop=asyncio.get_running_loop(),
            authenticator=mailbox.authenticate if with_login else None,
            auth_require_tls=False,
            tls_context=start_tls,
            require_starttls=start_tls is not None,
        )

    server = await asyncio.get_running_loop().create_server(make, "127.0.0.1", 0, ssl=implicit_tls)
    mailbox.port = server.sockets[0].getsockname()[1]
    try:
        yield mailbox
    finally:
        server.close()
        with contextlib.suppress(asyncio.CancelledError):
            await server.wait_closed()
