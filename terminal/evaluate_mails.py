"""``sixty eval mails``: labelled mails through the engine that is set, or through two engines side by side."""

import asyncio
import contextlib
import json
from dataclasses import dataclass
from pathlib import Path

from config import Settings
from sequences.evaluation.errors import LabelledFileError
from sequences.evaluation.labelled_mails import MailSet
from sequences.evaluation.mails import evaluate_mails
from sequences.evaluation.reading_mails import read_mails
from sequences.records.mail import MailMaterial, MailTriage, ReplyReading
from sequences.skills.catalogue import CLASSIFY_REPLY, TRIAGE_MAIL
from terminal.engines import Engine, engines_of
from terminal.evaluate import content_of, cost_of, tables, thinker_of
from terminal.mail_report import MailRun, as_json, as_table
from terminal.printing import CommandError, say, warn


@dataclass(frozen=True, kw_only=True)
class MailsRequest:
    """What was typed. ``split`` keeps mails of that split only; ``against`` names a second engine.

    ``prompts`` is a directory of templates for the first one.
    """

    mails: Path
    split: str | None
    against: str | None
    prompts: Path | None
    mistakes: int
    as_json: bool


async def handle_eval_mails(settings: Settings, request: MailsRequest) -> None:
    data = await asyncio.to_thread(_data, request)
    async with contextlib.AsyncExitStack() as stack:
        engines = engines_of(settings, request.against, request.prompts, stack)
        runs = [await _run(engine, data) for engine in engines]
    if request.as_json:
        say(json.dumps(as_json(runs), indent=2, ensure_ascii=False))
    else:
        say(as_table(runs, mistakes=request.mistakes))


def _data(request: MailsRequest) -> MailSet:
    try:
        data = read_mails(content_of(request.mails), name=request.mails.name)
    except LabelledFileError as error:
        raise CommandError(str(error)) from error
    return data if request.split is None else _of_split(data, request.split)


def _of_split(data: MailSet, split: str) -> MailSet:
    chosen = data.of_split(split)
    if not chosen.mails:
        there = sorted({mail.split for mail in data.mails if mail.split})
        raise CommandError(f"No mail is of the split {split}. There is: {', '.join(there) or 'no split at all'}.")
    return chosen


async def _run(engine: Engine, data: MailSet) -> MailRun:
    """Costs are counted by the Thinker, as in the product."""
    if engine.model:
        warn(f"Asking {engine.model.engine} about {len(data.mails)} mails; this costs money.")
    async with tables() as store:
        thinker = thinker_of(engine, store)

        async def triage(material: MailMaterial) -> MailTriage:
            return await thinker.think(TRIAGE_MAIL, material)

        async def read(material: MailMaterial) -> ReplyReading:
            return await thinker.think(CLASSIFY_REPLY, material)

        report = await evaluate_mails(data, triage, read)
    versions = {skill.key: engine.version(skill.prompt_version) for skill in (TRIAGE_MAIL, CLASSIFY_REPLY)}
    return MailRun(
        engine=engine.named(thinker.engine),
        prompt_versions=versions,
        report=report,
        cost=cost_of(thinker),
        notes=tuple(thinker.notes),
    )
