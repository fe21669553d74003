"""The vendors' own SDKs on a model that nobody scripted: the least that fits what was asked for, and its failures."""

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import date
from enum import StrEnum
from typing import Any

import anthropic
import httpx2
import pytest
from anthropic.types import Message
from google import genai
from google.genai import types
from google.genai.errors import ClientError, ServerError
from pydantic import BaseModel, ConfigDict, Field

from tests.workspace.conftest import SEED
from workspace.options import Options
from workspace.server import Running, running
from workspace.vendors.model_least import least, schema_in

TOOL = {
    "name": "find_times",
    "description": "Finds times.",
    "input_schema": {
        "type": "object",
        "properties": {"day": {"type": "string", "format": "date"}, "hours": {"type": "integer"}},
        "required": ["day"],
    },
}


class Kind(StrEnum):
    DEMO = "demo"
    OTHER = "other"


class Item(BaseModel):
    model_config = ConfigDict(extra="forbid")
    text: str
    due_on: date | None


class Report(BaseModel):
    model_config = ConfigDict(extra="forbid")
    kind: Kind
    confidence: float
    items: list[Item]
    first: Item


@pytest.fixture
async def ws() -> AsyncIterator[Running]:
    async with running(Options(seed=SEED, vendors={"model": 0})) as workspace:
        yield workspace


@pytest.fixture
async def claude(ws: Running) -> AsyncIterator[anthropic.AsyncAnthropic]:
    told = ws.vendors.environment()
    key, url = told["ANTHROPIC_API_KEY"], told["ANTHROPIC_BASE_URL"]
    async with anthropic.AsyncAnthropic(api_key=key, base_url=url, max_retries=0) as client:
        yield client


@pytest.fixture
async def gemini(ws: Running) -> AsyncIterator[genai.Client]:
    told = ws.vendors.environment()
    async with httpx2.AsyncClient() as http:
        options = types.HttpOptions(base_url=told["GOOGLE_GEMINI_BASE_URL"], httpx_async_client=http)
        client = genai.Client(api_key=told["GEMINI_API_KEY"], http_options=options)
        yield client
        client.close()


async def ask(client: anthropic.AsyncAnthropic, **more: Any) -> Message:
    question = {"model": "claude-haiku-5-5", "max_tokens": 100, "messages": [{"role": "user", "content": "Hello"}]}
    answer: Message = await client.messages.create(**{**question, **more})
    return answer


async def test_claude_answers_in_the_form_that_is_asked_for(claude: anthropic.AsyncAnthropic) -> None:
    messages: Any = [{"role": "user", "content": "Report."}]
    answer = await claude.messages.parse(
        model="claude-haiku-5-5", max_tokens=100, messages=messages, output_format=Report
    )
    assert answer.parsed_output is not None
    assert (answer.parsed_output.kind, answer.parsed_output.items) == (Kind.DEMO, [])
    assert answer.model_extra == {}


async def test_claude_answers_in_a_form_that_the_prompt_describes(claude: anthropic.AsyncAnthropic) -> None:
    schema = json.dumps({"type": "object", "properties": {"sure": {"type": "boolean"}}, "required": ["sure"]})
    answer = await ask(claude, messages=[{"role": "user", "content": f"{{see}} Answer as {schema} says."}])
    assert [block.text for block in answer.content if block.type == "text"] == ['{"sure": false}']
    plain = await ask(claude, model="claude-opus-5-5")
    assert (plain.model, plain.id != answer.id) == ("claude-opus-5-5", True)
    assert (plain._request_id or "").startswith("req_")
    assert [block.text for block in plain.content if block.type == "text"] == ["Understood."]


