"""LangGraph with its own checkpointers, every checkpoint on the disk before the next step (durability "sync")."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, TypedDict

from langgraph.checkpoint.base import BaseCheckpointSaver
from langgraph.checkpoint.postgres.aio import AsyncPostgresSaver
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from langgraph.graph import END, START, StateGraph
from psycopg.rows import dict_row
from psycopg_pool import AsyncConnectionPool

from bench.engine.rivals.timing import asked_for, time_tasks

STEPS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh")


class State(TypedDict, total=False):
    n: int
    first: dict[str, int]
    second: dict[str, int]
    third: dict[str, int]
    fourth: dict[str, int]
    fifth: dict[str, int]
    sixth: dict[str, int]
    seventh: dict[str, int]


def seven_steps(saver: Any) -> Any:
    graph = StateGraph(State)
    for name, before in zip(STEPS, (START, *STEPS), strict=False):
        graph.add_node(name, step_of(name))
        graph.add_edge(before, name)
    graph.add_edge(STEPS[-1], END)
    return graph.compile(checkpointer=saver)


def step_of(name: str) -> Any:
    async def keep(state: State) -> dict[str, Any]:
        return {name: {"n": state.get("n", 0) + 1}}

    return keep


@asynccontextmanager
async def open_saver(url: str, at_once: int) -> AsyncIterator[BaseCheckpointSaver[Any]]:
    if url.startswith("sqlite"):
        async with AsyncSqliteSaver.from_conn_string(url.removeprefix("sqlite:///")) as saver:
            await saver.setup()  # sets the write-ahead log
            await saver.conn.execute("PRAGMA synchronous = FULL")
            yield saver
        return
    options = {"autocommit": True, "prepare_threshold": 0, "row_factory": dict_row}
    async with AsyncConnectionPool(url, min_size=at_once, max_size=at_once, kwargs=options) as pool:
        saver_on_postgres = AsyncPostgresSaver(pool)
        await saver_on_postgres.setup()
        yield saver_on_postgres


async def measure() -> None:
    url, jobs, at_once = asked_for()
    async with open_saver(url, at_once) as saver:
        graph = seven_steps(saver)

        async def job(number: int) -> None:
            where = {"configurable": {"thread_id": f"job-{number}"}}
            await graph.ainvoke({"n": number}, where, durability="sync")

        await time_tasks(job, jobs, at_once)


if __name__ == "__main__":
    asyncio.run(measure())
