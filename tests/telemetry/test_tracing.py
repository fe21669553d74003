"""Spans from the webhook to the mail: one trace per job however often it rests, and nothing that anybody said."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext

import pytest
from aiohttp import web
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import StatusCode

from sequences.ids import card_id_for, new_id
from sequences.ports.dispatch import WorkKind
from sequences.records.event import Event, EventSource, EventStatus
from sequences.tracing import begin, note
from telemetry.observer import Telemetry
from telemetry.tracing import Tracing, make_tracing, trace_id_of, tracing_to
from telemetry.work import observed
from tests.ports import free_port
from tests.scenarios.house import House, open_house

EVENT = Event(
    type="meeting_ended", source=EventSource.WEBHOOK_MEETINGBAAS, org_id="o", user_id="u", idempotency_key="k"
)


@pytest.fixture
def exporter() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def tracing(exporter: InMemorySpanExporter) -> Tracing:
    return tracing_to(SimpleSpanProcessor(exporter), {})


def spans(exporter: InMemorySpanExporter) -> dict[str, ReadableSpan]:
    return {span.name: span for span in exporter.get_finished_spans()}


def trace(span: ReadableSpan) -> int:
    assert span.context
    return int(span.context.trace_id)


@pytest.mark.parametrize("environment", [{}, {"OTEL_EXPORTER_OTLP_ENDPOINT": " "}])
def test_without_a_collector_nothing_is_built(environment: dict[str, str]) -> None:
    assert make_tracing(environment) is None
    assert isinstance(Telemetry().span("step", step="draft"), nullcontext)


def test_the_standard_switch_turns_it_off() -> None:
    assert make_tracing({"OTEL_EXPORTER_OTLP_ENDPOINT": "http://c:4318", "OTEL_SDK_DISABLED": "true"}) is None


async def test_all_attempts_at_a_job_and_its_card_are_one_trace(
    tracing: Tracing, exporter: InMemorySpanExporter
) -> None:
    telemetry = Telemetry(tracing)
    job_id, other_id = new_id("job"), new_id("job")

    async def work(id: str) -> None:
        with telemetry.span("step", step="draft"), telemetry.span("model call", skill="draft"):
            note(org_id="org_1")

    handlers = observed(dict.fromkeys((WorkKind.JOB, WorkKind.CARD), work), telemetry)
    for each in (job_id, job_id, other_id):
        await handlers[WorkKind.JOB](each)
    await handlers[WorkKind.CARD](card_id_for(job_id))
    runs = [span for span in exporter.get_finished_spans() if span.name.endswith(" run")]
    assert [trace(run) for run in runs] == [trace_id_of(each) for each in (job_id, job_id, other_id, job_id)]
    assert all(run.parent is None for run in runs)
    first_call, first_step, first_run = exporter.get_finished_spans()[:3]
    assert first_call.parent == first_step.context
    assert first_step.parent == first_run.context
    assert first_run.attributes
    assert first_run.attributes["job_id"] == job_id
    assert first_run.attributes["org_id"] == "org_1"


async def test_what_comes_in_links_to_the_job_that_comes_of_it(
    tracing: Tracing, exporter: InMemorySpanExporter
) -> None:
    telemetry, job_id = Telemetry(tracing), new_id("job")
    correlation_id = begin()
    with telemetry.span("http", route="/webhooks/meetingbaas"):
        telemetry.event_judged(EVENT, EventStatus.ACCEPTED, job_id=job_id)
    telemetry.event_judged(EVENT, EventStatus.SKIPPED, job_id=None)
    (came_in,) = exporter.get_finished_spans()
    assert [link.context.trace_id for link in came_in.links] == [trace_id_of(job_id)]
    assert trace(came_in) != trace_id_of(job_id)
    assert came_in.attributes
    assert came_in.attributes["correlation_id"] == correlation_id


async def test_a_span_names_the_error_and_never_quotes_it(tracing: Tracing, exporter: InMemorySpanExporter) -> None:
    telemetry = Telemetry(tracing)
    with pytest.raises(ValueError, match="Petra"), telemetry.span("step", step="draft"):
        raise ValueError("what Petra said")
    (span,) = exporter.get_finished_spans()
    assert (span.status.status_code, span.status.description) == (StatusCode.ERROR, "ValueError")
    assert "Petra" not in span.to_json()


class Collector:
    """Receives OTLP over HTTP, as a collector would."""

    def __init__(self) -> None:
        self.spans: list[Span] = []
        self.headers: list[dict[str, str]] = []
        self.service_names: set[str] = set()

    async def receive(self, request: web.Request) -> web.Response:
        self.headers.append(dict(request.headers))
        told = ExportTraceServiceRequest.FromString(await request.read())
        for part in told.resource_spans:
            self.service_names |= {
                item.value.string_value for item in part.resource.attributes if item.key == "service.name"
            }
            self.spans += [span for scope in part.scope_spans for span in scope.spans]
        return web.Response()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[str]:
        app = web.Application()
        app.router.add_post("/v1/traces", self.receive)
        runner, port = web.AppRunner(app), free_port()
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            await runner.cleanup()


async def one_meeting(house: House) -> None:
    rep = house.rep()
    card = await house.card_after("marlow-finch-pilot", rep)
    await rep.press(card, "email_send")
    await house.until_mail_is_sent(card)


async def test_a_collector_receives_a_meeting_from_webhook_to_mail(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    collector = Collector()
    async with collector.running() as url:
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", url)
        monkeypatch.setenv("OTEL_EXPORTER_OTLP_HEADERS", "x-key=abc")
        async with open_house(database_url, sixty_undo_seconds=0) as house:
            await one_meeting(house)
    assert collector.service_names == {"sixty"}
    assert {headers.get("x-key") for headers in collector.headers} == {"abc"}
    by_name = {span.name: span for span in collector.spans}
    assert {"http", "delivery run", "job run", "step", "card run", "slack post", "slack", "effect"} <= set(by_name)
    job = by_name["job run"]
    steps = [span for span in collector.spans if span.name == "step" and span.trace_id == job.trace_id]
    assert len(steps) >= 5
    assert by_name["slack post"].trace_id == job.trace_id
    assert [link.trace_id for link in by_name["delivery run"].links] == [job.trace_id]
    told = str(collector.spans)
    for secret in ("Petra", "marlowfinch", "Robin", house.ws.bot_token, "CRO"):
        assert secret not in told
