"""The CRM, read freely and written through the gate alone."""

from collections.abc import Sequence
from typing import Protocol

from sequences.records.crm import Activity, Company, Contact, CustomerPicture, Deal, Stage, Task
from sequences.records.insight import CrmObject


class CrmReader(Protocol):
    async def find_contact(self, org_id: str, *, email: str | None, name: str | None) -> Contact | None:
        """By email, else by exact name (case-insensitive) when only one bears it."""

    async def picture(self, org_id: str, contact_ids: Sequence[str], *, deal_id: str | None = None) -> CustomerPicture:
        """Contacts, their company, the open deal, the latest 20 activities and open tasks (CTX-03).

        ``deal_id`` names the deal instead; without contacts, those of its company are meant.
        """

    async def record(self, org_id: str, object: CrmObject, object_id: str) -> Contact | Company | Deal | None: ...


class CrmWriter(Protocol):
    """Reached through the gate only. ``effect_key`` makes a second call with the same key change nothing."""

    async def set_field(
        self, org_id: str, object: CrmObject, object_id: str, field: str, value: str | None
    ) -> str | None:
        """Answer the old value as text. ValueError, saying what is expected, when ``value`` does not fit the field."""

    async def move_stage(self, org_id: str, deal_id: str, stage: Stage) -> Stage: ...
    async def create_task(self, org_id: str, task: Task, *, effect_key: str) -> str: ...
    async def log_activity(self, org_id: str, activity: Activity, *, effect_key: str) -> str: ...
