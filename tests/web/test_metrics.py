"""GET /metrics of the running app: real figures of a real meeting, on a port of its own, with closed labels only."""

# ruff: noqa: ARG002  # the ports name the parameters; a scripted part needs few of them

from datetime import timedelta
from decimal import Decimal
from typing import Any

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from scheduler.cron import Cron, CronRunner, every
from sequences.meeting_ended import MEETING_ENDED
from sequences.ports.dispatch import WorkKind
from sequences.ports.model import Answer, ModelError, Prompt, Usage
from sequences.ports.store import StoreError
from sequences.records.action import ActionType
from sequences.records.event import Event, EventSource, EventStatus
from sequences.records.figures import Backlog, Queue, RunFigures
from sequences.skills.classify_call import CLASSIFY_CALL
from storage.database import Database
from storage.metrics import StoredFigures
from telemetry.metrics import Metrics
from telemetry.model import ObservedModel
from telemetry.observer import Telemetry
from telemetry.page import KEPT, Page
from telemetry.work import observed
from tests.ports import free_port
from tests.scenarios.house import open_house
from tests.sequences.fakes import START, FakeClock

SAMPLE = "marlow-finch-pilot"


def figures(text: bytes) -> dict[tuple[str, frozenset[tuple[str, str]]], float]:
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in text_string_to_metric_families(text.decode())
        for sample in family.samples
    }


def figure(text: bytes, name: str, **labels: str) -> float | None:
    return figures(text).get((f"sixty_{name}", frozenset(labels.items())))


async def fetched(port: int, path: str = "/metrics") -> tuple[int, bytes]:
    async with aiohttp.ClientSession() as session, session.get(f"http://127.0.0.1:{port}{path}") as answer:
        return answer.status, await answer.read()


async def test_a_meeting_can_be_followed_in_the_figures(database_url: str) -> None:
    address = f"127.0.0.1:{free_port()}"
    async with open_house(database_url, sixty_metrics_address=address, sixty_undo_seconds=0) as house:
        rep = house.rep()
        card = await house.card_after(SAMPLE, rep)
        await rep.press(card, "email_send")
        await house.until_mail_is_sent(card)
        await house.running.core.dispatcher.settle()
        port = house.running.metrics_port
        assert port
        status, text = await fetched(port)
        assert (await fetched(house.running.http_port))[0] == 404  # not where the webhooks are
    assert status == 200
    source = "webhook:meetingbaas"
    assert figure(text, "events_total", type="meeting_ended", source=source, status="accepted") == 1
    assert figure(text, "deliveries_total", outcome="processed") == 1
    assert figure(text, "job_runs_total", sequence="meeting_ended", status="awaiting_approval") == 1
    steps = {dict(labels)["step"] for name, labels in figures(text) if name == "sixty_step_seconds_count"}
    assert steps >= {step.name for step in MEETING_ENDED.steps[:3]}
    assert figure(text, "actions_total", type="send_email", outcome="approved") == 1
    assert figure(text, "actions_total", type="send_email", outcome="executed") == 1
    assert figure(text, "actions_open", status="pending_confirmation") == 2  # the tasks and the stage
    assert figure(text, "jobs_open", status="awaiting_approval") == 1
    assert figure(text, "cards_total", kind="meeting_debrief", how="posted") == 1
    assert (figure(text, "slack_calls_total", method="chat.postMessage", outcome="ok") or 0) >= 1
    assert (figure(text, "slack_calls_total", method="chat.update", outcome="ok") or 0) >= 1
    assert figure(text, "database_up") == 1
    for kind in WorkKind:
        assert figure(text, "work_in_hand", kind=kind) == 0
        assert figure(text, "queue_due", kind=kind) == 0
        assert figure(text, "queue_oldest_due_seconds", kind=kind) == 0
        assert (figure(text, "work_seconds_count", kind=kind, outcome="ok") or 0) >= 1
        assert not figure(text, "work_seconds_count", kind=kind, outcome="failed")


async def test_slacks_rate_limits_and_refusals_are_counted(database_url: str) -> None:
    address = f"127.0.0.1:{free_port()}"
    async with open_house(database_url, sixty_metrics_address=address) as house:
        house.ws.faults.arm("rate_limit", method="chat.postMessage", retry_after=1)
        await house.card_after(SAMPLE, house.rep())
        house.ws.faults.arm("error", method="views.publish", error="fatal_error")
        await house.rep().open_home()
        await house.until(lambda: not house.ws.faults.armed)
        await house.running.core.dispatcher.settle()
        _, text = await fetched(house.running.metrics_port or 0)
    assert figure(text, "slack_calls_total", method="chat.postMessage", outcome="rate_limited") == 1
    assert figure(text, "slack_calls_total", method="chat.postMessage", outcome="ok") == 1
    assert figure(text, "slack_calls_total", method="views.publish", outcome="refused") == 1


def test_what_strangers_write_is_no_label() -> None:
    metrics = Metrics()
    for number in range(50):
        event = Event(
            type=f"made_up_{number}", source=EventSource.SLACK_COMMAND, org_id="o", user_id="u", idempotency_key="k"
        )
        metrics.event_judged(event, EventStatus.SKIPPED, job_id=None)
    assert figure(metrics.text(), "events_total", type="other", source="slack:command", status="skipped") == 50
    assert b"made_up" not in metrics.text()


def test_two_apps_in_one_process_count_apart() -> None:
    one, other = Metrics(), Metrics()
    one.action_ended(ActionType.SEND_EMAIL, "executed")
    assert figure(one.text(), "actions_total", type="send_email", outcome="executed") == 1
    assert figure(other.text(), "actions_total", type="send_email", outcome="executed") is None


