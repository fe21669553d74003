"""A step: a typed function in a sequence.

Its parameters are records that earlier steps produced (by type) or run-wide context; its return annotation
is the record that it produces, bare or inside ``Result`` when it also proposes actions, raises follow-up
events, shows a card or pauses. A step does no I/O of its own: it thinks and returns what should happen. The
decorator declares the rest, and from these declarations follow the cost estimate, what must be connected, the
dry run, the trace and the picture in the docs.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any, Generic, TypeVar

from sequences.records.action import Proposal
from sequences.records.base import Record
from sequences.records.job import FollowUp
from sequences.records.outside import SourceName

SOURCE_LIMIT = timedelta(seconds=15)  # of one source of tier 3 (CTX-07)


class Tier(StrEnum):
    """How much context a step needs loaded (CORE-04)."""

    ONE = "tier1"
    TWO = "tier2"


@dataclass(frozen=True)
class Tier3:
    """One outside source that a step wants asked right before it runs, and the record that the answer becomes.

    The step takes ``record | None``: a source may be missing, slow or broken, and the run goes on (CTX-12).
    """

    source: SourceName
    record: type[Record]

    def __str__(self) -> str:
        return f"tier3:{self.source}"


class Capability(StrEnum):
    """What connections provide and steps need (PREREQ-01)."""

    CRM = "crm"
    CALENDAR = "calendar"
    EMAIL = "email"
    MEETINGS = "meetings"
    MESSAGING = "messaging"
    TASKS = "tasks"
    ENRICHMENT = "enrichment"
    CAMPAIGNS = "campaigns"


T = TypeVar("T", bound=Record | None)


@dataclass(frozen=True, kw_only=True)
class Result(Generic[T]):
    """A step's output with what should follow from it."""

    output: T
    proposes: tuple[Proposal, ...] = ()
    follow_ups: tuple[FollowUp, ...] = ()
    card: str | None = None  # the kind of card to show the rep, built from what is stored by then
    waits: bool = False  # pause until every open action of the job is decided


StepFunction = Callable[..., Awaitable[Any]]


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step as the catalogue knows it."""

    name: str
    run: StepFunction
    context: tuple[Tier | Tier3, ...]
    needs: tuple[Capability, ...]
    cost_usd: Decimal
    critical: bool
    time_limit: timedelta
    condition: Callable[..., bool] | None
    requires_approval: bool

    @property
    def sources(self) -> tuple[Tier3, ...]:
        """What is fetched for it on demand (CTX-06)."""
        return tuple(tier for tier in self.context if isinstance(tier, Tier3))

    @property
    def time_needed(self) -> timedelta:
        """With the sources, which are asked at the same time."""
        return self.time_limit + (SOURCE_LIMIT if self.sources else timedelta(0))


def step(
    *,
    context: tuple[Tier | Tier3, ...] = (),
    needs: tuple[Capability, ...] = (),
    cost_usd: str = "0",
    critical: bool = False,
    time_limit: timedelta = timedelta(seconds=60),
    condition: Callable[..., bool] | None = None,
    requires_approval: bool = False,
) -> Callable[[StepFunction], Step]:
    """Declare an async function as a step named after it. ``condition`` takes parameters as the step does."""

    def declare(function: StepFunction) -> Step:
        return Step(
            name=function.__name__,
            run=function,
            context=context,
            needs=needs,
            cost_usd=Decimal(cost_usd),
            critical=critical,
            time_limit=time_limit,
            condition=condition,
            requires_approval=requires_approval,
        )

    return declare
