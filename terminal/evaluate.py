"""``sixty eval intents``: labelled meetings through the engine that is set, or through two engines side by side."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

from config import Settings
from scheduler.clock import utc_now
from sequences.evaluation.errors import LabelledFileError
from sequences.evaluation.intents import evaluate_intents
from sequences.evaluation.labelled import IntentSet
from sequences.evaluation.material import ORG, REP, Seating
from sequences.evaluation.reading import read_intent_set
from sequences.records.insight import Intents
from sequences.records.material import MeetingMaterial
from sequences.skills.catalogue import DETECT_INTENTS
from sequences.skills.thinker import Thinker
from storage.database import Database
from terminal.engines import Engine, engines_of
from terminal.evaluation_report import Cost, Run, as_json, as_table
from terminal.printing import CommandError, say, warn


@dataclass(frozen=True, kw_only=True)
class Request:
    """What was typed. ``split`` keeps transcripts of that split only; ``against`` names a second engine.

    ``prompts`` is a directory of templates for the first one.
    """

    labels: Path
    transcripts: Path
    split: str | None
    seating: Seating
    against: str | None
    prompts: Path | None
    mistakes: int
    as_json: bool


async def handle_eval_intents(settings: Settings, request: Request) -> None:
    data = await asyncio.to_thread(_data, request)
    async with contextlib.AsyncExitStack() as stack:
        engines = engines_of(settings, request.against, request.prompts, stack)
        runs = [await _run(engine, data, request) for engine in engines]
    if request.as_json:
        say(json.dumps(as_json(runs), indent=2, ensure_ascii=False))
    else:
        say(as_table(runs, mistakes=request.mistakes))


def _data(request: Request) -> IntentSet:
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


def content_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path.name} is not UTF-8 text.") from error


def _of_split(data: IntentSet, split: str) -> IntentSet:
    chosen = data.of_split(split)
    if not chosen.transcripts:
        there = sorted({transcript.split for transcript in data.transcripts if transcript.split})
        raise CommandError(f"No transcript is of the split {split}. There is: {', '.join(there) or 'no split at all'}.")
    return chosen


async def _run(engine: Engine, data: IntentSet, request: Request) -> Run:
    """Costs are counted by the Thinker, as in the product."""
    if engine.model:
        warn(f"Asking {engine.model.engine} about {len(data.transcripts)} meetings; this costs money.")
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


def thinker_of(engine: Engine, store: Database) -> Thinker:
    """Counts costs as in the product."""
    return Thinker(
        store=store,
        model=engine.model,
        clock=utc_now,
        org=ORG,
        user=REP,
        job_id=None,
        sequence="evaluation",
        templates=engine.templates,
    )


@contextlib.asynccontextmanager
async def tables() -> AsyncIterator[Database]:
    """In memory, and gone afterwards."""
    async with Database.scratch() as store:
        async with store.begin() as tx:
            await tx.people.save_org(ORG)
            await tx.people.save_user(REP)
        yield store


def cost_of(thinker: Thinker) -> Cost:
    return Cost(
        usd=thinker.spent_usd,
        calls=thinker.calls,
        input_tokens=thinker.input_tokens,
        output_tokens=thinker.output_tokens,
    )
