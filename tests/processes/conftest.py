"""Nodes: processes of the real app, with a sequence that writes down what it does."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.databases import fresh_postgres
from tests.processes.cluster import Cluster, open_cluster


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    yield from fresh_postgres(postgres_server, postgres_template)


@pytest.fixture
async def cluster(postgres_url: str, tmp_path: Path) -> AsyncIterator[Cluster]:
    """On PostgreSQL, sharing work over the queue."""
    async with open_cluster(postgres_url, tmp_path, dispatcher="procrastinate") as opened:
        yield opened


@pytest.fixture
async def alone(database_url: str, tmp_path: Path) -> AsyncIterator[Cluster]:
    """On both databases, for nodes that do everything themselves."""
    async with open_cluster(database_url, tmp_path, dispatcher="in_process") as opened:
        yield opened
