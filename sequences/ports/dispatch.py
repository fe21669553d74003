"""Due work and the clock that asks for it."""

from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

Clock = Callable[[], datetime]  # answers an aware UTC datetime


class WorkKind(StrEnum):
    JOB = "job"
    ACTION = "action"
    CARD = "card"
    DELIVERY = "delivery"


class Due(NamedTuple):
    """A piece of work whose time has come, and whose it is."""

    id: str
    org_id: str


class Dispatcher(Protocol):
    """Run this, now or at a time. Losing the call loses nothing: the sweep finds what is due in the tables."""

    def wake(self, kind: WorkKind, id: str, *, at: datetime | None = None, org_id: str | None = None) -> None:
        """``org_id`` is whose work it is, so that no org waits behind another one's flood."""
