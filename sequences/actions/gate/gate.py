"""The gate as the rest of the core knows it: admission here, decisions and execution in its two halves."""

from datetime import datetime, timedelta
from typing import Any

from pydantic import ValidationError

from sequences.actions.gate.decisions import Decisions
from sequences.actions.gate.desk import remember
from sequences.actions.gate.execution import Execution
from sequences.actions.gate.rulings import Ruling, not_yours, unknown_action
from sequences.actions.gate.undo import undo_of
from sequences.actions.spec import ActionSpec, digest_of
from sequences.ids import card_id_for, new_id
from sequences.ports.dispatch import Clock, Dispatcher
from sequences.ports.observing import Observer
from sequences.ports.outside import Mailer
from sequences.ports.store import Store, Transaction
from sequences.records.action import ActionStatus, PendingAction, Proposal
from sequences.records.job import Job
from sequences.records.people import User


class Gate(Decisions, Execution):
    """Admits, decides and executes actions."""

    def __init__(
        self,
        *,
        store: Store,
        specs: tuple[ActionSpec[Any], ...],
        dispatcher: Dispatcher,
        clock: Clock,
        undo_window: timedelta,
        mailer: Mailer | None,
        observer: Observer | None = None,
    ) -> None:
        super().__init__(store=store, specs=specs, dispatcher=dispatcher, clock=clock, observer=observer)
        self.undo_window = undo_window
        self.mailer = mailer

    async def admit(self, tx: Transaction, job: Job, step: str, proposal: Proposal, now: datetime) -> PendingAction:
        """Park the proposal for its owner, or clear it to run at once when its kind never needs a person."""
        spec = self._specs[proposal.type]
        payload = spec.payload.model_validate(proposal.payload).model_dump(mode="json")
        digest = digest_of(proposal.type, payload)
        action = PendingAction(
            id=new_id("act"),
            org_id=job.org_id,
            user_id=job.user_id,
            job_id=job.id,
            step=step,
            card_id=card_id_for(job.id),
            action_type=proposal.type,
            action_payload=payload,
            digest=digest,
            risk_level=spec.risk,
            confidence_score=proposal.confidence,
            reason=proposal.reason,
            expires_at=now + spec.expires_after,
            created_at=now,
        )
        if not spec.always_asks:
            action = action.model_copy(
                update={"status": ActionStatus.CONFIRMED, "approved_digest": digest, "execute_at": now}
            )
        await tx.actions.add(action)
        await remember(tx, action, "proposed", now)
        return action

    def misfits(self, proposal: Proposal) -> bool:
        """Whether ``admit`` would find it malformed: a bug in the step that made it, to be told before it is stored."""
        spec = self._specs.get(proposal.type)
        try:
            return spec is None or not spec.payload.model_validate(proposal.payload)
        except ValidationError:
            return True

    async def is_forbidden(self, job_id: str) -> bool:
        """Whether the job asked for leave to go on and was told no, or was not answered in time."""
        async with self._store.read() as tx:
            actions = await tx.actions.for_job(job_id)
        return any(action.action_type.is_permission and not action.status.is_approved for action in actions)

    async def park(self, tx: Transaction, action: PendingAction) -> None:
        """Store an action that belongs to no job (a question to a person)."""
        await tx.actions.add(action)
        await remember(tx, action, "proposed", action.created_at)

    async def undo_fields(self, action_id: str, actor: User) -> Ruling:
        """Put back the CRM fields that an executed update wrote. The press of the owner is the approval."""
        now = self._clock()
        async with self._store.begin() as tx:
            action = await self._hold(tx, action_id)
            if action is None or action.org_id != actor.org_id:
                return unknown_action()
            if action.user_id != actor.id:
                return not_yours()
            undo = undo_of(action, now)
            if undo is None:
                return Ruling(ok=False, text="There is nothing to undo here.", action=action)
            if await tx.actions.get(undo.id) is not None:
                return Ruling(ok=False, text="These changes have already been undone.", action=action)
            await tx.actions.add(undo)
            await remember(tx, undo, "approved", now, by=actor)
        done = await self.execute(undo.id)
        if done is None or done.status is not ActionStatus.EXECUTED:
            text = (done.error if done else None) or "It is being undone right now."
            return Ruling(ok=False, text=text, code=done.error_code if done else None, action=done)
        kept = done.outcome.get("kept", [])
        tail = f" Left alone because somebody changed them since: {', '.join(kept)}." if kept else ""
        return Ruling(ok=True, text=f"The CRM fields are back to what they were.{tail}", action=done)
