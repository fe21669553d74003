"""Thinking on behalf of a run: which engine, within which budget, recorded how."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, cast

import pytest

from sequences.policy.budget import BudgetExceededError
from sequences.ports.model import Answer, Model, ModelError, Out, Prompt, Usage
from sequences.ports.store import CardRow, CostEvent, Store
from sequences.records.insight import CallKind, CallType
from sequences.records.job import Job
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting, Side, Transcript, Turn
from sequences.records.people import Org, User
from sequences.skills import thinker as thinker_module
from sequences.skills.skill import Skill
from sequences.skills.thinker import OFFLINE_ENGINE, Thinker

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
ORG = Org(id="o1", name="Acme", team_id="T1")
REP = User(id="u1", org_id="o1", slack_user_id="U1", name="Ann Lee")
BOSS = User(id="u2", org_id="o1", slack_user_id="U2", name="Ida Roe", is_admin=True)
JOB = Job(
    id="job_1",
    org_id="o1",
    user_id="u1",
    sequence="meeting_ended",
    event_source="cli:meeting",
    idempotency_key="k",
    run_at=NOW,
    created_at=NOW,
)
MATERIAL = MeetingMaterial(
    meeting=Meeting(id="m1", org_id="o1", title="Demo", started_at=NOW, source="cli:meeting", external_id="x"),
    transcript=Transcript(turns=(Turn(index=0, speaker="Ann Lee", text="Hello"),)),
    sides={"Ann Lee": Side.REP},
    rep=REP,
    org=ORG,
    timezone="UTC",
)
BY_MODEL = CallType(kind=CallKind.DEMO, confidence=0.9)
BY_RULES = CallType(kind=CallKind.OTHER, confidence=0.4)
SKILL: Skill[MeetingMaterial, CallType] = Skill(
    key="classify_call",
    output=CallType,
    offline=lambda _: BY_RULES,
    check=lambda _, output: output,
    material=lambda given: given,
    prompt_version="7",
    max_output_tokens=300,
)
BILL = Usage(input_tokens=1000, cached_input_tokens=600, output_tokens=50, cost_usd=Decimal("0.01"))


@dataclass
class FakeStore:
    """Costs and one job. ``spent`` answers by (user or None), the same for a day and a month."""

    events: list[CostEvent] = field(default_factory=list)
    already: dict[str | None, Decimal] = field(default_factory=dict)
    job: Job | None = JOB
    told: dict[str, CardRow] = field(default_factory=dict)  # by key, as the real table has it

    def __post_init__(self) -> None:
        self.costs = self.jobs = self.people = self.notifications = self.cards = self

    @asynccontextmanager
    async def begin(self) -> AsyncIterator["FakeStore"]:
        yield self

    read = begin

    async def add(self, stored: CostEvent | CardRow) -> None:
        if isinstance(stored, CostEvent):
            self.events.append(stored)
        else:
            self.told.setdefault(stored.key, stored)

    async def users(self, org_id: str) -> list[User]:
        assert org_id == "o1"
        return [REP, BOSS]

    async def is_muted(self, _user_id: str, _category: str) -> bool:
        return False

    async def get(self, _job_id: str) -> Job | None:
        return self.job

    async def for_job(self, job_id: str) -> list[CostEvent]:
        return [event for event in self.events if event.job_id == job_id]

    async def spent_in(
        self, *, org_id: str, user_id: str, day: datetime, month: datetime
    ) -> tuple[Decimal, Decimal, Decimal, Decimal]:
        assert org_id == "o1"
        assert month <= day < NOW
        org, user = (self.already.get(whose, Decimal(0)) for whose in (None, user_id))
        return org, org, user, user


@dataclass
class FakeModel:
    """Answers ``answer``, or raises it."""

    answer: CallType | ModelError = BY_MODEL
    price: Decimal = Decimal("0.05")
    prompts: list[Prompt] = field(default_factory=list)
    engine: str = "anthropic:claude-test"

    def estimate(self, prompt: Prompt, *, max_output_tokens: int) -> Decimal:
        assert (prompt.version, max_output_tokens) == (SKILL.prompt_version, SKILL.max_output_tokens)
        return self.price

    async def ask(self, skill: str, prompt: Prompt, output_type: type[Out], *, max_output_tokens: int) -> Answer[Out]:
        assert (skill, output_type, max_output_tokens) == ("classify_call", CallType, SKILL.max_output_tokens)
        self.prompts.append(prompt)
        if isinstance(self.answer, ModelError):
            raise self.answer
        return Answer(output=cast(Any, self.answer), usage=BILL, engine=self.engine)


@pytest.fixture(autouse=True)
def _plain_prompts(monkeypatch: pytest.MonkeyPatch) -> None:
    def render(skill: Skill[MeetingMaterial, CallType], _given: MeetingMaterial, _templates: object) -> Prompt:
        return Prompt(instructions="i", material="m", task="t", version=skill.prompt_version)

    monkeypatch.setattr(thinker_module, "render_prompt", render)


def make(store: FakeStore, model: Model | None, **values: Any) -> Thinker:
    return Thinker(
        store=cast(Store, store),
        model=model,
        clock=lambda: NOW,
        org=values.get("org", ORG),
        user=values.get("user", REP),
        job_id=values.get("job_id", "job_1"),
        sequence="meeting_ended",
    )


async def test_without_a_model_the_rules_answer_at_no_cost() -> None:
    store = FakeStore()
    thinker = make(store, None)
    assert await thinker.think(SKILL, MATERIAL) == BY_RULES
    assert thinker.engine == OFFLINE_ENGINE
    assert thinker.notes == []
    assert thinker.spent_usd == 0
    (event,) = store.events
    assert (event.engine, event.cost_usd, event.error) == (OFFLINE_ENGINE, Decimal(0), None)


async def test_an_answer_by_the_model_is_recorded_with_the_providers_figures() -> None:
    store, model = FakeStore(), FakeModel()
    thinker = make(store, model)
    assert await thinker.think(SKILL, MATERIAL) == BY_MODEL
    assert (thinker.engine, thinker.spent_usd) == ("anthropic:claude-test", BILL.cost_usd)
    (event,) = store.events
    assert (event.org_id, event.user_id, event.job_id, event.sequence) == ("o1", "u1", "job_1", "meeting_ended")
    assert (event.skill, event.engine, event.prompt_version) == ("classify_call", "anthropic:claude-test", "7")
    assert (event.input_tokens, event.cached_input_tokens, event.output_tokens) == (1000, 600, 50)
    assert (event.cost_usd, event.error, event.at) == (BILL.cost_usd, None, NOW)
    assert event.id.startswith("cost_")


@pytest.mark.parametrize("model", [None, FakeModel()])
async def test_both_engines_are_checked(model: Model | None) -> None:
    checked = CallType(kind=CallKind.INTERNAL, confidence=1)
    seen: list[CallType] = []

    def check(_given: MeetingMaterial, output: CallType) -> CallType:
        seen.append(output)
        return checked

    assert await make(FakeStore(), model).think(replace(SKILL, check=check), MATERIAL) == checked
    assert seen == [BY_RULES if model is None else BY_MODEL]


@pytest.mark.parametrize("kind", ["refused", "truncated", "invalid", "out_of_quota", "misconfigured"])
async def test_what_a_model_cannot_answer_the_rules_do_and_say_so(kind: str) -> None:
    store = FakeStore()
    thinker = make(store, FakeModel(ModelError("no", kind=kind, usage=BILL)))
    assert await thinker.think(SKILL, MATERIAL) == BY_RULES
    assert await thinker.think(SKILL, MATERIAL) == BY_RULES
    (note,) = thinker.notes
    assert note.startswith("classify call: anthropic:claude-test ")
    assert OFFLINE_ENGINE in note
    failed, answered = store.events[:2]
    assert (failed.engine, failed.cost_usd, failed.error) == ("anthropic:claude-test", BILL.cost_usd, f"{kind}: no")
    assert (answered.engine, answered.cost_usd, answered.error) == (OFFLINE_ENGINE, Decimal(0), None)
    assert thinker.spent_usd == 2 * BILL.cost_usd


@pytest.mark.parametrize("kind", ["overloaded", "rate_limited", "unreachable"])
async def test_what_may_pass_or_needs_a_person_goes_up_with_its_cost_recorded(kind: str) -> None:
    store = FakeStore()
    model = FakeModel(ModelError("no", kind=kind, usage=BILL, retry_after=9))
    with pytest.raises(ModelError) as caught:
        await make(store, model).think(SKILL, MATERIAL)
    assert (caught.value.kind, caught.value.retry_after, len(model.prompts)) == (kind, 9, 1)
    (event,) = store.events
    assert (event.cost_usd, event.error) == (BILL.cost_usd, f"{kind}: no")


async def test_a_conversation_that_is_too_long_is_answered_by_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    def render(_skill: object, _given: object, _templates: object) -> Prompt:
        raise ModelError("too long", kind="invalid")

    monkeypatch.setattr(thinker_module, "render_prompt", render)
    store, model = FakeStore(), FakeModel()
    thinker = make(store, model)
    assert await thinker.think(SKILL, MATERIAL) == BY_RULES
    assert model.prompts == []
    assert len(thinker.notes) == 1
    assert [(event.error, event.cost_usd) for event in store.events] == [
        ("invalid: too long", Decimal(0)),
        (None, Decimal(0)),
    ]


async def test_notes_are_taken_up_again_by_a_later_invocation() -> None:
    store = FakeStore()
    earlier = make(store, FakeModel(ModelError("no", kind="refused", usage=BILL)))
    await earlier.think(SKILL, MATERIAL)
    await make(store, FakeModel()).think(SKILL, MATERIAL)
    later = make(store, FakeModel())
    await later.recall()
    await later.recall()
    assert later.notes == earlier.notes
    assert len(later.notes) == 1


def _org(**values: Decimal) -> dict[str, Any]:
    return {"org": ORG.model_copy(update=values)}


def _rep(**values: Decimal) -> dict[str, Any]:
    return {"user": REP.model_copy(update=values)}


@pytest.mark.parametrize(
    "limits",
    [
        _org(daily_budget_usd=Decimal("1.04")),
        _org(monthly_budget_usd=Decimal("1.04")),
        _rep(daily_budget_usd=Decimal("1.04")),
        _rep(monthly_budget_usd=Decimal("1.04")),
    ],
)
async def test_no_call_is_made_that_could_pass_a_limit(limits: dict[str, Any]) -> None:
    store, model = FakeStore(already={None: Decimal(1), "u1": Decimal(1)}), FakeModel()
    with pytest.raises(BudgetExceededError, match="AI budget limit reached"):
        await make(store, model, **limits).think(SKILL, MATERIAL)
    assert (model.prompts, store.events) == ([], [])


async def test_a_call_that_just_fits_is_made() -> None:
    store, model = FakeStore(already={None: Decimal("0.95"), "u1": Decimal("0.95")}), FakeModel()
    assert await make(store, model, **_rep(daily_budget_usd=Decimal(1))).think(SKILL, MATERIAL) == BY_MODEL


async def test_what_the_run_has_reserved_is_its_own_to_spend() -> None:
    job = JOB.model_copy(update={"reserved_usd": Decimal("0.15"), "cost_usd": Decimal("0.10")})
    # The whole dollar is taken, five cents of it by this run's own reservation.
    store, model = FakeStore(already={None: Decimal(1), "u1": Decimal(1)}, job=job), FakeModel()
    limits = _rep(daily_budget_usd=Decimal(1))
    assert await make(store, model, **limits).think(SKILL, MATERIAL) == BY_MODEL
    model.price = Decimal("0.06")
    with pytest.raises(BudgetExceededError):
        await make(store, model, **limits).think(SKILL, MATERIAL)


async def test_outside_a_job_the_budget_holds_as_well() -> None:
    store, model = FakeStore(already={None: Decimal(20)}), FakeModel()
    with pytest.raises(BudgetExceededError):
        await make(store, model, job_id=None).think(SKILL, MATERIAL)


async def test_offline_thinking_needs_no_budget() -> None:
    store = FakeStore(already={None: Decimal(1000)})
    assert await make(store, None).think(SKILL, MATERIAL) == BY_RULES


async def test_long_thinking_does_not_hold_up_the_event_loop() -> None:
    loop, released = asyncio.get_running_loop(), asyncio.Event()

    def blocks_until_the_loop_turns(_given: MeetingMaterial) -> CallType:
        async def turn() -> None:
            released.set()

        asyncio.run_coroutine_threadsafe(turn(), loop).result()
        return BY_RULES

    offline: Callable[[MeetingMaterial], CallType] = blocks_until_the_loop_turns
    assert await make(FakeStore(), None).think(replace(SKILL, offline=offline), MATERIAL) == BY_RULES
    assert released.is_set()
