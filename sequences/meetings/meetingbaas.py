"""What a MeetingBaaS webhook says, in our words. Reads v2 and v1, and ``extra`` beside or inside ``data``.

Source: Meeting-BaaS/docs (2026-05-13) and the types of npm ``@meeting-baas/sdk`` 6.0.5.
"""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sequences.records.base import Record
from sequences.records.meeting import Participant


class NoticeKind(StrEnum):
    COMPLETED = "completed"
    FAILED = "failed"
    OTHER = "other"  # status changes and the like: nothing to do


class RecordingNotice(Record):
    """``transcript_url`` or ``transcript`` (v1 carries it inline); neither when there is none to be had."""

    kind: NoticeKind
    event: str
    bot_id: str
    title: str | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    participants: tuple[Participant, ...] = ()
    rep_email: str | None = None
    transcript_url: str | None = None
    transcript: Any = None
    problem: str = ""


class NoticeError(ValueError):
    """The body is authentic JSON but not a notice that we know."""


_COMPLETED = ("bot.completed", "complete", "transcription_complete")
_FAILED = ("bot.failed", "failed")


def read_notice(body: dict[str, Any]) -> RecordingNotice:
    """NoticeError when there is no event name or no bot id."""
    event, data = body.get("event"), body.get("data")
    if not isinstance(event, str) or not isinstance(data, dict):
        raise NoticeError("The body must have `event` and `data`.")
    bot_id = data.get("bot_id") or data.get("botId")
    if not isinstance(bot_id, str) or not bot_id:
        raise NoticeError("`data.bot_id` is missing.")
    extra = {**_mapping(data.get("extra")), **_mapping(body.get("extra"))}
    transcript_url, transcript = _transcript_of(data)
    return RecordingNotice(
        kind=_kind(event),
        event=event,
        bot_id=bot_id,
        title=_text(extra.get("title")) or _text(extra.get("meeting_title")) or _text(data.get("title")),
        started_at=_moment(extra.get("started_at"))
        or _moment(data.get("joined_at"))
        or _moment(data.get("started_at")),
        ended_at=_moment(data.get("exited_at")) or _moment(data.get("ended_at")),
        participants=_participants(data, extra),
        rep_email=_email(extra.get("rep_email")),
        transcript_url=transcript_url,
        transcript=transcript,
        problem=_text(data.get("error_message")) or _text(data.get("error_code")) or _text(data.get("error")) or "",
    )


def _kind(event: str) -> NoticeKind:
    if event in _COMPLETED:
        return NoticeKind.COMPLETED
    return NoticeKind.FAILED if event in _FAILED else NoticeKind.OTHER


def _transcript_of(data: dict[str, Any]) -> tuple[str | None, Any]:
    for key in ("transcription", "transcript"):
        value = data.get(key)
        if isinstance(value, str) and value.strip():
            return value.strip(), None
        if isinstance(value, dict | list) and value:
            return None, value
    return None, None


def _participants(data: dict[str, Any], extra: dict[str, Any]) -> tuple[Participant, ...]:
    """Everybody that either list names, once; emails and the organiser come from wherever they are told."""
    organizer = _email(extra.get("organizer_email")) or _email(data.get("organizer_email"))
    found: dict[str, Participant] = {}
    for source in (extra.get("participants"), extra.get("attendees"), data.get("participants"), data.get("speakers")):
        for item in source if isinstance(source, list) else []:
            person = _participant(item, organizer)
            if person is None:
                continue
            known = found.get(person.name.casefold())
            found[person.name.casefold()] = _merged(known, person) if known else person
    return tuple(found.values())


def _participant(item: Any, organizer: str | None) -> Participant | None:
    if isinstance(item, str):
        return Participant(name=item.strip()) if item.strip() else None
    fields = _mapping(item)
    email = _email(fields.get("email"))
    name = _text(fields.get("name")) or _text(fields.get("display_name")) or _text(fields.get("full_name")) or email
    if not name:
        return None
    flagged = any(fields.get(key) is True for key in ("is_organizer", "organizer", "is_host", "host"))
    return Participant(name=name, email=email, is_organizer=flagged or (email is not None and email == organizer))


def _merged(one: Participant, other: Participant) -> Participant:
    return Participant(
        name=one.name, email=one.email or other.email, is_organizer=one.is_organizer or other.is_organizer
    )


def _mapping(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None


def _email(value: Any) -> str | None:
    text = _text(value)
    return text.lower() if text and "@" in text else None


def _moment(value: Any) -> datetime | None:
    """ISO text or Unix seconds; a time without a zone is UTC, as the vendor documents."""
    if isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1e11:
        return datetime.fromtimestamp(value, UTC)
    text = _text(value)
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
