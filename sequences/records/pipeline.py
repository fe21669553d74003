"""Deals as a scan of the pipeline sees them."""

from datetime import date
from decimal import Decimal

from pydantic import AwareDatetime

from sequences.records.base import Record
from sequences.records.crm import Stage


class DealActivity(Record):
    """An open deal with the last thing that happened on it (CTX-11): on the deal itself, or with one of its contacts.

    ``last_activity_at`` is None when nothing was ever recorded. ``next_step_on`` is when its next open task is due.
    """

    deal_id: str
    name: str
    company_id: str | None = None
    owner_user_id: str | None = None
    stage: Stage
    amount: Decimal | None = None
    currency: str = "USD"
    close_on: date | None = None
    next_step: str | None = None
    next_step_on: date | None = None
    last_activity_at: AwareDatetime | None = None
    last_activity_kind: str | None = None


class StaleDeal(Record):
    """``days_quiet`` is None when nothing was ever recorded: nobody knows for how long."""

    deal: DealActivity
    days_quiet: int | None
    threshold_days: int
