"""The context of a run: loaded once, stored with the job, handed to steps by type (CTX-01 … CTX-13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sequences.ports.store import Store, Transaction
from sequences.records.action import ActionType
from sequences.records.base import Record
from sequences.records.crm import CustomerPicture
from sequences.records.job import Job
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting, Participant
from sequences.records.people import Org, User
from sequences.skills.sides import assign_sides
from sequences.step import Tier

MAILS_OF_STYLE = 5  # the latest mails by which a rep's way of writing is known


class ContextError(Exception):
    """A tier that the run cannot do without is not there (CTX-13)."""


class Tier1(Record):
    """Who the run is for: always loaded."""

    org: Org
    user: User


class Tier2(Record):
    """Whom it is about: what the CRM knows of the contacts, company and deal of the event."""

    customer: CustomerPicture = CustomerPicture()
    colleagues: tuple[User, ...] = ()  # our people among those who took part


@dataclass(frozen=True, kw_only=True)
class Run:
    """The run itself, for steps that need its names and its time. ``now`` is when this invocation began."""

    job: Job
    now: datetime


TIER_TYPES: dict[Tier, type[Record]] = {Tier.ONE: Tier1, Tier.TWO: Tier2}


async def load_tier(tier: Tier, store: Store, job: Job) -> Record:
    """Read one tier from the database; ContextError when what it stands on is gone."""
    async with store.read() as tx:
        return await (_load_tier1(tx, job) if tier is Tier.ONE else _load_tier2(tx, job))


async def _load_tier1(tx: Transaction, job: Job) -> Tier1:
    return tier1_of(await tx.people.user_with_org(job.user_id))


def tier1_of(people: tuple[User, Org] | None) -> Tier1:
    if people is None:
        raise ContextError("The rep of this run is no longer a member of the workspace.")
    user, org = people
    return Tier1(org=org, user=user)


async def _load_tier2(tx: Transaction, job: Job) -> Tier2:
    """From the ids of the payload: those of a meeting's guests, else the contact's; a deal is named or found."""
    meeting_id, deal_id = job.trigger_payload.get("meeting_id"), job.trigger_payload.get("deal_id")
    if meeting_id is None:
        contact_id = job.trigger_payload.get("contact_id")
        contact_ids = [contact_id] if contact_id else []
        return Tier2(customer=await tx.crm.picture(job.org_id, contact_ids, deal_id=deal_id))
    meeting = await tx.meetings.get(meeting_id)
    if meeting is None:
        raise ContextError("The meeting of this run is no longer stored.")
    users = await tx.people.users(job.org_id)
    customer = await customer_of(tx, meeting, users)
    return Tier2(customer=customer, colleagues=tuple(ours_among(meeting.participants, users).values()))


def ours_among(guests: Sequence[Participant], users: Sequence[User]) -> dict[Participant, User]:
    """Which of the participants are our own people: by email, or by name where none is known."""
    by_email = {user.email: user for user in users if user.email}
    by_name = {user.name.casefold(): user for user in users}
    found = {
        guest: by_email.get(guest.email) if guest.email else by_name.get(guest.name.casefold()) for guest in guests
    }
    return {guest: user for guest, user in found.items() if user}


async def customer_of(tx: Transaction, meeting: Meeting, users: Sequence[User]) -> CustomerPicture:
    """What the CRM knows of a meeting's participants who are not our own people (CTX-05)."""
    ours = ours_among(meeting.participants, users)
    found: list[str] = []
    for guest in meeting.participants:
        if guest in ours:
            continue
        contact = await tx.crm.find_contact(meeting.org_id, email=guest.email, name=guest.name)
        if contact and contact.id not in found:
            found.append(contact.id)
    return await tx.crm.picture(meeting.org_id, found)


async def load_material(store: Store, meeting_id: str, tier1: Tier1, tier2: Tier2) -> MeetingMaterial:
    """The meeting of a run with its transcript, which is read by reference and never stored with the job."""
    async with store.read() as tx:
        meeting, transcript = await tx.meetings.get(meeting_id), await tx.meetings.transcript(meeting_id)
        sent = await tx.actions.latest_executed(tier1.user.id, ActionType.SEND_EMAIL, MAILS_OF_STYLE)
        # A large org has thousands of them: read when needed, never stored with the job.
        colleagues = await tx.people.users(tier1.org.id)
    if meeting is None or transcript is None:
        raise ContextError("The transcript of this meeting is no longer stored.")
    sides = assign_sides(
        transcript,
        our_names=[user.name for user in colleagues],
        our_emails=[user.email for user in colleagues if user.email],
        our_domains=tier1.org.email_domains,
        participants=meeting.participants,
    )
    return MeetingMaterial(
        meeting=meeting,
        transcript=transcript,
        sides=sides,
        rep=tier1.user,
        org=tier1.org,
        timezone=tier1.user.timezone,
        customer=tier2.customer,
        sent_mails=tuple(str(action.action_payload.get("body", "")) for action in sent),
    )
