"""The line stops exactly at the moment that a trap names: what came before got through, and nothing else."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import pytest

from chaos.line import HttpTalk, Line, MailTalk, Trap, open_line
from gateways.smtp import SmtpMailer
from sequences.ports.outside import MailerError
from sequences.records.mail import Mail
from sequences.records.people import User
from workspace.clock import utc_now
from workspace.server import running

POST = b"POST /api/chat.postMessage HTTP/1.1\r\nContent-Length: 2\r\n\r\nhi"
ANSWER = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"


@dataclass
class Server:
    """Answers each request with the same words and keeps what it heard."""

    heard: list[bytes] = field(default_factory=list)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(4096):
            self.heard.append(data)
            writer.write(ANSWER)
            await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def line_to(server: Server) -> AsyncIterator[Line]:
    listening = await asyncio.start_server(server.serve, "127.0.0.1", 0)
    async with listening, open_line(listening.sockets[0].getsockname()[:2], HttpTalk) as line:
        yield line


async def say(line: Line, words: bytes) -> bytes:
    """What comes back until the line closes, or the answer."""
    reader, writer = await asyncio.open_connection("127.0.0.1", line.port)
    writer.write(words)
    try:
        return await reader.read(4096)
    except ConnectionError:
        return b""
    finally:
        writer.close()
        with contextlib.suppress(ConnectionError):
            await writer.wait_closed()


async def test_without_a_trap_everything_passes() -> None:
    server = Server()
    async with line_to(server) as line:
        assert await say(line, POST) == ANSWER
    assert server.heard == [POST]
    assert line.moments == ["chat.postMessage asked", "chat.postMessage answered", "chat.postMessage told"]


@pytest.mark.parametrize(
    ("moment", "heard", "answer"),
    [("asked", [], b""), ("answered", [POST], b""), ("told", [POST], ANSWER)],
)
async def test_a_call_is_cut_at_the_moment_named(moment: str, heard: list[bytes], answer: bytes) -> None:
    server, sprung = Server(), []
    async with line_to(server) as line:
        line.trap = Trap(f"chat.postMessage {moment}", 1, lambda: sprung.append(moment))
        assert await say(line, POST) == answer
        assert await say(line, POST) == ANSWER  # a trap springs once
    assert server.heard == [*heard, POST]
    assert sprung == [moment]


async def test_a_trap_waits_for_its_turn() -> None:
    server, sprung = Server(), []
    async with line_to(server) as line:
        line.trap = Trap("chat.postMessage asked", 2, lambda: sprung.append(1))
        assert await say(line, POST) == ANSWER
        assert await say(line, POST) == b""
    assert sprung == [1]


async def test_held_back_is_not_lost() -> None:
    server = Server()
    async with line_to(server) as line:
        line.trap = Trap("chat.postMessage asked", 1, lambda: None, hold=asyncio.Event())
        asked = asyncio.create_task(say(line, POST))
        await line.trap.sprung.wait()
        assert server.heard == []
        assert line.trap.hold is not None
        line.trap.hold.set()
        assert await asked == ANSWER


MAIL = Mail(to=("petra@one.example",), subject="Hello", body="A few words.\n" * 20)
REP = User(id="user_1", org_id="org_1", slack_user_id="U1", name="Robin Hale", email="robin@larkfield.example")


@pytest.mark.parametrize(
    ("moment", "taken"),
    [("mail from", 0), ("mail to", 0), ("mail data", 0), ("mail text", 0), ("mail taken", 1), ("mail told", 1)],
)
async def test_a_mail_is_cut_at_the_moment_named(moment: str, taken: int) -> None:
    """The real mailer, the real mail server, and a cut between them."""
    async with running() as workspace:
        host, port = workspace.smtp_url.removeprefix("smtp://").split(":")
        async with open_line((host, int(port)), MailTalk) as line:
            line.trap = Trap(moment, 1, lambda: None)
            mailer = SmtpMailer(f"smtp://127.0.0.1:{line.port}")
            with contextlib.suppress(MailerError):
                await mailer.send(MAIL, sender=REP, message_id="<act.1@larkfield.example>", now=utc_now())
            assert line.trap.sprung.is_set()
            assert len(workspace.mail.mails) == taken
