"""The parts of a card that concern the CRM: fields written, a stage proposed, tasks proposed."""

from dataclasses import dataclass

from blocks import labels, times
from blocks.contexts.caps import Caps
from blocks.contexts.outcome import Closing, Setting, Stand, Words, closing, reference, stand
from blocks.text import one_line
from blocks.values import ActionRef
from sequences.records.card import FieldChange, FieldsPanel, StagePanel, TaskLine, TasksPanel

_UNDO_WORDS = Words(done="Undone", cancelled="Kept", failed="The undo did not work", expired="The changes stay.")
_TASK_WORDS = Words(done="Created", cancelled="Skipped", failed="Not created", expired="No task was created.")


@dataclass(frozen=True, kw_only=True)
class ChangeLine:
    field: str
    where: str  # the deal, contact or company
    old: str  # empty when there was none
    new: str
    quote: str
    at: str


@dataclass(frozen=True, kw_only=True)
class FieldsContext:
    changes: tuple[ChangeLine, ...]
    hidden: int
    undo: str  # the button's value; empty when no undo is offered
    undoing: bool
    closing: Closing | None
    error: str

    @classmethod
    def of(cls, panel: FieldsPanel, setting: Setting, caps: Caps) -> "FieldsContext":
        closed = closing(panel.undone, _UNDO_WORDS, setting) if panel.undone else None
        offered = panel.undo_action_id and panel.undone is None
        return cls(
            changes=tuple(_change(change, caps) for change in panel.changes[: caps.extras]),
            hidden=max(0, len(panel.changes) - caps.extras),
            undo=ActionRef(panel.undo_action_id or "", panel.undo_version).encode() if offered else "",
            undoing=panel.undone is not None and closed is None,
            closing=closed,
            error=one_line(panel.error or "", 200),
        )


@dataclass(frozen=True, kw_only=True)
class StageContext:
    stand: Stand
    ref: str
    deal: str
    old: str
    new: str
    quote: str
    at: str
    closing: Closing | None

    @classmethod
    def of(cls, panel: StagePanel, setting: Setting, caps: Caps) -> "StageContext":
        old, new = labels.STAGES[panel.old], labels.STAGES[panel.new]
        words = Words(
            done=f"Moved to {new}",
            cancelled=f"Left at {old}",
            failed=f"Not moved to {new}",
            expired=f"It stays at {old}.",
        )
        return cls(
            stand=stand(panel.decision),
            ref=reference(panel.decision),
            deal=one_line(panel.deal_name, 100),
            old=old,
            new=new,
            quote=one_line(panel.quote, caps.quote),
            at=times.timestamp(panel.start_s),
            closing=closing(panel.decision, words, setting),
        )


@dataclass(frozen=True, kw_only=True)
class TaskRow:
    title: str
    due: str


@dataclass(frozen=True, kw_only=True)
class TasksContext:
    stand: Stand
    ref: str
    tasks: tuple[TaskRow, ...]
    hidden: int
    closing: Closing | None

    @property
    def number(self) -> int:
        return len(self.tasks) + self.hidden

    @classmethod
    def of(cls, panel: TasksPanel, setting: Setting, caps: Caps) -> "TasksContext":
        return cls(
            stand=stand(panel.decision),
            ref=reference(panel.decision),
            tasks=tuple(task_row(task, setting, caps.line) for task in panel.tasks[: caps.rows]),
            hidden=max(0, len(panel.tasks) - caps.rows),
            closing=closing(panel.decision, _TASK_WORDS, setting),
        )


def task_row(task: TaskLine, setting: Setting, longest: int) -> TaskRow:
    today = setting.seen_from.astimezone(setting.tz).date()
    return TaskRow(
        title=one_line(task.title, longest) or "Untitled task",
        due=one_line(times.iso_day(task.due_on, year_of=today), 40),
    )


def _change(change: FieldChange, caps: Caps) -> ChangeLine:
    is_quote = " ".join(change.new.split()) == " ".join(change.quote.split())
    return ChangeLine(
        field=one_line(labels.field(change.field), 60),
        where=one_line(change.object_name, 80) or labels.words(one_line(change.object, 40)),
        old=one_line(change.old or "", caps.line),
        new=one_line(change.new, caps.line),
        # A value that is the quote itself is not said twice.
        quote="" if is_quote else one_line(change.quote, caps.quote),
        at=times.timestamp(change.start_s),
    )
