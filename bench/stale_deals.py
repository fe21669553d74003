"""The stale-deal scan of an org with 500 deals and 50,000 activities, alone and among twenty such orgs."""

import asyncio
import random
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Table, func, insert, select, text

from bench.databases import migrated, postgres_url, sqlite_url
from bench.figures import Figure, percentile
from sequences.deals.staleness import stale_deals
from sequences.records.people import Org
from storage.database import Database
from storage.tables import activities, companies, contacts, deals

NOW = datetime(2026, 3, 5, 8, tzinfo=UTC)
DEALS, CONTACTS_EACH, ACTIVITIES = 500, 4, 50_000
CLOSED_EACH = 4  # deals won or lost for each open one
ORGS = 20
FIRST = "org_0"
RUNS = 40
STAGES = ("new", "qualified", "demo", "proposal", "negotiation")
KINDS = ("email", "meeting", "call", "note", "task")
BATCH = 5000


def measure() -> list[Figure]:
    with sqlite_url() as url:
        on_sqlite = asyncio.run(_on("sqlite", url))
    with postgres_url() as url:
        return on_sqlite + asyncio.run(_on("postgres", url))


async def _on(name: str, url: str) -> list[Figure]:
    async with migrated(url) as database:
        await _fill(database)
        alone = await _scans(database)
        await _multiply(database)
        among = await _scans(database)
    size = f"{DEALS} open deals, {ACTIVITIES:,} activities"
    return [
        Figure(name=f"stale_deals_{name}_p50_ms", value=percentile(alone, 50), target=50,
               what=f"scan of {size}, {name}"),
        Figure(name=f"stale_deals_{name}_{ORGS}_orgs_p50_ms", value=percentile(among, 50), target=50,
               what=f"the same org among {ORGS} as large"),
    ]  # fmt: skip


async def _scans(database: Database) -> list[float]:
    taken = []
    for _ in range(RUNS):
        started = time.perf_counter()
        async with database.read() as tx:
            found = stale_deals(await tx.deals.last_activities(FIRST, now=NOW), NOW)
        taken.append((time.perf_counter() - started) * 1000)
        if not 0 < len(found) < DEALS:
            raise RuntimeError(f"{len(found)} of {DEALS} deals are stale; the data make no sense")
    return taken


async def _fill(database: Database) -> None:
    async with database.begin() as tx:
        await tx.people.save_org(_org(FIRST))
        for table, rows in _rows(FIRST):
            for start in range(0, len(rows), BATCH):
                await tx.connection.execute(insert(table), rows[start : start + BATCH])
        await tx.connection.execute(text("ANALYZE"))


async def _multiply(database: Database) -> None:
    """The other orgs have the same, each under ids of its own."""
    async with database.begin() as tx:
        for other in (f"org_{number}" for number in range(1, ORGS)):
            await tx.people.save_org(_org(other))
            for table in (companies, contacts, deals, activities):
                renamed = [
                    func.replace(column, FIRST, other) if column.primary_key or column.foreign_keys else column
                    for column in table.c
                ]
                copied = select(*renamed).where(table.c.org_id == FIRST)
                await tx.connection.execute(insert(table).from_select(list(table.c.keys()), copied))
        await tx.connection.execute(text("ANALYZE"))


def _org(org_id: str) -> Org:
    return Org(id=org_id, name=org_id, team_id=org_id)


def _rows(org_id: str) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """Half of the activities are on deals, half with people; the quieter a deal the longer ago its last one."""
    own = {"org_id": org_id}
    yield companies, [{**own, "id": f"{org_id}_co{n}", "name": f"{n}", "name_key": f"{n}"} for n in range(DEALS)]
    yield (
        contacts,
        [
            {**own, "id": f"{org_id}_p{n}", "name": f"{n}", "name_key": f"{n}", "company_id": f"{org_id}_co{n % DEALS}"}
            for n in range(DEALS * CONTACTS_EACH)
        ],
    )
    yield deals, [_deal(org_id, n) for n in range(DEALS * (1 + CLOSED_EACH))]
    random_ = random.Random(org_id)  # noqa: S311 (made-up sales are no secret)
    yield activities, [_activity(org_id, n, random_) for n in range(ACTIVITIES)]


def _deal(org_id: str, n: int) -> dict[str, Any]:
    return {
        "id": f"{org_id}_d{n}",
        "org_id": org_id,
        "name": f"Deal {n}",
        "name_key": f"deal {n}",
        "company_id": f"{org_id}_co{n % DEALS}",
        "stage": STAGES[n % len(STAGES)] if n < DEALS else ("won", "lost")[n % 2],
        "currency": "EUR",
    }


def _activity(org_id: str, n: int, random_: random.Random) -> dict[str, Any]:
    which = random_.randrange(DEALS)
    ago = timedelta(days=which % 40, minutes=random_.randrange(500_000))
    about = {"deal_id": f"{org_id}_d{which}", "contact_id": None}
    if n % 2:
        about = {"deal_id": None, "contact_id": f"{org_id}_p{which + DEALS * random_.randrange(CONTACTS_EACH)}"}
    kind = KINDS[random_.randrange(len(KINDS))]
    return {"id": f"{org_id}_a{n}", "org_id": org_id, "kind": kind, "summary": "…", "at": NOW - ago, **about}
