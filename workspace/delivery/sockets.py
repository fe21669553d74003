"""Socket Mode: the connections that apps hold open, up to ten each, and the acknowledgements that come back."""

import asyncio
import json
from collections import defaultdict
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from secrets import token_hex
from time import monotonic

from aiohttp import WSCloseCode, WSMsgType, web

from workspace.faults import Faults
from workspace.feed import Feed
from workspace.log import Log
from workspace.wire import Json

CONNECTION_LIMIT = 10
WARNING_SECONDS = 10.0  # between the announcement of a refresh and the refresh, and again until the socket is closed
PING_SECONDS = 5.0  # Slack's Node client reconnects after 30 s without a ping from the server
LIFETIME_SECONDS = 3600.0
DEBUG_LIFETIME_SECONDS = 360.0
CLOSE_SECONDS = 1.0  # for the goodbye of a client that may be gone


@dataclass(eq=False)
class Connection:
    """One open socket. A draining one has been told to reconnect and gets nothing more."""

    app_id: str
    socket: web.WebSocketResponse
    request: web.Request
    is_draining: bool = False
    opened_at: float = field(default_factory=monotonic)

    @property
    def is_open(self) -> bool:
        return not self.is_draining and not self.socket.closed


class Sockets:
    """Every payload goes to one connection of the app, in turns."""

    def __init__(self, log: Log, feed: Feed, faults: Faults, *, lifetime_seconds: float = LIFETIME_SECONDS) -> None:
        self._log = log
        self._feed = feed
        self._faults = faults
        self._lifetime = lifetime_seconds
        self._tickets: dict[str, str] = {}
        self._connections: dict[str, list[Connection]] = defaultdict(list)
        self._acks: dict[str, asyncio.Future[Json | None]] = {}
        self.on_late_ack: Callable[[str], None] = lambda _: None

    def ticket(self, app_id: str) -> str:
        """Good for one connection."""
        ticket = token_hex(16)
        self._tickets[ticket] = app_id
        return ticket

    def count(self, app_id: str) -> int:
        return sum(connection.is_open for connection in self._connections[app_id])

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """``GET /link/?ticket=…``: one connection for as long as it lasts."""
        app_id = self._tickets.pop(request.query.get("ticket", ""), None)
        if app_id is None:
            return web.Response(status=401, text="invalid ticket")
        socket = web.WebSocketResponse(autoping=True, timeout=CLOSE_SECONDS)
        await socket.prepare(request)
        if self.count(app_id) >= CONNECTION_LIMIT:
            await socket.send_json(_disconnect("too_many_websockets"))
            await socket.close()
            return socket
        connection = Connection(app_id, socket, request)
        lifetime = DEBUG_LIFETIME_SECONDS if request.query.get("debug_reconnects") == "true" else self._lifetime
        tasks = [asyncio.create_task(_keep_pinging(socket)), asyncio.create_task(self._retire(connection, lifetime))]
        try:
            await self._hello(connection, lifetime)
            await self._read(connection)
        finally:
            for task in tasks:
                task.cancel()
            self._gone(connection)
        return socket

    async def send(self, app_id: str, envelope: Json) -> asyncio.Future[Json | None] | None:
        """The future acknowledgement; ``None`` when there is no connection to send it on."""
        connection = self._next(app_id)
        if connection is None:
            return None
        ack = asyncio.get_running_loop().create_future()
        self._acks[envelope["envelope_id"]] = ack
        try:
            await connection.socket.send_json(envelope)
        except (ConnectionError, RuntimeError):  # closed between the choice and the write
            self.forget(envelope["envelope_id"])
            return None
        return ack

    def forget(self, envelope_id: str) -> None:
        """Nobody waits for this acknowledgement any more; one that still comes is late."""
        self._acks.pop(envelope_id, None)

    async def drop_all(self, app_id: str | None = None) -> None:
        """Cuts the connections without a goodbye, as a broken network does."""
        for connection in self._open_ones(app_id):
            connection.is_draining = True
            if (transport := connection.request.transport) is not None:
                transport.abort()

    async def refresh_all(self, app_id: str | None = None, reason: str = "refresh_requested") -> None:
        """Asks the apps to reconnect, as Slack does every few hours."""
        for connection in self._open_ones(app_id):
            connection.is_draining = True
            self._note(connection.app_id, "refresh")
            with suppress(ConnectionError):
                await connection.socket.send_json(_disconnect(reason))

    async def close(self) -> None:
        for connection in self._open_ones(None):
            with suppress(ConnectionError):
                await connection.socket.close(code=WSCloseCode.GOING_AWAY)

    def _open_ones(self, app_id: str | None) -> list[Connection]:
        ids = [app_id] if app_id else list(self._connections)
        return [connection for one in ids for connection in self._connections[one] if connection.is_open]

    def _next(self, app_id: str) -> Connection | None:
        connections = self._connections[app_id]
        for connection in list(connections):
            if connection.is_open:
                connections.remove(connection)
                connections.append(connection)
                return connection
        return None

    async def _retire(self, connection: Connection, lifetime: float) -> None:
        """No connection lives for ever: a warning, a request to reconnect, the end."""
        with suppress(ConnectionError):
            await asyncio.sleep(max(0.0, lifetime - WARNING_SECONDS))
            await connection.socket.send_json(_disconnect("warning"))
            await asyncio.sleep(min(lifetime, WARNING_SECONDS))
            connection.is_draining = True
            self._note(connection.app_id, "refresh")
            await connection.socket.send_json(_disconnect("refresh_requested"))
            await asyncio.sleep(WARNING_SECONDS)
            await connection.socket.close()

    async def _hello(self, connection: Connection, lifetime: float) -> None:
        self._connections[connection.app_id].append(connection)
        hello: Json = {
            "type": "hello",
            "num_connections": self.count(connection.app_id),
            "debug_info": {**_debug_info(), "approximate_connection_time": int(lifetime)},
            "connection_info": {"app_id": connection.app_id},
        }
        await connection.socket.send_json(hello)
        self._note(connection.app_id, "opened")

    async def _read(self, connection: Connection) -> None:
        async for frame in connection.socket:
            if frame.type is WSMsgType.TEXT:
                self._receive(frame.data)

    def _receive(self, data: str) -> None:
        try:
            answer = json.loads(data)
        except ValueError:
            return
        if not isinstance(answer, dict) or "envelope_id" not in answer:
            return
        if self._faults.take("lose_ack"):
            return
        envelope_id = str(answer["envelope_id"])
        waiting = self._acks.pop(envelope_id, None)
        if waiting is None or waiting.done():
            self.on_late_ack(envelope_id)
        else:
            waiting.set_result(answer.get("payload"))

    def _gone(self, connection: Connection) -> None:
        if connection in self._connections[connection.app_id]:
            self._connections[connection.app_id].remove(connection)
        self._note(connection.app_id, "closed")

    def _note(self, app_id: str, event: str) -> None:
        connections = self.count(app_id)
        self._log.add("socket", app_id=app_id, event=event, connections=connections)
        kind = "app_connected" if connections else "app_disconnected"
        self._feed.publish(kind, lambda _: {"app_id": app_id, "connections": connections})


async def _keep_pinging(socket: web.WebSocketResponse) -> None:
    with suppress(ConnectionError):
        while not socket.closed:
            await asyncio.sleep(PING_SECONDS)
            await socket.ping(b"Ping from workspace")


def _disconnect(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": _debug_info()}


def _debug_info() -> Json:
    return {"host": "applink-workspace", "started": "2026-01-01 00:00:00.000", "build_number": 1}
