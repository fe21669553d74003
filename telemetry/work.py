"""Stored work as it is taken up: its ids go into every line of the log, its time into the figures and the trace."""

import time
from collections.abc import Awaitable, Callable, Mapping

from sequences.ports.dispatch import WorkKind
from sequences.tracing import in_hand
from telemetry.observer import Telemetry

Handler = Callable[[str], Awaitable[object]]


def observed(handlers: Mapping[WorkKind, Handler], telemetry: Telemetry) -> dict[WorkKind, Handler]:
    """The same handlers, watched."""
    return {kind: _watched(kind, handler, telemetry) for kind, handler in handlers.items()}


def _watched(kind: WorkKind, handler: Handler, telemetry: Telemetry) -> Handler:
    busy = telemetry.in_hand.labels(kind.value)
    ok, failed = (telemetry.work.labels(kind.value, outcome) for outcome in ("ok", "failed"))
    name = f"{kind.value}_id"

    async def handle(id: str) -> object:
        began = time.perf_counter()
        outcome = failed
        busy.inc()
        try:
            with in_hand(name, id), telemetry.span(f"{kind.value} run", work_id=id):
                done = await handler(id)
            outcome = ok
            return done
        finally:
            busy.dec()
            outcome.observe(time.perf_counter() - began)

    return handle
