"""The embedded CRM, read."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, false, func, or_, select, text, union
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.records.crm import Activity, Company, Contact, CustomerPicture, Deal, Task
from sequences.records.insight import CrmObject
from storage.crm_values import fold
from storage.rows import R, Shape
from storage.tables import activities, companies, contacts, deals, tasks
from storage.tables.crm import OPEN

COMPANY, CONTACT, DEAL = Shape(Company, companies), Shape(Contact, contacts), Shape(Deal, deals)
ACTIVITY, TASK = Shape(Activity, activities), Shape(Task, tasks)
OBJECTS: dict[CrmObject, Shape[Any]] = {
    CrmObject.CONTACT: CONTACT,
    CrmObject.COMPANY: COMPANY,
    CrmObject.DEAL: DEAL,
}
LATEST = 20  # activities in a picture (CTX-03)
TASKS = 50
PEOPLE = 20  # of a deal's company, when only the deal is named


class EmbeddedCrm:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def find_contact(self, org_id: str, *, email: str | None, name: str | None) -> Contact | None:
        ours = CONTACT.select().where(contacts.c.org_id == org_id)
        if email:
            row = (await self._connection.execute(ours.where(contacts.c.email == email.strip().lower()))).first()
            if row is not None:
                return CONTACT.read(row)
        if not name or not name.strip():
            return None
        named = (await self._connection.execute(ours.where(contacts.c.name_key == fold(name)).limit(2))).all()
        return CONTACT.read(named[0]) if len(named) == 1 else None

    async def picture(self, org_id: str, contact_ids: Sequence[str], *, deal_id: str | None = None) -> CustomerPicture:
        """``contacts`` in the order asked for; the company is that of the first who has one, else that of the deal."""
        if not contact_ids and deal_id is None:
            return CustomerPicture()
        named = await self._one(DEAL, org_id, deal_id)
        people = await self._people(org_id, contact_ids, named)
        company_id = next((person.company_id for person in people if person.company_id), None)
        company_id = company_id or (named.company_id if named else None)
        company = await self._one(COMPANY, org_id, company_id)
        deal = named or await self._open_deal(org_id, company_id)
        about = _about([person.id for person in people], company_id, deal.id if deal else None)
        return CustomerPicture(
            contacts=people,
            company=company,
            deal=deal,
            activities=tuple(await self._latest_activities(org_id, about)),
            open_tasks=tuple(await self._open_tasks(org_id, about)),
        )

    async def record(self, org_id: str, object: CrmObject, object_id: str) -> Contact | Company | Deal | None:
        shape = OBJECTS[object]
        found: Contact | Company | Deal | None = shape.read_one(
            (await self._connection.execute(owned(shape, org_id, object_id))).first()
        )
        return found

    async def _people(self, org_id: str, contact_ids: Sequence[str], deal: Deal | None) -> tuple[Contact, ...]:
        ours = CONTACT.select().where(contacts.c.org_id == org_id)
        if not contact_ids:
            if deal is None or deal.company_id is None:
                return ()
            there = ours.where(contacts.c.company_id == deal.company_id).order_by(contacts.c.name, contacts.c.id)
            return tuple(CONTACT.read_all(await self._connection.execute(there.limit(PEOPLE))))
        known = await self._connection.execute(ours.where(contacts.c.id.in_(contact_ids)))
        by_id = {found.id: found for found in CONTACT.read_all(known)}
        return tuple(by_id[contact_id] for contact_id in dict.fromkeys(contact_ids) if contact_id in by_id)

    async def _one(self, shape: Shape[R], org_id: str, object_id: str | None) -> R | None:
        if object_id is None:
            return None
        return shape.read_one((await self._connection.execute(owned(shape, org_id, object_id))).first())

    async def _open_deal(self, org_id: str, company_id: str | None) -> Deal | None:
        """The company's open deal; of several the one with the latest activity, else the newest."""
        if company_id is None:
            return None
        last_activity = (
            select(func.max(activities.c.at))
            .where(activities.c.deal_id == deals.c.id)
            .correlate(deals)
            .scalar_subquery()
        )
        statement = (
            DEAL.select()
            .where(text(OPEN), deals.c.org_id == org_id, deals.c.company_id == company_id)
            .order_by(last_activity.desc().nulls_last(), deals.c.id.desc())
            .limit(1)
        )
        return DEAL.read_one((await self._connection.execute(statement)).first())

    async def _latest_activities(self, org_id: str, about: dict[str, list[str]]) -> list[Activity]:
        """Each side of the picture is looked up by its own index, so a busy org costs no more than a quiet one."""
        newest = (activities.c.at.desc(), activities.c.id.desc())
        sides = [
            ACTIVITY.select()
            .where(activities.c.org_id == org_id, activities.c[column].in_(ids))
            .order_by(*newest)
            .limit(LATEST)
            .subquery()
            for column, ids in about.items()
        ]
        found = union(*(select(side) for side in sides)).subquery()
        statement = select(found).order_by(found.c.at.desc(), found.c.id.desc()).limit(LATEST)
        return ACTIVITY.read_all(await self._connection.execute(statement))

    async def _open_tasks(self, org_id: str, about: dict[str, list[str]]) -> list[Task]:
        """Soonest due first."""
        sides = [tasks.c[column].in_(ids) for column, ids in about.items() if column in tasks.c]
        statement = (
            TASK.select()
            .where(tasks.c.org_id == org_id, tasks.c.done_at.is_(None))
            .where(or_(false(), *sides))
            .order_by(tasks.c.due_on.nulls_last(), tasks.c.id)
            .limit(TASKS)
        )
        return TASK.read_all(await self._connection.execute(statement))


def owned(shape: Shape[Any], org_id: str, object_id: str) -> Select[Any]:
    """The object with that id, if it is the org's."""
    table = shape.table
    return shape.select().where(table.c.id == object_id, table.c.org_id == org_id)


def _about(contact_ids: list[str], company_id: str | None, deal_id: str | None) -> dict[str, list[str]]:
    """Columns that point at one of these, with the ids they may point at."""
    sides = {"contact_id": contact_ids}
    if company_id:
        sides["company_id"] = [company_id]
    if deal_id:
        sides["deal_id"] = [deal_id]
    return sides
