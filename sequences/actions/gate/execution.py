"""What was approved happens: claimed before, recorded after, looked up before any second try.

A claim is numbered by ``attempts``. Whoever was given up and claimed after can neither record nor repeat anything.
"""

import asyncio
import logging
from datetime import datetime, timedelta
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
from sequences.ports.store import StoreError, StoreRuleError, Transaction
from sequences.records.action import ActionStatus, ErrorCode, PendingAction
from sequences.records.people import User
from sequences.records.problem import RECOVERABLE, Problem
from sequences.tracing import note, trace_of

log = logging.getLogger(__name__)

MAX_TRIES = 5
EFFECT_LIMIT = timedelta(seconds=40)  # then its outcome counts as unknown
LEFT_BEHIND = timedelta(seconds=45)  # longer than any effect may take; until then its worker is alive and at it
RECORD_PAUSES_S = (0.2, 0.5, 1.0, 2.0)  # in all less than is left between EFFECT_LIMIT and LEFT_BEHIND

OWNER_LEFT = "Its owner has left."
HELD_UP = "Sixty was held up before it could begin"
BROKEN = "Something went wrong on my side, so nothing was changed."


class ClaimLostError(Exception):
    """This worker took so long that the action was given to another one; nothing of it may be recorded."""


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
        elif _is_due(action, now):
            try:
                await self._claim_and_run(action, now)
            except ClaimLostError:
                log.info("action taken over by a newer claim", extra={"action_id": action.id})
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
        if not self._is_approved(action):
            # The content is not what its owner approved: whatever wrote it, it must not leave (BEYOND-01).
            log.error("action refused: not what was approved", extra={"action_id": action.id})
            await self._fail(
                action, ErrorCode.INTERNAL_ERROR, "This is not what was approved, so it was not done.", now
            )
            return
        claimed, owner, full = await self._claim(action)
        note(action_id=action.id, job_id=action.job_id, org_id=action.org_id, user_id=action.user_id)
        if owner is None:
            await self._fail(claimed, ErrorCode.PERMISSION_DENIED, OWNER_LEFT, now)
        elif action.status is ActionStatus.EXECUTING:
            await self._settle_interrupted(claimed, owner, now)
        elif full:
            await self._fail(claimed, ErrorCode.RATE_LIMITED, f"{full} It was not sent.", now)
        else:
            await self._perform(claimed, owner, now)

    def _is_approved(self, action: PendingAction) -> bool:
        """By the owner where its kind always asks, and for exactly this content."""
        if self._specs[action.action_type].always_asks and action.decided_by != action.user_id:
            return False
        return action.approved_digest == digest_of(action.action_type, action.action_payload)

    async def _claim(self, action: PendingAction) -> tuple[PendingAction, User | None, str | None]:
        """The action as claimed, its owner, and the sentence for a day that is full. ClaimLostError when another
        worker was faster.

        A mail that was scheduled days ago meets today's limit, which its approval could not know.
        """
        was_interrupted = action.status is ActionStatus.EXECUTING
        async with self._store.begin() as tx:
            owner = await tx.people.user(action.user_id)
            full = None
            if owner and not was_interrupted:
                full = await self._over_limit(tx, action, owner, self._clock(), room=1, begun_only=True)
            now = self._clock()  # behind all waiting for locks: from here others count how long it may take
            claim = {"status": ActionStatus.EXECUTING, "attempts": action.attempts + 1, "executed_at": now}
            await self._change(tx, action, **claim)
            await remember(tx, action, "interrupted" if was_interrupted else "executing", now)
        return action.model_copy(update=claim), owner, full

    async def _change(self, tx: Transaction, action: PendingAction, **values: Any) -> None:
        """ClaimLostError, which undoes the transaction, unless the action is as this worker knows it."""
        is_ours = await tx.actions.change(
            action.id,
            expected=action.status,
            expected_digest=action.digest,
            expected_attempts=action.attempts,
            **values,
        )
        if not is_ours:
            raise ClaimLostError

    async def _perform(self, action: PendingAction, owner: User, now: datetime) -> None:
        if owner.left_at is not None:
            await self._fail(action, ErrorCode.PERMISSION_DENIED, OWNER_LEFT, now)
            return
        spec = self._specs[action.action_type]
        doing = self._doing(action, owner, now)
        try:
            with self._observer.span("effect", action_type=action.action_type.value, action_id=action.id):
                async with asyncio.timeout(self._time_left(action)):
                    outcome = await spec.perform(doing) if spec.perform else {}
        except RefusedError as error:
            await self._fail(action, error.code, error.text, now)
        except TryLaterError as error:
            await self._try_later(action, error, now)
        except UnknownOutcomeError as error:
            await self._fail(action, ErrorCode.UNKNOWN, may_have_left(str(error)), now)
        except Exception as error:
            log.error("effect broke", extra={"action_id": action.id, **trace_of(error)})  # noqa: TRY400  # see trace_of
            text = may_have_left("Something went wrong while handing it over")
            await self._fail(action, ErrorCode.UNKNOWN, text, now)
        else:
            await self._record(action, spec, doing, outcome)

    def _time_left(self, action: PendingAction) -> float:
        """Seconds until others may think this worker dead; TryLaterError when that has come before anything began."""
        claimed_at = action.executed_at or self._clock()
        left_s = (claimed_at + EFFECT_LIMIT - self._clock()).total_seconds()
        if left_s < 0:
            raise TryLaterError(HELD_UP)
        return left_s

    def _doing(self, action: PendingAction, owner: User, now: datetime) -> Performing[Any]:
        payload = self._specs[action.action_type].payload.model_validate(action.action_payload)
        return Performing(action=action, payload=payload, owner=owner, mailer=self.mailer, now=now)

    async def _record(
        self, action: PendingAction, spec: ActionSpec[Any], doing: Performing[Any], outcome: dict[str, Any]
    ) -> None:
        """The end of an effect, with what belongs to it in our own tables."""
        try:
            await self._commit_stubbornly(action, doing, outcome, spec.apply)
        except (ClaimLostError, StoreError):
            raise
        except Exception as error:
            is_gone = isinstance(error, LookupError | StoreRuleError)
            log.warning("effect without its trace", extra={"action_id": action.id, **trace_of(error)})
            if spec.perform is None:
                text = "The CRM no longer has what this was about, so nothing was changed." if is_gone else BROKEN
                code = ErrorCode.SERVICE_UNAVAILABLE if is_gone else ErrorCode.INTERNAL_ERROR
                await self._fail(action, code, text, doing.now)
                return
            # It has happened outside, and must be recorded as such, even when its trace in the CRM cannot be kept.
            await self._commit_record(action, doing, outcome, None)
        self._observer.action_ended(action.action_type, "executed")
        self._wake(action, None)

    async def _commit_stubbornly(
        self, action: PendingAction, doing: Performing[Any], outcome: dict[str, Any], apply: Apply | None
    ) -> None:
        """Nobody else knows what has just happened: a database that is away for seconds must not make it unknown."""
        for pause_s in RECORD_PAUSES_S:
            try:
                return await self._commit_record(action, doing, outcome, apply)
            except StoreError as error:
                log.warning("effect not recorded yet", extra={"action_id": action.id, "reason": str(error)})
            await asyncio.sleep(pause_s)
        return await self._commit_record(action, doing, outcome, apply)

    async def _commit_record(
        self, action: PendingAction, doing: Performing[Any], outcome: dict[str, Any], apply: Apply | None
    ) -> None:
        done_at = self._clock()
        async with self._store.begin() as tx:
            traced = await apply(tx, doing) if apply else {}
            whole = {**outcome, **traced}
            await self._change(tx, action, status=ActionStatus.EXECUTED, executed_at=done_at, outcome=whole)
            await remember(tx, action, "executed", done_at, **whole)
            await self._touch(tx, action, done_at)

    async def _settle_interrupted(self, action: PendingAction, owner: User, now: datetime) -> None:
        """A worker died between claim and record: look the effect up before anything else."""
        spec = self._specs[action.action_type]
        doing = self._doing(action, owner, now)
        happened = False if spec.perform is None else await self._look_up(spec, doing)
        if happened is None:
            text = may_have_left("Sixty was interrupted while handing it over")
            await self._fail(action, ErrorCode.UNKNOWN, text, now)
        elif happened:
            await self._record(action, spec, doing, {})
        elif action.attempts > MAX_TRIES:
            await self._fail(action, ErrorCode.INTERNAL_ERROR, BROKEN, now)
        else:
            await self._perform(action, owner, now)

    async def _look_up(self, spec: ActionSpec[Any], doing: Performing[Any]) -> bool | None:
        """None when nobody can say. A provider that cannot be asked now is asked again when this claim has run out."""
        if spec.look_up is None:
            return None
        try:
            async with asyncio.timeout(EFFECT_LIMIT.total_seconds()):
                return await spec.look_up(doing)
        except Exception as error:
            log.warning("effect not looked up", extra={"action_id": doing.action.id, **trace_of(error)})
            if doing.action.attempts <= MAX_TRIES:
                raise
            return None

    async def _try_later(self, action: PendingAction, error: TryLaterError, now: datetime) -> None:
        if action.attempts >= MAX_TRIES:
            await self._fail(action, ErrorCode.SERVICE_UNAVAILABLE, str(error), now)
            return
        again_at = now + error.after * 2 ** (action.attempts - 1)
        async with self._store.begin() as tx:
            await self._change(tx, action, status=ActionStatus.CONFIRMED, execute_at=again_at, error=str(error))
            await remember(tx, action, "put off", now, error=str(error))
            await self._touch(tx, action, now)
        self._observer.action_ended(action.action_type, "put off")
        self._wake(action, again_at)

    async def _fail(self, action: PendingAction, code: ErrorCode, text: str, now: datetime) -> None:
        async with self._store.begin() as tx:
            await self._hold(tx, action.id)
            await self._change(tx, action, status=ActionStatus.FAILED, error_code=code, error=text, executed_at=now)
            problem = Problem(
                code=code, message=text, recoverable=code in RECOVERABLE, details={"action_id": action.id}
            )
            await remember(tx, action, "failed", now, **problem.model_dump(mode="json"))
            await self._settle_job(tx, action, now)
        self._observer.action_ended(action.action_type, "failed")
        self._wake(action, None)

    async def _expire(self, action: PendingAction, now: datetime) -> None:
        """Expiry never executes anything (PEND-12)."""
        async with self._store.begin() as tx:
            await self._hold(tx, action.id)
            changed = await tx.actions.change(
                action.id, expected=ActionStatus.PENDING, expected_digest=action.digest, status=ActionStatus.EXPIRED
            )
            if not changed:
                return
            await remember(tx, action, "expired", now)
            await self._settle_job(tx, action, now)
        self._observer.action_ended(action.action_type, "expired")
        self._wake(action, None)


def _is_due(action: PendingAction, now: datetime) -> bool:
    if action.status is ActionStatus.CONFIRMED:
        return action.execute_at is not None and action.execute_at <= now
    left_behind_at = action.executed_at + LEFT_BEHIND if action.executed_at else now
    return action.status is ActionStatus.EXECUTING and left_behind_at <= now
