"""What waited together: a row with a button for each open card, and a line for each that is no longer open."""

from dataclasses import dataclass

from blocks import labels
from blocks.contexts.debrief import Quiet
from blocks.text import count, one_line
from blocks.values import CardRef
from sequences.records.card import DigestCard, DigestItem, ItemState


@dataclass(frozen=True, kw_only=True)
class DigestCaps:
    """How many rows of either kind, and how long a name may be. As each open row is shown, the next one moves up."""

    open: int
    closed: int
    line: int


DIGEST_LADDER = (
    DigestCaps(open=15, closed=8, line=120),
    DigestCaps(open=12, closed=4, line=80),
    DigestCaps(open=10, closed=2, line=50),
)


@dataclass(frozen=True, kw_only=True)
class DigestRow:
    text: str
    spoken: str  # for screen readers: what the button shows
    ref: str


@dataclass(frozen=True, kw_only=True)
class ClosedRow:
    text: str
    why: str
    ref: str  # empty when there is nothing left to show


@dataclass(frozen=True, kw_only=True)
class DigestContext:
    emoji: bool
    title: str
    rows: tuple[DigestRow, ...]
    rows_hidden: int
    shown: str  # "2 of them are shown below", or empty
    closed: tuple[ClosedRow, ...]
    closed_hidden: int
    quiet: Quiet

    @property
    def notification(self) -> str:
        return self.title

    @classmethod
    def of(cls, card: DigestCard, card_id: str, caps: DigestCaps = DIGEST_LADDER[0]) -> "DigestContext":
        rows = [_row(item, caps) for item in card.items if item.state is ItemState.OPEN]
        closed = [_closed(item, caps) for item in card.items if item.state is ItemState.CLOSED]
        return cls(
            emoji=card.emoji,
            title=one_line(card.title, 140) or "What waited for you",
            rows=tuple(rows[: caps.open]),
            rows_hidden=max(0, len(rows) - caps.open) + card.undrawn,
            shown=f"{count(card.shown, 'card')} you asked for: further down." if card.shown else "",
            closed=tuple(closed[: caps.closed]),
            closed_hidden=max(0, len(closed) - caps.closed),
            quiet=Quiet.of(card.explanation.engine, card_id),
        )


def _row(item: DigestItem, caps: DigestCaps) -> DigestRow:
    waits = f" · {count(item.decisions, 'decision')} for you" if item.decisions else ""
    return DigestRow(
        text=f"{_name(item, caps)}{waits}", spoken=f"Show {_name(item, caps)}", ref=CardRef(item.card_id).encode()
    )


def _closed(item: DigestItem, caps: DigestCaps) -> ClosedRow:
    ref = CardRef(item.card_id).encode() if item.can_be_shown else ""
    return ClosedRow(text=_name(item, caps), why=one_line(item.why_closed, 80), ref=ref)


def _name(item: DigestItem, caps: DigestCaps) -> str:
    """``Debrief: Acme Corp``; a notice speaks for itself."""
    kind = {"meeting_debrief": "Debrief", "choose_rep": "Whose meeting was it", "notice": ""}.get(
        item.kind, labels.words(item.kind)
    )
    return one_line(": ".join(part for part in (kind, item.title) if part), caps.line) or "A card"
