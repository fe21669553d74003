"""Gemini through the real SDK against a strict local server."""

from collections.abc import AsyncIterator
from decimal import Decimal

import httpx2
import pytest
from google import genai
from google.genai import types

from gateways.model.engine import check, make_model
from gateways.model.google import GoogleModel
from sequences.ports.model import Model, ModelError, Prompt
from sequences.records.insight import CallKind, CallType
from workspace.vendors.model import KEY, ModelServer, Play, gemini, gemini_error

GOOD = '{"kind": "demo", "confidence": 0.9}'
PROMPT = Prompt(instructions="Be exact.", material="[0] Ann: hello", task="Classify the call.", version="1")


@pytest.fixture
async def model(model_server: ModelServer) -> AsyncIterator[GoogleModel]:
    made = make_model("google:gemini-3.5-flash", {"GEMINI_API_KEY": KEY, "GOOGLE_GEMINI_BASE_URL": model_server.url})
    assert isinstance(made, GoogleModel)
    yield made
    await made.aclose()


async def failure(model: Model) -> ModelError:
    with pytest.raises(ModelError) as caught:
        await model.ask("classify_call", PROMPT, CallType, max_output_tokens=500)
    return caught.value


async def test_an_answer_is_validated_and_thoughts_are_billed_as_output(
    model_server: ModelServer, model: GoogleModel
) -> None:
    usage = {
        "promptTokenCount": 1000,
        "cachedContentTokenCount": 600,
        "candidatesTokenCount": 50,
        "thoughtsTokenCount": 200,
        "totalTokenCount": 1250,
    }
    model_server.play(gemini(GOOD, usage=usage, thought="Hm."))
    answer = await model.ask("classify_call", PROMPT, CallType, max_output_tokens=500)
    assert answer.output == CallType(kind=CallKind.DEMO, confidence=0.9)
    assert answer.engine == "google:gemini-3.5-flash"
    assert (answer.usage.input_tokens, answer.usage.cached_input_tokens, answer.usage.output_tokens) == (1000, 600, 250)
    # 400 * 1.50 + 600 * 0.15 + 250 * 9 per million
    assert answer.usage.cost_usd == Decimal("0.00294")


async def test_the_request_has_the_material_first_and_a_schema(model_server: ModelServer, model: GoogleModel) -> None:
    model_server.play(gemini(GOOD))
    await model.ask("classify_call", PROMPT, CallType, max_output_tokens=500)
    (request,) = model_server.requests
    assert [part["text"] for part in request["contents"][0]["parts"]] == ["[0] Ann: hello", "Classify the call."]
    assert request["systemInstruction"]["parts"][0]["text"] == "Be exact."
    assert request["generationConfig"]["responseJsonSchema"]["required"] == ["kind", "confidence"]
    assert "temperature" not in request["generationConfig"]


async def test_an_answer_in_pieces_is_put_together(model_server: ModelServer, model: GoogleModel) -> None:
    model_server.play(gemini(GOOD[:10], GOOD[10:]))
    answer = await model.ask("classify_call", PROMPT, CallType, max_output_tokens=500)
    assert answer.output.kind is CallKind.DEMO


async def test_an_invalid_or_empty_answer_is_handed_back(model_server: ModelServer, model: GoogleModel) -> None:
    model_server.play(gemini(), gemini("not json"), gemini(GOOD))
    answer = await model.ask("classify_call", PROMPT, CallType, max_output_tokens=500)
    assert answer.usage.input_tokens == 3000
    assert [turn["role"] for turn in model_server.requests[2]["contents"]] == ["user", "model", "user", "model", "user"]


@pytest.mark.parametrize(
    ("finish", "kind"),
    [
        ("MAX_TOKENS", "truncated"),
        ("SAFETY", "refused"),
        ("RECITATION", "refused"),
        ("BLOCKLIST", "refused"),
        ("PROHIBITED_CONTENT", "refused"),
        ("SPII", "refused"),
    ],
)
async def test_each_ending_has_a_kind(model_server: ModelServer, model: GoogleModel, finish: str, kind: str) -> None:
    model_server.play(gemini(finish=finish))
    error = await failure(model)
    assert (error.kind, error.is_transient, error.usage.input_tokens) == (kind, False, 1000)


async def test_a_blocked_prompt_is_refused(model_server: ModelServer, model: GoogleModel) -> None:
    body = {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}, "usageMetadata": {"promptTokenCount": 9}}
    model_server.play(Play(body=body))
    error = await failure(model)
    assert (error.kind, error.usage.input_tokens) == ("refused", 9)


