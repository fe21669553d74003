"""OpenTelemetry spans, when the standard variables name a collector; otherwise none of it is even built.

Stored work may rest for days and go on elsewhere. So that all attempts at a job are one trace without a column for
it, the trace's id follows from the job's own: whoever knows the job finds the trace.
"""

import asyncio
import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

from opentelemetry.context import Context
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.sdk.trace.id_generator import RandomIdGenerator
from opentelemetry.trace import Link, Span, SpanContext, StatusCode, TraceFlags, Tracer, get_current_span
from opentelemetry.util.re import parse_env_headers

from sequences.tracing import carried

_WANTED: ContextVar[int | None] = ContextVar("wanted_trace_id", default=None)
_NEW_ID = re.compile("[0-9a-v]{26}")
TRACES_PATH = "v1/traces"


def trace_id_of(work_id: str) -> int:
    """A job and its card share it, as they share the part of their ids that is made anew."""
    made = _NEW_ID.search(work_id)
    return int.from_bytes(hashlib.sha256((made[0] if made else work_id).encode()).digest()[:16], "big")


class WorkTraceIds(RandomIdGenerator):
    """Random ids, except for a trace that belongs to stored work."""

    def generate_trace_id(self) -> int:
        return _WANTED.get() or super().generate_trace_id()


class Tracing:
    """Opens spans. Errors are named by kind alone: what they say may quote a mail or a transcript."""

    def __init__(self, provider: TracerProvider) -> None:
        self._provider = provider
        self._tracer: Tracer = provider.get_tracer("sixty")

    @contextmanager
    def span(self, name: str, *, work_id: str | None = None, **attributes: str) -> Iterator[object]:
        """A span below the present one; with ``work_id``, at the top of that work's trace."""
        token = _WANTED.set(trace_id_of(work_id)) if work_id else None
        above = _origin() if work_id else []
        try:
            started = self._tracer.start_as_current_span(
                name,
                context=Context() if work_id else None,
                attributes=attributes,
                links=above,
                record_exception=False,
                set_status_on_exception=False,
            )
            with started as span:
                yield from _lived(span)
        finally:
            if token:
                _WANTED.reset(token)

    def link_to_work(self, work_id: str) -> None:
        """Say on the present span where what it has set off goes on."""
        there = SpanContext(trace_id_of(work_id), 1, is_remote=True, trace_flags=TraceFlags(TraceFlags.SAMPLED))
        get_current_span().add_link(there, {"job_id": work_id})

    async def aclose(self) -> None:
        """Hand over what has not left yet; a collector that does not answer holds nobody up for long."""
        await asyncio.to_thread(self._provider.shutdown)


def _origin() -> list[Link]:
    present = get_current_span().get_span_context()
    return [Link(present)] if present.is_valid else []


def _lived(span: Span) -> Iterator[object]:
    try:
        yield span
    except BaseException as error:
        span.set_status(StatusCode.ERROR, type(error).__name__)
        raise
    finally:
        span.set_attributes(dict(carried()))


def make_tracing(environment: Mapping[str, str]) -> Tracing | None:
    """From OTEL_EXPORTER_OTLP_ENDPOINT or OTEL_EXPORTER_OTLP_TRACES_ENDPOINT; None when neither is set."""
    base = environment.get("OTEL_EXPORTER_OTLP_ENDPOINT", "").strip()
    endpoint = environment.get("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "").strip() or (
        f"{base.rstrip('/')}/{TRACES_PATH}" if base else ""
    )
    if not endpoint or environment.get("OTEL_SDK_DISABLED", "").strip().lower() == "true":
        return None
    said = environment.get("OTEL_EXPORTER_OTLP_TRACES_HEADERS") or environment.get("OTEL_EXPORTER_OTLP_HEADERS", "")
    headers = parse_env_headers(said, liberal=True)
    return tracing_to(BatchSpanProcessor(OTLPSpanExporter(endpoint=endpoint, headers=headers)), environment)


def tracing_to(processor: SpanProcessor, environment: Mapping[str, str]) -> Tracing:
    """Other standard variables (sampler, batch sizes, resource attributes) are read by the SDK itself."""
    name = environment.get("OTEL_SERVICE_NAME") or "sixty"
    resource = Resource.create({"service.name": name})
    provider = TracerProvider(resource=resource, id_generator=WorkTraceIds(), shutdown_on_exit=False)
    provider.add_span_processor(processor)
    return Tracing(provider)
