"""Every record that a skill answers with has a schema that both vendors accept."""

import json
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any, Literal

import pytest
from pydantic import Field

from gateways.model.conversation import SCHEMA_TOKENS
from gateways.model.prices import token_bound
from gateways.model.schema import schema_text, strict_schema
from sequences.records.base import Record
from sequences.records.insight import (
    ActionItems,
    CallType,
    FieldUpdates,
    FollowUpDraft,
    Intents,
    MeetingSummary,
    NextActions,
)
from workspace.vendors.model import BrokenRuleError, check_schema

OUTPUTS = (ActionItems, CallType, FieldUpdates, FollowUpDraft, Intents, MeetingSummary, NextActions)


class Mood(StrEnum):
    GOOD = "good"
    BAD = "bad"


class Sample(Record):
    """Meant for developers."""

    mood: Mood = Mood.GOOD
    score: float = Field(default=0.5, ge=0, le=1, description="how sure")
    tag: Literal["only"] = "only"
    due_on: date | None = None
    amount: Decimal | None = None
    names: tuple[str, ...] = ()


class OpenEnded(Record):
    anything: dict[str, Any]


@pytest.mark.parametrize("output", OUTPUTS)
def test_the_schema_of_every_answer_is_strict(output: type[Record]) -> None:
    check_schema(strict_schema(output))


def test_the_plain_pydantic_schema_would_be_refused() -> None:
    with pytest.raises(BrokenRuleError):
        check_schema(CallType.model_json_schema())


def test_defaults_become_required_and_bounds_become_words() -> None:
    schema = strict_schema(Sample)
    assert schema["required"] == ["mood", "score", "tag", "due_on", "amount", "names"]
    assert schema["additionalProperties"] is False
    assert schema["properties"]["score"] == {"type": "number", "description": "how sure (at least 0, at most 1)"}
    assert schema["properties"]["tag"]["enum"] == ["only"]
    assert schema["properties"]["due_on"]["anyOf"][0] == {"type": "string", "format": "date"}
    assert schema["properties"]["names"] == {"type": "array", "items": {"type": "string"}}
    assert schema["$defs"]["Mood"]["enum"] == ["good", "bad"]


def test_docstrings_for_developers_do_not_reach_the_model() -> None:
    assert "Meant for developers" not in schema_text(Sample)


def test_the_text_is_the_same_each_time() -> None:
    assert schema_text(Intents) == schema_text(Intents)
    assert json.loads(schema_text(Intents)) == strict_schema(Intents)


@pytest.mark.parametrize("output", OUTPUTS)
def test_no_schema_takes_more_tokens_than_an_estimate_allows(output: type[Record]) -> None:
    assert token_bound(schema_text(output)) < SCHEMA_TOKENS


def test_open_ended_objects_are_a_programming_error() -> None:
    with pytest.raises(TypeError, match="anything"):
        strict_schema(OpenEnded)
