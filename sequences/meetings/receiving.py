"""Keep an authentic delivery before any work, once (ENV-12)."""

import logging
from typing import Any

from sequences.ids import new_id
from sequences.ports.dispatch import Clock, Dispatcher, WorkKind
from sequences.ports.store import Delivery, Store
from sequences.tracing import note

log = logging.getLogger(__name__)


class Receiving:
    """Stores deliveries for the org that this installation serves."""

    def __init__(self, *, store: Store, dispatcher: Dispatcher, clock: Clock) -> None:
        self._store = store
        self._dispatcher = dispatcher
        self._clock = clock

    async def receive(self, provider: str, delivery_id: str, body: dict[str, Any]) -> bool | None:
        """True when new, False when it came before, None while no workspace is connected yet."""
        now = self._clock()
        async with self._store.begin() as tx:
            orgs = await tx.people.orgs()
            if not orgs:
                return None
            delivery = Delivery(
                id=new_id("delivery"),
                org_id=orgs[0].id,
                provider=provider,
                delivery_id=delivery_id,
                body=body,
                process_at=now,
                received_at=now,
            )
            is_new = await tx.deliveries.add(delivery)
        note(delivery_id=delivery.id, org_id=delivery.org_id)
        log.info("delivery %s", "stored" if is_new else "known already", extra={"provider": provider})
        if is_new:
            self._dispatcher.wake(WorkKind.DELIVERY, delivery.id, org_id=delivery.org_id)
        return is_new
