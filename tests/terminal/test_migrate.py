"""``sixty migrate`` and ``sixty migrate --down`` on both databases."""

import asyncio

import pytest
from click.testing import CliRunner, Result

from cli import main
from storage.database import Database
from storage.migrate import newest_revision
from storage.schema import present_revision


def sixty(*words: str) -> Result:
    return CliRunner().invoke(main, words)


def revision(url: str) -> str | None:
    async def ask() -> str | None:
        database = Database.open(url)
        found = await present_revision(database)
        await database.close()
        return found

    return asyncio.run(ask())


def test_migrate_goes_up_and_down_one_by_one_to_nothing_and_up_again(
    empty_database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SIXTY_DATABASE_URL", empty_database_url)
    newest = int(newest_revision())
    assert revision(empty_database_url) is None
    assert sixty("migrate").exit_code == 0
    for number in range(newest, 0, -1):
        assert revision(empty_database_url) == f"{number:04}"
        done = sixty("migrate", "--down")
        assert (done.exit_code, "one revision older" in done.stdout) == (0, True)
    assert revision(empty_database_url) is None
    assert sixty("migrate").exit_code == 0
    assert sixty("migrate").exit_code == 0  # nothing left to do
    assert revision(empty_database_url) == newest_revision()


def test_there_is_nothing_below_the_first_revision(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SIXTY_DATABASE_URL", empty_database_url)
    refused = sixty("migrate", "--down")
    assert refused.exit_code == 1
    assert "empty already" in refused.stderr


def test_a_newer_release_has_been_here(empty_database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a rollback of the code alone, a start and ``sixty migrate`` leave the newer schema in peace."""
    monkeypatch.setenv("SIXTY_DATABASE_URL", empty_database_url)
    sixty("migrate")

    async def move_on() -> None:
        database = Database.open(empty_database_url)
        async with database.begin() as tx:
            await tx.connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        await database.close()

    asyncio.run(move_on())
    assert sixty("migrate").exit_code == 0
    refused = sixty("migrate", "--down")
    assert (refused.exit_code, "Revision 9999 is of a newer release" in refused.stderr) == (1, True)
    assert revision(empty_database_url) == "9999"
    told = sixty("stats")
    assert told.exit_code == 0
