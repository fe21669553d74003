"""The embedded CRM: found, pictured, written once."""

import asyncio
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from sequences.ids import new_id
from sequences.records.crm import Activity, Company, Contact, CustomerPicture, Deal, Stage, Task
from sequences.records.insight import CrmObject
from storage.crm import ACTIVITY, COMPANY, CONTACT, DEAL
from storage.crm_values import fold
from storage.database import Database
from storage.rows import Shape, insert_into
from tests.storage.samples import ANNA, MINUTE, NOW, ORG, OTHER_ORG

ACME = Company(id="company_acme", name="Acme Corp", domain="acme.example", industry="Robots", employees=120)
SARAH = Contact(id="contact_sarah", name="Sarah Chen", email="sarah@acme.example", company_id=ACME.id)
DAVID = Contact(id="contact_david", name="David Park")
PILOT = Deal(id="deal_pilot", name="Pilot", company_id=ACME.id, stage=Stage.DEMO, amount=Decimal("42000.5"))


async def put(database: Database, *records: Company | Contact | Deal | Activity, org_id: str = ORG.id) -> None:
    shapes: dict[type, Shape[Any]] = {Company: COMPANY, Contact: CONTACT, Deal: DEAL, Activity: ACTIVITY}
    async with database.begin() as tx:
        for record in records:
            shape = shapes[type(record)]
            values = shape.values(record) | {"org_id": org_id}
            if not isinstance(record, Activity):
                values["name_key"] = fold(record.name)
            await tx.connection.execute(insert_into(shape.table), values)


def make_activity(**changes: Any) -> Activity:
    return Activity.model_validate({"id": new_id("activity"), "kind": "call", "summary": "Called", "at": NOW} | changes)


def make_task(**changes: Any) -> Task:
    return Task.model_validate({"id": new_id("task"), "title": "Send it", "owner_user_id": ANNA.id} | changes)


@pytest.mark.parametrize(
    ("email", "name", "found"),
    [
        ("sarah@acme.example", None, SARAH.id),
        (" Sarah@ACME.example ", "Somebody Else", SARAH.id),
        ("unknown@acme.example", "SARAH  chen", SARAH.id),
        (None, "David Park", None),
        (None, "Nobody", None),
        (None, " ", None),
        (None, None, None),
    ],
)
async def test_a_contact_is_found_by_email_or_by_a_name_that_only_one_bears(
    database: Database, email: str | None, name: str | None, found: str | None
) -> None:
    await put(database, ACME, SARAH, DAVID, DAVID.model_copy(update={"id": "contact_david_2"}))
    async with database.read() as tx:
        contact = await tx.crm.find_contact(ORG.id, email=email, name=name)
        assert (contact.id if contact else None) == found
        assert await tx.crm.find_contact(OTHER_ORG.id, email=email, name=name) is None


async def test_a_picture_shows_everything_around_the_people_of_an_event(database: Database) -> None:
    await put(database, ACME, SARAH, DAVID, PILOT)
    around = [
        make_activity(contact_id=SARAH.id, at=NOW - MINUTE),
        make_activity(company_id=ACME.id, at=NOW),
        make_activity(deal_id=PILOT.id, contact_id=SARAH.id, at=NOW - MINUTE * 2),
    ]
    await put(database, *around)
    soon, someday = make_task(contact_id=SARAH.id, due_on=date(2026, 3, 6)), make_task(deal_id=PILOT.id)
    done = make_task(deal_id=PILOT.id, done_at=NOW)
    async with database.begin() as tx:
        for number, task in enumerate((someday, soon, done)):
            await tx.crm_writer.create_task(ORG.id, task, effect_key=f"task:{number}")
    async with database.read() as tx:
        picture = await tx.crm.picture(ORG.id, [DAVID.id, SARAH.id, "contact_unknown", SARAH.id])
        assert picture == CustomerPicture(
            contacts=(DAVID, SARAH),
            company=ACME,
            deal=PILOT,
            activities=(around[1], around[0], around[2]),
            open_tasks=(soon, someday),
        )
        assert await tx.crm.picture(OTHER_ORG.id, [SARAH.id]) == CustomerPicture()
        assert await tx.crm.picture(ORG.id, []) == CustomerPicture()
        assert await tx.crm.picture(ORG.id, [DAVID.id]) == CustomerPicture(contacts=(DAVID,))


async def test_a_picture_has_the_latest_twenty_activities_each_once(database: Database) -> None:
    await put(database, ACME, SARAH, PILOT)
    activities = [
        make_activity(contact_id=SARAH.id, company_id=ACME.id, deal_id=PILOT.id, at=NOW + MINUTE * number)
        for number in range(30)
    ]
    await put(database, *activities)
    async with database.read() as tx:
        picture = await tx.crm.picture(ORG.id, [SARAH.id])
    assert picture.activities == tuple(reversed(activities[10:]))


async def test_of_several_open_deals_the_liveliest_is_meant(database: Database) -> None:
    won = PILOT.model_copy(update={"id": "deal_0", "stage": Stage.WON})
    quiet, lively = (PILOT.model_copy(update={"id": f"deal_{n}"}) for n in (9, 1))
    await put(database, ACME, SARAH, won, quiet, lively, make_activity(deal_id=won.id, at=NOW + MINUTE))

    async def meant() -> Deal | None:
        async with database.read() as tx:
            return (await tx.crm.picture(ORG.id, [SARAH.id])).deal

    assert await meant() == quiet, "the newest while nothing has happened on either"
    await put(database, make_activity(deal_id=lively.id))
    assert await meant() == lively


