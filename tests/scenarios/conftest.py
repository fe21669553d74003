"""Scenario tests: realistic payloads through the real app over real Socket Mode, on both databases."""

from collections.abc import AsyncIterator

import pytest

from tests.scenarios.house import House, open_house


@pytest.fixture
async def house(database_url: str) -> AsyncIterator[House]:
    """A long undo window, so that only tests which want a send get one."""
    async with open_house(database_url, sixty_undo_seconds=600) as opened:
        yield opened


@pytest.fixture
async def quick_house(database_url: str) -> AsyncIterator[House]:
    """An undo window of one second."""
    async with open_house(database_url, sixty_undo_seconds=1) as opened:
        yield opened
