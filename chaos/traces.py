"""What a meeting left behind, gathered from outside: the tables, the messages in Slack, the mails that were taken."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from chaos.meetings import Meeting
from gateways.smtp import CUT_OFF
from sequences.records.action import ActionStatus, ActionType, ErrorCode
from sequences.records.job import JobStatus
from storage import tables
from workspace.model import Message
from workspace.server import Running

# Lines of an action's history of which there is exactly one in a quiet life; others tell of trouble on the way.
ONCE = ("proposed", "approved", "executed")
SENT = "✅ Sent "
HONEST = "I cannot tell whether it went through"


@dataclass(frozen=True, kw_only=True)
class Traces:
    """``things`` exist in the world: one more than there should be is a doubled one. ``ends`` is how it all stands.

    ``told_of_mail``: the card says that the mail may have left or not, and asks the rep to look. ``was_interrupted``:
    there was a reason: the process ended in the middle of it, or slept until its line to the mail server was cut.
    """

    things: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    told_of_mail: bool = False
    was_interrupted: bool = False


async def gather(connection: AsyncConnection, workspace: Running, meeting: Meeting) -> Traces:
    """Everything about one meeting, as it stands now."""
    look = _Look(connection, workspace, meeting)
    await look.at_the_run()
    await look.at_the_actions()
    await look.at_the_crm()
    look.at_slack()
    look.at_the_mails()
    return Traces(
        things=look.things, ends=look.ends, told_of_mail=look.told_of_mail, was_interrupted=look.was_interrupted
    )


class _Look:
    def __init__(self, connection: AsyncConnection, workspace: Running, meeting: Meeting) -> None:
        self.things: Counter[str] = Counter()
        self.ends: Counter[str] = Counter()
        self.told_of_mail = False
        self.was_interrupted = False
        self._connection = connection
        self._workspace = workspace
        self._meeting = meeting
        self._jobs: list[str] = []
        self._mail_is_unknown = False

    async def at_the_run(self) -> None:
        meetings = await self._rows(select(tables.meetings).where(tables.meetings.c.title == self._meeting.title))
        self.things["meeting"] += len(meetings)
        for row in meetings:
            key = f"meeting_ended:{row.id}"
            events = await self._rows(select(tables.events).where(tables.events.c.idempotency_key == key))
            self.things["event accepted"] += sum(event.status == "accepted" for event in events)
            jobs = await self._rows(select(tables.sequence_jobs).where(tables.sequence_jobs.c.idempotency_key == key))
            for job in jobs:
                self._jobs.append(job.id)
                self.things["run"] += 1
                self.ends[f"run {job.status}"] += 1
                is_holding = job.status not in (JobStatus.COMPLETED, JobStatus.FAILED) and job.reserved_usd > 0
                self.ends["budget held"] += is_holding
                await self._at_its_parts(job.id)

    async def _at_its_parts(self, job_id: str) -> None:
        steps = tables.sequence_steps
        for step in await self._rows(select(steps).where(steps.c.job_id == job_id)):
            self.things[f"step {step.name}"] += 1
            self.ends[f"step {step.name} {step.status}"] += 1
        events = tables.events
        for event in await self._rows(select(events).where(events.c.parent_job_id == job_id)):
            self.things[f"follow-up {event.type}"] += 1
            self.ends[f"follow-up {event.type} {event.status}"] += 1

    async def at_the_actions(self) -> None:
        actions, history = tables.pending_agent_actions, tables.agent_action_history
        for action in await self._rows(select(actions).where(actions.c.job_id.in_(self._jobs))):
            kind = action.action_type
            self.things[f"action {kind}"] += 1
            self.ends[f"action {kind} {action.status}"] += 1
            self.ends[f"{kind} decided by its owner"] += action.decided_by == action.user_id
            for line in await self._rows(select(history).where(history.c.action_id == action.id)):
                self.was_interrupted |= line.what == "interrupted"
                if line.what in ONCE:
                    self.ends[f"trail of {kind}: {line.what}"] += 1
            is_unknown = action.status == ActionStatus.FAILED and action.error_code == ErrorCode.UNKNOWN
            self._mail_is_unknown |= kind == ActionType.SEND_EMAIL and is_unknown
            self.was_interrupted |= is_unknown and CUT_OFF in (action.error or "")

    async def at_the_crm(self) -> None:
        contacts, deals = tables.contacts, tables.deals
        people = await self._rows(select(contacts).where(contacts.c.email == self._meeting.address))
        ids = [person.id for person in people]
        company_ids = [person.company_id for person in people]
        sold = await self._rows(select(deals).where(deals.c.company_id.in_(company_ids)))
        for deal in sold:
            self.ends[f"deal in {deal.stage}, budget {deal.budget}"] += 1
        deal_ids = [deal.id for deal in sold]
        for table, named in ((tables.tasks, "title"), (tables.activities, "kind")):
            about = or_(table.c.contact_id.in_(ids), table.c.deal_id.in_(deal_ids))
            for row in await self._rows(select(table).where(about)):
                self.things[f"{table.name}: {getattr(row, named)}"] += 1

    def at_slack(self) -> None:
        cards = {f"card_{job_id}" for job_id in self._jobs}
        for message in messages_of(self._workspace):
            card = card_id_of(message)
            if card in cards:
                self.things["card in Slack"] += 1
                said = str(message.blocks)
                self.told_of_mail |= HONEST in said and self._mail_is_unknown
                self.ends["card says sent"] += SENT in said
                self.ends["card still offers"] += "email_send" in said or "orch_tasks_create" in said

    def at_the_mails(self) -> None:
        for mail in self._workspace.mail.mails:
            self.things["mail"] += self._meeting.address in mail.envelope_to

    async def _rows(self, statement: Select[Any]) -> Sequence[Row[Any]]:
        found: Sequence[Row[Any]] = (await self._connection.execute(statement)).all()
        return found


def messages_of(workspace: Running) -> list[Message]:
    return [message for channel in workspace.state.messages.values() for message in channel.values()]


def card_id_of(message: Message) -> str:
    """Empty when it is no card."""
    metadata = message.body.get("metadata") or {}
    return str((metadata.get("event_payload") or {}).get("card_id", ""))
