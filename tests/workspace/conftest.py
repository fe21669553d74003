"""A workspace with a real Bolt app that is connected to it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from slack_bolt.adapter.socket_mode.async_handler import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from tests.ports import free_port
from tests.workspace.receiver import Receiver, receiving
from workspace.options import Options
from workspace.server import Running, running

SEED = Path(__file__).parent / "seed.yaml"


@pytest.fixture
async def ws() -> AsyncIterator[Running]:
    async with running(Options(seed=SEED)) as workspace:
        yield workspace


@pytest.fixture
async def hasty() -> AsyncIterator[Running]:
    """A workspace that gives up on an acknowledgement at once, for tests in which none comes."""
    async with running(Options(seed=SEED, ack_seconds=0.1)) as workspace:
        yield workspace


@asynccontextmanager
async def connected(ws: Running, app: AsyncApp) -> AsyncIterator[AsyncSocketModeHandler]:
    """The app, connected for as long as the block lasts."""
    handler = AsyncSocketModeHandler(app, ws.app_token, ping_interval=1)
    await handler.connect_async()  # type: ignore[no-untyped-call]
    await ws.app_connected()
    try:
        yield handler
    finally:
        await handler.close_async()  # type: ignore[no-untyped-call]


@pytest.fixture
def client(ws: Running) -> AsyncWebClient:
    return AsyncWebClient(token=ws.bot_token, base_url=ws.api_url)


@pytest.fixture
async def app(ws: Running, client: AsyncWebClient) -> AsyncIterator[AsyncApp]:
    app = AsyncApp(client=client)
    async with connected(ws, app):
        yield app


@pytest.fixture
def unused_port() -> int:
    return free_port()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver
