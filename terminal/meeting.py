"""``sixty meeting FILE``: one transcript by hand, for real or as a dry run."""

import asyncio
import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sequences.skills.sides import assign_sides

from app import Core, build_core, utc_now
from config import Settings
from gateways.model.engine import make_model
from sequences.context import Run, Tier1, Tier2, customer_of
from sequences.meeting_ended import MEETING_ENDED, MeetingEnded
from sequences.meetings.store_meeting import Around, SoloRecordingError, keep, meeting_of
from sequences.ports.store import StoreError
from sequences.records.crm import CustomerPicture
from sequences.records.event import Event, EventSource, EventStatus, EventType
from sequences.records.job import Job
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Meeting, Transcript
from sequences.records.people import Org, User
from sequences.rehearsal import rehearse
from sequences.runner.attempt import StepFailedError
from sequences.skills.thinker import Thinker
from sequences.transcripts.errors import TranscriptError
from sequences.transcripts.parse import parse_transcript
from storage.database import Database
from terminal.printing import CommandError, say, warn
from terminal.report import as_text, report_of


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was typed. ``reps`` are speakers on our side, as the file spells them; the first owns the meeting."""

    path: Path
    reps: tuple[str, ...]
    timezone: str
    dry_run: bool
    as_json: bool


async def handle_meeting(settings: Settings, request: Request) -> None:
    """Parse first, so that a bad file is told before anything is opened."""
    transcript = _read(request.path)
    _check_reps(transcript, request.reps)
    if request.dry_run:
        await _dry_run(settings, request, transcript)
    else:
        await _for_real(settings, request, transcript)


def _read(path: Path) -> Transcript:
    try:
        return parse_transcript(path.read_bytes(), filename=path.name)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except TranscriptError as error:
        raise CommandError(f"{path.name}: {error}") from error


def _check_reps(transcript: Transcript, reps: tuple[str, ...]) -> None:
    speakers = {turn.speaker for turn in transcript.turns} | {guest.name for guest in transcript.participants}
    known = {" ".join(name.split()).casefold() for name in speakers}
    unknown = [name for name in reps if " ".join(name.split()).casefold() not in known]
    if unknown:
        raise CommandError(
            f"Nobody in this file is called {', '.join(unknown)}. It names: {', '.join(sorted(speakers))}."
        )


# ----------------------------------------------------------------------------------------------------- dry run


async def _dry_run(settings: Settings, request: Request, transcript: Transcript) -> None:
    if not request.reps:
        warn('Nobody is known to be on our side, so no promise has an owner. Add --rep "Name".')
    now = utc_now()
    try:
        meeting = meeting_of(_around(request, "dry-run"), transcript, received_at=now)
    except SoloRecordingError as error:
        raise CommandError(str(error)) from error
    material = await _material(settings, request, transcript, meeting)
    store = Database.open("sqlite+aiosqlite:///:memory:")
    try:
        await store.migrate()
        async with store.begin() as tx:
            await tx.people.save_org(material.org)
            await tx.people.save_user(material.rep)
        thinker = _thinker(settings, store, material)
        tier1, tier2 = Tier1(org=material.org, user=material.rep), Tier2(customer=material.customer)
        context = {
            MeetingMaterial: material,
            Thinker: thinker,
            Tier1: tier1,
            Tier2: tier2,
            MeetingEnded: MeetingEnded(meeting_id=meeting.id),
            Run: Run(job=_no_job(material, now), now=now),
        }
        try:
            done = await rehearse(MEETING_ENDED, context)
        except StepFailedError as error:
            raise CommandError(f"The dry run stopped: {error.text}.") from error
    finally:
        await store.close()
    report = report_of(material, done, thinker)
    say(json.dumps(report, indent=2, ensure_ascii=False) if request.as_json else as_text(report))


def _thinker(settings: Settings, store: Database, material: MeetingMaterial) -> Thinker:
    model = make_model(settings.sixty_model)
    if model:
        warn(
            f"This dry run changes nothing, but it asks {model.engine}, which costs up to about "
            f"${MEETING_ENDED.estimated_cost_usd}. Set SIXTY_MODEL=offline to spend nothing."
        )
    return Thinker(
        store=store,
        model=model,
        clock=utc_now,
        org=material.org,
        user=material.rep,
        job_id=None,
        sequence=MEETING_ENDED.name,
    )


async def _material(settings: Settings, request: Request, transcript: Transcript, meeting: Meeting) -> MeetingMaterial:
    customer, org = await _known(settings, meeting)
    name = request.reps[0] if request.reps else "You"
    email = next((guest.email for guest in meeting.participants if guest.name == name), None)
    rep = User(id="user_dry_run", org_id=org.id, slack_user_id="U0", name=name, email=email, timezone=request.timezone)
    sides = assign_sides(
        transcript,
        our_names=request.reps,
        our_emails=[email] if email else [],
        our_domains=org.email_domains,
        participants=meeting.participants,
    )
    return MeetingMaterial(
        meeting=meeting,
        transcript=transcript,
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


def _around(request: Request, org_id: str) -> Around:
    digest = hashlib.sha256(request.path.read_bytes()).hexdigest()
    modified_at = datetime.fromtimestamp(request.path.stat().st_mtime, UTC)
    return Around(
        org_id=org_id,
        source=EventSource.CLI_MEETING,
        external_id=digest[:32],
        started_at=None if _says_when(request.path) else modified_at,
    )


def _says_when(path: Path) -> bool:
    """Whether the file itself tells when the meeting was; else its own date is the best there is."""
    return parse_transcript(path.read_bytes(), filename=path.name).started_at is not None


# ---------------------------------------------------------------------------------------------------- for real


async def _for_real(settings: Settings, request: Request, transcript: Transcript) -> None:
    """Store, raise and run here; buttons are answered by the `sixty run` that serves the workspace."""
    if not request.reps:
        raise CommandError('Whose meeting was it? Add --rep "Name", spelt as in the file.')
    store = Database.open(settings.sixty_database_url)
    try:
        await store.migrate()
        core = build_core(settings, store, utc_now)
        org = await core.members.refresh()
        rep = await _member(core, org, transcript, request.reps[0])
        try:
            meeting = meeting_of(_around(request, org.id), transcript, received_at=utc_now())
        except SoloRecordingError as error:
            raise CommandError(str(error)) from error
        await _raise(core, rep, meeting, transcript)
        work = asyncio.create_task(core.dispatcher.run())
        await core.dispatcher.settle()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
    finally:
        await store.close()


async def _member(core: Core, org: Org, transcript: Transcript, name: str) -> User:
    async with core.store.read() as tx:
        users = await tx.people.users(org.id)
    email = next((guest.email for guest in transcript.participants if guest.name == name and guest.email), None)
    found = [user for user in users if (email and user.email == email) or user.name.casefold() == name.casefold()]
    if len(found) != 1:
        raise CommandError(
            f"{name} is not the name of exactly one member of {org.name}. Members: "
            f"{', '.join(sorted(user.name for user in users))}. `--dry-run` works without a workspace."
        )
    return found[0]


async def _raise(core: Core, rep: User, meeting: Meeting, transcript: Transcript) -> None:
    async with core.store.begin() as tx:
        meeting_id = await keep(tx, meeting, transcript)
        await tx.meetings.set_rep(meeting_id, rep.id)
    accepted = await core.intake.raise_event(
        Event(
            type=EventType.MEETING_ENDED,
            source=EventSource.CLI_MEETING,
            org_id=rep.org_id,
            user_id=rep.id,
            payload={"meeting_id": meeting_id},
            idempotency_key=f"{EventType.MEETING_ENDED}:{meeting_id}",
        )
    )
    if accepted.status is EventStatus.ACCEPTED:
        say(f"“{meeting.title}” is taken up; {rep.name} gets the card in Slack.")
    elif accepted.status is EventStatus.DEFERRED:
        say(f"Kept for later: {accepted.reason}.")
    else:
        raise CommandError(f"Not run: {accepted.reason}.")


def check_timezone(name: str) -> str:
    """CommandError unless ``name`` is an IANA zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise CommandError(f"{name} is no time zone. Use an IANA name such as Europe/London.") from error
    return name
