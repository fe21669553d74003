"""A person decides: approve, edit, cancel. Each decision is one conditional update, so two presses never both win."""

from datetime import datetime, timedelta
from typing import Any

from sequences.actions.gate.desk import Desk, keep_feedback, remember
from sequences.actions.gate.rulings import Ruling, already, not_yours, unknown_action
from sequences.actions.send_email import NO_MAILER
from sequences.actions.spec import RefusedError, digest_of, version_of
from sequences.ports.outside import Mailer
from sequences.ports.store import Transaction
from sequences.records.action import ActionStatus, ErrorCode, PendingAction
from sequences.records.people import User


class Decisions(Desk):
    """The half of the gate that people reach."""

    undo_window: timedelta
    mailer: Mailer | None

    async def approve(self, action_id: str, actor: User, version: str, *, at: datetime | None = None) -> Ruling:
        """Let the action happen: after the undo window, or at ``at`` when the owner chose a time behind that."""
        now = self._clock()
        async with self._store.begin() as tx:
            action = await self._hold(tx, action_id)
            refusal = self._refusal(action, actor, version, now)
            if action is None or refusal is not None:
                return refusal or unknown_action()
            problem = await self._problem(tx, action, actor, now)
            if problem is not None:
                return problem
            spec = self._specs[action.action_type]
            earliest = now + (self.undo_window if spec.undo else timedelta(0))
            execute_at = max(at, earliest) if at else earliest
            won = await tx.actions.change(
                action.id,
                expected=ActionStatus.PENDING,
                expected_digest=action.digest,
                status=ActionStatus.CONFIRMED,
                approved_digest=action.digest,
                decided_by=actor.id,
                confirmed_at=now,
                execute_at=execute_at,
                error_code=None,
                error=None,
            )
            if not won:
                return already(await tx.actions.get(action_id), actor)
            await remember(tx, action, "approved", now, by=actor, execute_at=execute_at.isoformat())
            await keep_feedback(tx, action, actor, "approved", now)
            await self._settle_job(tx, action, now)
        self._observer.action_ended(action.action_type, "approved")
        self._wake(action, execute_at)
        return Ruling(ok=True, text="Approved.", action=action)

    async def edit(self, action_id: str, actor: User, version: str, payload: dict[str, Any]) -> Ruling:
        """Replace the content. The approval still has to be given, for the new content; the difference is kept."""
        now = self._clock()
        async with self._store.begin() as tx:
            action = await self._hold(tx, action_id)
            refusal = self._refusal(action, actor, version, now)
            if action is None or refusal is not None:
                return refusal or unknown_action()
            spec = self._specs[action.action_type]
            merged = spec.payload.model_validate({**action.action_payload, **payload}).model_dump(mode="json")
            digest = digest_of(action.action_type, merged)
            if digest == action.digest:
                return Ruling(ok=True, text="Nothing was changed.", action=action)
            won = await tx.actions.change(
                action.id,
                expected=ActionStatus.PENDING,
                expected_digest=action.digest,
                action_payload=merged,
                original_payload=action.original_payload or action.action_payload,
                digest=digest,
                error_code=None,
                error=None,
            )
            if not won:
                return already(await tx.actions.get(action_id), actor)
            await remember(tx, action, "edited", now, by=actor, new_digest=digest)
            await keep_feedback(tx, action, actor, "edited", now, edited=merged)
            changed = await tx.actions.get(action_id)
            await self._touch(tx, action, now)
        self._observer.action_ended(action.action_type, "edited")
        self._wake(action, None)
        return Ruling(ok=True, text="Changed. It still needs your approval.", action=changed)

    async def cancel(self, action_id: str, actor: User, version: str) -> Ruling:
        """Decide against it, or take an approval back while the undo window or the chosen time lasts."""
        now = self._clock()
        async with self._store.begin() as tx:
            action = await self._hold(tx, action_id)
            refusal = self._refusal(action, actor, version, now, also=ActionStatus.CONFIRMED)
            if action is None or refusal is not None:
                return refusal or unknown_action()
            won = await tx.actions.change(
                action.id,
                expected=action.status,
                expected_digest=action.digest,
                status=ActionStatus.CANCELLED,
                decided_by=actor.id,
                cancelled_at=now,
                execute_at=None,
            )
            if not won:
                return already(await tx.actions.get(action_id), actor)
            taken_back = action.status is ActionStatus.CONFIRMED
            await remember(tx, action, "taken back" if taken_back else "cancelled", now, by=actor)
            await keep_feedback(tx, action, actor, "rejected", now)
            await self._settle_job(tx, action, now)
        self._observer.action_ended(action.action_type, "cancelled")
        self._wake(action, None)
        return Ruling(ok=True, text="Cancelled. Nothing was sent." if taken_back else "Skipped.", action=action)

    async def give_feedback(self, action_id: str, actor: User, kind: str, text: str | None) -> Ruling:
        """Keep what the owner thinks of a suggestion (HITL-19). Decides nothing."""
        now = self._clock()
        async with self._store.begin() as tx:
            action = await tx.actions.get(action_id)
            if action is None:
                return unknown_action()
            if action.user_id != actor.id:
                return not_yours()
            said = [(one.user_id, one.feedback_type, one.feedback_text) for one in await tx.actions.feedback(action_id)]
            if said[-1:] != [(actor.id, kind, text)]:  # the same press, delivered twice, is one opinion
                await keep_feedback(tx, action, actor, kind, now, text=text)
        return Ruling(ok=True, text="Thank you. Your feedback is kept with this suggestion.", action=action)

    async def explain(self, action_id: str, actor: User, version: str) -> Ruling:
        """Why this person could not decide this now, without deciding anything."""
        async with self._store.read() as tx:
            action = await tx.actions.get(action_id)
        refusal = self._refusal(action, actor, version, self._clock())
        return refusal or Ruling(ok=True, text="It waits for your decision.", action=action)

    def _refusal(
        self,
        action: PendingAction | None,
        actor: User,
        version: str,
        now: datetime,
        also: ActionStatus | None = None,
    ) -> Ruling | None:
        """Why this press decides nothing; None when it may."""
        if action is None or action.org_id != actor.org_id:
            return unknown_action()
        if action.user_id != actor.id:
            return not_yours()
        if action.status not in (ActionStatus.PENDING, also):
            return already(action, actor)
        if action.status is ActionStatus.PENDING and action.expires_at <= now:
            return Ruling(
                ok=False,
                text="This offer has expired, so nothing was done.",
                code=ErrorCode.ACTION_EXPIRED,
                action=action,
            )
        if version != version_of(action.digest):
            return Ruling(
                ok=False,
                text="This has been changed since you opened it. Look at the current version and decide again.",
                code=ErrorCode.CONFIRMATION_REQUIRED,
                action=action,
            )
        return None

    async def _problem(self, tx: Transaction, action: PendingAction, actor: User, now: datetime) -> Ruling | None:
        """Why the content cannot be approved as it stands, or today."""
        spec = self._specs[action.action_type]
        try:
            if spec.check:
                spec.check(spec.payload.model_validate(action.action_payload))
        except RefusedError as error:
            return Ruling(ok=False, text=error.text, code=error.code, action=action)
        if spec.needs_mailer and self.mailer is None:
            return Ruling(ok=False, text=NO_MAILER, code=ErrorCode.SERVICE_UNAVAILABLE, action=action)
        full = await self._over_limit(tx, action, actor, now, room=1, begun_only=False)
        if full is None:
            return None
        return Ruling(ok=False, text=f"{full} Please try again tomorrow.", code=ErrorCode.RATE_LIMITED, action=action)
