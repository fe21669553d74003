"""Intents against labels: what was found, what was missed, who is said to have said it, and how sure one may be."""

import time
from collections.abc import Awaitable, Callable, Iterable, Iterator
from dataclasses import dataclass

from sequences.evaluation.figures import Bucket, Score, Share, Spread, buckets, share, spread
from sequences.evaluation.labelled import IntentSet, LabelledTranscript, Labels, Pair
from sequences.evaluation.material import Seating, material_of
from sequences.records.insight import Intent, IntentKind, Intents
from sequences.records.material import MeetingMaterial
from sequences.records.meeting import Side

Detect = Callable[[MeetingMaterial], Awaitable[Intents]]

THRESHOLD = 0.7  # what is no surer than this is not shown (INTENT-05)
EDGES = (0.0, 0.5, 0.6, 0.7, 0.75, 0.8, 0.85, 0.9, 0.95, 1.0)


@dataclass(frozen=True, kw_only=True)
class Mistake:
    """A pair on which engine and labels differ. ``confidence`` is None for what was missed."""

    transcript_id: str
    turn: str
    kind: IntentKind
    speaker: str
    text: str
    quote: str | None = None
    confidence: float | None = None


@dataclass(frozen=True, kw_only=True)
class IntentReport:
    """``speaker_side`` and ``verbatim`` are shares of all detections above the threshold, right or false."""

    transcripts: int
    turns: int
    pairs: int
    borderline: int
    overall: Score
    kinds: dict[IntentKind, Score]
    speaker_side: Share
    verbatim: Share
    calibration: tuple[Bucket, ...]
    latency_ms: Spread
    mistakes: tuple[Mistake, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class _Judged:
    """One transcript after its evaluation. ``found`` has the surest detection of each pair that counts."""

    transcript: LabelledTranscript
    labels: Labels
    items: tuple[Intent, ...]
    found: dict[Pair, Intent]
    milliseconds: float

    @property
    def wanted(self) -> set[Pair]:
        return self.labels.certain - self.labels.borderline


async def evaluate_intents(
    data: IntentSet, detect: Detect, *, threshold: float = THRESHOLD, seating: Seating = Seating.ROLES
) -> IntentReport:
    """One transcript after the other, so that the time of each is its own."""
    judged = [await _judge(data, transcript, detect, threshold, seating) for transcript in data.transcripts]
    kinds = {kind: _score(judged, kind) for kind in IntentKind}
    items = [(case.transcript, item) for case in judged for item in case.items]
    return IntentReport(
        transcripts=len(judged),
        turns=sum(len(case.transcript.turns) for case in judged),
        pairs=sum(len(case.wanted) for case in judged),
        borderline=sum(len(case.labels.borderline) for case in judged),
        overall=sum(kinds.values(), Score()),
        kinds=kinds,
        speaker_side=share(_is_side_right(transcript, item) for transcript, item in items),
        verbatim=share(_is_verbatim(transcript, item) for transcript, item in items),
        calibration=buckets(_certainties(judged), EDGES),
        latency_ms=spread(case.milliseconds for case in judged),
        mistakes=tuple(mistake for case in judged for mistake in _mistakes(case)),
        notes=(*data.notes, *_bare(judged)),
    )


async def _judge(
    data: IntentSet, transcript: LabelledTranscript, detect: Detect, threshold: float, seating: Seating
) -> _Judged:
    material = material_of(transcript, seating)
    started = time.perf_counter()
    intents = await detect(material)
    milliseconds = (time.perf_counter() - started) * 1000
    labels = data.labels[transcript.id]
    items = tuple(item for item in intents.items if item.confidence > threshold)
    surest = {(item.turn, item.kind): item for item in sorted(items, key=lambda item: item.confidence)}
    found = {pair: item for pair, item in surest.items() if pair not in labels.borderline}
    return _Judged(transcript=transcript, labels=labels, items=items, found=found, milliseconds=milliseconds)


def _bare(judged: Iterable[_Judged]) -> Iterator[str]:
    count = sum(not case.labels.certain and not case.labels.borderline for case in judged)
    if count:
        yield f"{count} transcripts have no labels; every detection in them counts as false"


def _score(judged: Iterable[_Judged], kind: IntentKind) -> Score:
    total = Score()
    for case in judged:
        found = {pair for pair in case.found if pair[1] is kind}
        wanted = {pair for pair in case.wanted if pair[1] is kind}
        total += Score(right=len(found & wanted), false=len(found - wanted), missed=len(wanted - found))
    return total


def _is_side_right(transcript: LabelledTranscript, item: Intent) -> bool:
    """Where the file knows no side, any but ours will do."""
    if not 0 <= item.turn < len(transcript.turns):
        return False
    side = transcript.turns[item.turn].role.side
    return item.speaker is not Side.REP if side is Side.UNKNOWN else item.speaker is side


def _is_verbatim(transcript: LabelledTranscript, item: Intent) -> bool:
    in_range = 0 <= item.turn < len(transcript.turns)
    return in_range and bool(item.quote) and item.quote in transcript.turns[item.turn].text


def _certainties(judged: Iterable[_Judged]) -> Iterator[tuple[float, bool]]:
    for case in judged:
        for pair, item in case.found.items():
            yield item.confidence, pair in case.wanted


def _mistakes(case: _Judged) -> Iterator[Mistake]:
    """In the order of the conversation."""
    for pair in sorted(case.found.keys() ^ case.wanted):
        position, kind = pair
        item = case.found.get(pair)
        turn = case.transcript.turns[position] if 0 <= position < len(case.transcript.turns) else None
        yield Mistake(
            transcript_id=case.transcript.id,
            turn=turn.number if turn else str(position),
            kind=kind,
            speaker=turn.speaker if turn else "nobody: there is no such turn",
            text=turn.text if turn else "",
            quote=item.quote if item else None,
            confidence=item.confidence if item else None,
        )
