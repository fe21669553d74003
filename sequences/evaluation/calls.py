"""The type of each call against labels. Where careful readers may differ, any of their answers is right."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from sequences.evaluation.figures import Score, Share, share
from sequences.evaluation.labelled import LabelledTranscript
from sequences.evaluation.material import Seating, material_of
from sequences.records.insight import CallKind, CallType
from sequences.records.material import MeetingMaterial

Classify = Callable[[MeetingMaterial], Awaitable[CallType]]


@dataclass(frozen=True, kw_only=True)
class CallMistake:
    """``wanted`` has the best answer first."""

    transcript_id: str
    wanted: tuple[str, ...]
    found: str
    confidence: float


@dataclass(frozen=True, kw_only=True)
class CallReport:
    """``best`` counts only the first answer of a label, ``accepted`` any of them; ``kinds`` follow ``accepted``."""

    transcripts: int
    best: Share
    accepted: Share
    kinds: dict[str, Score]
    mistakes: tuple[CallMistake, ...]


async def evaluate_calls(
    transcripts: Iterable[LabelledTranscript], classify: Classify, *, seating: Seating = Seating.ROLES
) -> CallReport:
    """Transcripts without a label are left out."""
    judged = [
        (transcript, await classify(material_of(transcript, seating)))
        for transcript in transcripts
        if transcript.call_types
    ]
    # An accepted second answer counts as that kind's own.
    pairs = [
        (found.kind.value if found.kind.value in item.call_types else item.call_types[0], found.kind.value)
        for item, found in judged
    ]
    return CallReport(
        transcripts=len(judged),
        best=share(found.kind.value == item.call_types[0] for item, found in judged),
        accepted=share(wanted == found for wanted, found in pairs),
        kinds={kind.value: _score(kind.value, pairs) for kind in CallKind},
        mistakes=tuple(
            CallMistake(
                transcript_id=item.id, wanted=item.call_types, found=found.kind.value, confidence=found.confidence
            )
            for item, found in judged
            if found.kind.value not in item.call_types
        ),
    )


def _score(kind: str, pairs: Iterable[tuple[str, str]]) -> Score:
    score = Score()
    for wanted, found in pairs:
        score += Score(
            right=int(wanted == found == kind),
            false=int(found == kind != wanted),
            missed=int(wanted == kind != found),
        )
    return score
