"""Nobody waits for a machine that has gone, or sleeps, in the middle of a transaction."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Iterator

import pytest
from sqlalchemy import URL, make_url, text

from sequences.ports.store import StoreError
from storage import lifelines
from storage.database import Database
from tests.databases import fresh_postgres
from tests.storage.samples import ORG

pytestmark = pytest.mark.postgres


@pytest.fixture
def postgres_url(postgres_server: str, postgres_template: str) -> Iterator[str]:
    yield from fresh_postgres(postgres_server, postgres_template)


@contextlib.asynccontextmanager
async def over_tcp(url: str) -> AsyncIterator[URL]:
    """The same database behind an address: the server of the tests listens on a file alone."""
    given = make_url(url)
    path = f"{given.query['host']}/.s.PGSQL.{given.port or 5432}"

    async def pipe(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while data := await reader.read(65_536):
            writer.write(data)
            await writer.drain()
        writer.close()

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        there, back = await asyncio.open_unix_connection(path)
        await asyncio.gather(pipe(reader, back), pipe(there, writer), return_exceptions=True)

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        yield given.set(host="127.0.0.1", port=port, query={"ssl": "disable"})


async def test_core_14_a_process_asleep_in_a_transaction_holds_nobody_up(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It has the lock of an org in which events come in; when it wakes up, it has nothing."""
    sleeper, other = Database.open(postgres_url), Database.open(postgres_url)
    with monkeypatch.context() as patched:
        patched.setattr(lifelines, "ASLEEP_MS", 1_000)
        await sleeper.ping()  # of its connections this one alone counts so strictly
    async with other.begin() as tx:
        await tx.people.save_org(ORG)

    async def wake_up() -> None:
        async with sleeper.begin() as tx:
            await tx.people.lock_org(ORG.id)
            async with asyncio.timeout(60), other.begin() as theirs:
                await theirs.people.lock_org(ORG.id)
            await tx.people.save_org(ORG.model_copy(update={"name": "as it was thought to be"}))

    with pytest.raises(StoreError):
        await wake_up()
    async with sleeper.begin() as tx:
        assert await tx.people.org(ORG.id) == ORG
    await sleeper.close()
    await other.close()


async def test_core_14_a_line_that_is_gone_is_noticed_at_both_ends(postgres_url: str) -> None:
    async with over_tcp(postgres_url) as url:
        database = Database.open(url.render_as_string(hide_password=False))
        async with database.begin() as tx:
            raw = await tx.connection.get_raw_connection()
            assert raw.driver_connection is not None
            line = raw.driver_connection._transport.get_extra_info("socket")
            assert line.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
            if hasattr(socket, "TCP_KEEPIDLE"):
                assert line.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == lifelines.IDLE_S
            asked = "SELECT setting FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'"
            assert (await tx.connection.execute(text(asked))).scalar_one() == str(lifelines.ASLEEP_MS)
        await database.close()
