"""The offline rules compile their patterns when first needed; warming up spares the first rep that wait."""

from datetime import UTC, datetime

from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting, Side, Transcript, Turn
from sequences.records.people import Org, User
from sequences.skills.catalogue import (
    CLASSIFY_CALL,
    DETECT_INTENTS,
    DRAFT_FOLLOW_UP,
    EXTRACT_ACTION_ITEMS,
    EXTRACT_CRM_FIELDS,
    SUGGEST_NEXT_ACTIONS,
    SUMMARISE_MEETING,
)
from sequences.skills.skill import MeetingFindings

# Both sides speak, in sentences that most rules at least look at.
_SAID = (
    ("Ann", "Thanks for the time today. I'll send you the proposal by Friday, and shall we meet again next Tuesday?"),
    ("Bob", "Could you send me the price list? We looked at two others, our board has to approve the budget in March."),
    ("Ann", "Of course. What would stop you from going ahead?"),
    ("Bob", "It is too expensive as it stands, but if the price works we would sign. I'll get back to you on Monday."),
)


def warm_up() -> None:
    """Let every skill read one small conversation. Pure, and takes a second or two of CPU the first time."""
    material = _material()
    call_type = CLASSIFY_CALL.offline(material)
    findings = MeetingFindings(
        material=material,
        call_type=call_type,
        action_items=EXTRACT_ACTION_ITEMS.offline(material),
        intents=DETECT_INTENTS.offline(material),
    )
    EXTRACT_CRM_FIELDS.offline(material)
    SUMMARISE_MEETING.offline(material)
    SUGGEST_NEXT_ACTIONS.offline(findings)
    DRAFT_FOLLOW_UP.offline(findings)


def _material() -> MeetingMaterial:
    turns = tuple(Turn(index=index, speaker=name, text=text) for index, (name, text) in enumerate(_SAID))
    org = Org(id="org_warm", name="Warm-up", team_id="T0")
    return MeetingMaterial(
        meeting=Meeting(
            id="meeting_warm",
            org_id=org.id,
            title="Warm-up",
            started_at=datetime(2026, 1, 5, 9, tzinfo=UTC),
            source="warm-up",
            external_id="warm-up",
        ),
        transcript=Transcript(turns=turns),
        sides={"Ann": Side.REP, "Bob": Side.PROSPECT},
        rep=User(id="user_warm", org_id=org.id, slack_user_id="U0", name="Ann"),
        org=org,
        timezone="UTC",
    )
