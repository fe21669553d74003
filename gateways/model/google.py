"""Gemini through Google's own SDK, API version v1.

The material comes first and is the same for all skills of a meeting, which is what Gemini's implicit cache needs.
Thoughts are billed as output although the provider counts them apart.
"""

from collections.abc import Mapping
from decimal import Decimal

import httpx2
from google import genai
from google.genai import types

from gateways.model.conversation import (
    ANSWER_WITHIN_S,
    ESTIMATED_REQUESTS,
    REQUEST_WITHIN_S,
    SCHEMA_TOKENS,
    THINKING_RESERVE_TOKENS,
    Correction,
    Ending,
    Patience,
    Reply,
    converse,
    correction_text,
)
from gateways.model.google_errors import ERRORS, translate
from gateways.model.keys import require_key
from gateways.model.prices import Tokens, price, token_bound
from gateways.model.schema import strict_schema
from gateways.reach import is_direct
from sequences.ports.model import Answer, Out, Prompt, Usage

_COMPLETE = (types.FinishReason.STOP, types.FinishReason.FINISH_REASON_UNSPECIFIED, None)


def from_environment(model: str, environ: Mapping[str, str]) -> "GoogleModel":
    """With GEMINI_API_KEY or GOOGLE_API_KEY (which wins, as in the SDK) and, when set, GOOGLE_GEMINI_BASE_URL."""
    key = require_key(environ, "GOOGLE_API_KEY", "GEMINI_API_KEY", where="aistudio.google.com → Get API key")
    # Named, because the SDK would otherwise pick whichever HTTP library it finds, and each raises errors of its own.
    base_url = environ.get("GOOGLE_GEMINI_BASE_URL") or None
    http = httpx2.AsyncClient(trust_env=not (base_url and is_direct(base_url)))
    options = types.HttpOptions(
        base_url=base_url,
        timeout=int(REQUEST_WITHIN_S * 1000),
        httpx_async_client=http,
        retry_options=types.HttpRetryOptions(attempts=1),
    )
    return GoogleModel(genai.Client(api_key=key, vertexai=False, http_options=options), model, http=http)


class GoogleModel:
    """Needs a client over ``http`` whose retry options allow one attempt: when to try again is the runner's to say."""

    def __init__(
        self,
        client: genai.Client,
        model: str,
        *,
        http: httpx2.AsyncClient,
        answer_within_s: float = ANSWER_WITHIN_S,
    ) -> None:
        self._client = client
        self._model = model
        self._http = http
        self._answer_within_s = answer_within_s

    @property
    def engine(self) -> str:
        return f"google:{self._model}"

    def estimate(self, prompt: Prompt, *, max_output_tokens: int) -> Decimal:
        """Upper bound in USD: nothing cached yet and all room for thoughts used up."""
        tokens = _token_bound(prompt) + SCHEMA_TOKENS
        once = Tokens(input=tokens, output=max_output_tokens + THINKING_RESERVE_TOKENS)
        return price("google", self._model, once) * ESTIMATED_REQUESTS

    async def ask(self, skill: str, prompt: Prompt, output_type: type[Out], *, max_output_tokens: int) -> Answer[Out]:
        config = types.GenerateContentConfig(
            system_instruction=prompt.instructions,
            max_output_tokens=max_output_tokens + THINKING_RESERVE_TOKENS,
            response_mime_type="application/json",
            response_json_schema=strict_schema(output_type),
        )

        async def send(corrections: tuple[Correction, ...]) -> Reply:
            try:
                response = await self._client.aio.models.generate_content(
                    model=self._model, contents=_turns(prompt, corrections), config=config
                )
            except ERRORS as error:
                raise translate(error, self.engine) from error
            return self._read(response)

        patience = Patience(
            within_s=self._answer_within_s,
            abandoned=self._abandoned(prompt),
            at_most_usd=self.estimate(prompt, max_output_tokens=max_output_tokens),
        )
        return await converse(send, output_type, engine=self.engine, skill=skill, patience=patience)

    async def check(self) -> None:
        """Raise ModelError unless key and model are accepted. Looks the model up, which costs nothing."""
        try:
            await self._client.aio.models.get(model=self._model)
        except ERRORS as error:
            raise translate(error, self.engine) from error

    async def aclose(self) -> None:
        await self._client.aio.aclose()
        await self._http.aclose()  # the SDK leaves a client that it was given to its owner
        self._client.close()

    def _read(self, response: types.GenerateContentResponse) -> Reply:
        candidate = response.candidates[0] if response.candidates else None
        parts = (candidate.content.parts if candidate and candidate.content else None) or []
        text = "".join(part.text for part in parts if part.text and not part.thought)
        ending, detail = _ending(response, candidate)
        return Reply(text=text, ending=ending, detail=detail, usage=self._usage(response))

    def _abandoned(self, prompt: Prompt) -> Usage:
        tokens = _token_bound(prompt)
        return Usage(input_tokens=tokens, cost_usd=price("google", self._model, Tokens(input=tokens)))

    def _usage(self, response: types.GenerateContentResponse) -> Usage:
        counts = response.usage_metadata or types.GenerateContentResponseUsageMetadata()
        tokens = Tokens(
            input=(counts.prompt_token_count or 0) + (counts.tool_use_prompt_token_count or 0),
            cache_read=counts.cached_content_token_count or 0,
            output=(counts.candidates_token_count or 0) + (counts.thoughts_token_count or 0),
        )
        return Usage(
            input_tokens=tokens.input,
            cached_input_tokens=tokens.cache_read,
            output_tokens=tokens.output,
            cost_usd=price("google", self._model, tokens),
        )


def _token_bound(prompt: Prompt) -> int:
    return token_bound(prompt.instructions + prompt.material + prompt.task)


def _turns(prompt: Prompt, corrections: tuple[Correction, ...]) -> list[types.ContentUnion]:
    turns: list[types.ContentUnion] = [_content("user", *filter(None, (prompt.material, prompt.task)))]
    for correction in corrections:
        turns.append(_content("model", correction.answer))
        turns.append(_content("user", correction_text(correction)))
    return turns


def _content(role: str, *texts: str) -> types.Content:
    return types.Content(role=role, parts=[types.Part(text=text) for text in texts])


def _ending(response: types.GenerateContentResponse, candidate: types.Candidate | None) -> tuple[Ending, str]:
    if candidate is None:
        blocked = response.prompt_feedback.block_reason if response.prompt_feedback else None
        return (Ending.REFUSED, blocked.value) if blocked else (Ending.COMPLETE, "no candidate")
    reason = candidate.finish_reason
    if reason in _COMPLETE:
        return Ending.COMPLETE, "STOP"
    if reason is types.FinishReason.MAX_TOKENS:
        return Ending.TRUNCATED, "MAX_TOKENS"
    return Ending.REFUSED, candidate.finish_message or (reason.value if reason else "")