async def test_records_are_read_by_their_own_org_only(database: Database) -> None:
    await put(database, ACME, SARAH, PILOT)
    async with database.read() as tx:
        for kind, record in ((CrmObject.COMPANY, ACME), (CrmObject.CONTACT, SARAH), (CrmObject.DEAL, PILOT)):
            assert await tx.crm.record(ORG.id, kind, record.id) == record
            assert await tx.crm.record(OTHER_ORG.id, kind, record.id) is None


@pytest.mark.parametrize(
    ("object", "object_id", "field", "typed", "old", "new"),
    [
        (CrmObject.DEAL, PILOT.id, "amount", "$58k", "42000.5", Decimal(58000)),
        (CrmObject.DEAL, PILOT.id, "close_on", "2026-06-30", None, date(2026, 6, 30)),
        (CrmObject.COMPANY, ACME.id, "employees", "250", "120", 250),
        (CrmObject.COMPANY, ACME.id, "industry", None, "Robots", None),
        (CrmObject.CONTACT, SARAH.id, "title", "CTO", None, "CTO"),
    ],
)
async def test_a_field_is_set_and_put_back(
    database: Database, object: CrmObject, object_id: str, field: str, typed: str | None, old: str | None, new: Any
) -> None:
    await put(database, ACME, SARAH, PILOT)
    async with database.begin() as tx:
        before = await tx.crm.record(ORG.id, object, object_id)
        assert await tx.crm_writer.set_field(ORG.id, object, object_id, field, typed) == old
        assert getattr(await tx.crm.record(ORG.id, object, object_id), field) == new
        await tx.crm_writer.set_field(ORG.id, object, object_id, field, old)
        assert await tx.crm.record(ORG.id, object, object_id) == before


async def test_setting_a_field_answers_for_what_is_wrong(database: Database) -> None:
    await put(database, ACME, PILOT)
    async with database.begin() as tx:
        with pytest.raises(ValueError, match="cannot be set"):
            await tx.crm_writer.set_field(ORG.id, CrmObject.DEAL, PILOT.id, "stage", "won")
        with pytest.raises(ValueError, match="currency of this deal"):
            await tx.crm_writer.set_field(ORG.id, CrmObject.DEAL, PILOT.id, "amount", "€5k")
        with pytest.raises(LookupError, match="no deal"):
            await tx.crm_writer.set_field(OTHER_ORG.id, CrmObject.DEAL, PILOT.id, "pain", "slow")
        with pytest.raises(LookupError, match="no deal"):
            await tx.crm_writer.move_stage(OTHER_ORG.id, PILOT.id, Stage.WON)
        assert await tx.crm.record(ORG.id, CrmObject.DEAL, PILOT.id) == PILOT


async def test_moving_a_stage_answers_the_old_one(database: Database) -> None:
    await put(database, ACME, PILOT)
    async with database.begin() as tx:
        assert await tx.crm_writer.move_stage(ORG.id, PILOT.id, Stage.PROPOSAL) is Stage.DEMO
        assert await tx.crm_writer.move_stage(ORG.id, PILOT.id, Stage.PROPOSAL) is Stage.PROPOSAL


async def test_a_second_call_with_the_same_key_changes_nothing(database: Database) -> None:
    await put(database, ACME, SARAH)
    first, second = make_task(contact_id=SARAH.id), make_task(contact_id=SARAH.id)
    async with database.begin() as tx:
        assert await tx.crm_writer.create_task(ORG.id, first, effect_key="act_1:0") == first.id
        assert await tx.crm_writer.create_task(ORG.id, second, effect_key="act_1:0") == first.id
        logged = make_activity(contact_id=SARAH.id)
        assert await tx.crm_writer.log_activity(ORG.id, logged, effect_key="act_1:log") == logged.id
        assert await tx.crm_writer.log_activity(ORG.id, make_activity(), effect_key="act_1:log") == logged.id
        picture = await tx.crm.picture(ORG.id, [SARAH.id])
    assert picture.open_tasks == (first,)
    assert picture.activities == (logged,)


async def test_the_same_effect_at_once_happens_once(database_url: str, database: Database) -> None:
    await put(database, ACME, SARAH)
    other = Database.open(database_url)

    async def create(through: Database) -> str:
        async with through.begin() as tx:
            return await tx.crm_writer.create_task(ORG.id, make_task(contact_id=SARAH.id), effect_key="act_1:0")

    answers = await asyncio.gather(*(create(through) for through in (database, other) * 4))
    await other.close()
    async with database.read() as tx:
        picture = await tx.crm.picture(ORG.id, [SARAH.id])
    assert [task.id for task in picture.open_tasks] == list(set(answers))


async def test_an_effect_that_is_rolled_back_may_happen_again(database: Database) -> None:
    async def fail() -> None:
        async with database.begin() as tx:
            await tx.crm_writer.create_task(ORG.id, make_task(), effect_key="k")
            raise TimeoutError

    with pytest.raises(TimeoutError):
        await fail()
    task = make_task(due_on=NOW.date() + timedelta(days=1))
    async with database.begin() as tx:
        assert await tx.crm_writer.create_task(ORG.id, task, effect_key="k") == task.id
