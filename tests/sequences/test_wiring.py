"""Wrong wiring fails when the catalogue loads, never at two in the morning."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any, Optional

import pytest

from sequences.actions.catalogue import ALL_ACTIONS
from sequences.catalogue import load_catalogue
from sequences.context import Tier1
from sequences.meeting_ended import MEETING_ENDED
from sequences.records.action import ActionType
from sequences.records.event import EVENT_ALIASES
from sequences.records.outside import SourceName
from sequences.runner.loading import CONTEXT_TYPES
from sequences.sequence import Catalogue, WiringError, wiring_of
from sequences.step import Capability, Result, Step, Tier, Tier3, step
from tests.sequences.stories import Brief, Closed, Drafted, Guessed, Heard, Script, hear_step, story

HEAR = hear_step(Script())


def catalogue(*steps: Step) -> Catalogue:
    return Catalogue((story(Script(), *steps),), CONTEXT_TYPES | {Brief})


@step()
async def maybe(heard: Heard) -> Guessed:
    return Guessed(text=heard.text)


@step(critical=True)
async def takes_optional(guessed: Guessed | None) -> Result[Heard]:
    return Result(output=Heard(text=str(guessed)))


@step(critical=True)
async def takes_required(guessed: Guessed) -> Heard:
    return Heard(text=guessed.text)


@step(critical=True)
async def old_spelling(guessed: Optional[Guessed]) -> Heard:  # noqa: UP045  # both spellings are understood
    return Heard(text=str(guessed))


@step(critical=True)
async def untyped(heard) -> Heard:  # type: ignore[no-untyped-def]
    return heard  # type: ignore[no-any-return]


@step(critical=True)
async def returns_nothing_said(heard: Heard):  # type: ignore[no-untyped-def]
    return heard


@step(critical=True)
async def returns_text(heard: Heard) -> str:
    return heard.text


@step(critical=True)
async def two_kinds(either: Heard | Guessed) -> Heard:
    return Heard(text=either.text)


@step(critical=True)
async def from_nowhere(many: list[Heard]) -> Heard:
    return many[0]


@step(critical=True, condition=lambda *_: True)
async def conditional(heard: Heard) -> Guessed:
    return Guessed(text=heard.text)


@step(needs=(Capability.EMAIL,))
async def needs_mail(heard: Heard) -> Guessed:
    return Guessed(text=heard.text)


def wants_guess(guessed: Guessed) -> bool:
    return bool(guessed.text)


@step(condition=wants_guess)
async def odd_condition(heard: Heard) -> Guessed:
    return Guessed(text=heard.text)


NEWS = Tier3(SourceName.NEWS, Guessed)


@step(context=(NEWS,))
async def takes_news(news: Guessed | None) -> Heard:
    return Heard(text=str(news))


@step(context=(NEWS,))
async def insists_on_news(news: Guessed) -> Heard:
    return Heard(text=news.text)


@step(context=(NEWS,))
async def ignores_news(heard: Heard) -> Guessed:
    return Guessed(text=heard.text)


@step()
async def takes_undeclared_news(news: Guessed | None) -> Drafted:
    return Drafted(subject=str(news))


@step(context=(Tier3(SourceName.NEWS, Drafted),))
async def takes_other_news(news: Drafted | None) -> Closed:
    return Closed(text=str(news))


def is_there(guessed: Guessed | None) -> bool:
    return guessed is not None


@step(context=(NEWS,), condition=is_there)
async def only_with_news(news: Guessed | None) -> Heard:
    return Heard(text=str(news))


@pytest.mark.parametrize(
    ("steps", "says"),
    [
        ((maybe,), "wants Heard, which no earlier step produces"),
        ((maybe, HEAR), "wants Heard, which no earlier step produces"),
        ((HEAR, maybe, takes_required), "needs `Guessed | None`"),
        ((HEAR, takes_optional), "wants Guessed, which no earlier step produces"),
        ((HEAR, HEAR), "two steps are named hear"),
        ((HEAR, untyped), "gives no type for heard"),
        ((HEAR, returns_nothing_said), "does not say what it returns"),
        ((HEAR, returns_text), "must return a record"),
        ((HEAR, maybe, two_kinds), "only `X | None` is understood"),
        ((HEAR, from_nowhere), "no earlier step produces"),
        ((HEAR, odd_condition), "wants Guessed, which no earlier step produces"),
        ((insists_on_news,), "needs `Guessed | None`"),
        ((HEAR, ignores_news), "declares tier3:news and takes no Guessed"),
        ((takes_news, takes_undeclared_news), "wants Guessed, which no earlier step produces"),
        ((takes_news, takes_other_news), "tier3:news is Guessed for an earlier step"),
        ((only_with_news,), "wants Guessed, which no earlier step produces"),
    ],
)
def test_core_11_what_a_catalogue_refuses(steps: tuple[Step, ...], says: str) -> None:
    with pytest.raises(WiringError, match=says.replace("|", r"\|")):
        catalogue(*steps)


@pytest.mark.parametrize("last", [takes_optional, old_spelling])
def test_core_10_a_best_effort_output_may_be_taken_as_optional(last: Step) -> None:
    assert catalogue(HEAR, maybe, last).sequences[0].steps[-1] is last


def test_core_06_what_a_condition_may_skip_counts_as_best_effort() -> None:
    def always(heard: Heard) -> bool:
        return bool(heard)

    @step(critical=True, condition=always)
    async def skippable(heard: Heard) -> Guessed:
        return Guessed(text=heard.text)

    with pytest.raises(WiringError, match="needs `Guessed"):
        catalogue(HEAR, skippable, takes_required)
    assert catalogue(HEAR, skippable, takes_optional)


def test_core_02_the_built_in_catalogue_loads_and_knows_its_aliases() -> None:
    loaded = load_catalogue()
    assert loaded.find("meeting_ended") is MEETING_ENDED
    assert loaded.find("tea_time") is None
    for alias, kind in EVENT_ALIASES.items():
        assert loaded.find(alias) is loaded.find(kind)


def test_core_04_each_step_declares_its_context() -> None:
    names = [str(tier) for item in (*MEETING_ENDED.steps, takes_news) for tier in item.context]
    assert set(names) == {"tier1", "tier2", "tier3:news"}
    assert catalogue(HEAR, takes_news).sequences[0].tiers == (Tier.ONE,)  # a source is no tier of the whole run


def test_core_05_each_step_declares_whether_it_asks() -> None:
    asking = {item.name for item in MEETING_ENDED.steps if item.requires_approval}
    assert asking == {"respect_privacy", "draft_follow_up", "create_tasks"}
    always_asked = {spec.action_type for spec in ALL_ACTIONS if spec.always_asks}
    assert {ActionType.SEND_EMAIL, ActionType.CREATE_TASKS, ActionType.MOVE_DEAL_STAGE} <= always_asked


def test_env_20_steps_need_no_more_than_their_trigger_declares() -> None:
    narrow = replace(story(Script(), HEAR, needs_mail), capabilities=frozenset({Capability.CRM}))
    with pytest.raises(WiringError, match="its steps need email, which its trigger does not declare"):
        Catalogue((narrow,), CONTEXT_TYPES | {Brief})


def test_meet_01_the_order_of_a_meeting() -> None:
    names = [item.name for item in MEETING_ENDED.steps]
    told = [
        "extract_action_items",
        "detect_intents",
        "suggest_next_actions",
        "draft_follow_up",
        "update_crm",
        "create_tasks",
        "slack_summary",
    ]
    assert [name for name in names if name in told] == told
    assert names[-1] == "slack_summary"


def test_meet_02_the_contexts_of_each_step() -> None:
    contexts = {item.name: set(item.context) for item in MEETING_ENDED.steps}
    one, two = {Tier.ONE}, {Tier.TWO}
    assert contexts["extract_action_items"] == contexts["suggest_next_actions"] == one | two
    assert contexts["draft_follow_up"] == one | two
    assert contexts["detect_intents"] == contexts["slack_summary"] == one
    assert contexts["update_crm"] == contexts["create_tasks"] == two


def test_core_07_what_a_meeting_cannot_do_without() -> None:
    critical = {item.name for item in MEETING_ENDED.steps if item.critical}
    assert critical == {"respect_privacy", "extract_action_items", "draft_follow_up", "slack_summary"}


def test_cost_03_a_meeting_is_estimated_at_about_fifteen_cents() -> None:
    assert Decimal("0.13") <= MEETING_ENDED.estimated_cost_usd <= Decimal("0.17")


def test_env_16_confidence_and_needs_are_declared() -> None:
    assert MEETING_ENDED.confidence == 0.95
    assert {Capability.EMAIL, Capability.CRM, Capability.TASKS, Capability.MESSAGING} == MEETING_ENDED.needs
    assert MEETING_ENDED.needs <= MEETING_ENDED.capabilities
    assert MEETING_ENDED.tiers == (Tier.ONE, Tier.TWO)


def test_core_13_next_after_goes_by_name() -> None:
    sequence = story(Script())
    assert [sequence.next_after(item.name) for item in sequence.steps] == ["guess", "draft", "show", "close", None]


@pytest.mark.parametrize(("run", "output"), [(HEAR.run, Heard), (takes_optional.run, Heard)])
def test_core_18_the_output_is_read_bare_or_inside_a_result(run: Callable[..., Any], output: type) -> None:
    assert wiring_of(run).output is output
    assert Tier1 in {wanted.type for wanted in wiring_of(HEAR.run).inputs}
