"""A sequence: the named list of steps that an event type runs, wired by record type and checked when built."""

import inspect
import types
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

from sequences.records.base import Record
from sequences.records.event import EVENT_ALIASES, EventSource, EventType
from sequences.step import Capability, Result, Step, StepFunction, Tier, Tier3


class WiringError(Exception):
    """A sequence cannot run as written; raised when the catalogue loads, never at two in the morning."""


class Affinity(StrEnum):
    """Which specialist a sequence belongs to (ENV-19)."""

    PIPELINE = "pipeline"
    OUTREACH = "outreach"
    RESEARCH = "research"
    CRM_OPS = "crm_ops"
    MEETINGS = "meetings"
    PROSPECTING = "prospecting"


@dataclass(frozen=True, kw_only=True)
class Input:
    """One parameter of a step: ``is_optional`` when it takes ``None`` from a best-effort step that failed."""

    name: str
    type: type
    is_optional: bool


@dataclass(frozen=True, kw_only=True)
class Wiring:
    inputs: tuple[Input, ...]
    output: type[Record]


@cache
def wiring_of(function: StepFunction) -> Wiring:
    """Read a step's parameters and return annotation; WiringError when one is missing or of no use."""
    hints = get_type_hints(function)
    if "return" not in hints:
        raise WiringError(f"{function.__name__} does not say what it returns")
    output = hints.pop("return")
    if get_origin(output) is Result:
        (output,) = get_args(output)
    if not (inspect.isclass(output) and issubclass(output, Record)):
        raise WiringError(f"{function.__name__} must return a record, not {output}")
    return Wiring(inputs=inputs_of(function), output=output)


@cache
def inputs_of(function: Any) -> tuple[Input, ...]:
    """The parameters of a step or a condition, in order."""
    hints = get_type_hints(function)
    names = list(inspect.signature(function).parameters)
    unknown = [name for name in names if name not in hints]
    if unknown:
        raise WiringError(f"{function.__name__} gives no type for {', '.join(unknown)}")
    return tuple(_input(name, hints[name]) for name in names)


def _input(name: str, hint: Any) -> Input:
    if get_origin(hint) in (Union, types.UnionType):
        members = [member for member in get_args(hint) if member is not type(None)]
        if len(members) != 1:
            raise WiringError(f"parameter {name}: only `X | None` is understood, not {hint}")
        return Input(name=name, type=members[0], is_optional=True)
    return Input(name=name, type=hint, is_optional=False)


@dataclass(frozen=True, kw_only=True)
class Trigger:
    """When a sequence runs. ``sources`` may raise it, ``payload`` is what it must carry (ENV-17).

    ``capabilities`` are what its steps may need, as far as somebody has declared them (ENV-20).
    """

    event: EventType
    payload: type[Record]
    sources: frozenset[EventSource]
    confidence: float  # of the trigger (ENV-16)
    affinity: Affinity
    capabilities: frozenset[Capability] = frozenset(Capability)

    @property
    def name(self) -> str:
        return self.event.value

    @property
    def aliases(self) -> tuple[str, ...]:
        return tuple(alias for alias, kind in EVENT_ALIASES.items() if kind is self.event)


@dataclass(frozen=True, kw_only=True)
class Sequence(Trigger):
    """What an event type runs: its trigger, and the steps in their order."""

    steps: tuple[Step, ...]

    @classmethod
    def of(cls, trigger: Trigger, *steps: Step) -> Self:
        return cls(**{declared.name: getattr(trigger, declared.name) for declared in fields(trigger)}, steps=steps)

    @property
    def estimated_cost_usd(self) -> Decimal:
        """What is reserved before the run starts (COST-01)."""
        return sum((step.cost_usd for step in self.steps), Decimal(0))

    @property
    def tiers(self) -> tuple[Tier, ...]:
        """What is loaded: tier 1 always (CTX-01), others when a step asks for them."""
        return tuple(tier for tier in Tier if tier is Tier.ONE or any(tier in step.context for step in self.steps))

    @property
    def needs(self) -> frozenset[Capability]:
        return frozenset(need for step in self.steps for need in step.needs)

    def next_after(self, name: str) -> str | None:
        """The step that follows ``name`` today, whatever order held when the job paused."""
        names = [step.name for step in self.steps]
        index = names.index(name) + 1
        return names[index] if index < len(names) else None


