"""``sixty eval intents``: labelled meetings through the engine that is set, or through two engines side by side."""

import asyncio
import json

from config import Settings
from sequences.evaluation.errors import LabelledFileError
from sequences.evaluation.intents import IntentReport, evaluate_intents
from sequences.evaluation.labelled import IntentSet
from sequences.evaluation.reading import read_intent_set
from sequences.records.insight import Intents
from sequences.records.material import MeetingMaterial
from sequences.skills.catalogue import DETECT_INTENTS
from terminal.engines import Engine
from terminal.evaluating import MeetingsRequest, content_of, cost_of, tables, thinker_of, with_each
from terminal.evaluation_report import Run, as_json, as_table
from terminal.printing import CommandError, say


async def handle_eval_intents(settings: Settings, request: MeetingsRequest) -> None:
    data = await asyncio.to_thread(_data, request)
    things = f"{len(data.transcripts)} meetings"
    runs = await with_each(settings, request, things, lambda engine: _run(engine, data, request))
    if request.as_json:
        say(json.dumps(as_json(runs), indent=2, ensure_ascii=False))
    else:
        say(as_table(runs, mistakes=request.mistakes))


def _data(request: MeetingsRequest) -> IntentSet:
    try:
        data = read_intent_set(
            content_of(request.labels),
            content_of(request.transcripts),
            labels_name=request.labels.name,
            transcripts_name=request.transcripts.name,
        )
    except LabelledFileError as error:
        raise CommandError(str(error)) from error
    return data if request.split is None else _of_split(data, request.split)


def _of_split(data: IntentSet, split: str) -> IntentSet:
    chosen = data.of_split(split)
    if not chosen.transcripts:
        there = sorted({transcript.split for transcript in data.transcripts if transcript.split})
        raise CommandError(f"No transcript is of the split {split}. There is: {', '.join(there) or 'no split at all'}.")
    return chosen


async def _run(engine: Engine, data: IntentSet, request: MeetingsRequest) -> Run[IntentReport]:
    """Costs are counted by the Thinker, as in the product."""
    async with tables() as store:
        thinker = thinker_of(engine, store)

        async def detect(material: MeetingMaterial) -> Intents:
            return await thinker.think(DETECT_INTENTS, material)

        report = await evaluate_intents(data, detect, seating=request.seating)
    return Run(
        engine=engine.named(thinker.engine),
        prompt_version=engine.version(DETECT_INTENTS.prompt_version),
        report=report,
        cost=cost_of(thinker),
        notes=tuple(thinker.notes),
    )