async def test_claude_calls_a_tool_once(claude: anthropic.AsyncAnthropic) -> None:
    question = {"role": "user", "content": "When?"}
    first = await ask(claude, tools=[TOOL], messages=[question])
    (call,) = first.content
    assert (first.stop_reason, call.type) == ("tool_use", "tool_use")
    assert call.to_dict()["input"] == {"day": "2027-01-04"}
    result = {"type": "tool_result", "tool_use_id": call.to_dict()["id"], "content": "at nine"}
    talk = [question, {"role": "assistant", "content": [call.to_dict()]}, {"role": "user", "content": [result]}]
    assert (await ask(claude, tools=[TOOL], messages=talk)).stop_reason == "end_turn"


async def test_claude_counts_tokens_and_remembers_marked_prompts(claude: anthropic.AsyncAnthropic) -> None:
    long: Any = [{"type": "text", "text": "x" * 40_000, "cache_control": {"type": "ephemeral"}}]
    messages: Any = [{"role": "user", "content": long}]
    counted = await claude.messages.count_tokens(model="claude-haiku-5-5", messages=messages)
    assert counted.input_tokens > 10_000
    first, second = [(await ask(claude, messages=messages)).usage for _ in range(2)]
    assert (first.cache_creation_input_tokens or 0) >= 10_000
    assert (second.cache_creation_input_tokens, second.cache_read_input_tokens) == (
        0,
        first.cache_creation_input_tokens,
    )


@pytest.mark.parametrize(
    "more",
    [
        {"tools": [TOOL], "tool_choice": {"type": "any"}},
        {"tools": [{"name": "find_times"}]},
        {"extra_body": {"temperature": 0}},
        {"extra_body": {"stream": True}},
        {"messages": [{"role": "user", "content": "Hello"}, {"role": "assistant", "content": "{"}]},
    ],
)
async def test_what_claude_refuses_of_anybody(claude: anthropic.AsyncAnthropic, more: dict[str, Any]) -> None:
    with pytest.raises(anthropic.BadRequestError):
        await ask(claude, **more)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        ({"kind": "rate_limit", "retry_after": 9}, anthropic.RateLimitError),
        ({"kind": "status", "status": 529}, anthropic.InternalServerError),
        ({"kind": "status", "status": 500}, anthropic.InternalServerError),
        ({"kind": "drop"}, anthropic.APIConnectionError),
        ({"kind": "invalid_body"}, ValueError),
    ],
)
async def test_claude_fails_as_claude_does(
    ws: Running, claude: anthropic.AsyncAnthropic, fault: dict[str, Any], error: type[Exception]
) -> None:
    ws.faults.arm(**fault, vendor="model", method="messages.create")
    with pytest.raises(error) as caught:
        await ask(claude)
    if isinstance(caught.value, anthropic.RateLimitError):
        assert caught.value.response.headers["retry-after"] == "9"
        assert caught.value.type == "rate_limit_error"
    assert (await ask(claude)).stop_reason == "end_turn"


async def test_a_model_that_declines_is_cut_off_or_chats(
    ws: Running, claude: anthropic.AsyncAnthropic, gemini: genai.Client
) -> None:
    for kind, reason, finish in (
        ("declined", "refusal", "SAFETY"),
        ("cut_off", "max_tokens", "MAX_TOKENS"),
        ("chat", "end_turn", "STOP"),
    ):
        ws.faults.arm(kind, vendor="model", times=2)
        assert (await ask(claude)).stop_reason == reason
        answer = await gemini.aio.models.generate_content(model="gemini-3.8-flash", contents="Hello")
        assert answer.candidates is not None
        assert answer.candidates[0].finish_reason == finish


async def test_gemini_answers_in_the_form_that_is_asked_for(gemini: genai.Client) -> None:
    for config in ({"response_schema": Report}, {"response_json_schema": Report.model_json_schema()}):
        wanted = types.GenerateContentConfig(response_mime_type="application/json", **config)
        answer = await gemini.aio.models.generate_content(model="gemini-3.8-flash", contents="Report.", config=wanted)
        report = Report.model_validate_json(answer.text or "")
        assert (report.kind, report.items) == (Kind.DEMO, [])
    plain = await gemini.aio.models.generate_content(model="gemini-3.8-flash", contents="Hello")
    assert (plain.text, plain.model_version) == ("Understood.", "gemini-3.8-flash")
    assert plain.usage_metadata is not None
    assert plain.usage_metadata.prompt_token_count == len('[{"parts": [{"text": "Hello"}], "role": "user"}]') // 4


