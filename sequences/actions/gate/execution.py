"""What was approved happens: claimed before, recorded after, looked up before any second try."""

import logging
from datetime import datetime
from typing import Any

from sequences.actions.gate.desk import Desk, remember
from sequences.actions.gate.rulings import may_have_left
from sequences.actions.spec import (
    ActionSpec,
    Apply,
    Performing,
    RefusedError,
    TryLaterError,
    UnknownOutcomeError,
    digest_of,
)
from sequences.ports.outside import Mailer
from sequences.ports.store import StoreRuleError
from sequences.records.action import ActionStatus, ErrorCode, PendingAction
from sequences.records.people import User

log = logging.getLogger(__name__)

MAX_TRIES = 5


class Execution(Desk):
    """The half of the gate that the dispatcher reaches."""

    mailer: Mailer | None

    async def execute(self, action_id: str) -> PendingAction | None:
        """Do what is due: run a cleared action, expire a stale one, settle one that a crash left behind."""
        now = self._clock()
        async with self._store.read() as tx:
            action = await tx.actions.get(action_id)
        if action is None:
            return None
        if action.status is ActionStatus.PENDING and action.expires_at <= now:
            await self._expire(action, now)
        elif action.status is ActionStatus.CONFIRMED and action.execute_at and action.execute_at <= now:
            await self._claim_and_run(action, now)
        elif action.status is ActionStatus.EXECUTING:
            await self._settle_interrupted(action, now)
        async with self._store.read() as tx:
            return await tx.actions.get(action_id)

    async def run_cleared(self, job_id: str) -> None:
        """Run those of a job's actions that need nobody's approval, in the order proposed."""
        async with self._store.read() as tx:
            actions = await tx.actions.for_job(job_id)
        for action in actions:
            if action.status is ActionStatus.CONFIRMED and not self._specs[action.action_type].always_asks:
                await self.execute(action.id)

    async def _claim_and_run(self, action: PendingAction, now: datetime) -> None:
        if action.approved_digest != digest_of(action.action_type, action.action_payload):
            # The content is not what was approved: whatever wrote it, it must not leave (BEYOND-01).
            log.error("action refused: content differs from approval", extra={"action_id": action.id})
            await self._fail(
                action, ActionStatus.CONFIRMED, ErrorCode.INTERNAL_ERROR, "The content was changed after approval.", now
            )
            return
        async with self._store.begin() as tx:
            claimed = await tx.actions.change(
                action.id,
                expected=ActionStatus.CONFIRMED,
                expected_digest=action.digest,
                status=ActionStatus.EXECUTING,
                attempts=action.attempts + 1,
                executed_at=now,
            )
            if not claimed:
                return
            await remember(tx, action, "executing", now)
            owner = await tx.people.user(action.user_id)
        if owner is None:
            await self._fail(action, ActionStatus.EXECUTING, ErrorCode.PERMISSION_DENIED, "Its owner has left.", now)
            return
        await self._perform(action, owner, now)

    async def _perform(self, action: PendingAction, owner: User, now: datetime) -> None:
        spec = self._specs[action.action_type]
        doing = self._doing(action, owner, now)
        try:
            outcome = await spec.perform(doing) if spec.perform else {}
            await self._record(action, spec, doing, outcome)
        except RefusedError as error:
            await self._fail(action, ActionStatus.EXECUTING, error.code, error.text, now)
        except TryLaterError as error:
            await self._try_later(action, error, now)
        except UnknownOutcomeError as error:
            await self._fail(action, ActionStatus.EXECUTING, ErrorCode.UNKNOWN, may_have_left(str(error)), now)

    def _doing(self, action: PendingAction, owner: User, now: datetime) -> Performing[Any]:
        payload = self._specs[action.action_type].payload.model_validate(action.action_payload)
        return Performing(action=action, payload=payload, owner=owner, mailer=self.mailer, now=now)

    async def _record(
        self, action: PendingAction, spec: ActionSpec[Any], doing: Performing[Any], outcome: dict[str, Any]
    ) -> None:
        """The end of an effect, with what belongs to it in our own tables."""
        try:
            await self._commit_record(action, doing, outcome, spec.apply)
        except (LookupError, StoreRuleError) as error:
            if spec.perform is None:
                text = "The CRM no longer has what this was about, so nothing was changed."
                await self._fail(action, ActionStatus.EXECUTING, ErrorCode.SERVICE_UNAVAILABLE, text, doing.now)
                return
            # It has happened outside, and must be recorded as such, even when its trace in the CRM cannot be kept.
            log.warning("effect recorded without its trace", extra={"action_id": action.id, "error": str(error)})
            await self._commit_record(action, doing, outcome, None)
        self._wake(action, None)

    async def _commit_record(
        self, action: PendingAction, doing: Performing[Any], outcome: dict[str, Any], apply: Apply | None
    ) -> None:
        done_at = self._clock()
        async with self._store.begin() as tx:
            traced = await apply(tx, doing) if apply else {}
            await tx.actions.change(
                action.id,
                expected=ActionStatus.EXECUTING,
                expected_digest=action.digest,
                status=ActionStatus.EXECUTED,
                executed_at=done_at,
                outcome={**outcome, **traced},
            )
            await remember(tx, action, "executed", done_at, **outcome, **traced)
            await self._touch(tx, action, done_at)

    async def _settle_interrupted(self, action: PendingAction, now: datetime) -> None:
        """A worker died between claim and record: look the effect up before anything else."""
        spec = self._specs[action.action_type]
        async with self._store.read() as tx:
            owner = await tx.people.user(action.user_id)
        if owner is None:
            await self._fail(action, ActionStatus.EXECUTING, ErrorCode.PERMISSION_DENIED, "Its owner has left.", now)
            return
        doing = self._doing(action, owner, now)
        happened = False if spec.perform is None else await spec.look_up(doing) if spec.look_up else None
        if happened is None:
            text = may_have_left("Sixty was interrupted while handing it over")
            await self._fail(action, ActionStatus.EXECUTING, ErrorCode.UNKNOWN, text, now)
        elif happened:
            await self._record(action, spec, doing, {})
        else:
            await self._perform(action, owner, now)

    async def _try_later(self, action: PendingAction, error: TryLaterError, now: datetime) -> None:
        if action.attempts + 1 >= MAX_TRIES:
            await self._fail(action, ActionStatus.EXECUTING, ErrorCode.SERVICE_UNAVAILABLE, str(error), now)
            return
        again_at = now + error.after * 2**action.attempts
        async with self._store.begin() as tx:
            await tx.actions.change(
                action.id,
                expected=ActionStatus.EXECUTING,
                expected_digest=action.digest,
                status=ActionStatus.CONFIRMED,
                execute_at=again_at,
                error=str(error),
            )
            await remember(tx, action, "put off", now, error=str(error))
            await self._touch(tx, action, now)
        self._wake(action, again_at)

    async def _fail(
        self, action: PendingAction, expected: ActionStatus, code: ErrorCode, text: str, now: datetime
    ) -> None:
        async with self._store.begin() as tx:
            await tx.actions.change(
                action.id,
                expected=expected,
                expected_digest=action.digest,
                status=ActionStatus.FAILED,
                error_code=code,
                error=text,
                executed_at=now,
            )
            await remember(tx, action, "failed", now, code=code, error=text)
            await self._settle_job(tx, action, now)
        self._wake(action, None)

    async def _expire(self, action: PendingAction, now: datetime) -> None:
        """Expiry never executes anything (PEND-12)."""
        async with self._store.begin() as tx:
            changed = await tx.actions.change(
                action.id, expected=ActionStatus.PENDING, expected_digest=action.digest, status=ActionStatus.EXPIRED
            )
            if not changed:
                return
            await remember(tx, action, "expired", now)
            await self._settle_job(tx, action, now)
        self._wake(action, None)
