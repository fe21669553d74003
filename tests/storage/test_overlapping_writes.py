"""Two effects of one meeting record their ends at the same moment, each in a transaction of its own."""

import asyncio

import pytest

from sequences.records.crm import Deal, Stage
from storage.database import Database
from tests.storage.samples import NOW, ORG, make_card
from tests.storage.test_crm import make_task, put


# SQLite's writers take turns, so no two of its transactions are ever open at once.
@pytest.mark.parametrize("database_url", [pytest.param("postgres", marks=pytest.mark.postgres)], indirect=True)
async def test_core_08_a_task_for_a_deal_and_a_move_of_that_deal_do_not_stop_each_other(database: Database) -> None:
    """References are checked at the commit: who holds the card must not wait there for who holds the deal."""
    deal, card = Deal(id="deal_1", name="Pilot", stage=Stage.DEMO), make_card()
    await put(database, deal)
    async with database.begin() as tx:
        await tx.cards.add(card)
    holds_card, holds_deal = asyncio.Event(), asyncio.Event()

    async def create_task() -> None:
        async with database.begin() as tx:
            await tx.crm_writer.create_task(ORG.id, make_task(deal_id=deal.id), effect_key="act_1:0")
            await tx.cards.touch(card.id, now=NOW)
            holds_card.set()
            await holds_deal.wait()

    async def move_stage() -> None:
        async with database.begin() as tx:
            await tx.crm_writer.move_stage(ORG.id, deal.id, Stage.PROPOSAL)
            holds_deal.set()
            await holds_card.wait()
            await tx.cards.touch(card.id, now=NOW)

    await asyncio.gather(create_task(), move_stage())
    async with database.read() as tx:
        found = await tx.cards.get(card.id)
        assert found is not None
        assert found.rev == card.rev + 2
