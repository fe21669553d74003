"""What a meeting raises and would write: only for what was certainly said, only to records that are known."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, get_type_hints

import pytest

from sequences.meeting_follow_ups import CHAINING_CONFIDENCE, follow_ups_of
from sequences.meeting_writes import field_writes, stage_move
from sequences.records.base import Record
from sequences.records.crm import CustomerPicture, Stage
from sequences.records.event import EventSource, EventType
from sequences.records.insight import CrmObject, FieldUpdate, FieldUpdates, Intent, IntentKind, Intents
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting, Participant, Side, Transcript, Turn
from sequences.records.payloads import Asked
from sequences.skills.catalogue import ALL_SKILLS
from sequences.skills.skill import MeetingFindings, Skill
from sequences.triggers import trigger_of
from tests.sequences.people import COMPANY, CUSTOMER, DEAL, ORG, REP, SARAH

SAID = ("Thank you for the time.", "We need a quote.", "I'll send you a proposal by Friday.")
SPEAKERS = ("Robin Hale", "Sarah Chen", "Robin Hale")


def material(customer: CustomerPicture = CUSTOMER) -> MeetingMaterial:
    turns = tuple(
        Turn(index=number, speaker=speaker, text=text, start_s=number * 10.0)
        for number, (speaker, text) in enumerate(zip(SPEAKERS, SAID, strict=True))
    )
    meeting = Meeting(
        id="meeting_1",
        org_id=ORG.id,
        title="Acme call",
        started_at=datetime(2026, 3, 5, 9, tzinfo=UTC),
        source="cli:meeting",
        external_id="1",
        participants=(Participant(name="Robin Hale"), Participant(name="Sarah Chen")),
    )
    return MeetingMaterial(
        meeting=meeting,
        transcript=Transcript(turns=turns),
        sides={"Robin Hale": Side.REP, "Sarah Chen": Side.PROSPECT},
        rep=REP,
        org=ORG,
        timezone="UTC",
        customer=customer,
    )


def heard(kind: IntentKind, side: Side, confidence: float, turn: int = 2) -> Intent:
    return Intent(
        kind=kind, speaker=side, speaker_name="Robin Hale", quote=SAID[turn], turn=turn, confidence=confidence
    )


K = IntentKind


@pytest.mark.parametrize(
    ("kind", "side", "confidence", "raised"),
    [
        (K.SEND_PROPOSAL, Side.REP, 0.8, "proposal_generation"),
        (K.SEND_PROPOSAL, Side.REP, 0.79, None),
        (K.SEND_PROPOSAL, Side.PROSPECT, 0.99, None),
        (K.SEND_PROPOSAL, Side.UNKNOWN, 0.99, None),
        (K.SCHEDULE_MEETING, Side.REP, 0.9, "calendar_find_times"),
        (K.SCHEDULE_MEETING, Side.PROSPECT, 0.9, None),
        (K.SEND_CONTENT, Side.PROSPECT, 0.8, "content_retrieval"),
        (K.SEND_CONTENT, Side.REP, 0.9, None),
        (K.BUYING_POSITIVE, Side.PROSPECT, 0.99, None),
        (K.TIMELINE, Side.PROSPECT, 0.99, None),
        (K.PROSPECT_FOLLOWUP, Side.PROSPECT, 0.99, None),
    ],
)
def test_intent_06_what_chains(kind: IntentKind, side: Side, confidence: float, raised: str | None) -> None:
    found = follow_ups_of(material(), Intents(items=(heard(kind, side, confidence),)))
    assert [item.type for item in found] == ([raised] if raised else [])


def test_intent_07_several_promises_of_a_kind_are_one_follow_up_on_the_surest() -> None:
    intents = Intents(items=(heard(K.SEND_PROPOSAL, Side.REP, 0.85, 0), heard(K.SEND_PROPOSAL, Side.REP, 0.95)))
    (raised,) = follow_ups_of(material(), intents)
    assert (raised.reason, raised.payload["turn"]) == (SAID[2], 2)
    assert [item["turn"] for item in raised.payload["evidence"]] == [0, 2]
    assert (raised.payload["contact_id"], raised.payload["deal_id"]) == (SARAH.id, DEAL.id)
    assert CHAINING_CONFIDENCE == 0.8


def test_intent_21_a_follow_up_refers_to_the_meeting_and_copies_no_transcript() -> None:
    (raised,) = follow_ups_of(material(), Intents(items=(heard(K.SEND_PROPOSAL, Side.REP, 0.9),)))
    assert raised.payload["meeting_id"] == "meeting_1"
    assert SAID[1] not in str(raised.payload)


def update(object: CrmObject, field: str, new: str, turn: int = 1) -> FieldUpdate:
    return FieldUpdate(object=object, field=field, new=new, quote=SAID[turn], turn=turn, start_s=10.0)


def test_meet_10_an_update_goes_to_the_record_that_it_is_about() -> None:
    updates = FieldUpdates(
        items=(
            update(CrmObject.DEAL, "next_step", "Send the quote"),
            update(CrmObject.COMPANY, "industry", "Logistics"),
            update(CrmObject.CONTACT, "title", "CFO"),
        )
    )
    writes = field_writes(material(), updates).writes
    assert [(item.object_id, item.field, item.old, item.new) for item in writes] == [
        (DEAL.id, "next_step", "Call back", "Send the quote"),
        (COMPANY.id, "industry", None, "Logistics"),
        (SARAH.id, "title", None, "CFO"),
    ]
    assert {item.quote for item in writes} == {SAID[1]}


def test_meet_10_what_our_own_people_say_about_themselves_is_no_contacts_field() -> None:
    updates = FieldUpdates(items=(update(CrmObject.CONTACT, "title", "AE", turn=0),))
    assert field_writes(material(), updates).writes == ()


@pytest.mark.parametrize("new", ["Call back", " call BACK "])
def test_meet_10_no_news_is_not_written(new: str) -> None:
    assert field_writes(material(), FieldUpdates(items=(update(CrmObject.DEAL, "next_step", new),))).writes == ()


def test_meet_10_an_amount_in_other_words_is_no_news() -> None:
    """The CRM holds 24000; a rep who reads 24000.00 has learnt nothing."""
    deal = DEAL.model_copy(update={"amount": Decimal("24000.00")})
    updates = FieldUpdates(items=(update(CrmObject.DEAL, "amount", "24000.00"),))
    assert field_writes(material(CUSTOMER.model_copy(update={"deal": deal})), updates).writes == ()


def test_meet_10_without_a_record_nothing_is_guessed() -> None:
    updates = FieldUpdates(
        items=tuple(update(kind, "next_step", "x") for kind in CrmObject),
        stage_proposal=update(CrmObject.DEAL, "stage", "proposal"),
    )
    nobody = material(CustomerPicture())
    assert field_writes(nobody, updates).writes == ()
    assert stage_move(nobody, updates) is None


@pytest.mark.parametrize(
    ("new", "expected"), [("proposal", Stage.PROPOSAL), (" Proposal ", Stage.PROPOSAL), ("demo", None), ("soon", None)]
)
def test_hitl_15_a_stage_is_proposed_only_when_it_exists_and_changes(new: str, expected: Stage | None) -> None:
    move = stage_move(material(), FieldUpdates(stage_proposal=update(CrmObject.DEAL, "stage", new)))
    assert (move.new if move else None) is expected
    assert move is None or (move.old, move.quote) == (Stage.DEMO, SAID[1])


def test_env_17_what_a_meeting_raises_fits_what_its_followers_take() -> None:
    every = (heard(K.SEND_PROPOSAL, Side.REP, 0.9), heard(K.SCHEDULE_MEETING, Side.REP, 0.9))
    raised = follow_ups_of(material(), Intents(items=every))
    assert len(raised) == 2
    for wanted in raised:
        trigger = trigger_of(EventType(wanted.type))
        assert EventSource.ORCHESTRATOR_CHAIN in trigger.sources
        read = trigger.payload.model_validate(wanted.payload)
        assert isinstance(read, Asked)
        assert (read.meeting_id, [item.quote for item in read.evidence]) == ("meeting_1", [SAID[2]])


@pytest.mark.parametrize("skill", ALL_SKILLS, ids=lambda skill: skill.key)
def test_core_16_every_skill_answers_without_runner_store_and_gate(skill: Skill[Any, Any]) -> None:
    """From records to a record; the contract in pyproject.toml keeps the imports that way."""
    (wanted,) = [hint for name, hint in get_type_hints(skill.offline).items() if name != "return"]
    talk = material()
    given = talk if wanted is MeetingMaterial else MeetingFindings(material=talk)
    found = skill.check(given, skill.offline(given))
    assert isinstance(found, skill.output)
    assert isinstance(found, Record)
