"""What ran and what waits: shared by ``/60 status`` and the Home tab."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import ClassVar

from blocks import labels, times
from blocks.contexts.waiting import MOST_WAITING, WaitingLine, waiting_lines
from blocks.text import count, one_line
from blocks.values import JobRef
from sequences.records.action import PendingAction
from sequences.records.event import StoredEvent
from sequences.records.job import Job, JobStatus

MOST_RUNS = 16
_DEEPEST = 3  # CHAIN-04
_NOT_YET = "noted, I cannot do this by myself yet"


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """One job of the family tree, root first, its children right below it; or a follow-up that never became one."""

    depth: int  # 0 is the root
    title: str
    mark: str
    state: str
    when: str
    cost: str
    error: str
    retry: str


@dataclass(frozen=True, kw_only=True)
class StatusReply:
    template: ClassVar[str] = "status_reply"
    waiting: tuple[WaitingLine, ...] = ()
    waiting_hidden: int = 0
    runs: tuple[RunLine, ...] = ()
    runs_hidden: int = 0
    use: tuple[str, ...] = ()
    emoji: bool = True

    def shorter(self) -> "StatusReply":
        """Half of the lines, for when all of them are too much for one message."""
        waiting, runs = self.waiting[: len(self.waiting) // 2], self.runs[: len(self.runs) // 2]
        return replace(
            self,
            waiting=waiting,
            waiting_hidden=self.waiting_hidden + len(self.waiting) - len(waiting),
            runs=runs,
            runs_hidden=self.runs_hidden + len(self.runs) - len(runs),
        )

    @property
    def notification(self) -> str:
        number = len(self.waiting) + self.waiting_hidden
        return f"{count(number, 'decision')} waiting for you." if number else "Nothing waits for you."

    @classmethod
    def of(
        cls,
        *,
        jobs: Sequence[Job],
        children: Sequence[Job | StoredEvent] = (),
        waiting: Sequence[PendingAction] = (),
        titles: Mapping[str, str] | None = None,
        use: Sequence[str] = (),
        now: datetime,
        timezone: str,
        emoji: bool = True,
    ) -> "StatusReply":
        """``jobs`` newest first, as the store gives them; ``children`` of any of them, in any order: the runs that
        follow-ups became, and the follow-ups that were kept with a reason instead.

        ``titles``: job id → what it was about ("Acme Corp: pilot follow-up"), where somebody knows.
        """
        tz = times.zone(timezone)
        runs = family_tree(jobs, children, Telling(now=now, tz=tz, titles=titles or {}))
        return cls(
            waiting=waiting_lines(waiting, now, tz),
            waiting_hidden=max(0, len(waiting) - MOST_WAITING),
            runs=runs[:MOST_RUNS],
            runs_hidden=max(0, len(runs) - MOST_RUNS),
            use=tuple(use),
            emoji=emoji,
        )


@dataclass(frozen=True, kw_only=True)
class OpenApprovalsView:
    """What waits for a decision, from anywhere in Slack. Deciding stays on the cards, which show what would happen."""

    template: ClassVar[str] = "open_approvals"
    waiting: tuple[WaitingLine, ...] = ()
    hidden: int = 0
    emoji: bool = True

    @classmethod
    def of(cls, waiting: Sequence[PendingAction], *, now: datetime, timezone: str) -> "OpenApprovalsView":
        lines = waiting_lines(waiting, now, times.zone(timezone))
        return cls(waiting=lines, hidden=max(0, len(waiting) - MOST_WAITING))


@dataclass(frozen=True, kw_only=True)
class Telling:
    """When, for whom, and what is known about the runs beside their rows."""

    now: datetime
    tz: tzinfo
    titles: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Family:
    """Everybody who may stand in the tree."""

    runs: Mapping[str, Job]
    refused: Sequence[StoredEvent]


def family_tree(jobs: Sequence[Job], children: Sequence[Job | StoredEvent], telling: Telling) -> tuple[RunLine, ...]:
    """Each job once: below its parent when that is among them, else as a root. As long as it is."""
    runs = {child.id: child for child in (*jobs, *children) if isinstance(child, Job)}
    family = Family(runs=runs, refused=[child for child in children if isinstance(child, StoredEvent)])
    roots = [job for job in jobs if job.parent_job_id not in runs]
    return tuple(line for root in roots for line in _branch(root, family, 0, telling))


def _branch(job: Job, family: Family, depth: int, telling: Telling) -> Iterator[RunLine]:
    yield run_line(job, depth, telling)
    if depth + 1 < _DEEPEST:
        for child in family.runs.values():
            if child.parent_job_id == job.id and child.id != job.id:
                yield from _branch(child, family, depth + 1, telling)
    for stored in family.refused:
        if stored.event.parent_job_id == job.id:
            yield refused_line(stored, depth + 1, telling)


def refused_line(stored: StoredEvent, depth: int, telling: Telling) -> RunLine:
    """A promise that nothing came of, and why: the rep must see it."""
    mark, state = labels.JOBS[JobStatus.SKIPPED]
    kind = stored.event.type
    return RunLine(
        depth=depth,
        title=one_line(labels.SEQUENCES.get(kind, labels.words(kind)), 120),
        mark=mark,
        state=_NOT_YET
        if stored.reason == f"no sequence answers {kind} yet"
        else f"{state}, {one_line(stored.reason, 160)}",
        when=times.soon(stored.received_at, telling.tz, seen_from=telling.now),
        cost="",
        error="",
        retry="",
    )


def run_line(job: Job, depth: int, telling: Telling) -> RunLine:
    mark, state = labels.JOBS[job.status]
    failed = job.status is JobStatus.FAILED
    if job.status in (JobStatus.PENDING, JobStatus.DEFERRED) and job.run_at > telling.now:
        again = times.soon(job.run_at, telling.tz, seen_from=telling.now)
        state = f"{state}, until {again}" if job.status is JobStatus.DEFERRED else f"goes on at {again}"
    return RunLine(
        depth=depth,
        title=_title(job, telling.titles),
        mark=mark,
        state=state,
        when=times.soon(job.finished_at or job.started_at or job.created_at, telling.tz, seen_from=telling.now),
        cost=labels.cost(job.cost_usd),
        error=one_line(job.error or "", 160),
        retry=JobRef(job.id).encode() if failed else "",
    )


def _title(job: Job, titles: Mapping[str, str]) -> str:
    named = titles.get(job.id) or job.trigger_payload.get("title")
    title = labels.SEQUENCES.get(job.sequence, labels.words(job.sequence))
    return one_line(f"{title}: {named}" if isinstance(named, str) and named else title, 120)
