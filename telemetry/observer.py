"""The observer of a running app: everything is counted, and traced as well when a collector is named."""

from contextlib import AbstractContextManager, nullcontext

from sequences.records.event import Event, EventStatus
from telemetry.metrics import Metrics
from telemetry.tracing import Tracing


class Telemetry(Metrics):
    """``tracing`` None costs nothing."""

    def __init__(self, tracing: Tracing | None = None) -> None:
        super().__init__()
        self._tracing = tracing

    def event_judged(self, event: Event, status: EventStatus, *, job_id: str | None) -> None:
        super().event_judged(event, status, job_id=job_id)
        if self._tracing and job_id:
            self._tracing.link_to_work(job_id)

    def span(self, name: str, *, work_id: str | None = None, **attributes: str) -> AbstractContextManager[object]:
        if self._tracing is None:
            return nullcontext()
        return self._tracing.span(name, work_id=work_id, **attributes)

    async def aclose(self) -> None:
        if self._tracing:
            await self._tracing.aclose()
