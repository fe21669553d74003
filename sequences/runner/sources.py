"""Tier 3: outside sources that a step declares, asked right before it runs and once per run (CTX-06 … CTX-08).

A source that is not connected, too slow, broken or talks nonsense costs the step that record and nothing else
(CTX-12). What came of asking is stored with the job before the step runs.
"""

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from sequences.ports.dispatch import Clock
from sequences.ports.sources import ContextSource, ContextSourceError
from sequences.records.base import Record
from sequences.records.job import StepRun, StepStatus
from sequences.records.outside import Question, SourceName
from sequences.runner.progress import Progress
from sequences.step import SOURCE_LIMIT, Step, Tier3
from sequences.tracing import trace_of

log = logging.getLogger(__name__)


class Sources:
    """The sources that are connected. ``limit`` is how long each may take."""

    def __init__(
        self,
        connected: Mapping[SourceName, ContextSource],
        *,
        clock: Clock,
        limit_s: float = SOURCE_LIMIT.total_seconds(),
    ) -> None:
        self._connected = connected
        self._clock = clock
        self._limit_s = limit_s

    async def ask(self, progress: Progress, step: Step, question: Question) -> list[StepRun]:
        """One run for each source of the step that this job has not asked before; all are asked at the same time."""
        unasked = [tier for tier in step.sources if context_name(tier) not in progress.runs]
        return list(await asyncio.gather(*(self._ask(progress.job.id, tier, question) for tier in unasked)))

    async def _ask(self, job_id: str, tier: Tier3, question: Question) -> StepRun:
        started_at = self._clock()
        output, error = await self._answer(tier, question)
        if error:
            log.warning("source not used", extra={"job_id": job_id, "source": tier.source, "reason": error})
        return StepRun(
            job_id=job_id,
            name=context_name(tier),
            status=StepStatus.FAILED if error else StepStatus.DONE,
            output=output,
            error=error,
            started_at=started_at,
            finished_at=self._clock(),
        )

    async def _answer(self, tier: Tier3, question: Question) -> tuple[dict[str, Any] | None, str | None]:
        """What the source knows, or why it was of no use."""
        source = self._connected.get(tier.source)
        if source is None:
            return None, "it is not connected"
        try:
            async with asyncio.timeout(self._limit_s):
                fields = await source.fetch(question)
            return (None if fields is None else tier.record.model_validate(fields).model_dump(mode="json")), None
        except TimeoutError:
            return None, "it took too long"
        except ContextSourceError as error:
            return None, str(error)
        except ValidationError as error:  # its text would quote the answer
            return None, f"its answer is no {error.title}"
        except Exception as error:
            log.error("source broke", extra={"source": tier.source, **trace_of(error)})  # noqa: TRY400  # see trace_of
            return None, "something unexpected went wrong"


def context_name(tier: Tier3) -> str:
    return f"context:{tier}"


def answer_in(run: StepRun, tier: Tier3) -> Record | None:
    """What was stored; None also when another version of the product stored something else."""
    try:
        return None if run.output is None else tier.record.model_validate(run.output)
    except ValidationError:
        return None
