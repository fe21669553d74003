"""Short answers that only the asker sees: to commands and to presses."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import ClassVar

from blocks import labels
from blocks.contexts.caps import LADDER, Caps
from blocks.contexts.debrief import DebriefContext
from blocks.text import clean, cut, one_line
from blocks.values import CategoryRef
from sequences.records.card import DebriefCard

_LONGEST_TEXT = 2_800


class Tone(StrEnum):
    PLAIN = "plain"
    GOOD = "good"
    WARN = "warn"


@dataclass(frozen=True, kw_only=True)
class TextReply:
    """A sentence or two. ``text`` is plain text; line ends are kept."""

    template: ClassVar[str] = "text_reply"
    text: str
    tone: Tone = Tone.PLAIN
    emoji: bool = True

    @property
    def notification(self) -> str:
        return self.shown

    @property
    def shown(self) -> str:
        return cut(clean(self.text).strip(), _LONGEST_TEXT) or "Done."

    @property
    def mark(self) -> str:
        return {Tone.GOOD: "done", Tone.WARN: "warn"}.get(self.tone, "info")


@dataclass(frozen=True, kw_only=True)
class Command:
    usage: str
    does: str


_COMMANDS = (
    Command(usage="/60 help", does="shows this list"),
    Command(usage="/60 status", does="shows what ran for you and what waits for you"),
    Command(usage="/60 brief of last meeting", does="shows the debrief of your last meeting once more"),
)


@dataclass(frozen=True, kw_only=True)
class HelpReply:
    """``unknown``: the words that were not understood, when that is why help is shown."""

    template: ClassVar[str] = "help_reply"
    unknown: str = ""
    emoji: bool = True
    commands: tuple[Command, ...] = field(default=_COMMANDS)

    @property
    def notification(self) -> str:
        return "I did not understand that. Here is what I know." if self.unknown else "What Sixty can do for you"

    @property
    def heard(self) -> str:
        return one_line(self.unknown, 100)


@dataclass(frozen=True, kw_only=True)
class BriefReply:
    """A debrief shown again: inform only, since its buttons live on the card itself."""

    template: ClassVar[str] = "meeting_debrief"
    card: DebriefCard

    def context(self, caps: Caps = LADDER[0]) -> DebriefContext:
        return DebriefContext.of(self.card, self.card.job_id, caps, inform_only=True)


@dataclass(frozen=True, kw_only=True)
class MutedReply:
    """After "Less of this": what will not come any more, and the way back."""

    template: ClassVar[str] = "muted_reply"
    category: str
    emoji: bool = True

    @property
    def notification(self) -> str:
        return f"You will get no more of these: {self.name}."

    @property
    def name(self) -> str:
        return one_line(labels.category(self.category), 60)

    @property
    def ref(self) -> str:
        return CategoryRef(self.category).encode()


def unmuted(category: str) -> TextReply:
    """After "Show them again"."""
    return TextReply(text=f"You will get these again: {labels.category(category)}.", tone=Tone.GOOD)
