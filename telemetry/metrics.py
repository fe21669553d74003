"""Counts and times of what this process did, in Prometheus' terms. Labels come from closed lists alone."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from sequences.ports.dispatch import WorkKind
from sequences.ports.model import Usage
from sequences.ports.observing import Observer
from sequences.records.action import ActionType
from sequences.records.event import EVENT_ALIASES, Event, EventStatus, EventType
from sequences.records.job import JobStatus, StepRun

OTHER = "other"
QUICK_S = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 150)
MODEL_S = (0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60)

_EVENT_TYPES = {*(kind.value for kind in EventType), *EVENT_ALIASES}


class Metrics(Observer):
    """Keeps everything in a registry of its own, so that two of them (two apps in one test) never mix."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._events = self._counter("events", "Events that intake judged.", "type", "source", "status")
        self._jobs = self._counter("job_runs", "Invocations by how they left their job.", "sequence", "status")
        self._steps = self._histogram("step_seconds", "Steps to their stored end.", "sequence", "step", "outcome")
        self._actions = self._counter("actions", "What became of actions.", "type", "outcome")
        self._cards = self._counter("cards", "Cards posted and brought up to date.", "kind", "how")
        self._put_off = self._counter("cards_put_off", "Showings that have to wait, and why.", "kind", "why")
        self._deliveries = self._counter("deliveries", "Webhook deliveries worked on.", "outcome")
        self._calls = self._counter("slack_calls", "Tries of Slack Web API calls.", "method", "outcome")
        self._model = self._histogram(
            "model_seconds", "Questions to a model.", "engine", "skill", "outcome", buckets=MODEL_S
        )
        self._tokens = self._counter("model_tokens", "Tokens, cached input apart.", "engine", "skill", "kind")
        self._usd = self._counter("model_usd", "What models cost, in US dollars.", "engine", "skill")
        self._ticks = self._counter("cron_ticks", "Ticks of crons.", "cron", "outcome")
        self.in_hand = Gauge("sixty_work_in_hand", "Work that this process is at.", ["kind"], registry=self.registry)
        self.work = self._histogram("work_seconds", "Work that this process took up.", "kind", "outcome")
        for kind in WorkKind:
            self.in_hand.labels(kind.value)

    def text(self) -> bytes:
        return generate_latest(self.registry)

    def event_judged(self, event: Event, status: EventStatus, *, job_id: str | None) -> None:  # noqa: ARG002
        known = event.type if event.type in _EVENT_TYPES else OTHER  # whoever raises it may write anything there
        self._events.labels(known, event.source.value, status.value).inc()

    def step_ended(self, sequence: str, run: StepRun) -> None:
        seconds = (run.finished_at - run.started_at).total_seconds()
        self._steps.labels(sequence, run.name, run.status.value).observe(max(0.0, seconds))

    def job_left(self, sequence: str, status: JobStatus) -> None:
        self._jobs.labels(sequence, status.value).inc()

    def action_ended(self, action_type: ActionType, outcome: str) -> None:
        self._actions.labels(action_type.value, outcome).inc()

    def card_shown(self, kind: str, *, is_new: bool) -> None:
        self._cards.labels(kind, "posted" if is_new else "updated").inc()

    def card_put_off(self, kind: str, why: str) -> None:
        self._put_off.labels(kind, why).inc()

    def delivery_ended(self, outcome: str) -> None:
        self._deliveries.labels(outcome).inc()

    def slack_called(self, method: str, outcome: str) -> None:
        self._calls.labels(method, outcome).inc()

    def model_asked(self, skill: str, engine: str, *, outcome: str, usage: Usage, seconds: float) -> None:
        self._model.labels(engine, skill, outcome).observe(seconds)
        kinds = {
            "input": usage.input_tokens - usage.cached_input_tokens,
            "cached_input": usage.cached_input_tokens,
            "output": usage.output_tokens,
        }
        for kind, tokens in kinds.items():
            self._tokens.labels(engine, skill, kind).inc(max(0, tokens))
        self._usd.labels(engine, skill).inc(float(usage.cost_usd))

    def cron_ended(self, name: str, outcome: str) -> None:
        self._ticks.labels(name, outcome).inc()

    def _counter(self, name: str, about: str, *labels: str) -> Counter:
        return Counter(f"sixty_{name}", about, labels, registry=self.registry)

    def _histogram(self, name: str, about: str, *labels: str, buckets: tuple[float, ...] = QUICK_S) -> Histogram:
        return Histogram(f"sixty_{name}", about, labels, registry=self.registry, buckets=buckets)
