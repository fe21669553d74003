"""Tier 3: asked of a real server, only for a step that declares it, once per run, and never at the run's cost."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import pytest
from aiohttp import ClientSession, web

from sequences.ports.model import ModelError
from sequences.ports.sources import ContextSource, ContextSourceError
from sequences.records.base import Record
from sequences.records.job import JobStatus, StepRun, StepStatus
from sequences.records.outside import Question, SourceName
from sequences.runner.runner import TimeSlice
from sequences.runner.sources import Sources
from sequences.sequence import Sequence
from sequences.step import SOURCE_LIMIT, Step, Tier, Tier3, step
from tests.sequences.stories import Heard, Script, hear_step, story
from tests.sequences.world import World

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


class News(Record):
    headline: str


class Profile(Record):
    role: str


class Briefing(Record):
    text: str


NEWS = Tier3(SourceName.NEWS, News)
PROFILE = Tier3(SourceName.LINKEDIN, Profile)


class HttpSource:
    """A source as a vendor's client would be: 404 is "nothing known", anything else odd is an error."""

    def __init__(self, session: ClientSession, url: str) -> None:
        self._session = session
        self._url = url

    async def fetch(self, question: Question) -> dict[str, Any] | None:
        company = question.customer.company
        params = {"for": question.user.name, "company": company.name if company else ""}
        async with self._session.get(self._url, params=params) as response:
            if response.status == 404:
                return None
            if response.status != 200:
                raise ContextSourceError(f"it answered {response.status}")
            answer: dict[str, Any] = await response.json()
            return answer


class Broken:
    async def fetch(self, question: Question) -> dict[str, Any] | None:
        raise KeyError(question.user.name)


@dataclass
class Vendor:
    """A local HTTP server whose answers a test sets by path."""

    session: ClientSession
    url: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[dict[str, str]] = field(default_factory=list)

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append({"path": request.path, **request.query})
        return await self.answers[request.path](request)

    def source(self, path: str = "/news") -> HttpSource:
        return HttpSource(self.session, f"{self.url}{path}")


def says(body: Any, status: int = 200) -> Answer:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.json_response(body, status=status)

    return answer


@pytest.fixture
async def vendor() -> AsyncIterator[Vendor]:
    async with ClientSession() as session:
        vendor = Vendor(session)
        app = web.Application()
        app.router.add_get("/{path}", vendor.handle)
        runner = web.AppRunner(app, shutdown_timeout=0)
        await runner.setup()
        try:
            site = web.TCPSite(runner, "127.0.0.1", 0)
            await site.start()
            vendor.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
            yield vendor
        finally:
            await runner.cleanup()


def connect(world: World, connected: dict[SourceName, ContextSource], limit_s: float = 15.0) -> None:
    world.outside_sources = Sources(connected, clock=world.clock, limit_s=limit_s)


def brief_step(script: Script, condition: Callable[..., bool] | None = None) -> Step:
    @step(context=(Tier.ONE, NEWS), critical=True, condition=condition)
    async def brief(heard: Heard, news: News | None) -> Briefing:
        script.note("brief")
        return Briefing(text=news.headline if news else f"no news, {heard.text}")

    return brief


def customer_brief_step() -> Step:
    """With tier 2, so that the source is told of whom."""

    @step(context=(Tier.ONE, Tier.TWO, NEWS))
    async def brief(news: News | None) -> Briefing:
        return Briefing(text=news.headline if news else "")

    return brief


def prepared(script: Script) -> Sequence:
    return story(script, hear_step(script), brief_step(script))


async def source_runs(world: World, job_id: str) -> dict[str, StepRun]:
    async with world.database.read() as tx:
        return {run.name: run for run in await tx.jobs.steps(job_id) if run.name.startswith("context:tier3:")}


async def test_ctx_06_a_declared_source_is_asked_and_its_answer_handed_to_the_step(
    world: World, vendor: Vendor
) -> None:
    vendor.answers["/news"] = says({"headline": "Acme opens in Oslo", "and": "more"})
    connect(world, {SourceName.NEWS: vendor.source()})
    contact = await world.import_customer()
    world.know(story(Script(), customer_brief_step()))
    job_id = await world.start(payload={"words": "hi", "contact_id": contact.id})
    await world.work()
    assert (await world.steps(job_id))["brief"].output == {"text": "Acme opens in Oslo"}
    assert vendor.asked == [{"path": "/news", "for": "Robin Hale", "company": "Acme Corp"}]
    (stored,) = (await source_runs(world, job_id)).values()
    assert (stored.name, stored.output) == ("context:tier3:news", {"headline": "Acme opens in Oslo"})


async def test_ctx_07_a_source_that_takes_too_long_is_given_up(world: World, vendor: Vendor) -> None:
    over = asyncio.Event()

    async def never(_: web.Request) -> web.StreamResponse:
        await over.wait()
        return web.json_response({"headline": "too late"})

    vendor.answers["/news"] = never
    connect(world, {SourceName.NEWS: vendor.source()}, limit_s=0.02)
    script = Script()
    world.know(prepared(script))
    job_id = await world.start()
    await world.work()
    over.set()
    run = (await source_runs(world, job_id))["context:tier3:news"]
    assert (run.status, run.error) == (StepStatus.FAILED, "it took too long")
    assert (await world.job(job_id)).status is JobStatus.COMPLETED


def test_ctx_07_each_source_has_fifteen_seconds_which_the_time_slice_knows() -> None:
    assert timedelta(seconds=15) == SOURCE_LIMIT
    hear, brief = prepared(Script()).steps
    assert (hear.time_needed, brief.time_needed) == (hear.time_limit, brief.time_limit + SOURCE_LIMIT)


