"""Claude through the real SDK against a strict local server."""

import dataclasses
import json
from collections.abc import AsyncIterator
from decimal import Decimal
from typing import Any

import anthropic
import pytest

from gateways.model.anthropic import SHARED_PREFIX_CHARACTERS, AnthropicModel
from gateways.model.engine import check, make_model
from sequences.ports.model import Model, ModelError, Prompt
from sequences.records.insight import CallKind, CallType, MeetingSummary
from workspace.vendors.model import KEY, ModelServer, Play, claude, claude_error

GOOD = '{"kind": "demo", "confidence": 0.9}'
PROMPT = Prompt(instructions="Be exact.", material="[0] Ann: hello", task="Classify the call.", version="1")
LONG = Prompt(instructions="Be exact.", material="x" * SHARED_PREFIX_CHARACTERS, task="Classify the call.", version="1")


@pytest.fixture
async def model(model_server: ModelServer) -> AsyncIterator[AnthropicModel]:
    made = make_model("anthropic:claude-haiku-5-5", {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": model_server.url})
    assert isinstance(made, AnthropicModel)
    yield made
    await made.aclose()


async def ask(model: Model, prompt: Prompt = PROMPT) -> CallType:
    return (await model.ask("classify_call", prompt, CallType, max_output_tokens=500)).output


async def failure(model: Model, prompt: Prompt = PROMPT) -> ModelError:
    with pytest.raises(ModelError) as caught:
        await ask(model, prompt)
    return caught.value


async def test_an_answer_is_validated_and_metered(model_server: ModelServer, model: AnthropicModel) -> None:
    usage = {
        "input_tokens": 100,
        "cache_creation_input_tokens": 300,
        "cache_read_input_tokens": 600,
        "output_tokens": 50,
    }
    model_server.play(claude(GOOD, usage=usage))
    answer = await model.ask("classify_call", PROMPT, CallType, max_output_tokens=500)
    assert answer.output == CallType(kind=CallKind.DEMO, confidence=0.9)
    assert answer.engine == "anthropic:claude-haiku-5-5"
    assert (answer.usage.input_tokens, answer.usage.cached_input_tokens, answer.usage.output_tokens) == (1000, 600, 50)
    # 100 * 0.10 + 300 * 0.125 + 600 * 0.01 + 50 * 0.50 per million, rounded up
    assert answer.usage.cost_usd == Decimal("0.000079")


async def test_the_material_comes_first_and_is_marked_for_the_cache(
    model_server: ModelServer, model: AnthropicModel
) -> None:
    model_server.play(claude(GOOD))
    await ask(model)
    (request,) = model_server.requests
    material, task = request["messages"][0]["content"]
    assert material == {"type": "text", "text": "[0] Ann: hello", "cache_control": {"type": "ephemeral"}}
    assert task == {"type": "text", "text": "Classify the call."}
    assert request["system"] == [{"type": "text", "text": "Be exact."}]
    assert request["output_config"]["format"]["schema"]["additionalProperties"] is False


async def test_long_material_is_shared_between_skills_by_sending_the_schema_behind_it(
    model_server: ModelServer, model: AnthropicModel
) -> None:
    model_server.play(claude(GOOD))
    await ask(model, LONG)
    (request,) = model_server.requests
    assert "output_config" not in request
    material, task = request["messages"][0]["content"]
    assert material["cache_control"] == {"type": "ephemeral"}
    assert "fits this JSON schema" in task["text"]
    assert '"additionalProperties":false' in task["text"]


async def test_two_skills_of_one_meeting_send_the_same_prefix(model_server: ModelServer, model: AnthropicModel) -> None:
    model_server.play(claude(GOOD), claude('{"lines": []}'))
    await ask(model, LONG)
    other = dataclasses.replace(LONG, task="Summarise.")
    await model.ask("summarise_meeting", other, MeetingSummary, max_output_tokens=900)
    one, two = map(_cache_key, model_server.requests)
    assert one == two


def _cache_key(request: dict[str, Any]) -> str:
    """Everything up to and including the marked block, with what the provider puts in front of it."""
    blocks = request["messages"][0]["content"]
    marked = next(index for index, block in enumerate(blocks) if "cache_control" in block)
    parts = (request["model"], request.get("output_config"), request["system"], blocks[: marked + 1])
    return json.dumps(parts)


async def test_the_last_try_on_long_material_is_enforced(model_server: ModelServer, model: AnthropicModel) -> None:
    model_server.play(claude("Certainly! It was a demo."), claude("It was a demo."), claude(GOOD))
    assert (await ask(model, LONG)).kind is CallKind.DEMO
    assert ["output_config" in request for request in model_server.requests] == [False, False, True]


@pytest.mark.parametrize("text", [f"```json\n{GOOD}\n```", f"```\n{GOOD}```", f"  {GOOD}\n"])
async def test_a_code_fence_around_the_answer_is_forgiven(
    model_server: ModelServer, model: AnthropicModel, text: str
) -> None:
    model_server.play(claude(text))
    assert (await ask(model)).kind is CallKind.DEMO
    assert len(model_server.requests) == 1


async def test_thoughts_before_the_answer_are_not_the_answer(model_server: ModelServer, model: AnthropicModel) -> None:
    model_server.play(claude(GOOD, thinking='{"kind": "internal", "confidence": 1}'))
    assert (await ask(model)).kind is CallKind.DEMO


async def test_thoughts_have_room_beside_the_answer(model_server: ModelServer, model: AnthropicModel) -> None:
    model_server.play(claude(GOOD))
    await ask(model)
    assert model_server.requests[0]["max_tokens"] > 500


@pytest.mark.parametrize("bad", ["not json", "", '{"kind": "demo"', '{"kind": "party", "confidence": 7}', "[]"])
async def test_an_invalid_answer_is_handed_back_and_both_are_paid_for(
    model_server: ModelServer, model: AnthropicModel, bad: str
) -> None:
    model_server.play(claude(bad), claude(GOOD))
    answer = await model.ask("classify_call", PROMPT, CallType, max_output_tokens=500)
    assert answer.output.kind is CallKind.DEMO
    assert (answer.usage.input_tokens, answer.usage.output_tokens) == (2000, 200)
    first, second = model_server.requests
    assert second["messages"][:1] == first["messages"]
    assert [turn["role"] for turn in second["messages"]] == ["user", "assistant", "user"]
    assert "cannot be used" in second["messages"][2]["content"]


async def test_after_two_corrections_it_is_an_error_that_carries_the_cost(
    model_server: ModelServer, model: AnthropicModel
) -> None:
    model_server.play(*[claude("no")] * 3)
    error = await failure(model)
    assert error.kind == "invalid"
    assert not error.is_transient
    assert error.usage.input_tokens == 3000
    assert error.usage.cost_usd > 0


async def test_no_correction_is_sought_that_the_budget_was_not_asked_for(
    model_server: ModelServer, model: AnthropicModel
) -> None:
    model_server.play(claude("no", usage={"input_tokens": 40, "output_tokens": 9_000}))
    error = await failure(model)
    assert (error.kind, len(model_server.requests)) == ("invalid", 1)
    assert error.usage.cost_usd <= model.estimate(PROMPT, max_output_tokens=500)


async def test_a_failure_after_a_correction_still_carries_what_was_paid_before(
    model_server: ModelServer, model: AnthropicModel
) -> None:
    model_server.play(claude("no"), claude_error(529, "overloaded_error", "Overloaded"))
    error = await failure(model)
    assert (error.kind, error.usage.input_tokens) == ("overloaded", 1000)


async def test_a_refusal_is_final_and_says_why(model_server: ModelServer, model: AnthropicModel) -> None:
    details = {"type": "refusal", "category": "cyber", "explanation": "It looked like malware."}
    model_server.play(claude("", stop_reason="refusal", stop_details=details))
    error = await failure(model)
    assert error.kind == "refused"
    assert "It looked like malware." in str(error)
    assert error.usage.input_tokens == 1000


@pytest.mark.parametrize("reason", ["max_tokens", "model_context_window_exceeded"])
async def test_a_cut_answer_is_final(model_server: ModelServer, model: AnthropicModel, reason: str) -> None:
    model_server.play(claude(GOOD[:12], stop_reason=reason))
    error = await failure(model)
    assert error.kind == "truncated"
    assert error.usage.output_tokens == 100


@pytest.mark.parametrize(
    ("status", "vendor_kind", "kind", "is_transient"),
    [
        (400, "invalid_request_error", "invalid", False),
        (401, "authentication_error", "misconfigured", False),
        (402, "billing_error", "out_of_quota", False),
        (403, "permission_error", "misconfigured", False),
        (404, "not_found_error", "misconfigured", False),
        (413, "request_too_large", "invalid", False),
        (429, "rate_limit_error", "rate_limited", True),
        (500, "api_error", "overloaded", True),
        (503, "api_error", "overloaded", True),
        (504, "timeout_error", "unreachable", True),
        (529, "overloaded_error", "overloaded", True),
    ],
)
async def test_each_status_has_a_kind_and_is_tried_once(
    model_server: ModelServer, model: AnthropicModel, status: int, vendor_kind: str, kind: str, is_transient: bool
) -> None:
    model_server.play(claude_error(status, vendor_kind, "so it is"))
    error = await failure(model)
    assert (error.kind, error.is_transient) == (kind, is_transient)
    assert "so it is" in str(error)
    assert len(model_server.requests) == 1


@pytest.mark.parametrize(
    ("said", "understood"),
    [
        ("17", 17.0),
        ("0.5", 0.5),
        ("9" * 30, 86_400.0),
        ("Fri, 20 Nov 2026 10:00:00 GMT", None),
        ("nan", None),
        ("-3", None),
    ],
)
async def test_retry_after_is_handed_on(
    model_server: ModelServer, model: AnthropicModel, said: str, understood: float | None
) -> None:
    model_server.play(claude_error(429, "rate_limit_error", "slow down", retry_after=said))
    assert (await failure(model)).retry_after == understood


async def test_a_spend_limit_is_out_of_quota_although_it_is_a_429(
    model_server: ModelServer, model: AnthropicModel
) -> None:
    error = {
        "type": "rate_limit_error",
        "message": "limit",
        "details": {"type": "x", "error_code": "enforced_spend_limit_reached"},
    }
    model_server.play(Play(status=429, body={"type": "error", "error": error}))
    assert (await failure(model)).kind == "out_of_quota"


async def test_a_dropped_connection_is_transient(model_server: ModelServer, model: AnthropicModel) -> None:
    model_server.play(Play(drop=True))
    error = await failure(model)
    assert (error.kind, error.is_transient, len(model_server.requests)) == ("unreachable", True, 1)


@pytest.mark.parametrize("body", ["<html>gateway</html>", "{}", '{"content": null}', "[]", "3"])
@pytest.mark.parametrize("content_type", ["application/json", "text/html"])
async def test_a_body_that_is_no_message_is_an_error_of_ours_not_a_crash(
    model_server: ModelServer, model: AnthropicModel, body: str, content_type: str
) -> None:
    model_server.play(Play(body=body, content_type=content_type))
    assert (await failure(model)).kind == "unreachable"


async def test_a_slow_answer_is_given_up_and_counted_as_if_it_had_been_read(model_server: ModelServer) -> None:
    model_server.play(claude("no"), Play(hold=True))
    client = anthropic.AsyncAnthropic(api_key=KEY, base_url=model_server.url, max_retries=0)
    error = await failure(AnthropicModel(client, "claude-haiku-5-5", answer_within_s=0.2))
    assert (error.kind, error.is_transient, len(model_server.requests)) == ("unreachable", True, 2)
    assert 1000 < error.usage.input_tokens < 1100
    await client.close()


async def test_the_estimate_is_above_any_bill(model_server: ModelServer, model: AnthropicModel) -> None:
    dearest = {"input_tokens": 0, "cache_creation_input_tokens": 20, "output_tokens": 500}
    model_server.play(*[claude("no", usage=dearest)] * 3)
    error = await failure(model)
    assert model.estimate(PROMPT, max_output_tokens=500) >= error.usage.cost_usd


async def test_check_spends_nothing(model_server: ModelServer, model: AnthropicModel) -> None:
    await check(model)
    assert "max_tokens" not in model_server.requests[0]
    model_server.play(claude_error(404, "not_found_error", "model: claude-haiku-5-5"))
    with pytest.raises(ModelError, match="claude-haiku-5-5") as caught:
        await check(model)
    assert caught.value.kind == "misconfigured"