async def test_work_in_hand_is_counted_while_it_lasts_and_timed_whatever_becomes_of_it() -> None:
    telemetry = Telemetry()
    seen: list[float | None] = []

    async def work(id: str) -> None:
        seen.append(figure(telemetry.text(), "work_in_hand", kind="job"))
        if id == "bad":
            raise RuntimeError

    handle = observed({WorkKind.JOB: work}, telemetry)[WorkKind.JOB]
    await handle("good")
    with pytest.raises(RuntimeError):
        await handle("bad")
    text = telemetry.text()
    assert seen == [1, 1]
    assert figure(text, "work_in_hand", kind="job") == 0
    assert figure(text, "work_seconds_count", kind="job", outcome="ok") == 1
    assert figure(text, "work_seconds_count", kind="job", outcome="failed") == 1


class ScriptedModel:
    """Answers with the usage that it is given, or fails."""

    engine = "anthropic:test"

    def __init__(self, *script: Usage | ModelError) -> None:
        self._script = list(script)

    def estimate(self, prompt: Prompt, *, max_output_tokens: int) -> Decimal:
        return Decimal(max_output_tokens)

    async def ask(self, skill: str, prompt: Prompt, output_type: Any, *, max_output_tokens: int) -> Answer[Any]:
        said = self._script.pop(0)
        if isinstance(said, ModelError):
            raise said
        return Answer(output=output_type.model_construct(), usage=said, engine=self.engine)


async def test_model_calls_tokens_and_money_by_engine_and_skill() -> None:
    metrics = Metrics()
    usage = Usage(input_tokens=100, cached_input_tokens=80, output_tokens=5, cost_usd=Decimal("0.02"))
    model = ObservedModel(ScriptedModel(usage, ModelError("no", kind="refused", usage=usage)), metrics)
    prompt = Prompt(instructions="", material="", task="", version="1")
    assert model.estimate(prompt, max_output_tokens=3) == 3
    await model.ask("intents", prompt, CLASSIFY_CALL.output, max_output_tokens=10)
    with pytest.raises(ModelError):
        await model.ask("intents", prompt, CLASSIFY_CALL.output, max_output_tokens=10)
    known = {"engine": "anthropic:test", "skill": "intents"}
    text = metrics.text()
    assert figure(text, "model_seconds_count", **known, outcome="answered") == 1
    assert figure(text, "model_seconds_count", **known, outcome="refused") == 1
    assert figure(text, "model_tokens_total", **known, kind="input") == 40
    assert figure(text, "model_tokens_total", **known, kind="cached_input") == 160
    assert figure(text, "model_tokens_total", **known, kind="output") == 10
    assert figure(text, "model_usd_total", **known) == pytest.approx(0.04)


class ScriptedFigures:
    """Answers with what it holds; None is a database that is away."""

    def __init__(self, backlog: Backlog | None) -> None:
        self.backlog_now = backlog
        self.asked = 0

    async def backlog(self, now: Any) -> Backlog:
        self.asked += 1
        if self.backlog_now is None:
            raise StoreError("The database is away.")
        return self.backlog_now

    async def runs(self, *, since: Any, until: Any, org_id: str | None = None) -> RunFigures:
        raise NotImplementedError


async def test_the_tables_are_asked_once_in_a_few_seconds_and_no_old_figure_is_shown() -> None:
    due = Queue(kind="job", due=7, oldest_due_at=START - timedelta(seconds=90))
    waiting = Backlog(queues=(due,), open_jobs={"pending": 7}, open_actions={}, crons={"refresh_members": START})
    tables, clock = ScriptedFigures(waiting), FakeClock()
    page = Page(metrics=Metrics(), figures=tables, clock=clock)
    await page.text()
    text = await page.text()
    assert tables.asked == 1
    assert figure(text, "queue_due", kind="job") == 7
    assert figure(text, "queue_oldest_due_seconds", kind="job") == 90
    assert figure(text, "cron_last_success_timestamp_seconds", cron="refresh_members") == START.timestamp()
    tables.backlog_now = None
    clock.advance(KEPT)
    text = await page.text()
    assert tables.asked == 2
    assert figure(text, "database_up") == 0
    assert figure(text, "queue_due", kind="job") is None
    tables.backlog_now = waiting.model_copy(update={"open_jobs": {}})
    clock.advance(-timedelta(hours=1))  # a clock set back does not freeze the page
    text = await page.text()
    assert figure(text, "database_up") == 1
    assert figure(text, "jobs_open", status="pending") is None


async def test_obs_06_ticks_are_counted_and_the_last_good_one_is_known_to_every_node(database_url: str) -> None:
    store, telemetry, clock = Database.open(database_url), Telemetry(), FakeClock()

    async def fail(_: Any) -> None:
        raise ValueError

    async def work(_: Any) -> int:
        return 3

    crons = tuple(
        Cron(name=name, trigger=every(timedelta(minutes=1)), run=run) for name, run in (("good", work), ("bad", fail))
    )
    runner = CronRunner(store=store, clock=clock, node="here", crons=crons, observer=telemetry)
    for name in ("good", "bad"):
        await runner.run(name, START)
    elsewhere = await Page(metrics=Metrics(), figures=StoredFigures(store), clock=clock).text()
    await store.close()
    assert figure(telemetry.text(), "cron_ticks_total", cron="good", outcome="done") == 1
    assert figure(telemetry.text(), "cron_ticks_total", cron="bad", outcome="failed") == 1
    assert figure(elsewhere, "cron_last_success_timestamp_seconds", cron="good") == START.timestamp()
    assert figure(elsewhere, "cron_last_success_timestamp_seconds", cron="bad") is None
