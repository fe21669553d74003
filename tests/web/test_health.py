"""/healthz asks nothing of anybody; /readyz names each part that is missing, and why."""

import asyncio
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from types import SimpleNamespace
from typing import cast

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from app import running
from config import Role, Settings
from logs import JsonLines
from sequences.ports.store import StoreError
from storage.database import Database
from storage.errors import DatabaseError
from storage.migrate import newest_revision
from storage.schema import present_revision
from tests.scenarios.house import PATIENCE, House, open_house
from tests.sequences.fakes import FakeClock
from watching import Watch
from web import health as health_module
from web.correlating import HEADER
from web.health import Check, Health
from web.server import make_web_app
from wiring import Core

Client = TestClient[web.Request, web.Application]


async def asked(checks: dict[str, Check], path: str) -> tuple[int, dict[str, object]]:
    async with TestClient(TestServer(make_web_app(health=Health(checks)))) as client:
        answer = await client.get(path)
        return answer.status, await answer.json()


async def fine() -> str | None:
    return None


async def broken() -> str | None:
    return "the cable is out"


async def test_alive_means_alive_whatever_else_is_down() -> None:
    assert await asked({"database": broken}, "/healthz") == (200, {"status": "ok"})


async def test_ready_when_every_part_is() -> None:
    expected = {"status": "ok", "checks": {"database": "ok", "slack": "ok"}}
    assert await asked({"database": fine, "slack": fine}, "/readyz") == (200, expected)


async def test_not_ready_says_which_part_and_why() -> None:
    expected = {"status": "not ready", "checks": {"database": "the cable is out", "slack": "ok"}}
    assert await asked({"database": broken, "slack": fine}, "/readyz") == (503, expected)


async def test_a_part_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health_module, "PATIENCE_S", 0.0)

    async def silent() -> str | None:
        await asyncio.Event().wait()
        return None

    status, body = await asked({"database": silent, "slack": fine}, "/readyz")
    assert (status, body["checks"]) == (503, {"database": "no answer within 0 seconds", "slack": "ok"})


async def test_the_running_app_is_ready_and_says_when_it_no_longer_is(database_url: str) -> None:
    """Each check on the real parts: the schema taken back under it, the socket closed, the sweep left behind."""
    async with open_house(database_url) as house:
        base = f"http://127.0.0.1:{house.running.http_port}"
        await until_swept(house)
        async with TestClient(TestServer(web.Application())) as client:
            session = client.session

            async def ready() -> tuple[int, dict[str, str]]:
                async with session.get(f"{base}/readyz") as answer:
                    return answer.status, (await answer.json())["checks"]

            assert await ready() == (200, dict.fromkeys(("database", "schema", "slack", "sweep"), "ok"))
            store, newest = house.running.core.store, newest_revision()
            await store.downgrade("-1")
            status, checks = await ready()
            assert status == 503
            assert checks["schema"].endswith(f"and this version needs {newest}: run `sixty migrate`.")
            await store.migrate()
            assert await ready() == (200, dict.fromkeys(("database", "schema", "slack", "sweep"), "ok"))


async def until_swept(house: House) -> None:
    """A sweep is nothing that the workspace would notice, so it is looked for."""
    async with asyncio.timeout(PATIENCE):
        while house.running.core.dispatcher.swept_at is None:  # noqa: ASYNC110  # the dispatcher changes it
            await asyncio.sleep(0.01)


class AwayStore:
    """A database that does not answer, and would tell strangers where it is."""

    async def ping(self) -> None:
        raise DatabaseError("The database postgresql://sixty:***@db.internal/sixty cannot be used: it does not answer.")

    def read(self) -> None:
        raise DatabaseError("The database postgresql://sixty:***@db.internal/sixty cannot be used: it does not answer.")


async def test_readiness_without_a_database_is_answered_and_tells_strangers_nothing() -> None:
    core = SimpleNamespace(store=AwayStore(), dispatcher=SimpleNamespace(swept_at=None))
    watch = Watch(core=cast(Core, core), clock=FakeClock(), roles=frozenset(Role))
    app = make_web_app(health=watch.health())
    async with TestClient(TestServer(app)) as client:
        answer = await client.get("/readyz")
        told = await answer.json()
    assert answer.status == 503
    assert told["checks"] == {
        "database": "the database cannot be used; the log says why",
        "schema": "the database cannot be asked",
        "slack": "not connected to Slack: not open yet",
        "sweep": "the tables have not been asked for due work yet",
    }


async def test_a_sweep_that_stopped_makes_the_process_unready() -> None:
    clock = FakeClock()
    dispatcher = SimpleNamespace(swept_at=clock.now)
    core = SimpleNamespace(store=AwayStore(), dispatcher=dispatcher)
    watch = Watch(core=cast(Core, core), clock=clock, roles=frozenset({Role.SCHEDULER}))
    async with TestClient(TestServer(make_web_app(health=watch.health()))) as client:
        for age, said in (
            (0, "ok"),
            (60, "ok"),
            (61, "the tables were last asked for due work 61 seconds ago; see the log"),
        ):
            clock.now = dispatcher.swept_at + timedelta(seconds=age)
            assert (await (await client.get("/readyz")).json())["checks"]["sweep"] == said


async def test_a_newer_schema_is_fine_and_an_older_one_stops_the_start(database_url: str) -> None:
    database = Database.open(database_url)
    async with database.begin() as tx:
        await tx.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    assert await present_revision(database) == "9999"
    async with open_house(database_url) as house:  # a start that may migrate leaves it alone
        await house.stop_app()
        house.settings = house.settings.model_copy(update={"sixty_migrate_on_start": False})
        await house.start_app()
        await house.stop_app()
        async with database.begin() as tx:
            await tx.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0000'")
        with pytest.raises(StoreError, match=r"at revision 0000 and this version needs \d+: run `sixty migrate`"):
            await house.start_app()
    await database.close()


async def test_an_empty_database_is_left_alone_when_starts_may_not_migrate(empty_database_url: str) -> None:
    settings = Settings(
        _env_file=None,
        slack_bot_token="xoxb-1",
        slack_app_token="xapp-1",
        sixty_database_url=empty_database_url,
        sixty_migrate_on_start=False,
    )
    with pytest.raises(StoreError, match="is empty and this version needs"):
        async with running(settings):
            pass


@pytest.fixture
def lines() -> Iterator[list[dict[str, object]]]:
    kept: list[dict[str, object]] = []

    class Keep(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            kept.append(json.loads(JsonLines().format(record)))

    handler = Keep()
    logging.getLogger("web").addHandler(handler)
    yield kept
    logging.getLogger("web").removeHandler(handler)


@pytest.mark.parametrize(("error", "status"), [(ValueError("what Petra said"), 500), (StoreError("It is away."), 503)])
async def test_err_10_a_failure_is_answered_with_the_id_under_which_the_log_has_it(
    error: Exception, status: int, lines: list[dict[str, object]]
) -> None:
    async def fail(request: web.Request) -> web.Response:
        raise error

    app = make_web_app(health=Health({}))
    app.router.add_post("/webhooks/{name}", fail)
    async with TestClient(TestServer(app)) as client:
        answer = await client.post("/webhooks/anything?token=secret")
        told = await answer.json()
        missing = await client.get("/nowhere")
    assert answer.status == status
    assert told["correlation_id"] == answer.headers[HEADER] == lines[0]["correlation_id"]
    assert lines[0]["route"] == "/webhooks/{name}"
    assert "Petra" not in json.dumps([told, lines])
    assert "secret" not in json.dumps(lines)
    assert missing.status == 404
    assert len(missing.headers[HEADER]) == 8
