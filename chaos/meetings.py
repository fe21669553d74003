"""Meetings to have, each with a customer of its own: whatever it leaves behind can be told from all the others'."""

import csv
import io
from dataclasses import dataclass

from storage.csv_import import apply, decode, read_contacts
from storage.database import Database

COLUMNS = ("name", "email", "title", "company", "domain", "deal", "stage", "amount", "currency", "owner email")
REPS = ("Robin Hale", "Mateo Ruiz", "Hugh Penrose")
# Something for every kind of action: a mail, tasks, a field of the deal, a stage, and intents that raise follow-ups.
TALK = (
    ("{rep}", "Thanks for the time, Petra. Shall I put the four-store pilot in writing?"),
    ("Petra Lindqvist", "Yes please. We have a budget of 6,500 pounds for the pilot, that is approved."),
    ("{rep}", "I'll send you a written proposal for the four stores by Tuesday."),
    ("Petra Lindqvist", "Good. Could you send me the security questionnaire as well?"),
    ("{rep}", "Of course, I'll send the security questionnaire tomorrow."),
    ("Petra Lindqvist", "Tomas, our finance director, has to agree before anything is signed."),
    ("{rep}", "Shall we put half an hour in on Thursday with the two of you?"),
    ("Petra Lindqvist", "Thursday at ten works. We want to be live before the first of March."),
)


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """``name`` is in its title, in the company's and the deal's name, and in the prospect's address."""

    name: str
    rep: str

    @property
    def title(self) -> str:
        return f"Pilot {self.name}"

    @property
    def domain(self) -> str:
        return f"{self.name}.example"

    @property
    def address(self) -> str:
        return f"petra@{self.domain}"

    def transcript(self) -> bytes:
        """As WebVTT."""
        cues = []
        for number, (who, text) in enumerate(TALK):
            start, end = number * 6, number * 6 + 5
            cues.append(f"00:{start:02}.000 --> 00:{end:02}.000\n<v {who.format(rep=self.rep)}>{text}")
        return ("WEBVTT\n\n" + "\n\n".join(cues) + "\n").encode()

    def row(self, rep_email: str) -> tuple[str, ...]:
        company = f"Company {self.name}"
        return (
            "Petra Lindqvist", self.address, "Head of Stores", company, self.domain,
            f"{company}: pilot", "Discovery", "6000", "GBP", rep_email,
        )  # fmt: skip


def meeting_named(name: str, number: int) -> Meeting:
    """Reps take turns, so that nobody's daily limit of mails stands in the way."""
    return Meeting(name=name, rep=REPS[number % len(REPS)])


async def know_customers(database: Database, meetings: list[Meeting], emails: dict[str, str]) -> None:
    """Through the import that a rep would use. ``emails`` are the reps', by name."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(meeting.row(emails[meeting.rep]) for meeting in meetings)
    contacts = read_contacts(decode(text.getvalue().encode()))
    async with database.begin() as tx:
        orgs = await tx.people.orgs()
        await apply(tx, orgs[0].id, contacts)
