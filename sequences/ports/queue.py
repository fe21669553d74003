"""The queue over which several processes share work. What waits in it are hints; losing it loses nothing."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

Flow = tuple[str, str | None]  # kind of work, org


class QueueLook(NamedTuple):
    """What waits: the lowest priority of each flow, and the highest of all that could be taken now (0 if none)."""

    lowest: Mapping[Flow, int]
    front: int


class QueueTables(Protocol):
    async def look(self, now: datetime) -> QueueLook: ...

    async def waiting(self, locks: Sequence[str]) -> set[str]:
        """Those of the locks under which something waits already."""
