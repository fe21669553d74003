"""Modals that a card opens: why it came, everything it knows, which tasks, what was wrong with it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from blocks import labels, times
from blocks.contexts.caps import Caps
from blocks.contexts.debrief import DebriefContext, Heard, heard
from blocks.ids import BlockId
from blocks.limits.numbers import OPTION_TEXT, OPTIONS
from blocks.text import one_line
from blocks.values import ActionRef, CardRef, Rating
from sequences.records.card import Card, DebriefCard, Explanation, TaskLine

_WHOLE = Caps(rows=60, extras=60, line=600, quote=600, body=3_000)
_MOST_EVIDENCE = 40
_GROUP = OPTIONS["checkboxes"]
_MOST_TASKS = 50 * _GROUP


@dataclass(frozen=True, kw_only=True)
class Proof:
    """One quote behind a card, and how sure the engine was of its reading (``80% sure``)."""

    heard: Heard
    sureness: str


@dataclass(frozen=True, kw_only=True)
class WhyView:
    """ "Why did I get this?" (BEYOND-03): event, evidence, rule or model, confidence, cost, what was skipped."""

    template: ClassVar[str] = "why"
    title: str
    explanation: Explanation
    proofs: tuple[Proof, ...] = ()

    @classmethod
    def of(cls, card: Card) -> "WhyView":
        explanation = card.explanation or Explanation(event="Something needed your attention", engine="rules")
        intents = card.intents if isinstance(card, DebriefCard) else ()
        proofs = (
            Proof(heard=heard(intent, _WHOLE), sureness=f"{round(intent.confidence * 100)}% sure") for intent in intents
        )
        return cls(title=one_line(card.title, 120), explanation=explanation, proofs=tuple(proofs)[:_MOST_EVIDENCE])

    @property
    def event(self) -> str:
        return one_line(self.explanation.event, 300) or "unknown"

    @property
    def engine(self) -> str:
        return one_line(self.explanation.engine, 120) or "unknown"

    @property
    def cost(self) -> str:
        return labels.cost(self.explanation.cost_usd)

    @property
    def evidence(self) -> tuple[str, ...]:
        """Quotes of the explanation itself, unless the findings already show them."""
        quotes = (one_line(quote, 600) for quote in self.explanation.evidence[:_MOST_EVIDENCE])
        return () if self.proofs else tuple(quote for quote in quotes if quote)

    @property
    def notes(self) -> tuple[str, ...]:
        notes = (one_line(note, 300) for note in self.explanation.notes[:20])
        return tuple(note for note in notes if note)


@dataclass(frozen=True, kw_only=True)
class FindingsView:
    """Every action item and every moment of a meeting, where the card shows only the first."""

    template: ClassVar[str] = "findings"
    findings: DebriefContext

    @classmethod
    def of(cls, card: DebriefCard) -> "FindingsView":
        return cls(findings=DebriefContext.of(card, card.job_id, _WHOLE, inform_only=True))


@dataclass(frozen=True, kw_only=True)
class TaskOption:
    label: str
    value: str  # position in the batch
    description: str


@dataclass(frozen=True, kw_only=True)
class TaskGroup:
    block_id: str
    label: str
    options: tuple[TaskOption, ...]


@dataclass(frozen=True, kw_only=True)
class ChooseTasksView:
    """All proposed tasks with a tick each, in groups of ten because Slack allows no more."""

    template: ClassVar[str] = "choose_tasks"
    ref: ActionRef
    tasks: tuple[TaskLine, ...]

    @property
    def groups(self) -> tuple[TaskGroup, ...]:
        return tuple(self._groups())

    def _groups(self) -> Iterator[TaskGroup]:
        tasks = self.tasks[:_MOST_TASKS]
        for first in range(0, len(tasks), _GROUP):
            group = tasks[first : first + _GROUP]
            last = first + len(group)
            yield TaskGroup(
                block_id=f"{BlockId.TASKS.value}:{first // _GROUP}",
                label="Tasks" if len(tasks) <= _GROUP else f"Tasks {first + 1} to {last}",
                options=tuple(_option(task, at) for at, task in enumerate(group, start=first)),
            )


def _option(task: TaskLine, position: int) -> TaskOption:
    title = one_line(task.title, 400) or "Untitled task"
    shown = one_line(title, OPTION_TEXT)
    due = f"due {times.iso_day(task.due_on)}" if task.due_on else ""
    rest = "…" + title[len(shown) - 1 :].strip() if shown != title else ""
    return TaskOption(label=shown, value=str(position), description=one_line(f"{due} {rest}", OPTION_TEXT))


@dataclass(frozen=True, kw_only=True)
class FeedbackView:
    """What was good or wrong about a card; the metadata is its CardRef. ``rating`` preselects a thumb."""

    template: ClassVar[str] = "feedback"
    card_id: str
    rating: Rating | None = None

    @property
    def metadata(self) -> str:
        return CardRef(self.card_id).encode()


@dataclass(frozen=True, kw_only=True)
class LoadingView:
    """Opened at once, while the trigger is fresh; filled as soon as there is something to show."""

    template: ClassVar[str] = "loading"
    text: str = "One moment…"

    @property
    def shown(self) -> str:
        return one_line(self.text, 500) or "One moment…"


@dataclass(frozen=True, kw_only=True)
class ThanksView:
    """After feedback: it has arrived."""

    template: ClassVar[str] = "thanks"


@dataclass(frozen=True, kw_only=True)
class ErrorView:
    """A plain sentence and a short reference that the log knows too."""

    template: ClassVar[str] = "error"
    text: str
    reference: str = ""

    @property
    def shown(self) -> str:
        return one_line(self.text, 2_000) or "This did not work."
