"""Group commit: what several tasks ask for at the same moment shares one transaction.

Nobody waits for company: while one transaction is on its way to the disk, the next one gathers. Each task goes on
when its own part is committed, and a part that cannot be stored takes none of the others with it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Generic, TypeVar

from storage.unit_of_work import UnitOfWork

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")

Begin = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
Work = Callable[[UnitOfWork, Sequence[Asked]], Awaitable[Sequence[Answered]]]

AT_MOST = 64


@dataclass(frozen=True)
class Part(Generic[Asked, Answered]):
    asked: Asked
    answer: asyncio.Future[Answered]


class GroupCommit(Generic[Asked, Answered]):
    """``work`` does several parts in one unit of work and answers each in order."""

    def __init__(self, begin: Begin, work: Work[Asked, Answered]) -> None:
        self._begin = begin
        self._work = work
        self._waiting: list[Part[Asked, Answered]] = []
        self._committing: asyncio.Task[None] | None = None

    async def ask(self, asked: Asked) -> Answered:
        """The answer, once it is committed; raises what the unit of work raised."""
        part: Part[Asked, Answered] = Part(asked, asyncio.get_running_loop().create_future())
        self._waiting.append(part)
        if self._committing is None:
            self._committing = asyncio.create_task(self._commit_all(), name="group commit")
        return await part.answer

    async def drain(self) -> None:
        """Wait until nothing is on its way."""
        while self._committing is not None:
            await asyncio.wait([self._committing])

    async def _commit_all(self) -> None:
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:AT_MOST], self._waiting[AT_MOST:]
                await self._commit(group)
        finally:
            self._committing = None

    async def _commit(self, group: Sequence[Part[Asked, Answered]]) -> None:
        try:
            async with self._begin() as tx:
                answers = await self._work(tx, [part.asked for part in group])
        except Exception as error:
            if len(group) == 1:
                _refuse(group[0], error)
                return
            for part in group:  # one of them is at fault; the others must not pay for it
                await self._commit([part])
            return
        except BaseException:
            for part in group:
                part.answer.cancel()
            raise
        for part, answer in zip(group, answers, strict=True):
            if not part.answer.done():
                part.answer.set_result(answer)


def _refuse(part: Part[Asked, Answered], error: Exception) -> None:
    if not part.answer.done():
        part.answer.set_exception(error)
