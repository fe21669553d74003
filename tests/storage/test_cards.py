"""Cards: shown when the truth has changed, by one at a time."""

import asyncio
from datetime import datetime, timedelta

from sequences.ports.store import CardRow
from storage.database import Database
from tests.storage.samples import MINUTE, NOW, ids, make_card

LEASE = timedelta(seconds=30)


async def add(database: Database, **changes: object) -> CardRow:
    card = make_card(**changes)
    async with database.begin() as tx:
        assert await tx.cards.add(card)
    return card


async def claim(database: Database, card: CardRow, now: datetime = NOW) -> CardRow | None:
    async with database.begin() as tx:
        return await tx.cards.claim(card.id, now=now, lease=LEASE)


async def show(database: Database, card: CardRow, rev: int, again_at: datetime | None = None) -> CardRow:
    async with database.begin() as tx:
        await tx.cards.shown(card.id, rev=rev, channel_id="D1", message_ts="1.2", again_at=again_at)
        found = await tx.cards.get(card.id)
    assert found is not None
    return found


async def test_one_card_per_key(database: Database) -> None:
    card = await add(database, key="meeting:1", subject={"title": "Demo"})
    async with database.begin() as tx:
        assert not await tx.cards.add(make_card(key="meeting:1"))
        assert await tx.cards.by_key("meeting:1") == card
        assert await tx.cards.by_key("meeting:2") is None


async def test_a_card_is_claimed_by_one_until_the_lease_runs_out(database_url: str, database: Database) -> None:
    card = await add(database)
    other = Database.open(database_url)
    claims = await asyncio.gather(*(claim(through, card) for through in (database, other) * 4))
    await other.close()
    assert sum(1 for claimed in claims if claimed is not None) == 1
    again = await claim(database, card, NOW + LEASE)
    assert again is not None
    assert again.attempts == 2, "the first one may have reached Slack"


async def test_what_is_shown_is_not_shown_again_until_it_is_touched(database: Database) -> None:
    card = await add(database)
    assert await claim(database, card) is not None
    shown = await show(database, card, rev=1)
    assert (shown.shown_rev, shown.channel_id, shown.message_ts, shown.lease_until) == (1, "D1", "1.2", None)
    assert await claim(database, card) is None
    async with database.begin() as tx:
        await tx.cards.touch(card.id, now=NOW + MINUTE)
        assert await tx.cards.due(NOW, 5) == []
        assert ids(await tx.cards.due(NOW + MINUTE, 5)) == [card.id]
    touched = await claim(database, card, NOW + MINUTE)
    assert touched is not None
    assert touched.rev == 2


async def test_a_change_during_the_showing_stays_due(database: Database) -> None:
    card = await add(database)
    await claim(database, card)
    async with database.begin() as tx:
        await tx.cards.touch(card.id, now=NOW)
    shown = await show(database, card, rev=1, again_at=NOW + MINUTE)
    assert (shown.rev, shown.shown_rev, shown.show_at) == (2, 1, NOW)


async def test_a_countdown_asks_for_one_more_showing(database: Database) -> None:
    card = await add(database)
    await claim(database, card)
    shown = await show(database, card, rev=1, again_at=NOW + MINUTE)
    assert (shown.rev, shown.shown_rev, shown.show_at) == (2, 1, NOW + MINUTE)
    assert await claim(database, card) is None
    assert await claim(database, card, NOW + MINUTE) is not None


async def test_whoever_showed_an_older_revision_changes_nothing(database: Database) -> None:
    card = await add(database, rev=3)
    newest = await show(database, card, rev=3)
    assert await show(database, card, rev=2) == newest


async def test_a_failed_showing_is_tried_again_later(database: Database) -> None:
    card = await add(database)
    await claim(database, card)
    async with database.begin() as tx:
        await tx.cards.failed(card.id, attempts=card.attempts + 1, retry_at=NOW + MINUTE)
        found = await tx.cards.get(card.id)
    assert found is not None
    assert (found.attempts, found.show_at, found.lease_until) == (1, NOW + MINUTE, None)
    assert await claim(database, card) is None
    assert (await show(database, card, rev=1)).attempts == 0


async def test_a_showing_that_was_given_up_and_fails_lets_go_of_nobody_elses_claim(database: Database) -> None:
    card = await add(database)
    await claim(database, card)
    taken = await claim(database, card, NOW + LEASE)
    assert taken is not None
    async with database.begin() as tx:
        await tx.cards.failed(card.id, attempts=card.attempts + 1, retry_at=NOW)
        assert await tx.cards.get(card.id) == taken


async def test_due_cards_the_longest_due_first(database: Database) -> None:
    second, first = await add(database), await add(database, show_at=NOW - MINUTE)
    held, shown = await add(database, show_at=NOW - MINUTE * 2), await add(database, rev=1, shown_rev=1)
    await claim(database, held)
    assert shown.shown_rev == 1
    async with database.read() as tx:
        assert ids(await tx.cards.due(NOW, 5)) == [first.id, second.id]
        assert ids(await tx.cards.due(NOW, 1)) == [first.id]
        assert ids(await tx.cards.due(NOW + LEASE, 1)) == [held.id]
