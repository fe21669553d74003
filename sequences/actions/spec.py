"""What one kind of action declares about itself: its payload, its risk, who must say yes, and how it is done."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from sequences.ports.outside import Mailer
from sequences.ports.store import Transaction
from sequences.records.action import ActionType, ErrorCode, PendingAction, Risk
from sequences.records.base import Record
from sequences.records.people import User

P = TypeVar("P", bound=Record)


class RefusedError(Exception):
    """The action may not or cannot happen. ``text`` tells the owner what to do about it."""

    def __init__(self, code: ErrorCode, text: str) -> None:
        super().__init__(text)
        self.code = code
        self.text = text


class UnknownOutcomeError(Exception):
    """Nobody can say whether the effect happened; it is looked up, or reported, but never tried again blindly."""


class TryLaterError(Exception):
    """It did not happen and may be tried again."""

    def __init__(self, text: str, *, after: timedelta = timedelta(minutes=1)) -> None:
        super().__init__(text)
        self.after = after


@dataclass(frozen=True, kw_only=True)
class Performing(Generic[P]):
    """Everything an action needs to happen once."""

    action: PendingAction
    payload: P
    owner: User
    mailer: Mailer | None
    now: datetime

    @property
    def effect_key(self) -> str:
        """The same for every try of this action, so that a provider or table can tell a second try."""
        return self.action.id


# Both answer the outcome that is kept with the action and shown on its card.
Perform = Callable[[Performing[Any]], Awaitable[dict[str, Any]]]
Apply = Callable[[Transaction, Performing[Any]], Awaitable[dict[str, Any]]]


@dataclass(frozen=True, kw_only=True)
class ActionSpec(Generic[P]):
    """``perform`` touches the outside world, between the claim and the record; ``apply`` writes our own tables in
    the same transaction as the record. ``look_up`` answers, after a crash, whether ``perform`` had happened."""

    action_type: ActionType
    payload: type[P]
    risk: Risk
    always_asks: bool
    undo: bool = False  # waits for the undo window after approval
    needs_mailer: bool = False  # cannot be approved while no outgoing mail is set up
    expires_after: timedelta = timedelta(hours=24)
    check: Callable[[P], None] | None = None  # raises RefusedError before an approval counts
    daily_limit: Callable[[User], int] | None = None
    perform: Perform | None = None
    apply: Apply | None = None
    look_up: Callable[[Performing[Any]], Awaitable[bool | None]] | None = None


def digest_of(action_type: ActionType, payload: dict[str, Any]) -> str:
    """SHA-256 over the type and the canonical JSON of the payload: what an approval is bound to (BEYOND-01)."""
    canonical = json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(f"{action_type}\n{canonical}".encode()).hexdigest()


def version_of(digest: str) -> str:
    """The part of a digest that travels in a button."""
    return digest[:12]
