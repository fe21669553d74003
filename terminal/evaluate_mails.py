"""``sixty eval mails``: labelled mails through the engine that is set, or through two engines side by side."""

import asyncio
import json

from config import Settings
from sequences.evaluation.errors import LabelledFileError
from sequences.evaluation.labelled_mails import MailSet
from sequences.evaluation.mails import evaluate_mails
from sequences.evaluation.reading_mails import read_mails
from sequences.records.mail import MailMaterial, MailTriage, ReplyReading
from sequences.skills.catalogue import CLASSIFY_REPLY, TRIAGE_MAIL
from terminal.engines import Engine
from terminal.evaluating import MailsRequest, content_of, cost_of, tables, thinker_of, with_each
from terminal.mail_report import MailRun, as_json, as_table
from terminal.printing import CommandError, say


async def handle_eval_mails(settings: Settings, request: MailsRequest) -> None:
    data = await asyncio.to_thread(_data, request)
    things = f"{len(data.mails)} mails"
    runs = await with_each(settings, request, things, lambda engine: _run(engine, data))
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
