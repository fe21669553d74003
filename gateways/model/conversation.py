"""Ask, validate, ask again: what both vendors have in common.

An answer that does not fit its record is handed back with what is wrong, twice at most. Everything that was billed
on the way is summed, also when it ends in an error.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import StrEnum

from pydantic import ValidationError

from sequences.ports.model import Answer, ModelError, Out, Usage

VALIDATION_RETRIES = 2
# Models that think before they write count the thoughts against the same limit as the answer.
THINKING_RESERVE_TOKENS = 4_096
_SHOWN_ANSWER_CHARACTERS = 20_000
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


async def converse(send: Send, output_type: type[Out], *, engine: str, skill: str) -> Answer[Out]:
    """Raise ModelError with the sum of what was billed when no answer fits ``output_type``."""
    spent = Usage()
    corrections: tuple[Correction, ...] = ()
    for _ in range(1 + VALIDATION_RETRIES):
        try:
            reply = await send(corrections)
        except ModelError as error:
            error.usage = add_usage(spent, error.usage)
            raise
        spent = add_usage(spent, reply.usage)
        _require_complete(reply, spent, f"{engine} ({skill})")
        try:
            output = output_type.model_validate_json(_bare(reply.text))
        except ValidationError as error:
            corrections = (*corrections, _correct(reply.text, error))
        else:
            return Answer(output=output, usage=spent, engine=engine)
    problem = corrections[-1].problem
    raise ModelError(f"{engine} ({skill}) gave no valid answer: {problem}", kind="invalid", usage=spent)


def add_usage(one: Usage, other: Usage) -> Usage:
    return replace(
        one,
        input_tokens=one.input_tokens + other.input_tokens,
        cached_input_tokens=one.cached_input_tokens + other.cached_input_tokens,
        output_tokens=one.output_tokens + other.output_tokens,
        cost_usd=one.cost_usd + other.cost_usd,
    )


def _require_complete(reply: Reply, spent: Usage, who: str) -> None:
    if reply.ending is Ending.REFUSED:
        raise ModelError(f"{who} declined to answer: {reply.detail}", kind="refused", usage=spent)
    if reply.ending is Ending.TRUNCATED:
        raise ModelError(f"{who} ran out of room: {reply.detail}", kind="truncated", usage=spent)


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
