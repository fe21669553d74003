"""What the roles of a process may be, and what a process of each role answers."""

import asyncio
import os
import sys
from pathlib import Path

import aiohttp
import pytest

from config import ALL_ROLES, Role, Settings, SettingsError
from tests.house.project import ROOT
from tests.processes.cluster import Cluster

POSTGRES = "postgresql+asyncpg://h/n"
SQLITE = "sqlite+aiosqlite:///x.db"


def settings(**values: str) -> Settings:
    return Settings.model_validate({"slack_bot_token": "xoxb-1", "slack_app_token": "xapp-1", **values})


@pytest.mark.parametrize(
    "roles", [frozenset({role}) for role in Role] + [frozenset({Role.SLACK, Role.WEB}), frozenset({Role.WORKER})]
)
def test_work_that_nobody_would_do_is_refused(roles: frozenset[Role]) -> None:
    with pytest.raises(SettingsError, match="SIXTY_DISPATCHER is in_process, so nobody would do the work"):
        settings(sixty_database_url=SQLITE).check_roles(roles)
    settings(sixty_database_url=POSTGRES, sixty_dispatcher="procrastinate").check_roles(roles)


@pytest.mark.parametrize("roles", [ALL_ROLES, frozenset({Role.WORKER, Role.SCHEDULER})])
def test_one_process_may_do_everything_on_either_database(roles: frozenset[Role]) -> None:
    for url in (SQLITE, POSTGRES):
        settings(sixty_database_url=url).check_roles(roles)


def test_sharing_work_needs_postgresql() -> None:
    with pytest.raises(SettingsError, match="SIXTY_DATABASE_URL must be PostgreSQL"):
        settings(sixty_database_url=SQLITE, sixty_dispatcher="procrastinate").check_roles(ALL_ROLES)


def test_only_the_role_that_listens_needs_the_app_token() -> None:
    bare = Settings.model_validate({"slack_bot_token": "xoxb-1", "sixty_dispatcher": "procrastinate",
                                    "sixty_database_url": POSTGRES})  # fmt: skip
    bare.check_roles(frozenset({Role.WORKER}))
    with pytest.raises(SettingsError, match="SLACK_APP_TOKEN is not set"):
        bare.check_roles(frozenset({Role.SLACK}))


async def run_sixty(folder: Path, *arguments: str, **environment: str) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "cli", *arguments,
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT), "SLACK_BOT_TOKEN": "xoxb-1", **environment},
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    output, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, output.decode()


async def test_the_command_says_which_role_it_cannot_be(tmp_path: Path) -> None:
    code, said = await run_sixty(tmp_path, "run", "--role", "worker")
    assert code != 0
    assert "SIXTY_DISPATCHER is in_process" in said
    assert "Traceback" not in said
    code, said = await run_sixty(tmp_path, "run", "--role", "dreamer")
    assert code != 0
    assert "dreamer" in said


@pytest.mark.postgres
async def test_the_command_migrate_makes_the_queue_and_may_be_repeated(cluster: Cluster, tmp_path: Path) -> None:
    environment = {"SIXTY_DATABASE_URL": cluster.url, "SIXTY_DISPATCHER": "procrastinate"}
    for _ in range(2):
        code, said = await run_sixty(tmp_path, "migrate", **environment)
        assert (code, "up to date" in said) == (0, True), said
    code, said = await run_sixty(tmp_path, "migrate", "--down", **environment)
    assert code == 0, said
    code, said = await run_sixty(tmp_path, "migrate", **environment)
    assert code == 0, said


@pytest.mark.postgres
@pytest.mark.parametrize("role", [Role.WEB, Role.WORKER, Role.SCHEDULER])
async def test_every_role_answers_whether_it_is_well_and_only_the_web_has_doors(cluster: Cluster, role: Role) -> None:
    node = await cluster.start_running(role)
    address = f"http://127.0.0.1:{node.http_port}"
    async with aiohttp.ClientSession() as http:
        async with http.get(f"{address}/healthz") as answer:
            assert answer.status == 200

        async def is_ready() -> bool:
            async with http.get(f"{address}/readyz") as answer:
                return answer.status == 200

        await cluster.until(is_ready)
        async with http.post(f"{address}/webhooks/meetingbaas", json={}) as answer:
            assert (answer.status == 404) is (role is not Role.WEB)
