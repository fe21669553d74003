"""Servers on the loopback that the real vendor clients talk to."""

from collections.abc import AsyncIterator

import pytest

from tests.gateways.model_server import ModelServer


@pytest.fixture
async def model_server() -> AsyncIterator[ModelServer]:
    async with ModelServer().running() as server:
        yield server
