"""The queries that run all day are answered by an index, on both databases, however full the tables are."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from sequences.ports.recurring import Occasion
from sequences.records.event import EventType
from storage.database import Database
from storage.unit_of_work import UnitOfWork
from tests.storage.samples import ANNA, NOW, ORG

MORNING = Occasion(event=EventType.MORNING_BRIEF, on=NOW.date(), timezone="UTC", briefing_times=(None,))
QUESTIONS = {
    "due jobs": lambda tx: tx.jobs.due(NOW, 10),
    "claim": lambda tx: tx.jobs.claim("job_1", now=NOW, lease=timedelta(minutes=1)),
    "by key": lambda tx: tx.jobs.by_key(ORG.id, "k"),
    "children": lambda tx: tx.jobs.children(["job_1"]),
    "for user": lambda tx: tx.jobs.for_user(ANNA.id, 5),
    "steps": lambda tx: tx.jobs.steps("job_1"),
    "due actions": lambda tx: tx.actions.due(NOW, 10),
    "waiting": lambda tx: tx.actions.waiting_for(ANNA.id, 5),
    "daily count": lambda tx: tx.actions.count_executed(ANNA.id, "send_email", since=NOW),
    "actions of a job": lambda tx: tx.actions.for_job("job_1"),
    "history": lambda tx: tx.actions.history("act_1"),
    "due cards": lambda tx: tx.cards.due(NOW, 10),
    "card by key": lambda tx: tx.cards.by_key("k"),
    "due deliveries": lambda tx: tx.deliveries.due(NOW, 10),
    "recent deliveries": lambda tx: tx.deliveries.recent(ORG.id, 5),
    "spent": lambda tx: tx.costs.spent_in(org_id=ORG.id, user_id=ANNA.id, day=NOW, month=NOW),
    "room for one more": lambda tx: tx.notifications.room_at(ANNA.id, most=5, now=NOW, besides="card_1"),
    "held cards": lambda tx: tx.held.mates(ANNA.id, now=NOW, limit=50),
    "cards of a digest": lambda tx: tx.held.in_digest("card_1"),
    "gathering": lambda tx: tx.held.is_gathering(ORG.id, ANNA.id, besides=None, since=NOW, now=NOW),
    "reconsider": lambda tx: tx.held.reconsider(ORG.id, ANNA.id, at=NOW),
    "spent by ability": lambda tx: tx.costs.by_sequence(org_id=ORG.id, user_id=None, since=NOW),
    "first cost": lambda tx: tx.costs.first_at(org_id=ORG.id, user_id=ANNA.id, since=NOW),
    "notifications": lambda tx: tx.notifications.count(ANNA.id, since=NOW),
    "contact by email": lambda tx: tx.crm.find_contact(ORG.id, email="a@b.example", name=None),
    "contact by name": lambda tx: tx.crm.find_contact(ORG.id, email=None, name="Sarah Chen"),
    "latest meeting": lambda tx: tx.meetings.latest_for(ANNA.id),
    "recent events": lambda tx: tx.events.recent(ORG.id, 5),
    "last activities of deals": lambda tx: tx.deals.last_activities(ORG.id, now=NOW),
    "rhythms": lambda tx: tx.recurring.rhythms(),
    "who is due": lambda tx: tx.recurring.not_yet(MORNING, after=None, limit=10),
}

NO_TABLE = ("USING", "anon", "CONSTANT", "subquery")


async def plans_of(tx: UnitOfWork, ask: Any, explain: str) -> list[str]:
    asked: list[tuple[str, Any]] = []

    def remember(_: Any, __: Any, statement: str, parameters: Any, *___: Any) -> None:
        asked.append((statement, parameters))

    connection = tx.connection.sync_connection
    event.listen(connection, "before_cursor_execute", remember)
    await ask(tx)
    event.remove(connection, "before_cursor_execute", remember)
    plans = []
    for statement, parameters in asked:
        rows = await tx.connection.exec_driver_sql(f"{explain} {statement}", parameters)
        plans.append("\n".join(str(row[-1]) for row in rows))
    return plans


@pytest.mark.parametrize("question", QUESTIONS)
async def test_no_question_reads_a_whole_table(database: Database, question: str) -> None:
    is_sqlite = database.url.get_backend_name() == "sqlite"
    async with database.begin() as tx:
        if not is_sqlite:  # on an empty table a scan is cheapest, so it is made dear
            await tx.connection.execute(text("SET LOCAL enable_seqscan = off"))
        plans = await plans_of(tx, QUESTIONS[question], "EXPLAIN QUERY PLAN" if is_sqlite else "EXPLAIN")
    for plan in plans:
        assert "Seq Scan" not in plan
        scans = [line for line in plan.splitlines() if line.startswith("SCAN")]
        # SQLite also calls walking along a partial index, or through a subquery's rows, a scan.
        assert [line for line in scans if not any(word in line for word in NO_TABLE)] == []
