"""``sixty meeting FILE``: one transcript by hand, for real."""

import asyncio
import contextlib

from config import Settings
from scheduler.clock import utc_now
from sequences.meetings.store_meeting import keep
from sequences.records.event import Event, EventSource, EventStatus, EventType
from sequences.records.meeting import Meeting, Transcript
from sequences.records.people import Org, User
from storage.database import Database
from terminal.printing import CommandError, say
from terminal.transcript_file import Request, meeting_in, read_file
from wiring import Core, build_core


async def handle_meeting(settings: Settings, request: Request) -> None:
    """Store, raise and run here; buttons are answered by the `sixty run` that serves the workspace.

    Parsed first, so that a bad file is told before anything is opened.
    """
    file = await asyncio.to_thread(read_file, request)
    if not file.reps:
        raise CommandError('Whose meeting was it? Add --rep "Name", spelt as in the file.')
    async with contextlib.AsyncExitStack() as stack:
        store = Database.open(settings.sixty_database_url)
        stack.push_async_callback(store.close)
        await store.migrate()
        core = build_core(settings, store, utc_now)
        stack.push_async_callback(core.aclose)
        org = await core.members.refresh()
        rep = await _member(core, org, file.transcript, file.reps[0])
        await _raise(core, rep, meeting_in(file, org.id), file.transcript)
        work = asyncio.create_task(core.dispatcher.run())
        await core.dispatcher.settle()
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


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
