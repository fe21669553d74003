"""An evaluation of mails for a person's eyes, and as JSON for a program's."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sequences.evaluation.mails import MailMistake, MailReport, QuestionReport
from terminal.evaluation_report import (
    Cost,
    bucket_json,
    cost_json,
    latency_json,
    percent,
    score_json,
    score_line,
    share_json,
    share_text,
    side_by_side,
)


@dataclass(frozen=True, kw_only=True)
class MailRun:
    """One engine over all mails. ``notes`` are the engine's own: where it could not answer."""

    engine: str
    prompt_versions: dict[str, str]
    report: MailReport
    cost: Cost
    notes: tuple[str, ...]


def as_json(runs: Sequence[MailRun]) -> dict[str, Any]:
    return side_by_side([_document(run) for run in runs])


def _document(run: MailRun) -> dict[str, Any]:
    report = run.report
    return {
        "engine": run.engine,
        "prompt_versions": run.prompt_versions,
        "mails": report.mails,
        "triage": _question(report.triage),
        "reply": _question(report.reply),
        "quotes_verbatim": share_json(report.verbatim),
        "return_days": share_json(report.return_days),
        "latency_ms": latency_json(report.latency_ms),
        "cost": cost_json(run.cost),
        "notes": [*report.notes, *run.notes],
    }


def _question(report: QuestionReport | None) -> dict[str, Any] | None:
    if report is None:
        return None
    return {
        "accuracy": share_json(report.accuracy),
        "classes": {name: score_json(score) for name, score in report.classes.items()},
        "confusion": [
            {"label": label, "answer": answer, "mails": count}
            for (label, answer), count in sorted(report.confusion.items())
        ],
        "calibration": [bucket_json(bucket) for bucket in report.calibration],
        "mistakes": [asdict(mistake) for mistake in report.mistakes],
    }


def as_table(runs: Sequence[MailRun], *, mistakes: int = 0) -> str:
    lines = [line for run in runs for line in _table(run, mistakes)]
    if len(runs) == 2:
        lines += _side_by_side(runs[0], runs[1])
    return "\n".join(lines)


def _side_by_side(first: MailRun, second: MailRun) -> Iterator[str]:
    """The figures that decide between two engines, or two versions of a prompt."""
    yield f"{'':28}{first.engine[:24]:>26}{second.engine[:24]:>26}"
    for (name, one), (_, other) in zip(_deciding(first), _deciding(second), strict=True):
        yield f"{name:28}{one:>26}{other:>26}"


def _deciding(run: MailRun) -> Iterator[tuple[str, str]]:
    report = run.report
    yield "prompts", ", ".join(sorted(set(run.prompt_versions.values()))) if run.cost.calls else "-"
    yield "triage accuracy", share_text(report.triage.accuracy) if report.triage else "-"
    yield "reply accuracy", share_text(report.reply.accuracy) if report.reply else "-"
    for name in ("out_of_office", "unsubscribe"):
        yield f"{name} recall", percent(report.reply.classes[name].recall) if report.reply else "-"
    yield "median per mail", f"{report.latency_ms.median:.0f} ms"
    yield "cost", f"${run.cost.usd}"


def _table(run: MailRun, mistakes: int) -> Iterator[str]:
    report = run.report
    yield f"{run.engine}: {report.mails} mails"
    if run.cost.calls:
        yield "Prompts: " + ", ".join(f"{name} {version}" for name, version in sorted(run.prompt_versions.items()))
    for name, question in (("triage", report.triage), ("campaign reply", report.reply)):
        if question:
            yield from _question_lines(name, question)
    yield ""
    if report.reply:
        recalls = {name: percent(report.reply.classes[name].recall) for name in ("out_of_office", "unsubscribe")}
        yield f"Recall: out of office {recalls['out_of_office']}, unsubscribe {recalls['unsubscribe']}"
        yield f"Day of return right: {share_text(report.return_days)}"
    yield f"Quotes verbatim: {share_text(report.verbatim)}"
    latency = report.latency_ms
    yield (
        f"Per mail: median {latency.median:.0f} ms, p95 {latency.p95:.0f} ms, worst {latency.worst:.0f} ms; "
        f"all: {latency.total / 1000:.1f} s"
    )
    yield f"Cost: ${run.cost.usd} ({run.cost.calls} calls)"
    yield from (f"Note: {note}" for note in (*report.notes, *run.notes))
    found = [mistake for each in (report.triage, report.reply) if each for mistake in each.mistakes]
    yield from _mistake_lines(found[:mistakes])
    yield ""


def _question_lines(name: str, report: QuestionReport) -> Iterator[str]:
    yield ""
    yield f"{name:28}{'precision':>11}{'recall':>8}{'F1':>8}{'right':>8}{'false':>7}{'missed':>8}"
    yield from (score_line(each, score) for each, score in report.classes.items())
    yield f"Accuracy: {share_text(report.accuracy)}"
    wrong = [(count, *pair) for pair, count in report.confusion.items() if pair[0] != pair[1]]
    yield from (f"  {count} x {label} taken for {answer}" for count, label, answer in sorted(wrong, reverse=True))
    yield "Calibration (confidence, then how many of those were right):"
    for bucket in report.calibration:
        yield f"  {bucket.low:.2f}-{bucket.high:.2f}   {bucket.mean_confidence:.2f}   {share_text(bucket.share)}"


def _mistake_lines(mistakes: Iterable[MailMistake]) -> Iterator[str]:
    for mistake in mistakes:
        yield ""
        yield f"{mistake.mail_id}: {mistake.wanted} taken for {mistake.found} ({mistake.confidence:.2f})"
        yield f"  {mistake.subject} | {' '.join(mistake.said.split())[:300]}"
        if mistake.quote:
            yield f"  heard: “{mistake.quote}”"
