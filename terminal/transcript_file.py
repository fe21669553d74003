"""The file that was named on the command line, and what it says beside the words."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sequences.meetings.store_meeting import Around, NotEnglishError, SoloRecordingError, meeting_of
from sequences.records.event import EventSource
from sequences.records.meeting import Meeting, Role, Transcript
from sequences.skills.sides import bare_name
from sequences.transcripts.errors import TranscriptError
from sequences.transcripts.parse import parse_transcript
from terminal.printing import CommandError


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was typed. ``reps`` are speakers on our side, as the file spells them; the first owns the meeting."""

    path: Path
    reps: tuple[str, ...]
    timezone: str
    dry_run: bool
    as_json: bool


@dataclass(frozen=True, kw_only=True)
class TranscriptFile:
    """A file that has been read; ``digest`` makes the same file the same meeting, however often it is given."""

    transcript: Transcript
    reps: tuple[str, ...]  # as the file spells them; without any typed, the one whom the file calls the rep
    digest: str
    modified_at: datetime
    name: str  # of the file, as a title where it gives none itself


def read_file(request: Request) -> TranscriptFile:
    """CommandError, saying what to do, when there is no transcript in it or it does not name the reps."""
    path = request.path
    try:
        data, modified_at = path.read_bytes(), datetime.fromtimestamp(path.stat().st_mtime, UTC)
        transcript = parse_transcript(data, filename=path.name)
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except TranscriptError as error:
        raise CommandError(f"{path.name}: {error}") from error
    return TranscriptFile(
        transcript=transcript,
        reps=tuple(_named(transcript, rep) for rep in request.reps) or _stated_reps(transcript),
        digest=hashlib.sha256(data).hexdigest()[:32],
        modified_at=modified_at,
        name=path.stem,
    )


def meeting_in(file: TranscriptFile, org_id: str) -> Meeting:
    """The file's own date counts where the transcript gives none. CommandError when no card can follow from it."""
    around = Around(
        org_id=org_id,
        source=EventSource.CLI_MEETING,
        external_id=file.digest,
        title=file.transcript.title or " ".join(file.name.replace("_", " ").replace("-", " ").split()).capitalize(),
        started_at=None if file.transcript.started_at else file.modified_at,
    )
    try:
        return meeting_of(around, file.transcript, received_at=file.modified_at)
    except (SoloRecordingError, NotEnglishError) as error:
        raise CommandError(str(error)) from error


def _stated_reps(transcript: Transcript) -> tuple[str, ...]:
    return next(((turn.speaker,) for turn in transcript.turns if turn.role is Role.REP), ())


def _named(transcript: Transcript, rep: str) -> str:
    """The file's own spelling. A first name, the name without a company or an address will do if it is one person's."""
    everybody = dict.fromkeys(
        [*(turn.speaker for turn in transcript.turns), *(guest.name for guest in transcript.participants)]
    )
    wanted = _key(rep)
    by_address = {guest.name for guest in transcript.participants if guest.email == wanted}
    tries: tuple[Callable[[str], bool], ...] = (
        lambda name: _key(name) == wanted,
        lambda name: bare_name(name) == bare_name(rep),
        lambda name: name in by_address,
        lambda name: bare_name(name).split(" ")[0] == wanted,
    )
    for fits in tries:
        found = [name for name in everybody if fits(name)]
        if len({_key(name) for name in found}) == 1:
            return found[0]
    raise CommandError(f"Nobody in this file is called {rep}. It names: {', '.join(sorted(everybody))}.")


def _key(name: str) -> str:
    return " ".join(name.split()).casefold()


def check_timezone(name: str) -> str:
    """CommandError unless ``name`` is an IANA zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CommandError(f"{name} is no time zone. Use an IANA name such as Europe/London.") from error
    return name