@dataclass(frozen=True)
class Catalogue:
    """All sequences that can run. Building it checks every wire against ``context``, the run-wide types.

    ``declared`` are triggers known beyond those of ``sequences``: their events are checked, and nothing runs yet.
    """

    sequences: tuple[Sequence, ...]
    context: frozenset[type]
    declared: tuple[Trigger, ...] = ()
    by_event: dict[EventType, Sequence] = field(init=False)
    triggers: dict[EventType, Trigger] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_event", {sequence.event: sequence for sequence in self.sequences})
        object.__setattr__(self, "triggers", {trigger.event: trigger for trigger in self.declared} | self.by_event)
        for sequence in self.sequences:
            check_wiring(sequence, self.context)

    def find(self, event_type: str) -> Sequence | None:
        """By event type or alias; None for one that no sequence answers."""
        known = known_type(event_type)
        return self.by_event.get(known) if known else None

    def trigger(self, event_type: str) -> Trigger | None:
        """As ``find``, also of a sequence that cannot run yet."""
        known = known_type(event_type)
        return self.triggers.get(known) if known else None


def known_type(event_type: str) -> EventType | None:
    return EVENT_ALIASES.get(event_type) or (EventType(event_type) if event_type in _EVENT_TYPES else None)


_EVENT_TYPES = frozenset(kind.value for kind in EventType)


def check_wiring(sequence: Sequence, context: Iterable[type]) -> None:
    """WiringError for a doubled name, a parameter that nobody produces, or a required one from a best-effort step."""
    if not sequence.needs <= sequence.capabilities:
        undeclared = ", ".join(sorted(sequence.needs - sequence.capabilities))
        raise WiringError(f"{sequence.name}: its steps need {undeclared}, which its trigger does not declare")
    _check_sources(sequence)
    available = set(context)
    maybe: set[type] = set()
    seen: set[str] = set()
    for step in sequence.steps:
        if step.name in seen:
            raise WiringError(f"{sequence.name}: two steps are named {step.name}")
        seen.add(step.name)
        fetched = {tier.record for tier in step.sources}
        for wanted in inputs_of(step.condition) if step.condition else ():
            _check_input(sequence, step, wanted, available, maybe)  # judged before anything is fetched
        for wanted in wiring_of(step.run).inputs:
            _check_input(sequence, step, wanted, available, maybe | fetched)
        output = wiring_of(step.run).output
        if step.critical and step.condition is None:
            available.add(output)
        else:
            maybe.add(output)


def _check_sources(sequence: Sequence) -> None:
    """WiringError for a source that is fetched for nothing (CTX-08), or whose record is not certain."""
    by_name: dict[str, Tier3] = {}
    for step in sequence.steps:
        taken = {wanted.type for wanted in wiring_of(step.run).inputs}
        for tier in step.sources:
            where = f"{sequence.name}.{step.name}"
            if tier.record not in taken:
                raise WiringError(f"{where} declares {tier} and takes no {tier.record.__name__}")
            if by_name.setdefault(tier.source, tier) != tier:
                raise WiringError(f"{where}: {tier} is {by_name[tier.source].record.__name__} for an earlier step")


def _check_input(sequence: Sequence, step: Step, wanted: Input, available: set[type], maybe: set[type]) -> None:
    if wanted.type in available or (wanted.is_optional and wanted.type in maybe):
        return
    where = f"{sequence.name}.{step.name}({wanted.name})"
    if wanted.type in maybe:
        raise WiringError(f"{where} needs `{wanted.type.__name__} | None`: what makes it may fail or be skipped")
    raise WiringError(f"{where} wants {wanted.type.__name__}, which no earlier step produces")
