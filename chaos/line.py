"""A TCP line between a victim and what it calls, on which something can happen at an exact moment of the talk.

Slack's Web API and the transcripts go over one line, mail over another. A trap names a moment; when the talk comes to
it, nothing more passes, and the trap springs: the other side got all that was said before the moment, and nothing else.
"""

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Protocol

CHUNK = 65_536
_REQUEST = re.compile(rb"(?:POST|GET) /(?:api/([\w.]+)|meeting-bot/(transcript)s)\S* HTTP")
_MAIL_COMMANDS = {b"MAIL": "mail from", b"RCPT": "mail to", b"DATA": "mail data"}
_MAIL_END = b"\r\n.\r\n"


@dataclass
class Trap:
    """Springs at the ``nth`` time that ``moment`` comes; ``sprung`` tells. With ``hold``, the talk goes on once that is
    set; without, it ends there."""

    moment: str
    nth: int
    spring: Callable[[], None]
    hold: asyncio.Event | None = None
    sprung: asyncio.Event = field(default_factory=asyncio.Event)

    def is_met(self, moment: str) -> bool:
        if self.sprung.is_set() or moment != self.moment:
            return False
        self.nth -= 1
        if self.nth <= 0:
            self.sprung.set()
        return self.sprung.is_set()


Passing = tuple[str, bytes]  # a moment, empty for none, and what is passed on when it is over


class Talk(Protocol):
    """Knows the moments of one connection."""

    def asked(self, data: bytes) -> Iterable[Passing]: ...
    def answered(self, data: bytes) -> Iterable[Passing]: ...


class HttpTalk:
    """``<method> asked``: before the server hears of it; ``answered``: it is done, and the answer not yet passed on;
    ``told``: the answer has been passed on."""

    def __init__(self) -> None:
        self._method = ""

    def asked(self, data: bytes) -> Iterator[Passing]:
        found = _REQUEST.match(data)
        if found:
            self._method = (found[1] or found[2]).decode()
            yield f"{self._method} asked", data
        else:
            yield "", data

    def answered(self, data: bytes) -> Iterator[Passing]:
        if self._method and data.startswith(b"HTTP/1.1 "):
            yield f"{self._method} answered", data
            yield f"{self._method} told", b""
        else:
            yield "", data


class MailTalk:
    """``mail from``, ``mail to``, ``mail data``: before the command; ``mail text``: half of the text is through;
    ``mail taken``: the server has taken it, and the victim does not know; ``mail told``: it has been told."""

    def __init__(self) -> None:
        self._is_text = False
        self._tail = b""
        self._is_through = False

    def asked(self, data: bytes) -> Iterator[Passing]:
        if self._is_text:
            yield from self._text(data)
            return
        moment = _MAIL_COMMANDS.get(data[:4].upper(), "")
        self._is_text = moment == "mail data"
        yield moment, data

    def answered(self, data: bytes) -> Iterator[Passing]:
        if self._is_through:
            self._is_through = False
            yield "mail taken", data
            yield "mail told", b""
        else:
            yield "", data

    def _text(self, data: bytes) -> Iterator[Passing]:
        half = len(data) // 2
        yield "", data[:half]
        yield "mail text", data[half:]
        self._tail = (self._tail + data)[-len(_MAIL_END) :]
        if self._tail == _MAIL_END:
            self._is_text, self._is_through = False, True


class Line:
    """Listens on loopback and passes on to ``target``; ``trap`` may be set at any time."""

    def __init__(self, target: tuple[str, int], talk: Callable[[], Talk]) -> None:
        self.port = 0
        self.trap: Trap | None = None
        self.moments: list[str] = []
        self._target = target
        self._talk = talk
        self._served: dict[asyncio.Task[None], asyncio.Task[Any] | None] = {}  # by whom each connection is served

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """One connection, in both directions, until either side is done."""
        connection = asyncio.create_task(self._carry(reader, writer))
        self._served[connection] = asyncio.current_task()
        try:
            await asyncio.wait([connection])
            await _close(writer)
        finally:
            del self._served[connection]

    async def close(self) -> None:
        """Hang up everywhere."""
        serving = [task for task in self._served.values() if task]
        for connection in self._served:
            connection.cancel()
        await asyncio.gather(*serving, return_exceptions=True)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection(*self._target)
        except OSError:
            return
        talk = self._talk()
        pumps = [
            asyncio.create_task(self._pump(reader, far_writer, talk.asked)),
            asyncio.create_task(self._pump(far_reader, writer, talk.answered)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            await _close(far_writer)

    async def _pump(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, said: Callable[[bytes], Iterable[Passing]]
    ) -> None:
        with contextlib.suppress(ConnectionError):
            while data := await reader.read(CHUNK):
                for moment, part in said(data):
                    trap = self._sprung_by(moment) if moment else None
                    if trap and trap.hold is None:
                        return
                    if trap and trap.hold:
                        await trap.hold.wait()
                    writer.write(part)
                    await writer.drain()

    def _sprung_by(self, moment: str) -> Trap | None:
        self.moments.append(moment)
        if self.trap is None or not self.trap.is_met(moment):
            return None
        self.trap.spring()
        return self.trap


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with contextlib.suppress(ConnectionError):
        await writer.wait_closed()


@contextlib.asynccontextmanager
async def open_line(target: tuple[str, int], talk: Callable[[], Talk]) -> AsyncIterator[Line]:
    line = Line(target, talk)
    server = await asyncio.start_server(line.serve, "127.0.0.1", 0)
    line.port = server.sockets[0].getsockname()[1]
    try:
        yield line
    finally:
        server.close()
        await line.close()
        await server.wait_closed()