async def test_ctx_07_sources_are_asked_at_the_same_time(world: World, vendor: Vendor) -> None:
    """Each answers only once the other has been asked."""
    both = asyncio.Barrier(2)

    def meeting(body: dict[str, str]) -> Answer:
        async def answer(_: web.Request) -> web.StreamResponse:
            await both.wait()
            return web.json_response(body)

        return answer

    vendor.answers |= {"/news": meeting({"headline": "Oslo"}), "/profile": meeting({"role": "CTO"})}
    connect(world, {SourceName.NEWS: vendor.source(), SourceName.LINKEDIN: vendor.source("/profile")})

    @step(context=(NEWS, PROFILE), critical=True)
    async def brief(news: News | None, profile: Profile | None) -> Briefing:
        return Briefing(text=f"{news and news.headline} {profile and profile.role}")

    world.know(story(Script(), brief))
    job_id = await world.start()
    await world.work()
    assert (await world.steps(job_id))["brief"].output == {"text": "Oslo CTO"}


async def test_ctx_08_a_source_is_asked_neither_early_nor_for_a_step_that_is_skipped(
    world: World, vendor: Vendor
) -> None:
    vendor.answers["/news"] = says({"headline": "Oslo"})
    connect(world, {SourceName.NEWS: vendor.source()})
    asked_when: list[tuple[str, int]] = []
    script = Script(on_call=lambda name: asked_when.append((name, len(vendor.asked))))

    def is_late(heard: Heard) -> bool:
        return "late" in heard.text

    @step(condition=is_late, context=(NEWS,))
    async def skipped(news: News | None) -> Briefing:
        raise AssertionError(news)

    world.know(story(script, hear_step(script), skipped, brief_step(script)))
    job_id = await world.start()
    await world.work()
    assert asked_when == [("hear", 0), ("brief", 1)]
    assert (await world.steps(job_id))["skipped"].status is StepStatus.SKIPPED


async def test_ctx_09_a_source_is_asked_once_per_run_whatever_interrupts_it(world: World, vendor: Vendor) -> None:
    """The slice ends behind every step, the model says "slow down", and a second step declares the same source."""
    vendor.answers["/news"] = says({"headline": "Oslo"})
    connect(world, {SourceName.NEWS: vendor.source()})
    world.time_slice = TimeSlice(length=timedelta(seconds=30), margin=timedelta(seconds=1))
    script = Script(failures={"brief": [ModelError("slow down", kind="rate_limited")]})
    script.on_call = lambda _: world.clock.advance(timedelta(seconds=40))

    @step(context=(NEWS,), critical=True)
    async def again(news: News | None) -> Heard:
        return Heard(text=news.headline if news else "")

    world.know(story(script, hear_step(script), brief_step(script), again))
    job_id = await world.start()
    await world.later(timedelta(minutes=6))
    await world.later(timedelta(minutes=6))
    steps = await world.steps(job_id)
    assert [steps[name].output for name in ("brief", "again")] == [{"text": "Oslo"}] * 2
    assert script.calls == ["hear", "brief", "brief"]
    assert len(vendor.asked) == 1


@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (says({}, status=500), "it answered 500"),
        (says({"headline": ["the secret", "text"]}), "its answer is no News"),
        (says({"rubbish": True}), "its answer is no News"),
        (says({}, status=404), None),
    ],
    ids=["broken", "misfit", "rubbish", "unknown"],
)
async def test_ctx_12_a_source_that_is_of_no_use_costs_its_record_alone(
    world: World, vendor: Vendor, answer: Answer, why: str | None
) -> None:
    vendor.answers["/news"] = answer
    connect(world, {SourceName.NEWS: vendor.source()})
    world.know(prepared(Script()))
    job_id = await world.start()
    await world.work()
    assert (await world.steps(job_id))["brief"].output == {"text": "no news, Robin Hale: hello"}
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    run = (await source_runs(world, job_id))["context:tier3:news"]
    assert (run.output, run.error) == (None, why)
    assert run.status is (StepStatus.FAILED if why else StepStatus.DONE)


@pytest.mark.parametrize(
    ("connected", "why"),
    [({}, "it is not connected"), ({SourceName.NEWS: Broken()}, "something unexpected went wrong")],
    ids=["not connected", "a bug"],
)
async def test_err_07_an_outside_failure_skips_the_enrichment_and_the_run_goes_on(
    world: World, connected: dict[SourceName, ContextSource], why: str, caplog: pytest.LogCaptureFixture
) -> None:
    connect(world, connected)
    world.know(prepared(Script()))
    job_id = await world.start()
    await world.work()
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
    assert (await source_runs(world, job_id))["context:tier3:news"].error == why
    assert "source not used" in caplog.text
    assert "Robin" not in caplog.text


async def test_ctx_12_an_answer_that_another_version_stored_counts_as_none(world: World, vendor: Vendor) -> None:
    vendor.answers["/news"] = says({"headline": "Oslo"})
    connect(world, {SourceName.NEWS: vendor.source()})
    script = Script(failures={"brief": [ModelError("slow down", kind="rate_limited")]})
    world.know(prepared(script))
    job_id = await world.start()
    await world.work()

    class Headlines(Record):
        headlines: tuple[str, ...]

    @step(context=(Tier3(SourceName.NEWS, Headlines),), critical=True)
    async def brief(news: Headlines | None) -> Briefing:
        return Briefing(text=str(news))

    world.know(story(script, hear_step(script), brief))
    await world.later(timedelta(minutes=6))
    assert (await world.steps(job_id))["brief"].output == {"text": "None"}
    assert (await world.job(job_id)).status is JobStatus.COMPLETED
