"""A database with one org and two of its people in it."""

from collections.abc import AsyncIterator

import pytest

from storage.database import Database
from tests.storage.samples import ANNA, BEN, ORG, OTHER_ORG, STRANGER


@pytest.fixture
async def database(database_url: str) -> AsyncIterator[Database]:
    database = Database.open(database_url)
    async with database.begin() as tx:
        for org in (ORG, OTHER_ORG):
            await tx.people.save_org(org)
        for user in (ANNA, BEN, STRANGER):
            await tx.people.save_user(user)
    yield database
    await database.close()
