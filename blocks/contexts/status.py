"""What ran and what waits: shared by ``/60 status`` and the Home tab."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any, ClassVar

from blocks import labels, times
from blocks.text import count, one_line
from blocks.values import JobRef
from sequences.records.action import ActionType, PendingAction
from sequences.records.job import Job, JobStatus

MOST_RUNS = 16
MOST_WAITING = 10
_DEEPEST = 3  # CHAIN-04


@dataclass(frozen=True, kw_only=True)
class WaitingLine:
    """One decision that waits for the rep."""

    what: str
    until: str

    @classmethod
    def of(cls, action: PendingAction, now: datetime, tz: tzinfo) -> "WaitingLine":
        until = times.soon(action.expires_at, tz, seen_from=now)
        return cls(what=_what(action.action_type, action.action_payload), until=until)


@dataclass(frozen=True, kw_only=True)
class RunLine:
    """One job of the family tree, root first, its children right below it."""

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
        children: Sequence[Job] = (),
        waiting: Sequence[PendingAction] = (),
        now: datetime,
        timezone: str,
        emoji: bool = True,
    ) -> "StatusReply":
        """``jobs`` newest first, as the store gives them; ``children`` of any of them, in any order."""
        tz = times.zone(timezone)
        runs = family_tree(jobs, children, now, tz)
        return cls(
            waiting=waiting_lines(waiting, now, tz),
            waiting_hidden=max(0, len(waiting) - MOST_WAITING),
            runs=runs[:MOST_RUNS],
            runs_hidden=max(0, len(runs) - MOST_RUNS),
            emoji=emoji,
        )


def waiting_lines(waiting: Sequence[PendingAction], now: datetime, tz: tzinfo) -> tuple[WaitingLine, ...]:
    return tuple(WaitingLine.of(action, now, tz) for action in waiting[:MOST_WAITING])


def family_tree(jobs: Sequence[Job], children: Sequence[Job], now: datetime, tz: tzinfo) -> tuple[RunLine, ...]:
    """Each job once: below its parent when that is among them, else as a root. As long as it is."""
    known = {job.id: job for job in (*jobs, *children)}
    roots = [job for job in jobs if job.parent_job_id not in known]
    return tuple(line for root in roots for line in _family(root, known, 0, now, tz))


def _family(job: Job, known: dict[str, Job], depth: int, now: datetime, tz: tzinfo) -> Iterator[RunLine]:
    yield run_line(job, depth, now, tz)
    if depth + 1 >= _DEEPEST:
        return
    for child in known.values():
        if child.parent_job_id == job.id and child.id != job.id:
            yield from _family(child, known, depth + 1, now, tz)


def run_line(job: Job, depth: int, now: datetime, tz: tzinfo) -> RunLine:
    mark, state = labels.JOBS[job.status]
    failed = job.status is JobStatus.FAILED
    return RunLine(
        depth=depth,
        title=_title(job),
        mark=mark,
        state=state,
        when=times.soon(job.finished_at or job.started_at or job.created_at, tz, seen_from=now),
        cost=labels.cost(job.cost_usd),
        error=one_line(job.error or "", 160),
        retry=JobRef(job.id).encode() if failed else "",
    )


def _title(job: Job) -> str:
    named = job.trigger_payload.get("title") or job.metadata.get("title")
    title = labels.SEQUENCES.get(job.sequence, labels.words(job.sequence))
    return one_line(f"{title}: {named}" if isinstance(named, str) and named else title, 120)


def _what(kind: ActionType, payload: dict[str, Any]) -> str:
    match kind:
        case ActionType.SEND_EMAIL:
            to = payload.get("to") or ()
            addressee = ", ".join(str(address) for address in to) if isinstance(to, (list, tuple)) else str(to)
            return one_line(f"Send “{payload.get('subject', '')}” to {addressee or 'nobody yet'}", 200)
        case ActionType.CREATE_TASKS:
            tasks = payload.get("tasks")
            return f"Create {count(len(tasks), 'task')}" if isinstance(tasks, (list, tuple)) else "Create tasks"
        case ActionType.MOVE_DEAL_STAGE:
            return one_line(
                f"Move {payload.get('deal_name') or 'a deal'} to {payload.get('new') or 'a new stage'}", 200
            )
        case ActionType.CHOOSE_REP:
            return one_line(f"Say whose meeting “{payload.get('title') or 'this'}” was", 200)
    return labels.words(kind.value)
