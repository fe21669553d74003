"""Create a batch of tasks. Asks once for the batch; the rep may choose a part of it (HITL-03, HITL-16)."""

from datetime import date, timedelta
from typing import Any

from sequences.actions.spec import ActionSpec, Performing, RefusedError
from sequences.ids import new_id
from sequences.ports.store import Transaction
from sequences.records.action import ActionType, ErrorCode, Risk
from sequences.records.base import Record
from sequences.records.crm import Task


class NewTask(Record):
    title: str
    due_on: date | None = None
    quote: str
    start_s: float | None = None
    contact_id: str | None = None
    deal_id: str | None = None


class TaskBatch(Record):
    tasks: tuple[NewTask, ...]


def _check(batch: TaskBatch) -> None:
    if not batch.tasks:
        raise RefusedError(ErrorCode.CONFIRMATION_REQUIRED, "No task is chosen. Choose at least one, or press Skip.")


async def _apply(tx: Transaction, doing: Performing[TaskBatch]) -> dict[str, Any]:
    ids = []
    for number, task in enumerate(doing.payload.tasks):
        row = Task(
            id=new_id("task"),
            title=task.title,
            owner_user_id=doing.owner.id,
            due_on=task.due_on,
            deal_id=task.deal_id,
            contact_id=task.contact_id,
        )
        ids.append(await tx.crm_writer.create_task(doing.owner.org_id, row, effect_key=f"{doing.effect_key}:{number}"))
    return {"task_ids": ids}


CREATE_TASKS = ActionSpec(
    action_type=ActionType.CREATE_TASKS,
    payload=TaskBatch,
    risk=Risk.LOW,
    always_asks=True,
    expires_after=timedelta(days=7),
    check=_check,
    apply=_apply,
)
