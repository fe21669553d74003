"""What one run of meeting_ended is billed for its input, against every skill sending the conversation by itself.

The product's own steps, prompts and client run against a server on the loopback that bills as the provider does: a
cached prefix is written once and then read at a fraction of the price, and a prefix that is too short is not cached.
Four characters count as a token on both sides, so their ratio is what is measured, and not their number.
"""

import asyncio
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from bench.figures import Figure
from bench.talk import PROSPECT, REP, as_transcript
from gateways.model.engine import VendorModel, make_model
from gateways.model.prices import Tokens, price
from scheduler.clock import utc_now
from sequences.context import Tier1, Tier2
from sequences.meeting_ended import MEETING_ENDED
from sequences.ports.dispatch import Clock
from sequences.records.crm import CustomerPicture
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting, Side
from sequences.records.people import Org, User
from sequences.rehearsal import rehearse
from sequences.skills.thinker import Thinker
from storage.database import Database
from workspace.vendors.model import KEY, ModelServer, claude
from workspace.vendors.prefix_cache import PrefixCache

MODEL = "claude-sonnet-5-5"
MINUTES = (30, 60)
AT_MOST_PERCENT = 40.0
# One for each skill that the run asks, in its order.
ANSWERS = (
    '{"kind": "demo", "confidence": 0.9}',
    '{"items": []}',
    '{"items": []}',
    '{"items": []}',
    '{"to": [], "subject": "Next steps", "body": "Hi Petra, thank you for your time."}',
    '{"items": [], "stage_proposal": null}',
    '{"lines": []}',
)


@dataclass(frozen=True, kw_only=True)
class Billed:
    """In thousands of full-price tokens: a cached one counts as the part of its price that is charged."""

    shared: float
    alone: float

    @property
    def percent(self) -> float:
        return 100 * self.shared / self.alone


def measure() -> list[Figure]:
    figures = []
    for minutes in MINUTES:
        billed = asyncio.run(bill_of(minutes))
        name = f"tokens.meeting_{minutes}min"
        figures += [
            Figure(
                name=f"{name}.billed_percent",
                value=billed.percent,
                what="input of one meeting, billed, against each skill by itself",
                target=AT_MOST_PERCENT,
            ),
            Figure(name=f"{name}.shared_ktokens", value=billed.shared, what="billed at full price, with the cache"),
            Figure(name=f"{name}.alone_ktokens", value=billed.alone, what="billed, each skill by itself"),
        ]
    return figures


async def bill_of(minutes: float) -> Billed:
    async with ModelServer().running() as server:
        server.bill = PrefixCache().bill
        server.play(*(claude(answer) for answer in ANSWERS))
        model = make_model(f"anthropic:{MODEL}", {"ANTHROPIC_API_KEY": KEY, "ANTHROPIC_BASE_URL": server.url})
        if model is None:
            raise RuntimeError(f"{MODEL} is no model")
        try:
            await _understand(material_of(minutes), model, utc_now)
        finally:
            await model.aclose()
    if server.plays or server.refused or len(server.requests) != len(ANSWERS):
        raise RuntimeError(f"the run asked {len(server.requests)} times; refused: {server.refused}")
    return Billed(shared=_billed(server.requests), alone=_billed([_by_itself(one) for one in server.requests]))


def material_of(minutes: float) -> MeetingMaterial:
    transcript = as_transcript(minutes)
    org = Org(id="org_bench", name="Bench", team_id="T0")
    return MeetingMaterial(
        meeting=Meeting(
            id="meeting_bench",
            org_id=org.id,
            title="A conversation",
            started_at=transcript.started_at or utc_now(),
            source="bench",
            external_id="bench",
            participants=transcript.participants,
        ),
        transcript=transcript,
        sides={REP: Side.REP, PROSPECT: Side.PROSPECT},
        rep=User(id="user_bench", org_id=org.id, slack_user_id="U0", name=REP),
        org=org,
        timezone="UTC",
    )


async def _understand(material: MeetingMaterial, model: VendorModel, clock: Clock) -> None:
    store = Database.open("sqlite+aiosqlite:///:memory:")
    try:
        await store.migrate()
        async with store.begin() as tx:
            await tx.people.save_org(material.org)
            await tx.people.save_user(material.rep)
        thinker = Thinker(
            store=store,
            model=model,
            clock=clock,
            org=material.org,
            user=material.rep,
            job_id=None,
            sequence=MEETING_ENDED.name,
        )
        await rehearse(
            MEETING_ENDED,
            {
                MeetingMaterial: material,
                Thinker: thinker,
                Tier1: Tier1(org=material.org, user=material.rep),
                Tier2: Tier2(customer=CustomerPicture()),
            },
        )
    finally:
        await store.close()


def _by_itself(request: dict[str, Any]) -> dict[str, Any]:
    """The same question from a skill that marks nothing for the cache."""
    messages = [
        {**message, "content": [_unmarked(block) for block in message["content"]]} for message in request["messages"]
    ]
    return {**request, "messages": messages}


def _unmarked(block: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in block.items() if key != "cache_control"}


def _billed(requests: list[dict[str, Any]]) -> float:
    """Thousands of tokens at the full price of input, by the provider's own prices for cached ones."""
    cache = PrefixCache()
    cost = sum((_cost(cache.bill(request)) for request in requests), Decimal(0))
    return float(cost / price("anthropic", MODEL, Tokens(input=1_000_000)) * 1_000)


def _cost(usage: dict[str, int]) -> Decimal:
    read, written = usage["cache_read_input_tokens"], usage["cache_creation_input_tokens"]
    return price(
        "anthropic", MODEL, Tokens(input=usage["input_tokens"] + read + written, cache_read=read, cache_write=written)
    )
