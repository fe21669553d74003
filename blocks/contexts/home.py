"""The Home tab: what waits, what ran, how Sixty is set, what it can do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import ClassVar

from blocks import labels, times
from blocks.contexts.replies import Command, HelpReply
from blocks.contexts.status import MOST_RUNS, RunLine, Telling, family_tree
from blocks.contexts.waiting import WaitingLine, waiting_lines
from blocks.text import count, one_line
from blocks.values import CategoryRef
from sequences.records.action import PendingAction
from sequences.records.event import StoredEvent
from sequences.records.job import Job
from sequences.records.people import User

_MOST_MUTED = 20


@dataclass(frozen=True, kw_only=True)
class MutedLine:
    name: str
    ref: str


@dataclass(frozen=True, kw_only=True)
class HomeContext:
    template: ClassVar[str] = "home"
    name: str
    waiting: tuple[WaitingLine, ...] = ()
    waiting_hidden: int = 0
    runs: tuple[RunLine, ...] = ()
    runs_hidden: int = 0
    settings: tuple[str, ...] = ()
    muted: tuple[MutedLine, ...] = ()
    use: tuple[str, ...] = ()
    emoji: bool = True

    @property
    def commands(self) -> tuple[Command, ...]:
        return HelpReply().commands

    @classmethod
    def of(
        cls,
        user: User,
        *,
        jobs: Sequence[Job] = (),
        children: Sequence[Job | StoredEvent] = (),
        waiting: Sequence[PendingAction] = (),
        muted: Sequence[str] = (),
        titles: Mapping[str, str] | None = None,
        engine: str = "",
        now: datetime,
    ) -> "HomeContext":
        """``titles`` as for StatusReply; ``muted``: the categories silenced by "Less of this".

        ``engine`` is the one that would speak now.
        """
        tz = times.zone(user.timezone)
        lines = waiting_lines(waiting, now, tz)
        runs = family_tree(jobs, children, Telling(now=now, tz=tz, titles=titles or {}))
        return cls(
            name=one_line(user.name, 60),
            waiting=lines,
            waiting_hidden=len(waiting) - len(lines),
            runs=runs[:MOST_RUNS],
            runs_hidden=max(0, len(runs) - MOST_RUNS),
            settings=_settings(user, engine),
            muted=tuple(
                MutedLine(name=one_line(labels.category(category), 60), ref=CategoryRef(category).encode())
                for category in muted[:_MOST_MUTED]
            ),
        )


def _settings(user: User, engine: str) -> tuple[str, ...]:
    lines = (
        f"Time zone: {one_line(user.timezone, 60)}",
        f"Quiet hours: {_span(user.quiet_hours_start, user.quiet_hours_end)}",
        f"At most {count(user.max_notifications_per_hour, 'card')} an hour",
        f"At most {count(user.daily_send_limit, 'mail')} a day",
        f"Signature: {one_line(user.signature, 120) or 'your name'}",
        f"Model budget: ${user.daily_budget_usd:,.2f} a day, ${user.monthly_budget_usd:,.2f} a month",
        f"Understanding: {one_line(engine, 80)}" if engine else "",
    )
    return tuple(line for line in lines if line)


def _span(start: time | None, end: time | None) -> str:
    return f"{start:%H:%M} to {end:%H:%M}" if start and end else "none"
