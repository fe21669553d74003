"""The ten built-in sequences as they are declared, with and without steps."""

from typing import Any

import pytest

from sequences.catalogue import load_catalogue
from sequences.meeting_ended import MEETING_ENDED
from sequences.records.event import EVENT_ALIASES, EventSource, EventStatus, EventType
from sequences.records.people import Org
from sequences.sequence import Affinity
from sequences.triggers import ALL_TRIGGERS, trigger_of
from tests.sequences.people import ORG, REP
from tests.sequences.world import World


def test_env_18_ten_sequences_are_declared_each_once() -> None:
    assert {trigger.event for trigger in ALL_TRIGGERS} == set(EventType) - {
        EventType.CONTENT_RETRIEVAL,
        EventType.PRICING_RETRIEVAL,
    }
    assert len(ALL_TRIGGERS) == 10
    aliases = {alias: trigger.event for trigger in ALL_TRIGGERS for alias in trigger.aliases}
    assert aliases == EVENT_ALIASES
    assert aliases.keys() == {"campaign_check", "coaching_digest", "pre_meeting"}


def test_env_18_a_declared_sequence_is_known_by_name_and_alias_before_it_can_run() -> None:
    loaded = load_catalogue()
    assert (
        loaded.trigger("pre_meeting") is loaded.trigger("pre_meeting_90min") is trigger_of(EventType.PRE_MEETING_90MIN)
    )
    assert loaded.trigger("meeting_ended") is MEETING_ENDED
    assert loaded.trigger("content_retrieval") is loaded.trigger("tea_time") is loaded.find("pre_meeting") is None


def test_env_16_the_confidence_of_each_trigger() -> None:
    by_confidence: dict[float, set[str]] = {}
    for trigger in ALL_TRIGGERS:
        by_confidence.setdefault(trigger.confidence, set()).add(trigger.name)
    assert by_confidence == {
        0.95: {"meeting_ended", "pre_meeting_90min", "morning_brief"},
        0.90: {"email_received", "proposal_generation", "calendar_find_times"},
        0.85: {"stale_deal_revival", "campaign_daily_check", "coaching_weekly", "deal_risk_scan"},
    }


def test_env_19_every_affinity_is_somebodys() -> None:
    assert {trigger.affinity for trigger in ALL_TRIGGERS} == set(Affinity)
    assert len(Affinity) == 6


def test_env_20_steps_need_no_more_than_their_trigger_declares() -> None:
    declared = set().union(*(trigger.capabilities for trigger in ALL_TRIGGERS))
    assert {"meetings", "crm", "email", "messaging", "calendar", "enrichment"} <= declared


def test_env_06_env_07_every_source_is_named_and_may_raise_something() -> None:
    """What a button approves resumes a run and raises nothing."""
    raising = set().union(*(trigger.sources for trigger in ALL_TRIGGERS))
    assert set(EventSource) - raising == {EventSource.SLACK_BUTTON_APPROVE}
    assert raising >= {
        "cron:pre_meeting",
        "cron:pipeline_scan",
        "webhook:email",
        "webhook:calendar",
        "orchestrator:continuation",
        "cron:campaign_check",
        "cron:coaching_weekly",
        "cron:weekly",
        "cron:morning",
    }


def test_chain_18_every_sequence_has_a_named_trigger() -> None:
    assert [trigger.name for trigger in ALL_TRIGGERS if not trigger.sources] == []


VALID: dict[EventType, dict[str, Any]] = {
    EventType.PRE_MEETING_90MIN: {"calendar_event_id": "cal_1", "starts_at": "2026-03-05T12:00:00Z"},
    EventType.EMAIL_RECEIVED: {"message_id": "<1@acme.example>"},
    EventType.DEAL_RISK_SCAN: {"on": "2026-03-05"},
    EventType.STALE_DEAL_REVIVAL: {"deal_id": "deal_1"},
    EventType.PROPOSAL_GENERATION: {"deal_id": "deal_1"},
    EventType.CALENDAR_FIND_TIMES: {"contact_id": "contact_1"},
    EventType.CAMPAIGN_DAILY_CHECK: {"on": "2026-03-05"},
    EventType.COACHING_WEEKLY: {"on": "2026-03-05"},
    EventType.MORNING_BRIEF: {"on": "2026-03-05"},
}
WAITING = [trigger for trigger in ALL_TRIGGERS if load_catalogue().find(trigger.name) is None]


def own_source(kind: EventType) -> EventSource:
    return min(trigger_of(kind).sources - {EventSource.ORCHESTRATOR_CHAIN})


@pytest.mark.parametrize("kind", [trigger.event for trigger in WAITING])
async def test_env_13_an_event_of_a_declared_sequence_is_checked_in_order_and_kept(
    world: World, kind: EventType
) -> None:
    """With everything wrong at once, each mended in turn shows the next reason; the last is that nothing runs yet."""
    world.know_built_in()
    event: dict[str, Any] = {"source": EventSource.CLI_MEETING, "user_id": "user_gone", "payload": {"on": "never"}}
    await switch(world, kind, is_on=False)
    assert (await world.raise_event(kind, **event)).reason == "its org or user does not exist"
    event["user_id"] = REP.id
    assert (await world.raise_event(kind, **event)).reason == f"{kind} is switched off for this workspace"
    await switch(world, kind, is_on=True)
    assert (await world.raise_event(kind, **event)).reason == f"cli:meeting may not raise {kind}"
    event["source"] = own_source(kind)
    if any(field.is_required() for field in trigger_of(kind).payload.model_fields.values()):
        assert (await world.raise_event(kind, **event)).reason.startswith("its payload lacks or misfits: ")
    event["payload"] = VALID[kind]
    accepted = await world.raise_event(kind, **event)
    assert (accepted.status, accepted.reason) == (EventStatus.SKIPPED, f"no sequence answers {kind} yet")
    assert [stored.status for stored in await world.events()] == [EventStatus.SKIPPED] * len(await world.events())


async def switch(world: World, kind: EventType, *, is_on: bool) -> None:
    async with world.database.begin() as tx:
        await tx.people.set_enabled(ORG.id, kind, is_on)


async def test_email_05_what_an_admin_must_switch_on_is_off_by_default(world: World) -> None:
    new = Org(id="org_new", name="New", team_id="T9")
    async with world.database.begin() as tx:
        await tx.people.save_org(new)
        off = {kind for kind in EventType if not await tx.people.is_enabled(new.id, kind)}
    assert off == {EventType.EMAIL_RECEIVED, EventType.COACHING_WEEKLY, EventType.CAMPAIGN_DAILY_CHECK}
    world.know_built_in()
    accepted = await world.raise_event("email_received", source=EventSource.WEBHOOK_EMAIL, payload={"message_id": "1"})
    assert accepted.reason == "email_received is switched off for this workspace"
