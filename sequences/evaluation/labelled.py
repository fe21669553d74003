"""Labelled meetings, as people hand them over."""

from dataclasses import dataclass, field

from sequences.records.base import Record
from sequences.records.insight import IntentKind
from sequences.records.meeting import Role

Pair = tuple[int, IntentKind]  # position of the turn, counted from 0, and what was found in it


class LabelledTurn(Record):
    """``number`` is what the file calls the turn; labels refer to it."""

    number: str
    speaker: str
    role: Role
    text: str
    start_s: float | None = None
    end_s: float | None = None


class LabelledTranscript(Record):
    id: str
    turns: tuple[LabelledTurn, ...]
    split: str | None = None
    call_types: tuple[str, ...] = ()  # the best first, behind it what careful readers might say as well

    @property
    def roles(self) -> set[Role]:
        return {turn.role for turn in self.turns}


@dataclass(frozen=True, kw_only=True)
class Labels:
    """What a careful reader finds in one transcript. Borderline pairs count neither way."""

    certain: set[Pair] = field(default_factory=set)
    borderline: set[Pair] = field(default_factory=set)


@dataclass(frozen=True, kw_only=True)
class IntentSet:
    """Transcripts with their labels by id. ``notes`` say what was read in a way that its author may not expect."""

    transcripts: tuple[LabelledTranscript, ...]
    labels: dict[str, Labels]
    notes: tuple[str, ...] = ()

    def of_split(self, split: str) -> "IntentSet":
        """Only the transcripts that say they are of this split."""
        chosen = tuple(item for item in self.transcripts if item.split == split.casefold())
        return IntentSet(
            transcripts=chosen, labels={item.id: self.labels[item.id] for item in chosen}, notes=self.notes
        )
