"""A world on each database, and one on SQLite alone for what only needs some database."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.sequences.world import World


@pytest.fixture
async def world(database_url: str) -> AsyncIterator[World]:
    """On both databases."""
    database = Database.open(database_url)
    world = World(database)
    await world.settle_in()
    yield world
    await database.close()
