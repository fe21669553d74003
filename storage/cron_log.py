"""Ticks of crons. Who runs one is decided by its insert; who repeats one that was left, by one conditional update."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import delete, text, update
from sqlalchemy.ext.asyncio import AsyncConnection

from sequences.ports.store import CronOutcome, CronTick
from storage.rows import Shape, insert_new
from storage.tables import cron_job_logs
from storage.tables.crons import UNFINISHED_TICK

TICK = Shape(CronTick, cron_job_logs)
col = cron_job_logs.c


class CronLog:
    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def claim(self, tick: CronTick) -> bool:
        return await insert_new(self._connection, cron_job_logs, TICK.values(tick), unique=("name", "tick"))

    async def take_over(self, tick: CronTick, *, node: str, now: datetime) -> CronTick | None:
        statement = (
            update(cron_job_logs)
            .where(col.name == tick.name, col.tick == tick.tick, text(UNFINISHED_TICK))
            .where(col.node == tick.node, col.started_at == tick.started_at)
            .values(node=node, started_at=now)
            .returning(*TICK.columns)
        )
        return TICK.read_one((await self._connection.execute(statement)).first())

    async def finish(
        self,
        tick: CronTick,
        outcome: CronOutcome,
        *,
        now: datetime,
        error: str | None = None,
        detail: dict[str, Any] | None = None,
    ) -> bool:
        statement = (
            update(cron_job_logs)
            .where(col.name == tick.name, col.tick == tick.tick, text(UNFINISHED_TICK))
            .where(col.node == tick.node, col.started_at == tick.started_at)
            .values(finished_at=now, outcome=outcome, error=error, detail=detail)
        )
        return (await self._connection.execute(statement)).rowcount == 1

    async def left_behind(self, names: Collection[str], *, before: datetime) -> list[CronTick]:
        statement = (
            TICK.select()
            .where(text(UNFINISHED_TICK), col.started_at < before, col.name.in_(names))
            .order_by(col.started_at, col.name)
        )
        return TICK.read_all(await self._connection.execute(statement))

    async def latest(self, name: str) -> CronTick | None:
        newest = TICK.select().where(col.name == name).order_by(col.tick.desc()).limit(1)
        return TICK.read_one((await self._connection.execute(newest)).first())

    async def recent(self, limit: int) -> list[CronTick]:
        statement = TICK.select().order_by(col.started_at.desc(), col.name).limit(limit)
        return TICK.read_all(await self._connection.execute(statement))

    async def forget_before(self, moment: datetime) -> int:
        statement = delete(cron_job_logs).where(col.started_at < moment)
        return (await self._connection.execute(statement)).rowcount
