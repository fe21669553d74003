"""What every evaluation shares: what was typed, the engines one after the other, tables that leave nothing behind."""

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from config import Settings
from scheduler.clock import utc_now
from sequences.evaluation.material import ORG, REP, Seating
from sequences.skills.thinker import Thinker
from storage.database import Database
from terminal.engines import Engine, engines_of
from terminal.evaluation_report import Cost
from terminal.printing import CommandError, warn

R = TypeVar("R")


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was typed. ``split`` keeps what is of that split only; ``against`` names a second engine.

    ``prompts`` is a directory of templates for the first one.
    """

    split: str | None
    against: str | None
    prompts: Path | None
    mistakes: int
    as_json: bool


@dataclass(frozen=True, kw_only=True)
class MeetingsRequest(Asked):
    labels: Path
    transcripts: Path
    seating: Seating


@dataclass(frozen=True, kw_only=True)
class MailsRequest(Asked):
    mails: Path


async def with_each(settings: Settings, asked: Asked, things: str, run: Callable[[Engine], Awaitable[R]]) -> list[R]:
    """What ``run`` makes of each engine that was named. ``things`` is what a model is paid for, as in "30 meetings"."""
    runs: list[R] = []
    async with contextlib.AsyncExitStack() as stack:
        for engine in engines_of(settings, asked.against, asked.prompts, stack):
            if engine.model:
                warn(f"Asking {engine.model.engine} about {things}; this costs money.")
            runs.append(await run(engine))
    return runs


def content_of(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise CommandError(f"{path} cannot be read: {error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise CommandError(f"{path.name} is not UTF-8 text.") from error


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
