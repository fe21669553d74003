"""The file that was named on the command line, and what it says beside the words."""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sequences.meetings.store_meeting import Around, NotEnglishError, SoloRecordingError, meeting_of
from sequences.records.event import EventSource
from sequences.records.meeting import Meeting, Transcript
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
    _check_reps(transcript, request.reps)
    return TranscriptFile(
        transcript=transcript, digest=hashlib.sha256(data).hexdigest()[:32], modified_at=modified_at, name=path.stem
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


def _check_reps(transcript: Transcript, reps: tuple[str, ...]) -> None:
    speakers = {turn.speaker for turn in transcript.turns} | {guest.name for guest in transcript.participants}
    known = {" ".join(name.split()).casefold() for name in speakers}
    unknown = [name for name in reps if " ".join(name.split()).casefold() not in known]
    if unknown:
        raise CommandError(
            f"Nobody in this file is called {', '.join(unknown)}. It names: {', '.join(sorted(speakers))}."
        )


def check_timezone(name: str) -> str:
    """CommandError unless ``name`` is an IANA zone."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise CommandError(f"{name} is no time zone. Use an IANA name such as Europe/London.") from error
    return name
