"""Recorded meetings to try things with: those of the seed and those that somebody uploads."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path, PurePath
from typing import Any

import yaml

from workspace.ids import Ids
from workspace.wire import Json, SlackError

UPLOAD_BYTES = 20_000_000
PREVIEW = 600
_WHEN = re.compile(r"(today|yesterday|(\d+) days ago) (\d{1,2}):(\d{2})")


@dataclass(frozen=True)
class Sample:
    """A transcript file and what is known about its meeting. ``content`` is passed on as it is."""

    id: str
    title: str
    file: str
    content: bytes
    started_at: datetime
    participants: tuple[Json, ...] = ()
    description: str = ""
    is_upload: bool = False
    duration_s: int = 1800

    @property
    def format(self) -> str:
        return PurePath(self.file).suffix.removeprefix(".").lower() or "txt"

    def to_json(self) -> Json:
        return {
            "id": self.id,
            "title": self.title,
            "description": self.description,
            "format": self.format,
            "file": self.file,
            "started_at": utc_text(self.started_at),
            "participants": list(self.participants),
            "uploaded": self.is_upload,
            "preview": self.content[: PREVIEW * 4].decode("utf-8", "replace")[:PREVIEW],
        }


class Samples:
    def __init__(self, directory: Path | None, ids: Ids) -> None:
        self._ids = ids
        known = _read_index(directory, ids.now()) if directory is not None else []
        self.all: dict[str, Sample] = {sample.id: sample for sample in known}

    def get(self, sample_id: str) -> Sample:
        if sample_id not in self.all:
            raise SlackError("sample_not_found")
        return self.all[sample_id]

    def upload(self, name: str, content: bytes, *, title: str = "", participants: object = None) -> Sample:
        """Keeps a file in memory. Any format: judging it is the receiver's business."""
        if len(content) > UPLOAD_BYTES:
            raise SlackError("file_too_large", f"at most {UPLOAD_BYTES // 1_000_000} MB")
        file = PurePath(name.replace("\\", "/")).name or "transcript.txt"
        known = participants if isinstance(participants, list) else []
        sample = Sample(
            id=self._ids.new("S"),
            title=title or PurePath(file).stem,
            file=file,
            content=content,
            started_at=self._ids.now(),
            participants=tuple(one for one in known if isinstance(one, dict)),
            is_upload=True,
        )
        self.all[sample.id] = sample
        return sample


def utc_text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _read_index(directory: Path, now: datetime) -> list[Sample]:
    index = yaml.safe_load((directory / "index.yaml").read_text(encoding="utf-8"))
    return [
        Sample(
            id=one["id"],
            title=one["title"],
            file=one["file"],
            content=(directory / one["file"]).read_bytes(),
            started_at=_moment(one.get("started_at", "today 10:00"), now),
            participants=tuple(one.get("participants") or ()),
            description=one.get("description", ""),
            duration_s=int(one.get("duration_s", 1800)),
        )
        for one in index["meetings"]
    ]


def _moment(value: Any, now: datetime) -> datetime:
    """A date and time, or ``today 10:00``, ``yesterday 16:30``, ``3 days ago 09:00`` (UTC)."""
    if isinstance(value, datetime):
        return value if value.tzinfo else value.replace(tzinfo=UTC)
    if isinstance(value, date):
        return datetime.combine(value, time(10), UTC)
    found = _WHEN.fullmatch(str(value))
    if found is None:
        return datetime.fromisoformat(str(value)).astimezone(UTC)
    days = {"today": 0, "yesterday": 1}.get(found[1], int(found[2] or 0))
    day = (now - timedelta(days=days)).date()
    return datetime.combine(day, time(int(found[3]), int(found[4])), UTC)
