"""The last activity of a deal: one definition, from the activities alone, on both databases."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import insert, text

from sequences.records.pipeline import DealActivity
from storage.database import Database
from storage.tables import activities, companies, contacts, deals, tasks
from tests.storage.samples import ANNA, NOW, ORG, OTHER_ORG
from tests.storage.test_plans import plans_of

DAY = timedelta(days=1)
BASE: dict[str, dict[str, Any]] = {
    "companies": {"org_id": ORG.id, "name": "Acme", "name_key": "acme"},
    "contacts": {"org_id": ORG.id, "name": "Sarah", "name_key": "sarah"},
    "deals": {"org_id": ORG.id, "stage": "demo", "currency": "EUR", "owner_user_id": ANNA.id, "amount": Decimal(1200)},
    "activities": {"org_id": ORG.id, "summary": ""},
    "tasks": {"org_id": ORG.id, "title": "Call", "owner_user_id": ANNA.id},
}


@pytest.fixture
async def crm(database: Database) -> Database:
    """Acme has Sarah and Tom and the deal d1; Brick has Bob and d2; Alone is a deal without a company."""
    await fill(database, companies, {"id": "acme"}, {"id": "brick", "name": "Brick", "name_key": "brick"})
    await fill(
        database,
        contacts,
        {"id": "sarah", "company_id": "acme"},
        {"id": "tom", "company_id": "acme"},
        {"id": "bob", "company_id": "brick"},
        {"id": "loner"},
    )
    await fill(
        database,
        deals,
        {"id": "d1", "name": "Acme fleet", "name_key": "acme fleet", "company_id": "acme"},
        {"id": "d2", "name": "Brick yard", "name_key": "brick yard", "company_id": "brick"},
        {"id": "alone", "name": "Zoo", "name_key": "zoo"},
    )
    return database


async def fill(database: Database, table: Any, *rows: dict[str, Any]) -> None:
    async with database.begin() as tx:
        for row in rows:
            await tx.connection.execute(insert(table), BASE[table.name] | row)


async def happened(database: Database, kind: str, days_ago: float, **about: Any) -> None:
    number = f"{kind}-{days_ago}-{sorted(about.items())}"
    await fill(database, activities, {"id": number, "kind": kind, "at": NOW - days_ago * DAY, **about})


async def scan(database: Database, now: datetime = NOW, org_id: str = ORG.id) -> dict[str, DealActivity]:
    async with database.read() as tx:
        found = await tx.deals.last_activities(org_id, now=now)
    assert len({deal.deal_id for deal in found}) == len(found)
    return {deal.deal_id: deal for deal in found}


def last(deal: DealActivity) -> tuple[str, float] | None:
    if deal.last_activity_at is None or deal.last_activity_kind is None:
        return None
    return deal.last_activity_kind, (NOW - deal.last_activity_at) / DAY


@pytest.mark.parametrize("kind", ["meeting", "email", "call", "note", "task"])
async def test_stale_04_anything_on_the_deal_counts(crm: Database, kind: str) -> None:
    await happened(crm, "email", 9, deal_id="d1")
    await happened(crm, kind, 3, deal_id="d1")
    found = await scan(crm)
    assert last(found["d1"]) == (kind, 3)
    assert last(found["d2"]) is None


@pytest.mark.parametrize("kind", ["meeting", "email", "call"])
async def test_ctx_11_what_passed_with_any_contact_of_its_company_counts(crm: Database, kind: str) -> None:
    await happened(crm, "note", 20, deal_id="d1")
    await happened(crm, "email", 12, contact_id="sarah")
    await happened(crm, kind, 4, contact_id="tom")
    found = await scan(crm)
    assert last(found["d1"]) == (kind, 4)
    assert last(found["d2"]) is None


@pytest.mark.parametrize("kind", ["note", "task"])
async def test_ctx_11_a_note_about_a_person_is_no_sign_of_life(crm: Database, kind: str) -> None:
    await happened(crm, kind, 1, contact_id="sarah")
    assert last((await scan(crm))["d1"]) is None


async def test_ctx_11_the_later_of_both_sides_counts(crm: Database) -> None:
    await happened(crm, "email", 5, contact_id="sarah")
    await happened(crm, "note", 2, deal_id="d1")
    await happened(crm, "note", 8, deal_id="d2")
    await happened(crm, "call", 7, contact_id="bob")
    found = await scan(crm)
    assert (last(found["d1"]), last(found["d2"])) == (("note", 2), ("call", 7))


async def test_stale_04_what_is_planned_for_later_has_not_happened(crm: Database) -> None:
    await happened(crm, "meeting", -2, deal_id="d1")
    await happened(crm, "meeting", -3, contact_id="sarah")
    await happened(crm, "email", 30, contact_id="sarah")
    assert last((await scan(crm))["d1"]) == ("email", 30)
    later = (await scan(crm, now=NOW + 2 * DAY))["d1"]
    assert (later.last_activity_kind, later.last_activity_at) == ("meeting", NOW + 2 * DAY)


async def test_stale_04_people_and_deals_of_nobody_are_left_alone(crm: Database) -> None:
    await happened(crm, "email", 1, contact_id="loner")
    await happened(crm, "meeting", 1, company_id="acme")
    found = await scan(crm)
    assert {name: last(deal) for name, deal in found.items()} == {"d1": None, "d2": None, "alone": None}


async def test_stale_03_only_open_deals_of_the_org_are_scanned(crm: Database) -> None:
    for number, stage in enumerate(("won", "lost")):
        await fill(crm, deals, {"id": f"over{number}", "name": stage, "name_key": stage, "stage": stage})
    await fill(
        crm, deals, {"id": "theirs", "name": "x", "name_key": "x", "org_id": OTHER_ORG.id, "owner_user_id": None}
    )
    assert list(await scan(crm)) == ["d1", "d2", "alone"]
    assert list(await scan(crm, org_id=OTHER_ORG.id)) == ["theirs"]


async def test_risk_06_the_next_step_is_the_first_open_task(crm: Database) -> None:
    soon, later = date(2026, 3, 9), date(2026, 4, 1)
    await fill(
        crm,
        tasks,
        {"id": "t1", "deal_id": "d1", "due_on": later},
        {"id": "t2", "deal_id": "d1", "due_on": soon},
        {"id": "t3", "deal_id": "d1", "due_on": date(2026, 3, 1), "done_at": NOW},
        {"id": "t4", "deal_id": "d2", "due_on": None},
    )
    found = await scan(crm)
    assert (found["d1"].next_step_on, found["d2"].next_step_on) == (soon, None)
    assert (found["d1"].owner_user_id, found["d1"].currency, found["d1"].amount) == (ANNA.id, "EUR", Decimal(1200))


async def test_stale_06_each_side_is_one_look_into_an_index(database: Database) -> None:
    """Neither a deal's nor a contact's history is read through, however long it is."""
    is_sqlite = database.url.get_backend_name() == "sqlite"
    async with database.begin() as tx:
        if not is_sqlite:  # on an empty table a scan is cheapest, so it is made dear
            await tx.connection.execute(text("SET LOCAL enable_seqscan = off"))
            await tx.connection.execute(text("SET LOCAL enable_bitmapscan = off"))
        explain = "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN"
        (plan,) = await plans_of(tx, lambda tx: tx.deals.last_activities(ORG.id, now=NOW), explain)
    for index in ("ix_activities_exchanged", "ix_activities_deal_id_at", "ix_contacts_company_id"):
        assert index in plan
    assert "ix_deals_open" in plan
    assert "ix_tasks_next" in plan
