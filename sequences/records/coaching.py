"""What can be counted in a meeting and proved by its turns. Facts only: no advice, no wording, no model (BEYOND-12)."""

from enum import StrEnum

from sequences.records.base import Record
from sequences.records.meeting import Side


class Basis(StrEnum):
    """What talk was measured in."""

    TIME = "time"
    WORDS = "words"


class TalkShare(Record):
    """Shares of 0 to 1 that sum to 1. Whoever sits on neither side is left out of both."""

    basis: Basis
    rep: float
    prospect: float
    rep_turns: tuple[int, ...] = ()
    prospect_turns: tuple[int, ...] = ()


class Monologue(Record):
    """One speaker going on, over short noises of the others. ``length_s`` is None where the file has no times."""

    speaker: str
    turns: tuple[int, ...]
    words: int
    start_s: float | None = None
    length_s: float | None = None


class QuestionForm(StrEnum):
    OPEN = "open"  # what, how, why, tell me
    CLOSED = "closed"  # yes or no, or one fact


class Question(Record):
    """``quote`` is a part of the turn, word for word.

    ``depth`` is 1 for a question that begins a subject and one more for each that follows up the answer before it;
    0 for a question that is not about the prospect's situation.
    """

    turn: int
    speaker: str
    side: Side
    quote: str
    form: QuestionForm
    depth: int = 0

    @property
    def is_discovery(self) -> bool:
        return self.depth > 0


class Handling(StrEnum):
    WITH_EVIDENCE = "answered_with_evidence"
    ANSWERED = "answered"
    PASSED_OVER = "passed_over"


class ObjectionKind(StrEnum):
    PRICE = "price"
    TIMING = "timing"
    NEED = "need"
    RISK = "risk"
    EFFORT = "effort"
    COMPETITION = "competition"
    INTEGRATION = "integration"  # does it work with what is there
    SECURITY = "security"  # data, privacy, compliance
    TRUST = "trust"  # bad experience, promises that were not kept, doubt about claims
    AUTHORITY = "authority"  # somebody else has to be won over or holds the purse


class Objection(Record):
    """``answer_turn`` and ``answer`` are what our side said to it; None where it was passed over in silence."""

    turn: int
    speaker: str
    kind: ObjectionKind
    quote: str
    handling: Handling
    answer_turn: int | None = None
    answer: str | None = None


class Interruption(Record):
    """``turn`` began ``overlap_s`` seconds before the end of ``interrupted_turn``, which belongs to somebody else."""

    turn: int
    interrupted_turn: int
    side: Side  # who interrupted
    overlap_s: float


class CoachingFacts(Record):
    """``talk`` is None when nobody spoke of whom the side is known, ``interruptions`` when no times tell."""

    talk: TalkShare | None = None
    longest_monologue: Monologue | None = None  # of our side
    questions: tuple[Question, ...] = ()  # by our side
    unanswered: tuple[Question, ...] = ()  # of either side
    objections: tuple[Objection, ...] = ()
    interruptions: tuple[Interruption, ...] | None = None

    @property
    def discovery_questions(self) -> int:
        return sum(question.is_discovery for question in self.questions)

    @property
    def deepest(self) -> int:
        """How far the longest chain of follow-up questions went; 0 without any discovery question."""
        return max((question.depth for question in self.questions), default=0)
