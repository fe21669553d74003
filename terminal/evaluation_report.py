"""An evaluation for a person's eyes, and as JSON for a program's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Generic, TypeVar

from sequences.evaluation.figures import Bucket, Score, Share, Spread
from sequences.evaluation.intents import THRESHOLD, IntentReport, Mistake

R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Cost:
    usd: Decimal
    calls: int
    input_tokens: int
    output_tokens: int


@dataclass(frozen=True, kw_only=True)
class Run(Generic[R]):
    """One engine over all meetings, with its report. ``notes`` are the engine's own: where it could not answer."""

    engine: str
    prompt_version: str
    report: R
    cost: Cost
    notes: tuple[str, ...]


def as_json(runs: Sequence[Run[IntentReport]]) -> dict[str, Any]:
    return side_by_side([_document(run) for run in runs])


def side_by_side(documents: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """The first engine's report; that of the second, if there is one, under ``against``."""
    first, *others = documents
    return {**first, "against": others[0]} if others else first


def _document(run: Run[IntentReport]) -> dict[str, Any]:
    report = run.report
    return {
        "engine": run.engine,
        "prompt_version": run.prompt_version,
        "threshold": THRESHOLD,
        "transcripts": report.transcripts,
        "turns": report.turns,
        "pairs": report.pairs,
        "borderline": report.borderline,
        "overall": score_json(report.overall),
        "kinds": {kind.value: score_json(score) for kind, score in report.kinds.items()},
        "speaker_side": share_json(report.speaker_side),
        "quotes_verbatim": share_json(report.verbatim),
        "calibration": [bucket_json(bucket) for bucket in report.calibration],
        "latency_ms": latency_json(report.latency_ms),
        "cost": cost_json(run.cost),
        "mistakes": [_mistake(mistake) for mistake in report.mistakes],
        "notes": [*report.notes, *run.notes],
    }


def latency_json(latency: Spread) -> dict[str, float]:
    return {name: round(getattr(latency, name), 1) for name in ("median", "p95", "worst", "total")}


def cost_json(cost: Cost) -> dict[str, Any]:
    return {
        "usd": str(cost.usd),
        "calls": cost.calls,
        "input_tokens": cost.input_tokens,
        "output_tokens": cost.output_tokens,
    }


def score_json(score: Score) -> dict[str, Any]:
    return {
        "precision": _rounded(score.precision),
        "recall": _rounded(score.recall),
        "f1": _rounded(score.f1),
        "right": score.right,
        "false": score.false,
        "missed": score.missed,
    }


def share_json(share: Share) -> dict[str, Any]:
    return {"ratio": _rounded(share.ratio), "right": share.right, "of": share.of}


def bucket_json(bucket: Bucket) -> dict[str, Any]:
    mean = _rounded(bucket.mean_confidence)
    return {"from": bucket.low, "to": bucket.high, "mean_confidence": mean, **share_json(bucket.share)}


def _mistake(mistake: Mistake) -> dict[str, Any]:
    return {
        "transcript_id": mistake.transcript_id,
        "turn": mistake.turn,
        "kind": mistake.kind.value,
        "mistake": "missed" if mistake.confidence is None else "false",
        "confidence": mistake.confidence,
        "speaker": mistake.speaker,
        "quote": mistake.quote,
        "text": mistake.text,
    }


def _rounded(ratio: float | None) -> float | None:
    return None if ratio is None else round(ratio, 4)


def as_table(runs: Sequence[Run[IntentReport]], *, mistakes: int = 0) -> str:
    return "\n".join(line for run in runs for line in _table(run, mistakes))


def _table(run: Run[IntentReport], mistakes: int) -> Iterator[str]:
    report = run.report
    yield f"{run.engine}: {report.transcripts} meetings, {report.turns} turns, {report.pairs} labelled pairs"
    yield ""
    yield f"{'kind':28}{'precision':>11}{'recall':>8}{'F1':>8}{'right':>8}{'false':>7}{'missed':>8}"
    for kind, score in report.kinds.items():
        yield score_line(kind.value, score)
    yield score_line("overall", report.overall)
    yield ""
    yield f"{report.borderline} borderline pairs count neither way; confidence above {THRESHOLD} counts."
    yield f"Speaker side right: {share_text(report.speaker_side)}"
    yield f"Quotes verbatim: {share_text(report.verbatim)}"
    yield "Calibration (confidence, then how many of those were right):"
    for bucket in report.calibration:
        yield f"  {bucket.low:.2f}-{bucket.high:.2f}   {bucket.mean_confidence:.2f}   {share_text(bucket.share)}"
    latency = report.latency_ms
    yield (
        f"Per meeting: median {latency.median:.0f} ms, p95 {latency.p95:.0f} ms, worst {latency.worst:.0f} ms; "
        f"all: {latency.total / 1000:.1f} s"
    )
    yield f"Cost: ${run.cost.usd} ({run.cost.calls} calls)"
    yield from (f"Note: {note}" for note in (*report.notes, *run.notes))
    yield from _mistake_lines(report.mistakes[:mistakes])
    yield ""


def score_line(name: str, score: Score) -> str:
    ratios = f"{percent(score.precision):>11}{percent(score.recall):>8}{percent(score.f1):>8}"
    return f"{name:28}{ratios}{score.right:>8}{score.false:>7}{score.missed:>8}"


def _mistake_lines(mistakes: Iterable[Mistake]) -> Iterator[str]:
    for mistake in mistakes:
        what = "missed" if mistake.confidence is None else f"false ({mistake.confidence:.2f})"
        yield ""
        yield f"{what} {mistake.kind.value} in {mistake.transcript_id}, turn {mistake.turn}"
        yield f"  {mistake.speaker}: {mistake.text}"
        if mistake.quote and mistake.quote != mistake.text:
            yield f"  heard: “{mistake.quote}”"


def share_text(share: Share) -> str:
    return f"{percent(share.ratio)} ({share.right} of {share.of})" if share.of else "none"


def percent(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.1%}"
