"""What the tables say is due."""

from datetime import datetime

from scheduler.setbacks import Setbacks
from sequences.ports.dispatch import Due, WorkKind
from sequences.ports.store import Store, Transaction

LIMIT = 200  # of each kind, shared among the orgs


async def due_work(store: Store, now: datetime, setbacks: Setbacks) -> dict[WorkKind, list[Due]]:
    """Without what is held back: however much of one org's fails, its newer work is seen behind it."""
    async with store.read() as tx:
        return {kind: await _due(tx, kind, now, setbacks.held_back(kind)) for kind in WorkKind}


async def _due(tx: Transaction, kind: WorkKind, now: datetime, besides: list[str]) -> list[Due]:
    match kind:
        case WorkKind.JOB:
            return await tx.jobs.due(now, LIMIT, besides=besides)
        case WorkKind.ACTION:
            return await tx.actions.due(now, LIMIT, besides=besides)
        case WorkKind.CARD:
            return await tx.cards.due(now, LIMIT, besides=besides)
        case WorkKind.DELIVERY:
            return await tx.deliveries.due(now, LIMIT, besides=besides)
