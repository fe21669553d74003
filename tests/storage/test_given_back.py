"""A database that one test gives back and another one gets is as good as a new one."""

import pytest
from sqlalchemy import text

from storage.database import Database
from tests.databases import UsedDatabases, database_of
from tests.storage.samples import ORG

pytestmark = pytest.mark.postgres


async def test_what_was_stored_is_gone_and_nobody_is_connected_any_more(postgres_databases: UsedDatabases) -> None:
    name = postgres_databases.take()
    left = Database.open(database_of(postgres_databases.server, name))
    async with left.begin() as tx:
        await tx.people.save_org(ORG)
        before = (await tx.connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()
    postgres_databases.give_back(name)
    assert postgres_databases.take() == name

    database = Database.open(database_of(postgres_databases.server, name))
    async with database.read() as tx:
        assert await tx.people.orgs() == []
        pids = set((await tx.connection.execute(text("SELECT pid FROM pg_stat_activity"))).scalars())
    assert before not in pids
    await database.close()
    await left.close()
    postgres_databases.give_back(name)


@pytest.mark.parametrize(
    "change",
    [
        "CREATE TABLE surplus (id int)",
        "ALTER TABLE users ADD surplus int",
        "DROP INDEX {index}",
        "CREATE SCHEMA surplus",
        "DELETE FROM alembic_version",
        "ANALYZE organizations",
    ],
)
async def test_with_another_schema_or_with_statistics_it_is_thrown_away(
    postgres_databases: UsedDatabases, change: str
) -> None:
    name = postgres_databases.take()
    database = Database.open(database_of(postgres_databases.server, name))
    async with database.begin() as tx:
        await tx.people.save_org(ORG)
        index = (
            await tx.connection.execute(text("SELECT min(indexname) FROM pg_indexes WHERE indexname ~ '^ix_'"))
        ).scalar()
        await tx.connection.execute(text(change.format(index=index)))
    await database.close()
    postgres_databases.give_back(name)
    assert postgres_databases.take() != name
