"""Ask, validate, ask again: what both vendors have in common.

An answer that does not fit its record is handed back with what is wrong, twice at most. Everything that was billed
on the way is summed, also when it ends in an error.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from pydantic import ValidationError

from sequences.ports.model import Answer, ModelError, Out, Usage

VALIDATION_RETRIES = 2
# Models that think before they write count the thoughts against the same limit as the answer.
THINKING_RESERVE_TOKENS = 8_192
# An estimate has room for one correction; a second one fits in when the first two requests were cheaper than feared.
ESTIMATED_REQUESTS = 2
SCHEMA_TOKENS = 1_500  # more than the schema of any answer takes
# A step has 60 seconds unless it says otherwise.
ANSWER_WITHIN_S = 50.0
REQUEST_WITHIN_S = 60.0  # never reached by a conversation; it bounds what is asked outside of one
_SHOWN_ANSWER_CHARACTERS = 8_000
_SHOWN_PROBLEMS = 10


class Ending(StrEnum):
    """How the vendor says the answer ended."""

    COMPLETE = "complete"
    TRUNCATED = "truncated"
    REFUSED = "refused"


@dataclass(frozen=True, kw_only=True)
class Reply:
    """One answered request. ``detail`` is the vendor's own word for the ending."""

    text: str
    ending: Ending
    usage: Usage
    detail: str = ""


@dataclass(frozen=True, kw_only=True)
class Correction:
    """An earlier answer of the same conversation and why it could not be used."""

    answer: str
    problem: str


Send = Callable[[tuple[Correction, ...]], Awaitable[Reply]]


@dataclass(frozen=True, kw_only=True)
class Patience:
    """What a conversation may take.

    ``within_s`` stays below a step's time limit, because a cancelled step could not be metered. ``abandoned`` is what
    a request is taken to cost that the vendor goes on with unheard. ``at_most_usd`` is what the budget was asked for:
    a correction is sought only when, judged by the last request, it fits.
    """

    within_s: float
    abandoned: Usage
    at_most_usd: Decimal

    def allows_another(self, spent: Usage, last: Usage) -> bool:
        # A correction repeats the last request with the answer and what is wrong with it.
        return spent.cost_usd + last.cost_usd * Decimal("1.25") <= self.at_most_usd


async def converse(send: Send, output_type: type[Out], *, engine: str, skill: str, patience: Patience) -> Answer[Out]:
    """Raise ModelError with the sum of what was billed when no answer fits ``output_type``."""
    spent = Usage()
    corrections: tuple[Correction, ...] = ()
    who = f"{engine} ({skill})"
    try:
        async with asyncio.timeout(patience.within_s):
            for _ in range(1 + VALIDATION_RETRIES):
                reply = await send(corrections)
                spent = add_usage(spent, reply.usage)
                _require_complete(reply, who)
                parsed = _parse(reply.text, output_type)
                if not isinstance(parsed, Correction):
                    return Answer(output=parsed, usage=spent, engine=engine)
                corrections = (*corrections, parsed)
                if not patience.allows_another(spent, reply.usage):
                    break
    except TimeoutError as error:
        spent = add_usage(spent, patience.abandoned)
        raise ModelError(f"{who} took more than {patience.within_s:g} s", kind="unreachable", usage=spent) from error
    except ModelError as error:
        error.usage = add_usage(spent, error.usage)
        raise
    raise ModelError(f"{who} gave no valid answer: {corrections[-1].problem}", kind="invalid", usage=spent)


def add_usage(one: Usage, other: Usage) -> Usage:
    return replace(
        one,
        input_tokens=one.input_tokens + other.input_tokens,
        cached_input_tokens=one.cached_input_tokens + other.cached_input_tokens,
        output_tokens=one.output_tokens + other.output_tokens,
        cost_usd=one.cost_usd + other.cost_usd,
    )


def _require_complete(reply: Reply, who: str) -> None:
    if reply.ending is Ending.REFUSED:
        raise ModelError(f"{who} declined to answer: {reply.detail}", kind="refused")
    if reply.ending is Ending.TRUNCATED:
        raise ModelError(f"{who} ran out of room: {reply.detail}", kind="truncated")


def _parse(text: str, output_type: type[Out]) -> Out | Correction:
    try:
        return output_type.model_validate_json(_bare(text))
    except ValidationError as error:
        return _correct(text, error)


def _bare(text: str) -> str:
    """Without the code fence that models like to put around JSON."""
    text = text.strip()
    if text.startswith("```") and text.endswith("```"):
        return text.removeprefix("```json").removeprefix("```").removesuffix("```").strip()
    return text


def _correct(answer: str, error: ValidationError) -> Correction:
    details = error.errors(include_url=False, include_input=False)[:_SHOWN_PROBLEMS]
    problems = [f"{'.'.join(str(part) for part in detail['loc']) or 'answer'}: {detail['msg']}" for detail in details]
    shown = answer.strip()[:_SHOWN_ANSWER_CHARACTERS] or "(no text)"
    return Correction(answer=shown, problem="; ".join(problems))


def correction_text(correction: Correction) -> str:
    """What the model is told about an answer that did not fit."""
    return (
        f"That answer cannot be used. {correction.problem}\n"
        "Give the whole answer again as one JSON object that fits the schema, and nothing else."
    )
