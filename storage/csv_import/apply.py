"""Writing a plan into the embedded CRM. Applying it twice changes nothing the second time."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from sqlalchemy import or_
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.records.crm import Stage
from storage.crm_values import fold
from storage.csv_import.plan import ImportPlan, ImportRow
from storage.csv_import.shelf import Found, Shelf, Tally
from storage.tables import companies, contacts, deals
from storage.unit_of_work import UnitOfWork

BATCH = 500  # rows whose objects are looked up and written together
MAX_WARNINGS = 100


@dataclass(frozen=True, kw_only=True)
class ImportReport:
    """How many objects of each kind were created, updated or found unchanged."""

    contacts: Tally
    companies: Tally
    deals: Tally
    warnings: tuple[str, ...] = ()


async def apply(transaction: UnitOfWork, org_id: str, plan: ImportPlan) -> ImportReport:
    """Create what is new and fill or change what is known. A blank cell never empties a field.

    Contacts are known by email, else by name and company; companies by domain, else by name; deals by name and
    company.
    """
    users = await transaction.people.users(org_id)
    owners = {user.name.casefold(): user.id for user in users}
    owners |= {user.email.lower(): user.id for user in users if user.email}
    writer = _Writer(transaction.connection, org_id, owners)
    rows = iter(plan.rows)
    while batch := tuple(islice(rows, BATCH)):
        await writer.write(batch)
    return writer.report()


@dataclass(slots=True)
class _Warnings:
    said: list[str] = field(default_factory=list)
    unsaid: int = 0

    def add(self, text: str) -> None:
        if len(self.said) < MAX_WARNINGS:
            self.said.append(text)
        else:
            self.unsaid += 1

    def all(self) -> tuple[str, ...]:
        return (*self.said, f"And {self.unsaid} more of the kind.") if self.unsaid else tuple(self.said)


class _Writer:
    """Three shelves, filled from the file in its order."""

    def __init__(self, connection: AsyncConnection, org_id: str, owners: dict[str, str]) -> None:
        self._companies = Shelf(connection, org_id, companies, "company", _company_keys)
        self._contacts = Shelf(connection, org_id, contacts, "contact", _contact_keys)
        self._deals = Shelf(connection, org_id, deals, "deal", _deal_keys)
        self._owners = owners
        self._warnings = _Warnings()

    async def write(self, rows: tuple[ImportRow, ...]) -> None:
        await self._load(rows)
        for row in rows:
            company_id = self._write_company(row)
            self._write_contact(row, company_id)
            self._write_deal(row, company_id)
        for shelf in (self._companies, self._contacts, self._deals):
            await shelf.flush()

    def report(self) -> ImportReport:
        return ImportReport(
            contacts=self._contacts.tally(),
            companies=self._companies.tally(),
            deals=self._deals.tally(),
            warnings=self._warnings.all(),
        )

    async def _load(self, rows: tuple[ImportRow, ...]) -> None:
        domains = {row.domain for row in rows if row.domain}
        names = {fold(_company_name(row)) for row in rows if _company_name(row)}
        await self._companies.load(or_(companies.c.domain.in_(domains), companies.c.name_key.in_(names)))
        emails = {row.email for row in rows if row.email}
        people = {fold(row.name) for row in rows if row.name}
        await self._contacts.load(or_(contacts.c.email.in_(emails), contacts.c.name_key.in_(people)))
        await self._deals.load(deals.c.name_key.in_({fold(row.deal) for row in rows if row.deal}))

    def _write_company(self, row: ImportRow) -> str | None:
        name = _company_name(row)
        if not name:
            return None
        by_domain = self._companies.find(("domain", row.domain)) if row.domain else None
        known = by_domain or self._company_by_name(name, row.domain)
        values: Found = {"domain": row.domain, "industry": row.industry, "employees": row.employees}
        if known is None:
            return self._companies.create({**values, "name": name, "name_key": fold(name), "current_tool": None})
        if by_domain and row.company and fold(by_domain["name"]) != fold(row.company):
            self._warnings.add(
                f"Line {row.line}: {row.company!r} is taken as {by_domain['name']!r}, whose domain is {row.domain}."
            )
        return self._companies.fill(known, values)

    def _company_by_name(self, name: str, domain: str | None) -> Found | None:
        """A namesake with another domain is another company."""
        known = self._companies.find(("name", fold(name)))
        return None if known and domain and known["domain"] not in (None, domain) else known

    def _write_contact(self, row: ImportRow, company_id: str | None) -> None:
        if row.email is None and row.name is None:
            return
        name = row.name or row.email or ""
        known = self._contacts.find(("email", row.email)) if row.email else None
        if known is None and row.name:
            namesake = self._contacts.find(("name", fold(row.name), company_id))
            known = namesake if namesake and (row.email is None or namesake["email"] is None) else None
        values: Found = {
            "email": row.email,
            "title": row.title,
            "phone": row.phone,
            "timezone": row.timezone,
            "company_id": company_id,
        }
        if known is None:
            self._contacts.create({**values, "name": name, "name_key": fold(name)})
            return
        renamed: Found = {"name": row.name, "name_key": fold(row.name)} if row.name else {}
        self._contacts.fill(known, values | renamed)

    def _write_deal(self, row: ImportRow, company_id: str | None) -> None:
        if row.deal is None:
            return
        known = self._deals.find(("name", fold(row.deal), company_id))
        values: Found = {
            "stage": row.stage,
            "amount": row.amount,
            "currency": row.currency,
            "close_on": row.close_on,
            "owner_user_id": self._owner(row),
        }
        if known is not None:
            self._deals.fill(known, values)
            return
        values |= {"stage": row.stage or Stage.NEW, "currency": row.currency or "USD"}
        self._deals.create({**values, "name": row.deal, "name_key": fold(row.deal), "company_id": company_id})

    def _owner(self, row: ImportRow) -> str | None:
        if row.owner is None:
            return None
        owner = self._owners.get(row.owner.casefold())
        if owner is None:
            self._warnings.add(
                f"Line {row.line}: nobody here is {row.owner!r}, so the deal {row.deal!r} has no owner yet."
            )
        return owner


def _company_name(row: ImportRow) -> str:
    return row.company or row.domain or ""


def _company_keys(company: Found) -> Iterator[tuple[str | None, ...]]:
    if company["domain"]:
        yield ("domain", company["domain"])
    yield ("name", company["name_key"])


def _contact_keys(contact: Found) -> Iterator[tuple[str | None, ...]]:
    if contact["email"]:
        yield ("email", contact["email"])
    yield ("name", contact["name_key"], contact["company_id"])


def _deal_keys(deal: Found) -> Iterator[tuple[str | None, ...]]:
    yield ("name", deal["name_key"], deal["company_id"])