async def test_gemini_calls_a_tool(gemini: genai.Client) -> None:
    schema = TOOL["input_schema"]
    declared = types.FunctionDeclaration(name="find_times", description="Finds.", parameters_json_schema=schema)
    config = types.GenerateContentConfig(tools=[types.Tool(function_declarations=[declared])])
    answer = await gemini.aio.models.generate_content(model="gemini-3.8-flash", contents="When?", config=config)
    (call,) = answer.function_calls or []
    assert (call.name, call.args) == ("find_times", {"day": "2027-01-04"})


async def test_gemini_fails_as_gemini_does(ws: Running, gemini: genai.Client) -> None:
    for fault, error, name in (
        ({"kind": "rate_limit"}, ClientError, "RESOURCE_EXHAUSTED"),
        ({"kind": "status", "status": 503}, ServerError, "UNAVAILABLE"),
    ):
        ws.faults.arm(**fault, vendor="model", method="models.generateContent")
        with pytest.raises(error) as caught:
            await gemini.aio.models.generate_content(model="gemini-3.8-flash", contents="Hello")
        assert caught.value.status == name


async def test_the_page_is_told_of_each_question(ws: Running, claude: anthropic.AsyncAnthropic) -> None:
    await asyncio.gather(ask(claude), ask(claude))
    lines = [entry.fields for entry in ws.log.entries if entry.kind == "vendor"]
    assert [(line["operation"], line["status"]) for line in lines] == [("messages.create", 200)] * 2
    assert lines[0]["response"]["type"] == "message"


@pytest.mark.parametrize(
    ("schema", "value"),
    [
        ({"type": "string", "minLength": 25}, "As agreed.As agreed.As ag"),
        ({"type": "string", "maxLength": 4}, "As a"),
        ({"type": "array", "minItems": 2, "items": {"type": "integer", "minimum": 3}}, [3, 3]),
        ({"type": ["string", "null"]}, None),
        ({"const": 5}, 5),
        ({"oneOf": [{"type": "boolean"}, {"type": "null"}]}, None),
        (
            {"allOf": [{"properties": {"a": {"type": "number"}}}, {"properties": {"b": {"enum": ["x"]}}}]},
            {"a": 0, "b": "x"},
        ),
        ({"type": "OBJECT", "properties": {"a": {"type": "STRING"}}, "required": ["a"]}, {"a": "As agreed."}),
        (
            {"type": "object", "properties": {"a": {"type": "null"}, "b": {"type": "null"}}, "required": ["b"]},
            {"b": None},
        ),
    ],
)
def test_the_least_that_a_schema_allows(schema: dict[str, Any], value: Any) -> None:
    assert least(schema) == value


def test_a_schema_that_contains_itself_ends() -> None:
    node = {"type": "object", "properties": {"next": {"$ref": "#/$defs/Node"}}, "required": ["next"]}
    assert "next" in least({"$ref": "#/$defs/Node", "$defs": {"Node": node}})


class Bounded(BaseModel):
    name: str = Field(min_length=3, max_length=5)
    count: int = Field(ge=2)
    parts: list[Item] = Field(min_length=1)


@pytest.mark.parametrize("model", [Report, Item, Bounded])
def test_the_least_is_valid(model: type[BaseModel]) -> None:
    assert model.model_validate(least(model.model_json_schema()))


def test_only_schemas_are_schemas() -> None:
    assert schema_in('{"a": 1} and {broken {"type": "object", "properties": {}}') == {
        "type": "object",
        "properties": {},
    }
    assert schema_in('{"a": {"type": "string"}} []') is None
