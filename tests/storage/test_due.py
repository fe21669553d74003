"""What is due is asked for org by org: nobody's queue hides anybody else's work."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Table, insert

from sequences.ports.dispatch import Due
from sequences.records.action import ActionStatus
from storage.actions import ACTION
from storage.cards import CARD
from storage.database import Database
from storage.deliveries import DELIVERY
from storage.jobs import JOB
from storage.rows import Shape
from storage.tables import cards, pending_agent_actions, sequence_jobs, webhook_deliveries
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import (
    ANNA,
    MINUTE,
    NOW,
    ORG,
    OTHER_ORG,
    STRANGER,
    make_action,
    make_card,
    make_delivery,
    make_job,
)

OURS = {"org_id": ORG.id, "user_id": ANNA.id}
THEIRS = {"org_id": OTHER_ORG.id, "user_id": STRANGER.id}
EARLIER = NOW - MINUTE


def confirmed(**changes: Any) -> Any:
    return make_action(status=ActionStatus.CONFIRMED, **changes)


# Of what, in which table, and since when each would be due.
QUEUES: dict[str, tuple[Any, Table, Shape[Any], str]] = {
    "jobs": (make_job, sequence_jobs, JOB, "run_at"),
    "confirmed actions": (confirmed, pending_agent_actions, ACTION, "execute_at"),
    "expired actions": (make_action, pending_agent_actions, ACTION, "expires_at"),
    "cards": (make_card, cards, CARD, "show_at"),
    "deliveries": (make_delivery, webhook_deliveries, DELIVERY, "process_at"),
}


async def due_of(tx: UnitOfWork, name: str, limit: int) -> list[Due]:
    repository: Any = getattr(tx, name.rsplit(maxsplit=1)[-1])
    found: list[Due] = await repository.due(NOW, limit)
    return found


async def fill(database: Database, name: str, *numbers: tuple[int, dict[str, str], timedelta]) -> None:
    """So many pieces of work, whose, and how long due."""
    make, table, shape, since = QUEUES[name]
    rows = [
        shape.values(make(**_known(shape, whose), **{since: NOW - ago}))
        for number, whose, ago in numbers
        for _ in range(number)
    ]
    if "position" in table.c:
        rows = [row | {"position": 1} for row in rows]
    async with database.begin() as tx:
        await tx.connection.execute(insert(table), rows)


def _known(shape: Shape[Any], whose: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in whose.items() if key in shape.record.model_fields}


@pytest.mark.parametrize("name", QUEUES)
async def test_chain_07_a_long_queue_of_one_org_hides_nobody_elses_work(database: Database, name: str) -> None:
    await fill(database, name, (2_000, OURS, MINUTE), (1, THEIRS, timedelta(0)))
    async with database.read() as tx:
        due = await due_of(tx, name, 200)
    assert len(due) == len({work.id for work in due}) == 200
    assert [work.org_id for work in due[:3]] == [ORG.id, OTHER_ORG.id, ORG.id], "one of each org in turn"
    assert sum(work.org_id == OTHER_ORG.id for work in due) == 1


@pytest.mark.parametrize("name", QUEUES)
async def test_err_09_what_is_passed_over_does_not_hide_what_came_after_it(database: Database, name: str) -> None:
    await fill(database, name, (300, OURS, MINUTE), (1, THEIRS, MINUTE))
    async with database.read() as tx:
        failing = [work.id for work in await due_of(tx, name, 301)]
    await fill(database, name, (2, OURS, timedelta(0)))
    repository = name.rsplit(maxsplit=1)[-1]
    async with database.read() as tx:
        due: list[Due] = await getattr(tx, repository).due(NOW, 200, besides=failing)
    assert [work.org_id for work in due] == [ORG.id] * 2
    assert not {work.id for work in due} & set(failing)


async def test_chain_07_every_org_has_its_turn_before_any_has_a_second(database: Database) -> None:
    await fill(database, "jobs", (5, OURS, MINUTE), (5, THEIRS, timedelta(0)))
    async with database.read() as tx:
        due = await tx.jobs.due(NOW, 6)
    assert [work.org_id for work in due] == [ORG.id, OTHER_ORG.id] * 3


async def test_chain_07_an_org_with_nothing_due_takes_no_room(database: Database) -> None:
    await fill(database, "jobs", (50, THEIRS, -MINUTE), (4, OURS, MINUTE))
    async with database.read() as tx:
        due = await tx.jobs.due(NOW, 4)
    assert [work.org_id for work in due] == [ORG.id] * 4


async def test_chain_07_many_orgs_with_long_queues_are_all_in_the_answer(database: Database) -> None:
    orgs = [f"org_{number:03}" for number in range(60)]
    await fill(database, "deliveries", *((30, {"org_id": org_id}, MINUTE) for org_id in orgs))
    async with database.read() as tx:
        due = await tx.deliveries.due(NOW, 120)
    assert len(due) == 120
    assert {org_id: [work.org_id for work in due].count(org_id) for org_id in orgs} == dict.fromkeys(orgs, 2)


async def test_env_12_a_delivery_for_an_org_that_nobody_knows_is_found_too(database: Database) -> None:
    delivery = make_delivery(org_id="org_unknown", process_at=EARLIER)
    async with database.begin() as tx:
        await tx.deliveries.add(delivery)
        assert await tx.deliveries.due(NOW, 1) == [Due(delivery.id, "org_unknown")]
