"""How the mail of a debrief is shown: to whom, by name when anybody has told it."""

from datetime import UTC, datetime

import pytest

from sequences.cards.panels import mail_panel
from sequences.records.action import ActionType, PendingAction
from sequences.records.crm import CustomerPicture
from sequences.records.meeting import Meeting, Participant
from tests.sequences.people import CUSTOMER, REP

NOW = datetime(2026, 11, 19, 15, 5, tzinfo=UTC)
STRANGERS = CustomerPicture()
CALLED = "Sarah C."


def meeting(*participants: Participant) -> Meeting:
    return Meeting(
        id="meeting_1",
        org_id=REP.org_id,
        title="Kickoff",
        started_at=NOW,
        source="webhook:meetingbaas",
        external_id="bot_1",
        participants=participants,
    )


def mail_to(*addresses: str) -> PendingAction:
    return PendingAction(
        id="act_1",
        org_id=REP.org_id,
        user_id=REP.id,
        action_type=ActionType.SEND_EMAIL,
        action_payload={"to": list(addresses), "subject": "Next steps", "body": "Hi"},
        digest="d",
        risk_level="critical",
        reason="You met.",
        expires_at=NOW,
        created_at=NOW,
    )


@pytest.mark.parametrize(
    ("customer", "to", "name"),
    [
        (CUSTOMER, "sarah@acme.example", "Sarah Chen"),  # the CRM's word comes first
        (STRANGERS, "sarah@acme.example", CALLED),
        (STRANGERS, "somebody@else.example", None),
        (CUSTOMER, "new@acme.example sarah@acme.example", "new@acme.example and Sarah Chen"),
        (STRANGERS, "sarah@acme.example tom@acme.example", f"{CALLED} and Tom H."),
        (CUSTOMER, "sarah@acme.example tom@acme.example a@b.example c@d.example", "Sarah Chen, Tom H. and 2 more"),
    ],
)
def test_hitl_01_the_mail_names_whom_it_goes_to(customer: CustomerPicture, to: str, name: str | None) -> None:
    there = meeting(
        Participant(name="Mute"),
        Participant(name=CALLED, email="sarah@acme.example"),
        Participant(name="Tom H.", email="tom@acme.example"),
    )
    panel = mail_panel({ActionType.SEND_EMAIL: mail_to(*to.split())}, REP, NOW, customer=customer, meeting=there)
    assert panel is not None
    assert panel.recipient_name == name


def test_hitl_01_a_mail_to_nobody_yet_names_nobody() -> None:
    panel = mail_panel({ActionType.SEND_EMAIL: mail_to()}, REP, NOW, customer=CUSTOMER, meeting=meeting())
    assert panel is not None
    assert panel.recipient_name is None
