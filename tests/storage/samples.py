"""Records to store."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

from sequences.ids import new_id
from sequences.ports.dispatch import Due
from sequences.ports.store import CardRow, CostEvent, Delivery
from sequences.records.action import ActionType, PendingAction, Risk
from sequences.records.job import Job, StepRun, StepStatus
from sequences.records.people import Org, User

NOW = datetime(2026, 3, 5, 9, 30, 15, 123456, tzinfo=UTC)
MINUTE = timedelta(minutes=1)

ORG = Org(id="org_1", name="Northwind", team_id="T1", email_domains=("northwind.example",), timezone="Europe/London")
OTHER_ORG = Org(id="org_2", name="Contoso", team_id="T2")
ANNA = User(id="user_anna", org_id="org_1", slack_user_id="U1", name="Anna Berg", email="anna@northwind.example")
BEN = User(id="user_ben", org_id="org_1", slack_user_id="U2", name="Ben Okafor", is_admin=True)
STRANGER = User(id="user_stranger", org_id="org_2", slack_user_id="U1", name="Stefan Weiß")


def ids(due: list[Due]) -> list[str]:
    return [work.id for work in due]


def make_job(**changes: Any) -> Job:
    values: dict[str, Any] = {
        "id": new_id("job"),
        "org_id": ORG.id,
        "user_id": ANNA.id,
        "sequence": "meeting_ended",
        "event_source": "cli:meeting",
        "trigger_payload": {"meeting_id": "meeting_1"},
        "idempotency_key": new_id("meeting_ended:m"),
        "run_at": NOW,
        "created_at": NOW,
    }
    return Job.model_validate(values | changes)


def make_step(job: Job, name: str, **changes: Any) -> StepRun:
    values: dict[str, Any] = {
        "job_id": job.id,
        "name": name,
        "status": StepStatus.DONE,
        "output": {"lines": ["one"]},
        "started_at": NOW,
        "finished_at": NOW,
    }
    return StepRun.model_validate(values | changes)


def make_action(**changes: Any) -> PendingAction:
    values: dict[str, Any] = {
        "id": new_id("act"),
        "org_id": ORG.id,
        "user_id": ANNA.id,
        "action_type": ActionType.SEND_EMAIL,
        "action_payload": {"subject": "Hello"},
        "digest": "digest-1",
        "risk_level": Risk.HIGH,
        "expires_at": NOW + timedelta(hours=24),
        "created_at": NOW,
    }
    return PendingAction.model_validate(values | changes)


def make_card(**changes: Any) -> CardRow:
    values: dict[str, Any] = {
        "id": new_id("card"),
        "key": new_id("key"),
        "org_id": ORG.id,
        "user_id": ANNA.id,
        "kind": "notice",
        "show_at": NOW,
        "created_at": NOW,
    }
    return CardRow.model_validate(values | changes)


def make_delivery(**changes: Any) -> Delivery:
    values: dict[str, Any] = {
        "id": new_id("delivery"),
        "org_id": ORG.id,
        "provider": "meetingbaas",
        "delivery_id": new_id("msg"),
        "body": {"event": "bot.completed"},
        "process_at": NOW,
        "received_at": NOW,
    }
    return Delivery.model_validate(values | changes)


def make_cost(**changes: Any) -> CostEvent:
    values: dict[str, Any] = {
        "id": new_id("cost"),
        "org_id": ORG.id,
        "user_id": ANNA.id,
        "job_id": None,
        "sequence": "meeting_ended",
        "skill": "intents",
        "engine": "offline",
        "prompt_version": "1",
        "cost_usd": Decimal("0.1"),
        "at": NOW,
    }
    return CostEvent.model_validate(values | changes)
