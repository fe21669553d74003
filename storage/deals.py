"""The pipeline, read as a whole: a few index look-ups for each open deal, whatever else the tables hold."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import FromClause, ScalarSelect, Select, bindparam, case, func, or_, select, text, true
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.records.pipeline import DealActivity
from storage.columns import Moment, Words
from storage.crm_values import fold
from storage.tables import activities, contacts, deals, tasks
from storage.tables.crm import EXCHANGED, OPEN, UNDONE

ORG, NOW = bindparam("org_", type_=Words), bindparam("now_", type_=Moment)


class StoredDeals:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def last_activities(self, org_id: str, *, now: datetime) -> list[DealActivity]:
        statement = _last_activities(self._connection.dialect.name == "sqlite")
        rows = await self._connection.execute(statement, {"org_": org_id, "now_": now})
        found = [DealActivity.model_validate(dict(row._mapping)) for row in rows]
        # Sorted here: asked for in order, the planner would read closed deals along the index of names.
        return sorted(found, key=lambda deal: (fold(deal.name), deal.deal_id))


@cache
def _last_activities(is_sqlite: bool) -> Select[Any]:
    """Each open deal beside two activities, its own last and its contacts' last, and of these the later one."""
    source, own, theirs = _beside_ids() if is_sqlite else _beside_rows()
    is_own = or_(theirs.c.at.is_(None), own.c.at >= theirs.c.at)
    next_step_on = select(func.min(tasks.c.due_on)).where(text(UNDONE), tasks.c.deal_id == deals.c.id)
    return (
        select(
            deals.c.id.label("deal_id"),
            *(deals.c[name] for name in DealActivity.model_fields if name in deals.c),
            next_step_on.correlate(deals).scalar_subquery().label("next_step_on"),
            case((is_own, own.c.at), else_=theirs.c.at).label("last_activity_at"),
            case((is_own, own.c.kind), else_=theirs.c.kind).label("last_activity_kind"),
        )
        .select_from(source)
        .where(text(OPEN), deals.c.org_id == ORG)
    )


def _beside_rows() -> tuple[FromClause, FromClause, FromClause]:
    """PostgreSQL reads the rows where it finds them."""
    own = _last_of_deal().correlate(deals).lateral()
    of_one = _last_of_contact().correlate(contacts).lateral()
    theirs = (
        select(of_one.c.at, of_one.c.kind)
        .select_from(contacts.join(of_one, true()))
        .where(contacts.c.company_id == deals.c.company_id)
        .order_by(of_one.c.at.desc())
        .limit(1)
        .correlate(deals)
        .lateral()
    )
    return deals.outerjoin(own, true()).outerjoin(theirs, true()), own, theirs


def _beside_ids() -> tuple[FromClause, FromClause, FromClause]:
    """SQLite has no LATERAL, but looks up an id that another query finds for each row."""
    own, theirs, of_one = activities.alias("own"), activities.alias("theirs"), activities.alias()
    last_of_contacts = (
        select(of_one.c.id)
        .select_from(contacts.join(of_one, of_one.c.id == _id_of(_last_of_contact().correlate(contacts))))
        .where(contacts.c.company_id == deals.c.company_id)
        .order_by(of_one.c.at.desc())
        .limit(1)
        .correlate(deals)
        .scalar_subquery()
    )
    with_own = deals.outerjoin(own, own.c.id == _id_of(_last_of_deal().correlate(deals)))
    return with_own.outerjoin(theirs, theirs.c.id == last_of_contacts), own, theirs


def _last_of_deal() -> Select[Any]:
    last = activities.alias()
    return (
        select(last.c.id, last.c.at, last.c.kind)
        .where(last.c.deal_id == deals.c.id, last.c.at <= NOW)
        .order_by(last.c.at.desc())
        .limit(1)
    )


def _last_of_contact() -> Select[Any]:
    last = activities.alias()
    return (
        select(last.c.id, last.c.at, last.c.kind)
        .where(text(EXCHANGED), last.c.contact_id == contacts.c.id, last.c.at <= NOW)
        .order_by(last.c.at.desc())
        .limit(1)
    )


def _id_of(found: Select[Any]) -> ScalarSelect[str]:
    return found.with_only_columns(found.selected_columns.id).scalar_subquery()
