"""What one meeting costs on the wire, against a server that bills cached prefixes as the provider does."""

from decimal import Decimal

import pytest

from gateways.model.engine import VendorModel, make_model
from sequences.ports.model import Prompt, Usage
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
from workspace.vendors.model import KEY, ModelServer, claude
from workspace.vendors.prefix_cache import PrefixCache

SENTENCE = "so what we would need from you is a rough idea of the rollout and who signs it off on our side"
TASK = "Decide with care what counts and what does not, and give the exact words. " * 20
ANSWERS: dict[type[Record], str] = {
    CallType: '{"kind": "demo", "confidence": 0.9}',
    ActionItems: '{"items": []}',
    Intents: '{"items": []}',
    NextActions: '{"items": []}',
    FollowUpDraft: '{"to": [], "subject": "Next steps", "body": "Hi"}',
    FieldUpdates: '{"items": [], "stage_proposal": null}',
    MeetingSummary: '{"lines": []}',
}


def prompt(words: int) -> Prompt:
    turns = [f"[{turn}] Ann (ours) 00:00: {SENTENCE}" for turn in range(words // len(SENTENCE.split()))]
    return Prompt(instructions="Be exact. " * 100, material="\n".join(turns), task=TASK, version="1")


async def bill_of_a_meeting(model: VendorModel, server: ModelServer, words: int) -> list[Usage]:
    server.bill = PrefixCache().bill
    server.play(*(claude(answer) for answer in ANSWERS.values()))
    return [
        (await model.ask(output.__name__, prompt(words), output, max_output_tokens=500)).usage for output in ANSWERS
    ]


@pytest.mark.parametrize("minutes", [30, 60, 180])
async def test_a_meeting_is_billed_at_less_than_two_fifths_of_seven_separate_readings(
    model_server: ModelServer, minutes: int
) -> None:
    model = make_model(
        "anthropic:claude-sonnet-5-5", {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": model_server.url}
    )
    assert model is not None
    bills = await bill_of_a_meeting(model, model_server, words=minutes * 150)
    await model.aclose()
    naive = sum(bill.input_tokens for bill in bills) * Decimal(2) / 1_000_000
    paid = sum((bill.cost_usd for bill in bills), Decimal(0))
    assert bills[0].cached_input_tokens == 0
    assert all(bill.cached_input_tokens > 0 for bill in bills[1:])
    assert paid <= naive * Decimal("0.4"), f"{paid / naive:.0%}"


async def test_short_material_is_not_worth_sharing(model_server: ModelServer) -> None:
    model = make_model(
        "anthropic:claude-sonnet-5-5", {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": model_server.url}
    )
    assert model is not None
    bills = await bill_of_a_meeting(model, model_server, words=600)
    await model.aclose()
    assert all(bill.cached_input_tokens == 0 for bill in bills)
    assert all("output_config" in request for request in model_server.requests)


def test_a_provider_that_is_asked_with_a_schema_each_shares_nothing() -> None:
    """What the arrangement is for: the same seven questions with the schema enforced never meet in the cache."""
    cache = PrefixCache()
    block = {"type": "text", "text": prompt(9_000).material, "cache_control": {"type": "ephemeral"}}
    asked = {"model": "m", "system": [], "messages": [{"role": "user", "content": [block]}]}
    bills = [cache.bill(asked | {"output_config": {"format": {"name": output.__name__}}}) for output in ANSWERS]
    assert all(bill["cache_read_input_tokens"] == 0 for bill in bills)
