"""``sixty eval actions``: labelled promises through the engine that is set, or through two engines side by side."""

import asyncio
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Any

from config import Settings
from sequences.evaluation.actions import NEAR, ActionReport, ActionSet, evaluate_actions, read_action_set
from sequences.evaluation.errors import LabelledFileError
from sequences.records.insight import ActionItems
from sequences.records.material import MeetingMaterial
from sequences.skills.catalogue import EXTRACT_ACTION_ITEMS
from terminal.engines import Engine
from terminal.evaluating import MeetingsRequest, content_of, cost_of, tables, thinker_of, with_each
from terminal.evaluation_report import Run, score_json, score_line, share_json, share_text, side_by_side
from terminal.printing import CommandError, say


async def handle_eval_actions(settings: Settings, request: MeetingsRequest) -> None:
    data = await asyncio.to_thread(_data, request)
    things = f"{len(data.transcripts)} meetings"
    runs = await with_each(settings, request, things, lambda engine: _run(engine, data, request))
    if request.as_json:
        say(json.dumps(as_json(runs), indent=2, ensure_ascii=False))
    else:
        say("\n".join(line for run in runs for line in _table(run, request.mistakes)))


def _data(request: MeetingsRequest) -> ActionSet:
    try:
        data = read_action_set(
            content_of(request.labels),
            content_of(request.transcripts),
            labels_name=request.labels.name,
            transcripts_name=request.transcripts.name,
        )
    except LabelledFileError as error:
        raise CommandError(str(error)) from error
    chosen = data.of_split(request.split) if request.split else data
    if not chosen.transcripts:
        where = f"of the split {request.split}" if request.split else "with labels"
        raise CommandError(f"There is no meeting {where} in {request.labels.name}.")
    return chosen


async def _run(engine: Engine, data: ActionSet, request: MeetingsRequest) -> Run[ActionReport]:
    async with tables() as store:
        thinker = thinker_of(engine, store)

        async def extract(material: MeetingMaterial) -> ActionItems:
            return await thinker.think(EXTRACT_ACTION_ITEMS, material)

        report = await evaluate_actions(data, extract, seating=request.seating)
    return Run(
        engine=engine.named(thinker.engine),
        prompt_version=engine.version(EXTRACT_ACTION_ITEMS.prompt_version),
        report=report,
        cost=cost_of(thinker),
        notes=tuple(thinker.notes),
    )


def as_json(runs: Sequence[Run[ActionReport]]) -> dict[str, Any]:
    return side_by_side([_document(run) for run in runs])


def _document(run: Run[ActionReport]) -> dict[str, Any]:
    report = run.report
    return {
        "engine": run.engine,
        "prompt_version": run.prompt_version,
        "turns_apart": NEAR,
        "transcripts": report.transcripts,
        "items": report.items,
        "borderline": report.borderline,
        "overall": score_json(report.overall),
        "owners": {side.value: score_json(score) for side, score in report.sides.items()},
        "owner_right": share_json(report.owner),
        "due_date_right": share_json(report.due),
        "quotes_verbatim": share_json(report.verbatim),
        "latency_ms": {name: round(value, 1) for name, value in asdict(report.latency_ms).items()},
        "cost": {**asdict(run.cost), "usd": str(run.cost.usd)},
        "mistakes": [asdict(mistake) for mistake in report.mistakes],
        "notes": list(run.notes),
    }


def _table(run: Run[ActionReport], mistakes: int) -> Iterator[str]:
    report = run.report
    yield f"{run.engine}: {report.transcripts} meetings, {report.items} labelled action items"
    yield ""
    yield f"{'owner':28}{'precision':>11}{'recall':>8}{'F1':>8}{'right':>8}{'false':>7}{'missed':>8}"
    for side, score in report.sides.items():
        yield score_line(side.value, score)
    yield score_line("overall", report.overall)
    yield ""
    yield f"{report.borderline} borderline items count neither way; a turn off by {NEAR} counts as right."
    yield f"Owner right, of those found: {share_text(report.owner)}"
    yield f"Due date right: {share_text(report.due)}"
    yield f"Quotes verbatim: {share_text(report.verbatim)}"
    yield f"Per meeting: median {report.latency_ms.median:.0f} ms, worst {report.latency_ms.worst:.0f} ms"
    yield f"Cost: ${run.cost.usd} ({run.cost.calls} calls)"
    yield from (f"Note: {note}" for note in run.notes)
    for mistake in report.mistakes[:mistakes]:
        yield ""
        yield f"{mistake.kind} in {mistake.transcript_id}, turn {mistake.position}"
        yield from (f"  {what}: {text}" for what, text in (("label", mistake.wanted), ("heard", mistake.found)) if text)
    yield ""
