"""``sixty meeting FILE --dry-run``: what would happen, without a workspace, a database or anything left behind."""

import asyncio
import contextlib
import json
from datetime import datetime
from pathlib import Path

from config import Settings, environment
from gateways.model.engine import VendorModel, make_model
from scheduler.clock import utc_now
from sequences.context import Run, Tier1, Tier2, customer_of
from sequences.meeting_ended import MEETING_ENDED
from sequences.ports.store import StoreError
from sequences.records.crm import CustomerPicture
from sequences.records.event import EventSource
from sequences.records.job import Job
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting
from sequences.records.payloads import MeetingEnded
from sequences.records.people import Org, User
from sequences.rehearsal import rehearse
from sequences.runner.attempt import StepFailedError
from sequences.skills.sides import assign_sides
from sequences.skills.thinker import Thinker
from storage.database import Database
from terminal.printing import CommandError, say, warn
from terminal.report import as_text, report_of
from terminal.transcript_file import Request, TranscriptFile, meeting_in, read_file


async def handle_dry_run(settings: Settings, request: Request) -> None:
    file = await asyncio.to_thread(read_file, request)
    meeting, now = meeting_in(file, "dry-run"), utc_now()
    if not file.reps:
        warn('Nobody is known to be on our side, so no promise has an owner. Add --rep "Name".')
    material = await _material(settings, request, file, meeting)
    async with contextlib.AsyncExitStack() as stack:
        store = await stack.enter_async_context(Database.scratch())
        async with store.begin() as tx:
            await tx.people.save_org(material.org)
            await tx.people.save_user(material.rep)
        model = _model(settings)
        if model:
            stack.push_async_callback(model.aclose)
        thinker = _thinker(store, model, material)
        try:
            done = await rehearse(MEETING_ENDED, _context(material, thinker, now))
        except StepFailedError as error:
            raise CommandError(f"The dry run stopped: {error.text}.") from error
    report = report_of(material, done, thinker)
    say(json.dumps(report, indent=2, ensure_ascii=False) if request.as_json else as_text(report))


def _context(material: MeetingMaterial, thinker: Thinker, now: datetime) -> dict[type, object]:
    """What the runner would put together from the tables."""
    return {
        MeetingMaterial: material,
        Thinker: thinker,
        Tier1: Tier1(org=material.org, user=material.rep),
        Tier2: Tier2(customer=material.customer),
        MeetingEnded: MeetingEnded(meeting_id=material.meeting.id),
        Run: Run(job=_no_job(material, now), now=now),
    }


def _model(settings: Settings) -> VendorModel | None:
    """Says what it costs before anything is spent."""
    model = make_model(settings.sixty_model, environment())
    if model:
        warn(
            f"This dry run changes nothing, but it asks {model.engine}, which costs up to about "
            f"${MEETING_ENDED.estimated_cost_usd}. Set SIXTY_MODEL=offline to spend nothing."
        )
    return model


def _thinker(store: Database, model: VendorModel | None, material: MeetingMaterial) -> Thinker:
    return Thinker(
        store=store,
        model=model,
        clock=utc_now,
        org=material.org,
        user=material.rep,
        job_id=None,
        sequence=MEETING_ENDED.name,
    )


async def _material(settings: Settings, request: Request, file: TranscriptFile, meeting: Meeting) -> MeetingMaterial:
    customer, org = await _known(settings, meeting)
    name = file.reps[0] if file.reps else "You"
    email = next((guest.email for guest in meeting.participants if guest.name == name), None)
    rep = User(id="user_dry_run", org_id=org.id, slack_user_id="U0", name=name, email=email, timezone=request.timezone)
    sides = assign_sides(
        file.transcript,
        our_names=file.reps,
        our_emails=[email] if email else [],
        our_domains=org.email_domains,
        participants=meeting.participants,
    )
    return MeetingMaterial(
        meeting=meeting,
        transcript=file.transcript,
        sides=sides,
        rep=rep,
        org=org,
        timezone=request.timezone,
        customer=customer,
    )


async def _known(settings: Settings, meeting: Meeting) -> tuple[CustomerPicture, Org]:
    """What the CRM has, if there is one: a dry run needs no database and leaves none behind."""
    nobody = Org(id=meeting.org_id, name="your company", team_id="T0")
    if not _database_exists(settings.sixty_database_url):
        return CustomerPicture(), nobody
    store = Database.open(settings.sixty_database_url)
    try:
        async with store.read() as tx:
            orgs = await tx.people.orgs()
            if not orgs:
                return CustomerPicture(), nobody
            there = meeting.model_copy(update={"org_id": orgs[0].id})
            customer = await customer_of(tx, there, await tx.people.users(orgs[0].id))
            return customer, orgs[0].model_copy(update={"id": meeting.org_id})
    except StoreError as error:
        warn(f"The CRM was not looked at: {error}")
        return CustomerPicture(), nobody
    finally:
        await store.close()


def _database_exists(url: str) -> bool:
    prefix = "sqlite+aiosqlite:///"
    return not url.startswith(prefix) or Path(url.removeprefix(prefix)).is_file()


def _no_job(material: MeetingMaterial, now: datetime) -> Job:
    return Job(
        id="job_dry_run",
        org_id=material.org.id,
        user_id=material.rep.id,
        sequence=MEETING_ENDED.name,
        event_source=EventSource.CLI_MEETING,
        idempotency_key="dry-run",
        run_at=now,
        created_at=now,
    )
