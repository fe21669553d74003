"""One Socket Mode connection as Slack serves it: asked for, opened, greeted; then frames in, acknowledgements out."""

import asyncio
import json
import logging
from types import TracebackType
from typing import Any, Self

import aiohttp
from slack_sdk.web.async_client import AsyncWebClient

from gateways.slack.errors import NO_TOKEN, SLACK_ERRORS, error_code, translate
from sequences.ports.outside import MessengerError

log = logging.getLogger(__name__)

PATIENCE_S = 20.0  # for a connection
GREETING_S = 5.0  # for its greeting; one without may still be heard on
HEARTBEAT_S = 10.0  # a line on which nothing answers for half of this is given up, though no end of it was heard
CLOSING_S = 2.0
LARGEST_FRAME = 16 * 1024 * 1024

_REASONS = {
    "link_disabled": "Socket Mode is switched off for this app: switch it on in its settings, or use "
    "SIXTY_SLACK_MODE=http",
    "too_many_websockets": "this app holds as many connections as Slack allows, ten on all nodes together: lower "
    "SIXTY_SOCKET_CONNECTIONS",
}


class SlackLink:
    """One open connection. It ends when Slack or the network ends it, or with ``close``."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._unread: dict[str, Any] | None = None

    async def greeted(self) -> bool:
        """Wait for the greeting; False when the connection ended before. What came in its place is received next."""
        try:
            async with asyncio.timeout(GREETING_S):
                frame = await self.receive()
        except TimeoutError:
            log.warning("slack opened a socket without a greeting")
            return True
        if frame is not None and frame.get("type") != "hello":
            self._unread = frame
        return frame is not None

    async def receive(self) -> dict[str, Any] | None:
        """The next frame; None when there will be no more. What is no JSON object is passed over.

        MessengerError when Slack ends the connection for a reason that a person should know.
        """
        if self._unread is not None:
            unread, self._unread = self._unread, None
            return unread
        while True:
            message = await self._socket.receive()
            if message.type is aiohttp.WSMsgType.TEXT:
                frame = _json_object(message.data)
                if frame is not None:
                    _heed_farewell(frame)
                    return frame
            elif message.type in (
                aiohttp.WSMsgType.CLOSE,
                aiohttp.WSMsgType.CLOSING,
                aiohttp.WSMsgType.CLOSED,
                aiohttp.WSMsgType.ERROR,
            ):
                return None

    async def send(self, frame: dict[str, Any]) -> None:
        """MessengerError when the connection has ended."""
        try:
            await self._socket.send_json(frame)
        except (ConnectionError, RuntimeError, aiohttp.ClientError) as error:
            raise MessengerError("the connection to Slack ended") from error

    async def close(self) -> None:
        await self._socket.close()


class SlackLinks:
    """Opens connections with the app-level token, all from one pool. Used as ``async with``."""

    def __init__(self, client: AsyncWebClient, app_token: str, *, heartbeat_s: float = HEARTBEAT_S) -> None:
        self._client = client
        self._app_token = app_token
        self._heartbeat_s = heartbeat_s
        self._session = aiohttp.ClientSession()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *failure: type[BaseException] | BaseException | TracebackType | None) -> None:
        await self._session.close()

    async def open(self) -> SlackLink:
        """A connection that can be heard on. MessengerError: ``is_final`` when only a person can mend it."""
        address = await self._address()
        try:
            async with asyncio.timeout(PATIENCE_S):
                link = await self._connect(address)
        except (aiohttp.ClientError, OSError) as error:
            raise MessengerError(f"Slack could not be reached over a socket ({type(error).__name__})") from error
        try:
            if await link.greeted():
                return link
        except BaseException:
            await link.close()
            raise
        await link.close()
        raise MessengerError("Slack closed the connection before it greeted")

    async def _address(self) -> str:
        try:
            answer = await self._client.apps_connections_open(app_token=self._app_token)
        except SLACK_ERRORS as error:
            code = error_code(error)
            if code in NO_TOKEN:
                raise MessengerError(_refused(code), is_final=True) from error
            raise translate(error, "open a connection") from error
        return str(answer["url"])

    async def _connect(self, address: str) -> SlackLink:
        socket = await self._session.ws_connect(
            address,
            heartbeat=self._heartbeat_s,
            max_msg_size=LARGEST_FRAME,
            proxy=self._client.proxy,
            ssl=self._client.ssl if self._client.ssl is not None else True,
            timeout=aiohttp.ClientWSTimeout(ws_close=CLOSING_S),
        )
        return SlackLink(socket)


def _heed_farewell(frame: dict[str, Any]) -> None:
    reason = frame.get("reason") if frame.get("type") == "disconnect" else None
    if reason in _REASONS:
        raise MessengerError(_REASONS[reason], is_final=reason == "link_disabled")


def _refused(code: str) -> str:
    return (
        f"Slack refused the app-level token ({code}): make one with connections:write under Basic Information → "
        "App-Level Tokens, put it into SLACK_APP_TOKEN and start again"
    )


def _json_object(text: str) -> dict[str, Any] | None:
    try:
        read = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return read if isinstance(read, dict) else None
