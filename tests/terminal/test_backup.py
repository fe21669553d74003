"""Backup and restore as docs/operations.md tells them, on both databases, while somebody writes."""

import asyncio
import os
import shutil
import sqlite3
import stat
import subprocess
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import main
from sequences.ports.store import StoreError
from storage.backup import back_up
from storage.database import Database
from storage.engines import parse_url
from storage.migrate import newest_revision
from storage.schema import present_revision
from tests.databases import fresh_postgres
from tests.storage.samples import ANNA, ORG, make_job


def sixty(*words: str) -> Result:
    return CliRunner().invoke(main, words)


async def fill(url: str, jobs: int) -> None:
    database = Database.open(url)
    async with database.begin() as tx:
        await tx.people.save_org(ORG)
        await tx.people.save_user(ANNA)
    for _ in range(jobs):
        async with database.begin() as tx:
            await tx.jobs.add(make_job())
    await database.close()


async def jobs_in(url: str) -> int:
    database = Database.open(url)
    async with database.read() as tx:
        found = await tx.jobs.for_user(ANNA.id, 1000)
    await database.close()
    return len(found)


@pytest.fixture
def sqlite_file(tmp_path: Path, sqlite_template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "sixty.db"
    shutil.copyfile(sqlite_template, path)
    monkeypatch.setenv("SIXTY_DATABASE_URL", f"sqlite:///{path}")
    return path


async def test_a_copy_taken_under_load_is_whole_and_of_one_moment(sqlite_file: Path, tmp_path: Path) -> None:
    url, target = f"sqlite:///{sqlite_file}", tmp_path / "copy.db"
    await fill(url, 5)
    writing = asyncio.create_task(fill(url, 50))
    await asyncio.to_thread(back_up, parse_url(url), target)
    await writing
    assert 5 <= await jobs_in(f"sqlite:///{target}") <= 55
    assert await jobs_in(url) == 55


def test_the_documented_backup_and_restore_of_sqlite(sqlite_file: Path, tmp_path: Path) -> None:
    asyncio.run(fill(f"sqlite:///{sqlite_file}", 3))
    target = tmp_path / "backup.db"
    done = sixty("backup", str(target))
    assert (done.exit_code, "whole copy" in done.stdout) == (0, True)
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    for path in tmp_path.glob("sixty.db*"):  # the disk is lost, with the write-ahead log
        path.unlink()
    shutil.copyfile(target, sqlite_file)
    assert sixty("migrate").exit_code == 0
    assert asyncio.run(jobs_in(f"sqlite:///{sqlite_file}")) == 3


def test_a_backup_overwrites_nothing_and_says_what_is_wrong(
    sqlite_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "kept.db"
    kept.write_text("mine")
    assert "exists already" in sixty("backup", str(kept)).stderr
    assert kept.read_text() == "mine"
    assert "cannot be written: No such file" in sixty("backup", str(tmp_path / "nowhere" / "copy.db")).stderr
    monkeypatch.setenv("SIXTY_DATABASE_URL", f"sqlite:///{tmp_path / 'none.db'}")
    assert "There is no database" in sixty("backup", str(tmp_path / "copy.db")).stderr
    monkeypatch.setenv("SIXTY_DATABASE_URL", "postgresql://sixty@localhost/sixty")
    assert "pg_dump" in sixty("backup", str(tmp_path / "copy.db")).stderr


def test_a_damaged_database_makes_no_backup(sqlite_file: Path, tmp_path: Path) -> None:
    asyncio.run(fill(f"sqlite:///{sqlite_file}", 20))
    with sqlite3.connect(sqlite_file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    content = bytearray(sqlite_file.read_bytes())
    content[8192:-8192] = b"\xa5" * (len(content) - 16384)
    sqlite_file.write_bytes(content)
    with pytest.raises(StoreError, match="damaged"):
        back_up(parse_url(f"sqlite:///{sqlite_file}"), tmp_path / "copy.db")
    assert sorted(path.name for path in tmp_path.glob("copy.db*")) == []


@pytest.fixture(scope="module")
def programs(postgres_server: str) -> Path:
    """Those that came with the server: pg_dump refuses a server that is newer than itself."""
    assert postgres_server
    programs = [path.resolve() for path in Path("/proc").glob("[0-9]*/exe") if os.access(path, os.R_OK)]
    found = {program.parent for program in programs if program.name == "postgres"}
    return next((folder for folder in found if (folder / "pg_dump").exists()), None) or pytest.skip("no pg_dump")


@pytest.mark.postgres
def test_the_documented_backup_and_restore_of_postgresql(
    postgres_server: str, postgres_template: str, programs: Path, tmp_path: Path
) -> None:
    for url in fresh_postgres(postgres_server, postgres_template):
        asyncio.run(fill(url, 3))
        target = tmp_path / "sixty.dump"
        plain = url.replace("postgresql+asyncpg://", "postgresql://")
        subprocess.run([programs / "pg_dump", "--format=custom", "--no-owner", f"--file={target}", plain], check=True)
        asyncio.run(fill(url, 2))  # lost with the server
        for restored in fresh_postgres(postgres_server, "template1"):
            plain = restored.replace("postgresql+asyncpg://", "postgresql://")
            subprocess.run(
                [programs / "pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", "-d", plain, target],
                check=True,
            )
            assert asyncio.run(jobs_in(restored)) == 3
            asyncio.run(migrated(restored))


async def migrated(url: str) -> None:
    database = Database.open(url)
    await database.migrate()
    assert await present_revision(database) == newest_revision()
    await database.close()
