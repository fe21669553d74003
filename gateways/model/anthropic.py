"""Claude through Anthropic's own SDK (API version 2026-10-21: no sampling parameters, no prefilled answers).

The form of the answer is enforced by the provider through ``output_config``. That schema is part of the provider's
cache key, so two skills never share a cached prefix while each brings a schema of its own. From
``SHARED_PREFIX_CHARACTERS`` on, sharing is worth more than enforcement (seven skills then pay for the material one
and a half times instead of seven): the schema travels in the task, behind the cached material, and only the last try
after invalid answers is enforced.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import anthropic
import httpx2
from anthropic.types import Message, MessageParam, OutputConfigParam, TextBlockParam

from gateways.model.anthropic_errors import ERRORS, require_message, translate
from gateways.model.conversation import (
    ANSWER_WITHIN_S,
    ESTIMATED_REQUESTS,
    REQUEST_WITHIN_S,
    SCHEMA_TOKENS,
    THINKING_RESERVE_TOKENS,
    VALIDATION_RETRIES,
    Correction,
    Ending,
    Patience,
    Reply,
    converse,
    correction_text,
)
from gateways.model.keys import require_key
from gateways.model.prices import Tokens, price, token_bound
from gateways.model.schema import schema_text, strict_schema
from gateways.reach import is_direct
from sequences.ports.model import Answer, Out, Prompt, Usage

# About 4,096 tokens: some models cache nothing that is shorter.
SHARED_PREFIX_CHARACTERS = 16_000


def from_environment(model: str, environ: Mapping[str, str]) -> "AnthropicModel":
    """With ANTHROPIC_API_KEY and, when set, ANTHROPIC_BASE_URL; ModelError when the key is missing."""
    base_url = environ.get("ANTHROPIC_BASE_URL") or None
    client = anthropic.AsyncAnthropic(
        api_key=require_key(environ, "ANTHROPIC_API_KEY", where="platform.claude.com → API keys"),
        base_url=base_url,
        max_retries=0,
        timeout=REQUEST_WITHIN_S,
        http_client=httpx2.AsyncClient(trust_env=False) if base_url and is_direct(base_url) else None,
    )
    return AnthropicModel(client, model)


class AnthropicModel:
    """Needs a client with ``max_retries=0``: when to try again is decided in one place, by the runner."""

    def __init__(
        self, client: anthropic.AsyncAnthropic, model: str, *, answer_within_s: float = ANSWER_WITHIN_S
    ) -> None:
        self._client = client
        self._model = model
        self._answer_within_s = answer_within_s

    @property
    def engine(self) -> str:
        return f"anthropic:{self._model}"

    def estimate(self, prompt: Prompt, *, max_output_tokens: int) -> Decimal:
        """Upper bound in USD: nothing cached yet and all room for thoughts used up."""
        tokens = _token_bound(prompt) + SCHEMA_TOKENS
        once = Tokens(input=tokens, cache_write=tokens, output=max_output_tokens + THINKING_RESERVE_TOKENS)
        return price("anthropic", self._model, once) * ESTIMATED_REQUESTS

    async def ask(self, skill: str, prompt: Prompt, output_type: type[Out], *, max_output_tokens: int) -> Answer[Out]:
        async def send(corrections: tuple[Correction, ...]) -> Reply:
            shares_prefix = len(prompt.material) >= SHARED_PREFIX_CHARACTERS and len(corrections) < VALIDATION_RETRIES
            task = f"{prompt.task}\n\n{_schema_in_words(output_type)}" if shares_prefix else prompt.task
            output_config: OutputConfigParam | anthropic.Omit = (
                anthropic.omit if shares_prefix else _enforced(output_type)
            )
            try:
                message = await self._client.messages.create(
                    model=self._model,
                    max_tokens=max_output_tokens + THINKING_RESERVE_TOKENS,
                    system=[{"type": "text", "text": prompt.instructions}],
                    messages=_turns(prompt.material, task, corrections),
                    output_config=output_config,
                )
            except ERRORS as error:
                raise translate(error, self.engine) from error
            require_message(message, self.engine)
            return self._read(message)

        patience = Patience(
            within_s=self._answer_within_s,
            abandoned=self._abandoned(prompt),
            at_most_usd=self.estimate(prompt, max_output_tokens=max_output_tokens),
        )
        return await converse(send, output_type, engine=self.engine, skill=skill, patience=patience)

    async def check(self) -> None:
        """Raise ModelError unless key and model are accepted. Counts tokens, which costs nothing."""
        try:
            await self._client.messages.count_tokens(
                model=self._model, messages=[{"role": "user", "content": "Are you there?"}]
            )
        except ERRORS as error:
            raise translate(error, self.engine) from error

    async def aclose(self) -> None:
        await self._client.close()

    def _read(self, message: Message) -> Reply:
        # Thoughts come first and are nobody's answer.
        text = "".join(block.text for block in message.content if block.type == "text")
        return Reply(text=text, ending=_ending(message), usage=self._usage(message), detail=_detail(message))

    def _abandoned(self, prompt: Prompt) -> Usage:
        tokens = _token_bound(prompt)
        return Usage(input_tokens=tokens, cost_usd=price("anthropic", self._model, Tokens(input=tokens)))

    def _usage(self, message: Message) -> Usage:
        read = message.usage.cache_read_input_tokens or 0
        written = message.usage.cache_creation_input_tokens or 0
        tokens = Tokens(
            input=message.usage.input_tokens + read + written,
            cache_read=read,
            cache_write=written,
            output=message.usage.output_tokens,
        )
        return Usage(
            input_tokens=tokens.input,
            cached_input_tokens=read,
            output_tokens=tokens.output,
            cost_usd=price("anthropic", self._model, tokens),
        )


def _token_bound(prompt: Prompt) -> int:
    return token_bound(prompt.instructions + prompt.material + prompt.task)


def _turns(material: str, task: str, corrections: tuple[Correction, ...]) -> list[MessageParam]:
    opening: list[TextBlockParam] = [{"type": "text", "text": task}]
    if material:
        opening.insert(0, {"type": "text", "text": material, "cache_control": {"type": "ephemeral"}})
    turns: list[MessageParam] = [{"role": "user", "content": opening}]
    for correction in corrections:
        turns.append({"role": "assistant", "content": correction.answer})
        turns.append({"role": "user", "content": correction_text(correction)})
    return turns


def _enforced(output_type: type[Any]) -> OutputConfigParam:
    return {"format": {"type": "json_schema", "schema": strict_schema(output_type)}}


def _schema_in_words(output_type: type[Any]) -> str:
    return f"Answer with one JSON object that fits this JSON schema, and nothing else:\n{schema_text(output_type)}"


def _ending(message: Message) -> Ending:
    if message.stop_reason == "refusal":
        return Ending.REFUSED
    if message.stop_reason in ("max_tokens", "model_context_window_exceeded"):
        return Ending.TRUNCATED
    return Ending.COMPLETE


def _detail(message: Message) -> str:
    if message.stop_details is not None:
        return message.stop_details.explanation or message.stop_details.category or "refusal"
    return message.stop_reason or ""
