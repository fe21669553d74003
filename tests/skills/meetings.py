"""Short conversations for the skills' tests: "R: ..." is our rep, "H" a colleague, "P" and "Q" are prospects."""

from datetime import UTC, datetime

from sequences.records.crm import Company, Contact, CustomerPicture, Deal, Stage
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting, Participant, Side, Transcript, Turn
from sequences.records.people import Org, User

NAMES = {"R": "Robin Hale", "H": "Hugh Penrose", "P": "Petra Lind", "Q": "Tomas Engel", "U": "Speaker 7"}
SIDES = {"R": Side.REP, "H": Side.REP, "P": Side.PROSPECT, "Q": Side.PROSPECT, "U": Side.UNKNOWN}
TUESDAY = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)


def meeting(*lines: str, title: str = "Four-store pilot", stage: Stage = Stage.QUALIFIED) -> MeetingMaterial:
    """A meeting on Tuesday 17 November 2026, 15:00 in London; Petra has an address, Tomas only one in the CRM."""
    turns = []
    for number, line in enumerate(lines):
        who, _, text = line.partition(": ")
        turns.append(Turn(index=number, speaker=NAMES[who], text=text, start_s=float(number * 10)))
    spoke = {turn.speaker for turn in turns}
    return MeetingMaterial(
        meeting=Meeting(
            id="m1",
            org_id="o1",
            title=title,
            started_at=TUESDAY,
            source="cli:meeting",
            external_id="x",
            participants=(
                Participant(name="Robin Hale", email="robin@ours.example"),
                Participant(name="Petra Lind", email="petra@theirs.example"),
            ),
        ),
        transcript=Transcript(turns=tuple(turns)),
        sides={NAMES[key]: side for key, side in SIDES.items() if NAMES[key] in spoke},
        rep=User(id="u1", org_id="o1", slack_user_id="U1", name="Robin Hale", email="robin@ours.example"),
        org=Org(id="o1", name="Ours", team_id="T1", email_domains=("ours.example",)),
        timezone="Europe/London",
        customer=CustomerPicture(
            contacts=(Contact(id="c1", name="Tomas Engel", email="tomas@theirs.example"),),
            company=Company(id="co1", name="Theirs"),
            deal=Deal(id="d1", name="Pilot", stage=stage),
        ),
    )
