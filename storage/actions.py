"""Pending actions, their history and their feedback. Each decision is one conditional update."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ScalarSelect,
    Table,
    and_,
    bindparam,
    func,
    insert,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.dispatch import Due
from sequences.records.action import ActionStatus, Feedback, HistoryEntry, PendingAction
from storage.due import DueQuery, DueWhen
from storage.rows import Shape, insert_into
from storage.tables import agent_action_feedback, agent_action_history, pending_agent_actions
from storage.tables.actions import CONFIRMED, EXECUTING, PENDING

ACTION = Shape(PendingAction, pending_agent_actions)
HISTORY = Shape(HistoryEntry, agent_action_history)
FEEDBACK = Shape(Feedback, agent_action_feedback)
LEFT_BEHIND_AFTER = timedelta(seconds=45)  # as the gate sees it
BEGUN = (ActionStatus.EXECUTING, ActionStatus.EXECUTED)
COUNTED = (ActionStatus.CONFIRMED, *BEGUN)

col = pending_agent_actions.c
DUE = DueQuery(
    DueWhen(since=col.execute_at, where=CONFIRMED),
    DueWhen(since=col.expires_at, where=PENDING),
    DueWhen(since=col.executed_at, where=EXECUTING, age=LEFT_BEHIND_AFTER, is_few=True),
)


def next_position(table: Table, parent: str, parent_id: str) -> ScalarSelect[int]:
    """One more than the highest position under the same parent: keeps order where several rows share a moment."""
    siblings = table.alias()
    highest = func.coalesce(func.max(siblings.c.position), 0)
    return select(highest + 1).where(siblings.c[parent] == parent_id).scalar_subquery()


WAITING_FOR = (
    ACTION.select()
    .where(text(PENDING), col.user_id == bindparam("user_id_"))
    .order_by(col.created_at, col.position, col.id)
    .limit(bindparam("limit_", type_=BigInteger))
)


class PendingActions:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, action: PendingAction) -> None:
        position = next_position(pending_agent_actions, "job_id", action.job_id) if action.job_id else 1
        statement = insert(pending_agent_actions).values(ACTION.values(action) | {"position": position})
        await self._connection.execute(statement)

    async def get(self, action_id: str) -> PendingAction | None:
        rows = await self._connection.execute(ACTION.select().where(col.id == action_id))
        return ACTION.read_one(rows.first())

    async def for_job(self, job_id: str) -> list[PendingAction]:
        statement = ACTION.select().where(col.job_id == job_id).order_by(col.position)
        return ACTION.read_all(await self._connection.execute(statement))

    async def change(
        self,
        action_id: str,
        *,
        expected: ActionStatus,
        expected_digest: str,
        expected_attempts: int | None = None,
        **values: Any,
    ) -> bool:
        """Write ``values`` only if all that is expected holds. TypeError for what is no field."""
        unknown = sorted(values.keys() - set(ACTION.keys))
        if unknown:
            raise TypeError(f"PendingAction has no {', '.join(unknown)}")
        statement = (
            update(pending_agent_actions)
            .where(col.id == action_id, col.status == expected, col.digest == expected_digest)
            .values(values)
        )
        if expected_attempts is not None:
            statement = statement.where(col.attempts == expected_attempts)
        return (await self._connection.execute(statement)).rowcount == 1

    async def due(self, now: datetime, limit: int, *, besides: Collection[str] = ()) -> list[Due]:
        return await DUE.ask(self._connection, now, limit, besides=besides)

    async def waiting_for(self, user_id: str, limit: int) -> list[PendingAction]:
        """The oldest first."""
        return ACTION.read_all(await self._connection.execute(WAITING_FOR, {"user_id_": user_id, "limit_": limit}))

    async def count_executed(self, user_id: str, action_type: str, *, since: datetime, begun_only: bool = False) -> int:
        """An executed one counts from when it was executed, an approved one from when it was approved."""
        statement = select(func.count()).where(
            col.user_id == user_id,
            col.action_type == action_type,
            col.status.in_(BEGUN if begun_only else COUNTED),
            or_(col.executed_at >= since, and_(col.executed_at.is_(None), col.confirmed_at >= since)),
        )
        return (await self._connection.execute(statement)).scalar_one()

    async def latest_executed(self, user_id: str, action_type: str, limit: int) -> list[PendingAction]:
        statement = ACTION.select().where(
            col.user_id == user_id, col.action_type == action_type, col.status == ActionStatus.EXECUTED
        )
        newest = statement.order_by(col.executed_at.desc(), col.id.desc()).limit(limit)
        return ACTION.read_all(await self._connection.execute(newest))

    async def add_history(self, entry: HistoryEntry) -> None:
        position = next_position(agent_action_history, "action_id", entry.action_id)
        statement = insert(agent_action_history).values(HISTORY.values(entry) | {"position": position})
        await self._connection.execute(statement)

    async def history(self, action_id: str) -> list[HistoryEntry]:
        """In the order in which things happened."""
        table = agent_action_history
        statement = HISTORY.select().where(table.c.action_id == action_id).order_by(table.c.position, table.c.id)
        return HISTORY.read_all(await self._connection.execute(statement))

    async def add_feedback(self, feedback: Feedback) -> None:
        await self._connection.execute(insert_into(agent_action_feedback), FEEDBACK.values(feedback))

    async def feedback(self, action_id: str) -> list[Feedback]:
        """The oldest first."""
        table = agent_action_feedback
        statement = FEEDBACK.select().where(table.c.action_id == action_id).order_by(table.c.created_at, table.c.id)
        return FEEDBACK.read_all(await self._connection.execute(statement))
