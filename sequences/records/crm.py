"""The CRM in our words. The embedded CRM and every vendor's speak in these records."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

from pydantic import AwareDatetime

from sequences.records.base import Record
from sequences.records.insight import CrmObject


class Stage(StrEnum):
    """The stages of a deal, in the order of a pipeline."""

    NEW = "new"
    QUALIFIED = "qualified"
    DEMO = "demo"
    PROPOSAL = "proposal"
    NEGOTIATION = "negotiation"
    WON = "won"
    LOST = "lost"


class Company(Record):
    id: str
    name: str
    domain: str | None = None
    industry: str | None = None
    employees: int | None = None
    current_tool: str | None = None  # what they use today for the job that we would do


class Contact(Record):
    id: str
    name: str
    email: str | None = None
    title: str | None = None
    phone: str | None = None
    timezone: str | None = None
    company_id: str | None = None


class Deal(Record):
    id: str
    name: str
    company_id: str | None = None
    owner_user_id: str | None = None
    stage: Stage = Stage.NEW
    amount: Decimal | None = None
    currency: str = "USD"
    close_on: date | None = None
    budget: str | None = None  # what was said about money
    timeline: str | None = None  # what was said about time
    decision_process: str | None = None  # who decides and how
    competitors: str | None = None
    next_step: str | None = None
    pain: str | None = None  # the problem they want solved


# The fields that a meeting may fill by itself; ``Deal.stage`` is absent on purpose (HITL-15).
EDITABLE_FIELDS: dict[CrmObject, tuple[str, ...]] = {
    CrmObject.CONTACT: ("title", "phone", "timezone"),
    CrmObject.COMPANY: ("industry", "employees", "current_tool"),
    CrmObject.DEAL: (
        "amount",
        "close_on",
        "budget",
        "timeline",
        "decision_process",
        "competitors",
        "next_step",
        "pain",
    ),
}


class Activity(Record):
    """Something that happened on the timeline of a contact or deal. Last activity is computed from these."""

    id: str
    kind: str  # meeting | email | note | task | call
    summary: str
    at: AwareDatetime
    contact_id: str | None = None
    company_id: str | None = None
    deal_id: str | None = None


class Task(Record):
    id: str
    title: str
    owner_user_id: str
    due_on: date | None = None
    deal_id: str | None = None
    contact_id: str | None = None
    done_at: AwareDatetime | None = None


class CustomerPicture(Record):
    """Tier 2 context: what the CRM knows about the people of one event (CTX-03)."""

    contacts: tuple[Contact, ...] = ()
    company: Company | None = None
    deal: Deal | None = None
    activities: tuple[Activity, ...] = ()  # newest first, at most 20
    open_tasks: tuple[Task, ...] = ()
