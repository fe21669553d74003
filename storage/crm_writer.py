"""The embedded CRM, written. Reached through the gate only."""

from typing import Any

from sqlalchemy import Table, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.records.crm import Activity, Deal, Stage, Task
from sequences.records.insight import CrmObject
from storage.crm import ACTIVITY, DEAL, OBJECTS, TASK, owned
from storage.crm_values import read_field, write_field
from storage.rows import R, Shape, insert_into, insert_new
from storage.tables import activities, crm_effects, deals, tasks


class EmbeddedCrmWriter:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def set_field(
        self, org_id: str, object: CrmObject, object_id: str, field: str, value: str | None
    ) -> str | None:
        """``None`` or blank text empties the field. LookupError when the org has no such object."""
        shape = OBJECTS[object]
        record = await self._hold(shape, org_id, object_id)
        new = read_field(object, field, value, currency=record.currency if isinstance(record, Deal) else None)
        old = getattr(record, field)
        if new != old:
            await self._write(shape.table, object_id, {field: new})
        return write_field(old)

    async def move_stage(self, org_id: str, deal_id: str, stage: Stage) -> Stage:
        """Answer the old stage. LookupError when the org has no such deal."""
        deal = await self._hold(DEAL, org_id, deal_id)
        if deal.stage is not stage:
            await self._write(deals, deal_id, {"stage": stage})
        return deal.stage

    async def create_task(self, org_id: str, task: Task, *, effect_key: str) -> str:
        """Answer the id of the task: of the first one made under ``effect_key``."""
        return await self._once(org_id, effect_key, tasks, TASK.values(task))

    async def log_activity(self, org_id: str, activity: Activity, *, effect_key: str) -> str:
        """Answer the id of the activity: of the first one logged under ``effect_key``."""
        return await self._once(org_id, effect_key, activities, ACTIVITY.values(activity))

    async def _hold(self, shape: Shape[R], org_id: str, object_id: str) -> R:
        """The record, locked until the transaction ends, so that the old value is the one that gets replaced. Others
        may refer to it meanwhile: references are checked at their commit, where waiting for us could be a deadlock."""
        row = (await self._connection.execute(owned(shape, org_id, object_id).with_for_update(key_share=True))).first()
        if row is None:
            raise LookupError(f"The CRM has no {shape.record.__name__.lower()} {object_id!r}.")
        return shape.read(row)

    async def _write(self, table: Table, object_id: str, values: dict[str, Any]) -> None:
        await self._connection.execute(update(table).where(table.c.id == object_id).values(values))

    async def _once(self, org_id: str, effect_key: str, table: Table, values: dict[str, Any]) -> str:
        """Insert under ``effect_key`` unless that has been done; whoever comes second waits for the first."""
        effect = {"effect_key": effect_key, "org_id": org_id, "result": values["id"]}
        if await insert_new(self._connection, crm_effects, effect, unique=("org_id", "effect_key")):
            await self._connection.execute(insert_into(table), values | {"org_id": org_id})
            return str(values["id"])
        done = select(crm_effects.c.result).where(
            crm_effects.c.org_id == org_id, crm_effects.c.effect_key == effect_key
        )
        return str((await self._connection.execute(done)).scalar_one())
