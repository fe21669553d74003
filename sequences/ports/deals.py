"""The pipeline of an org, read as a whole."""

from datetime import datetime
from typing import Protocol

from sequences.records.pipeline import DealActivity


class Deals(Protocol):
    async def last_activities(self, org_id: str, *, now: datetime) -> list[DealActivity]:
        """Every open deal of the org, by name, each with its last activity up to ``now``.

        What counts is anything recorded on the deal itself, and meetings, mails and calls with a contact of the
        deal's company. What is planned for later does not count, nor does a note about a person.
        """
