"""What deciding and executing share: the tables, the trail, and waking whoever waits for the change."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sequences.actions.spec import ActionSpec
from sequences.ids import new_id
from sequences.ports.dispatch import Clock, Dispatcher, WorkKind
from sequences.ports.observing import Observer
from sequences.ports.store import Store, Transaction
from sequences.records.action import ActionStatus, Feedback, HistoryEntry, PendingAction
from sequences.records.people import User


class Desk:
    """The common ground of the gate's two halves."""

    def __init__(
        self,
        *,
        store: Store,
        specs: tuple[ActionSpec[Any], ...],
        dispatcher: Dispatcher,
        clock: Clock,
        observer: Observer | None = None,
    ) -> None:
        self._store = store
        self._specs = {spec.action_type: spec for spec in specs}
        self._dispatcher = dispatcher
        self._clock = clock
        self._observer = observer or Observer()

    async def _hold(self, tx: Transaction, action_id: str) -> PendingAction | None:
        """The action, with its job's row held: a decision and the pause that waits for it never pass each other."""
        action = await tx.actions.get(action_id)
        if action and action.job_id:
            await tx.jobs.lock(action.job_id)
            action = await tx.actions.get(action_id)
        return action

    async def _over_limit(
        self, tx: Transaction, action: PendingAction, owner: User, now: datetime, *, room: int, begun_only: bool
    ) -> str | None:
        """The sentence for a day on which there is no room for ``room`` more of this kind; None when there is."""
        daily_limit = self._specs[action.action_type].daily_limit
        if daily_limit is None:
            return None
        # Two that ask at the same moment must not both find the last place free.
        await tx.people.lock_user(owner.id)
        limit = daily_limit(owner)
        today = now.astimezone(ZoneInfo(owner.timezone)).replace(hour=0, minute=0, second=0, microsecond=0)
        count = await tx.actions.count_executed(owner.id, action.action_type, since=today, begun_only=begun_only)
        if count + room <= limit:
            return None
        mails = "1 mail" if limit == 1 else f"{limit} mails"
        return f"You have reached your limit of {mails} for today."

    async def _settle_job(self, tx: Transaction, action: PendingAction, now: datetime) -> None:
        """Wake the job once nothing of it waits for a decision any more, and have the card tell the change."""
        await self._touch(tx, action, now)
        if action.job_id is None:
            return
        actions = await tx.actions.for_job(action.job_id)
        if not any(other.status is ActionStatus.PENDING for other in actions):
            await tx.jobs.resume(action.job_id, now=now)

    async def _touch(self, tx: Transaction, action: PendingAction, now: datetime) -> None:
        if action.card_id:
            await tx.cards.touch(action.card_id, now=now)

    def _wake(self, action: PendingAction, execute_at: datetime | None) -> None:
        """A hint only: the sweep would find all of this in the tables."""
        if execute_at:
            self._dispatcher.wake(WorkKind.ACTION, action.id, at=execute_at, org_id=action.org_id)
        if action.card_id:
            self._dispatcher.wake(WorkKind.CARD, action.card_id, org_id=action.org_id)
        if action.job_id:
            self._dispatcher.wake(WorkKind.JOB, action.job_id, org_id=action.org_id)


async def remember(
    tx: Transaction, action: PendingAction, what: str, at: datetime, *, by: User | None = None, **detail: Any
) -> None:
    """One line of the audit trail, in the same transaction as the change that it tells."""
    await tx.actions.add_history(
        HistoryEntry(
            id=new_id("hist"),
            action_id=action.id,
            org_id=action.org_id,
            user_id=by.id if by else None,
            what=what,
            digest=action.digest,
            detail=detail,
            at=at,
        )
    )


async def keep_feedback(
    tx: Transaction,
    action: PendingAction,
    actor: User,
    kind: str,
    at: datetime,
    *,
    edited: dict[str, Any] | None = None,
    text: str | None = None,
) -> None:
    """What a person made of a suggestion; an edit keeps both versions so that the difference can be learnt from."""
    await tx.actions.add_feedback(
        Feedback(
            id=new_id("feedback"),
            action_id=action.id,
            org_id=action.org_id,
            user_id=actor.id,
            feedback_type=kind,
            original_payload=action.action_payload if edited else None,
            edited_payload=edited,
            feedback_text=text,
            time_to_decision_ms=int((at - action.created_at).total_seconds() * 1000),
            created_at=at,
        )
    )
