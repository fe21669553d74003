"""Modals around one mail: change it, read it whole, choose its time."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import ClassVar

from blocks import times
from blocks.ids import BlockId
from blocks.text import clean, one_line
from blocks.values import ActionRef
from sequences.records.mail import Mail

OTHER_TIME = "other"
"""The quick option that points to the picker below."""

_MORNING = time(9)
_PART = 2_500  # an input holds 3,000 characters: the rest is room to write


class Joint(StrEnum):
    """What stood between two parts of a body that is longer than one input holds."""

    PARAGRAPH = "paragraph"
    LINE = "line"
    SPACE = "space"
    NOTHING = "nothing"

    @property
    def text(self) -> str:
        return {"paragraph": "\n\n", "line": "\n", "space": " ", "nothing": ""}[self.value]


@dataclass(frozen=True, kw_only=True)
class BodyPart:
    block_id: str
    label: str
    text: str


def body_parts(body: str, longest: int = _PART) -> tuple[BodyPart, ...]:
    """``body`` cut where it hurts least into pieces that one input holds; ``blocks.answers`` joins them again."""
    parts = [BodyPart(block_id=BlockId.EMAIL_BODY, label="Message", text="")]
    rest = clean(body)
    while len(rest) > longest:
        at, joint = _seam(rest, longest)
        parts[-1] = BodyPart(block_id=parts[-1].block_id, label=parts[-1].label, text=rest[:at])
        rest = rest[at + len(joint.text) :]
        number = len(parts)
        block_id = f"{BlockId.EMAIL_BODY.value}:{number}:{joint.value}"
        parts.append(BodyPart(block_id=block_id, label=f"Message, part {number + 1}", text=""))
    parts[-1] = BodyPart(block_id=parts[-1].block_id, label=parts[-1].label, text=rest)
    return tuple(parts)


def _seam(text: str, longest: int) -> tuple[int, Joint]:
    for joint in (Joint.PARAGRAPH, Joint.LINE, Joint.SPACE):
        at = text.rfind(joint.text, longest // 2, longest)
        if at > 0:
            return at, joint
    return longest, Joint.NOTHING


@dataclass(frozen=True, kw_only=True)
class EditMailView:
    """Everything that leaves, ready to change. What is submitted is what is sent."""

    template: ClassVar[str] = "edit_mail"
    ref: ActionRef
    to: tuple[str, ...] = ()
    subject: str = ""
    body: str = ""

    @property
    def recipients(self) -> str:
        return ", ".join(one_line(address, 320) for address in self.to)

    @property
    def parts(self) -> tuple[BodyPart, ...]:
        return body_parts(self.body)


@dataclass(frozen=True, kw_only=True)
class FullMailView:
    """The whole text, to read."""

    template: ClassVar[str] = "full_mail"
    mail: Mail

    @property
    def parts(self) -> tuple[str, ...]:
        return tuple(part.text for part in body_parts(self.mail.body) if part.text.strip())


@dataclass(frozen=True, kw_only=True)
class QuickTime:
    label: str
    value: str  # unix seconds, or OTHER_TIME


@dataclass(frozen=True, kw_only=True)
class SendLaterView:
    """``now`` decides what the quick options offer; ``timezone`` is the rep's (IANA)."""

    template: ClassVar[str] = "send_later"
    ref: ActionRef
    now: datetime
    timezone: str
    recipient: str = ""

    @property
    def quick(self) -> tuple[QuickTime, ...]:
        tz = times.zone(self.timezone)
        offered = (QuickTime(label=_label(at, self.now, tz), value=str(int(at.timestamp()))) for at in self._times())
        return (*offered, QuickTime(label="At the time chosen below", value=OTHER_TIME))

    @property
    def suggested(self) -> int:
        """Unix seconds that the picker starts with."""
        return int(self._times()[1].timestamp())

    @property
    def zone(self) -> str:
        return one_line(self.timezone, 60)

    def _times(self) -> tuple[datetime, ...]:
        tz = times.zone(self.timezone)
        soon = _round_up(self.now + timedelta(hours=1))
        today = self.now.astimezone(tz).date()
        workday = today + timedelta(days={4: 3, 5: 2}.get(today.weekday(), 1))
        monday = today + timedelta(days=7 - today.weekday())
        mornings = dict.fromkeys(datetime.combine(day, _MORNING, tzinfo=tz) for day in (workday, monday))
        return (soon, *mornings)


def _round_up(at: datetime) -> datetime:
    """To the next full five minutes."""
    return at + timedelta(seconds=-at.timestamp() % 300)


def _label(at: datetime, now: datetime, tz: tzinfo) -> str:
    local, today = at.astimezone(tz), now.astimezone(tz).date()
    if at - now < timedelta(hours=2):
        return f"In an hour ({local:%H:%M})"
    tomorrow = "Tomorrow, " if local.date() == today + timedelta(days=1) else ""
    return f"{tomorrow}{times.day(local.date(), year_of=today)}, {local:%H:%M}"
