"""The short cards: "whose meeting was this?", "may I read this one?" and a plain notice."""

from dataclasses import dataclass

from blocks import times
from blocks.contexts.debrief import Quiet
from blocks.contexts.outcome import Closing, Setting, Stand, Words, closing, reference, stand
from blocks.limits.numbers import OPTIONS
from blocks.text import one_line
from blocks.values import JobRef
from sequences.records.card import ChooseRepCard, NoticeCard, SensitiveCard

_MOST_BUTTONS = OPTIONS["radio_buttons"]
_MOST_NAMES = 50  # Slack allows 100 options, but not a message that large


@dataclass(frozen=True, kw_only=True)
class ChooseRepContext:
    emoji: bool
    title: str
    when: str
    stand: Stand
    ref: str
    options: tuple[tuple[str, str], ...]  # (user id, name)
    hidden: int
    as_menu: bool  # more names than radio buttons allow
    closing: Closing | None
    quiet: Quiet

    @property
    def notification(self) -> str:
        return f"Whose meeting was “{self.title}”?"

    @classmethod
    def of(cls, card: ChooseRepCard, card_id: str) -> "ChooseRepContext":
        setting = Setting(seen_from=card.started_at, tz=times.zone(card.timezone), owner=card.owner)
        chosen = one_line(card.chosen or "Somebody", 60)
        words = Words(
            done=f"{chosen} gets the debrief, chosen",
            cancelled="Left without an owner",
            failed="The choice was not taken",
            expired="Nobody was chosen, so there is no debrief of it.",
        )
        return cls(
            emoji=card.emoji,
            title=one_line(card.title, 120) or "Untitled meeting",
            when=times.full(card.started_at, setting.tz),
            stand=stand(card.decision),
            ref=reference(card.decision),
            options=tuple((user_id, one_line(name, 60) or user_id) for user_id, name in card.options[:_MOST_NAMES]),
            hidden=max(0, len(card.options) - _MOST_NAMES),
            as_menu=len(card.options) > _MOST_BUTTONS,
            closing=closing(card.decision, words, setting),
            quiet=Quiet.of(card.explanation.engine, card_id, suggests=True),
        )


@dataclass(frozen=True, kw_only=True)
class SensitiveContext:
    emoji: bool
    title: str
    when: str
    about: str
    until: str
    stand: Stand
    ref: str
    closing: Closing | None
    quiet: Quiet

    @property
    def notification(self) -> str:
        return f"“{self.title}” sounds personal. I have not read it further."

    @classmethod
    def of(cls, card: SensitiveCard, card_id: str) -> "SensitiveContext":
        setting = Setting(seen_from=card.started_at, tz=times.zone(card.timezone), owner=card.owner)
        words = Words(
            done="To be processed, as wished",
            cancelled="Left alone",
            failed="It was not processed",
            expired="I left it alone: nothing was read further and nothing was sent to a model.",
        )
        return cls(
            emoji=card.emoji,
            title=one_line(card.title, 120) or "Untitled meeting",
            when=times.full(card.started_at, setting.tz),
            about=one_line(card.about, 60) or "something personal",
            until=setting.soon(card.decision.expires_at),
            stand=stand(card.decision),
            ref=reference(card.decision),
            closing=closing(card.decision, words, setting),
            quiet=Quiet.of(card.explanation.engine, card_id, suggests=True),
        )


@dataclass(frozen=True, kw_only=True)
class NoticeContext:
    emoji: bool
    title: str
    text: str
    next_step: str
    retry: str
    quiet: Quiet | None

    @property
    def notification(self) -> str:
        return f"{self.title}: {self.text}"

    @classmethod
    def of(cls, card: NoticeCard, card_id: str) -> "NoticeContext":
        return cls(
            emoji=card.emoji,
            title=one_line(card.title, 120) or "Something stopped",
            text=one_line(card.text, 2_000) or "I have no details.",
            next_step=one_line(card.next_step or "", 500),
            retry=JobRef(card.retry_job_id).encode() if card.retry_job_id else "",
            quiet=Quiet.of(card.explanation.engine, card_id) if card.explanation else None,
        )
