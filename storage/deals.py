"""The pipeline, read as a whole: a few index look-ups for each open deal, whatever else the tables hold."""

from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ScalarSelect, Select, and_, bindparam, case, func, or_, select, text
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
        rows = await self._connection.execute(_last_activities(), {"org_": org_id, "now_": now})
        found = [DealActivity.model_validate(dict(row._mapping)) for row in rows]
        # Sorted here: asked for in order, the planner would read closed deals along the index of names.
        return sorted(found, key=lambda deal: (fold(deal.name), deal.deal_id))


@cache
def _last_activities() -> Select[Any]:
    """For each open deal the ids of two activities, its own last and its contacts' last, and of these the later one."""
    found = (
        select(deals, _last_of_deal().label("own_id"), _last_of_contacts().label("theirs_id"))
        .where(text(OPEN), deals.c.org_id == ORG)
        .subquery()
    )
    own, theirs = activities.alias("own"), activities.alias("theirs")
    is_own = or_(theirs.c.at.is_(None), own.c.at >= theirs.c.at)
    return select(
        found.c.id.label("deal_id"),
        *(found.c[name] for name in DealActivity.model_fields if name in found.c),
        _next_step_on(found.c.id).label("next_step_on"),
        case((is_own, own.c.at), else_=theirs.c.at).label("last_activity_at"),
        case((is_own, own.c.kind), else_=theirs.c.kind).label("last_activity_kind"),
    ).select_from(found.outerjoin(own, own.c.id == found.c.own_id).outerjoin(theirs, theirs.c.id == found.c.theirs_id))


def _last_of_deal() -> ScalarSelect[str]:
    last = activities.alias()
    return (
        select(last.c.id)
        .where(last.c.deal_id == deals.c.id, last.c.at <= NOW)
        .order_by(last.c.at.desc())
        .limit(1)
        .correlate(deals)
        .scalar_subquery()
    )


def _last_of_contacts() -> ScalarSelect[str]:
    """Of the last of each contact, the last."""
    of_one, latest = activities.alias(), activities.alias()
    last_of_one = (
        select(of_one.c.id)
        .where(text(EXCHANGED), of_one.c.contact_id == contacts.c.id, of_one.c.at <= NOW)
        .order_by(of_one.c.at.desc())
        .limit(1)
        .correlate(contacts)
        .scalar_subquery()
    )
    return (
        select(latest.c.id)
        .select_from(contacts.join(latest, latest.c.id == last_of_one))
        .where(contacts.c.company_id == deals.c.company_id)
        .order_by(latest.c.at.desc())
        .limit(1)
        .correlate(deals)
        .scalar_subquery()
    )


def _next_step_on(deal_id: Any) -> ScalarSelect[Any]:
    return select(func.min(tasks.c.due_on)).where(and_(text(UNDONE), tasks.c.deal_id == deal_id)).scalar_subquery()
