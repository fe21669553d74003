"""What the tables say is due."""

from datetime import datetime

from sequences.ports.dispatch import Due, WorkKind
from sequences.ports.store import Store, Transaction

LIMIT = 200  # of each kind, shared among the orgs


async def due_work(store: Store, now: datetime) -> dict[WorkKind, list[Due]]:
    async with store.read() as tx:
        return {kind: await _due(tx, kind, now) for kind in WorkKind}


async def _due(tx: Transaction, kind: WorkKind, now: datetime) -> list[Due]:
    match kind:
        case WorkKind.JOB:
            return await tx.jobs.due(now, LIMIT)
        case WorkKind.ACTION:
            return await tx.actions.due(now, LIMIT)
        case WorkKind.CARD:
            return await tx.cards.due(now, LIMIT)
        case WorkKind.DELIVERY:
            return await tx.deliveries.due(now, LIMIT)
