"""Language models: a prompt goes in, a validated record comes out, and what it cost is always known."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, Protocol, TypeVar

from sequences.records.base import Record

Out = TypeVar("Out", bound=Record)


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """``material`` (the transcript) goes first and is marked for the provider's cache; ``task`` differs per skill."""

    instructions: str
    material: str
    task: str
    version: str


@dataclass(frozen=True, kw_only=True)
class Usage:
    input_tokens: int = 0  # all, cached ones included
    cached_input_tokens: int = 0
    output_tokens: int = 0
    cost_usd: Decimal = Decimal(0)


@dataclass(frozen=True, kw_only=True)
class Answer(Generic[Out]):
    output: Out
    usage: Usage
    engine: str  # "anthropic:claude-…"


class ModelError(Exception):
    """No usable answer. ``kind`` is one of overloaded, rate_limited, out_of_quota, refused, truncated, invalid,
    unreachable, misconfigured; ``usage`` is what was billed all the same."""

    def __init__(
        self, message: str, *, kind: str, usage: Usage | None = None, retry_after: float | None = None
    ) -> None:
        super().__init__(message)
        self.kind = kind
        self.usage = usage or Usage()
        self.retry_after = retry_after

    @property
    def is_transient(self) -> bool:
        return self.kind in ("overloaded", "rate_limited", "unreachable")


class Model(Protocol):
    """A model that answers in a record. ``None`` in place of a model means the offline engine."""

    @property
    def engine(self) -> str: ...
    def estimate(self, prompt: Prompt, *, max_output_tokens: int) -> Decimal:
        """Upper bound in USD, before the call."""

    async def ask(
        self, skill: str, prompt: Prompt, output_type: type[Out], *, max_output_tokens: int
    ) -> Answer[Out]: ...