@pytest.mark.parametrize(
    ("status", "name", "kind"),
    [
        (400, "INVALID_ARGUMENT", "invalid"),
        (401, "UNAUTHENTICATED", "misconfigured"),
        (403, "PERMISSION_DENIED", "misconfigured"),
        (404, "NOT_FOUND", "misconfigured"),
        (429, "RESOURCE_EXHAUSTED", "rate_limited"),
        (500, "INTERNAL", "overloaded"),
        (503, "UNAVAILABLE", "overloaded"),
        (504, "DEADLINE_EXCEEDED", "unreachable"),
    ],
)
async def test_each_status_has_a_kind_and_is_tried_once(
    model_server: ModelServer, model: GoogleModel, status: int, name: str, kind: str
) -> None:
    model_server.play(gemini_error(status, name, "so it is"))
    error = await failure(model)
    assert error.kind == kind
    assert "so it is" in str(error)
    assert len(model_server.requests) == 1


async def test_a_wrong_key_is_a_400_and_still_a_matter_of_configuration(
    model_server: ModelServer, model: GoogleModel
) -> None:
    details = [{"@type": "type.googleapis.com/google.rpc.ErrorInfo", "reason": "API_KEY_INVALID"}]
    model_server.play(gemini_error(400, "INVALID_ARGUMENT", "API key not valid.", details))
    assert (await failure(model)).kind == "misconfigured"


async def test_the_delay_that_google_asks_for_is_handed_on(model_server: ModelServer, model: GoogleModel) -> None:
    details = [{"@type": "type.googleapis.com/google.rpc.RetryInfo", "retryDelay": "21.5s"}]
    model_server.play(gemini_error(429, "RESOURCE_EXHAUSTED", "slow down", details))
    assert (await failure(model)).retry_after == 21.5


async def test_the_retry_after_header_is_read_as_well(model_server: ModelServer, model: GoogleModel) -> None:
    model_server.play(Play(status=429, body={"error": {"code": 429, "message": "x"}}, headers={"Retry-After": "7"}))
    assert (await failure(model)).retry_after == 7


async def test_a_daily_quota_is_not_worth_waiting_for(model_server: ModelServer, model: GoogleModel) -> None:
    violation = {"quotaId": "GenerateRequestsPerDayPerProjectPerModel-FreeTier"}
    details = [{"@type": "type.googleapis.com/google.rpc.QuotaFailure", "violations": [violation]}]
    model_server.play(gemini_error(429, "RESOURCE_EXHAUSTED", "quota", details))
    error = await failure(model)
    assert (error.kind, error.is_transient) == ("out_of_quota", False)


async def test_a_dropped_connection_is_transient_and_not_silently_repeated(
    model_server: ModelServer, model: GoogleModel
) -> None:
    model_server.play(Play(drop=True), gemini(GOOD))
    error = await failure(model)
    assert (error.kind, error.is_transient, len(model_server.requests)) == ("unreachable", True, 1)


async def test_a_body_that_is_not_json_is_an_error_of_ours_not_a_crash(
    model_server: ModelServer, model: GoogleModel
) -> None:
    model_server.play(Play(body="<html>gateway</html>"))
    assert (await failure(model)).kind == "unreachable"


async def test_a_slow_answer_is_given_up_and_counted_as_if_it_had_been_read(model_server: ModelServer) -> None:
    model_server.play(gemini("no"), Play(hold=True))
    http = httpx2.AsyncClient()
    options = types.HttpOptions(base_url=model_server.url, httpx_async_client=http)
    client = genai.Client(api_key=KEY, vertexai=False, http_options=options)
    model = GoogleModel(client, "gemini-3.5-flash", http=http, answer_within_s=0.2)
    error = await failure(model)
    assert (error.kind, error.is_transient, len(model_server.requests)) == ("unreachable", True, 2)
    assert 1000 < error.usage.input_tokens < 1100
    await model.aclose()


async def test_the_estimate_is_above_any_bill(model_server: ModelServer, model: GoogleModel) -> None:
    usage = {"promptTokenCount": 20, "candidatesTokenCount": 500, "thoughtsTokenCount": 1500}
    model_server.play(*[gemini("no", usage=usage)] * 3)
    error = await failure(model)
    assert model.estimate(PROMPT, max_output_tokens=500) >= error.usage.cost_usd


async def test_check_spends_nothing(model_server: ModelServer, model: GoogleModel) -> None:
    await check(model)
    assert model_server.requests == [{}]
    model_server.play(gemini_error(404, "NOT_FOUND", "no such model"))
    with pytest.raises(ModelError, match="no such model") as caught:
        await check(model)
    assert caught.value.kind == "misconfigured"
