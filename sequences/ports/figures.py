"""Questions about the tables as a whole, for whoever runs this; nothing in the core depends on the answers."""

from datetime import datetime
from typing import Protocol

from sequences.records.figures import Backlog, RunFigures


class Figures(Protocol):
    """Raises StoreError."""

    async def backlog(self, now: datetime) -> Backlog:
        """What waits at this moment."""

    async def runs(self, *, since: datetime, until: datetime, org_id: str | None = None) -> RunFigures:
        """What became of the runs created in that span."""
