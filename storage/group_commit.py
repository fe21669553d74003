"""Group commit: what several tasks ask for at the same moment shares one transaction.

Nobody waits for company: while one transaction is on its way to the disk, the next one gathers. Each task goes on
when its own part is committed, and a part that cannot be stored takes none of the others with it.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Any, TypeVar

from storage.unit_of_work import UnitOfWork

Asked = TypeVar("Asked")
Answered = TypeVar("Answered")

Begin = Callable[[], AbstractAsyncContextManager[UnitOfWork]]
# Does several parts of one kind in one unit of work and answers each in order.
Work = Callable[[UnitOfWork, Sequence[Asked]], Awaitable[Sequence[Answered]]]

AT_MOST = 64


@dataclass(frozen=True, slots=True)
class Part:
    work: Work[Any, Any]
    asked: Any
    answer: asyncio.Future[Any]

    def refuse(self, error: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)

    def give(self, answer: object) -> None:
        if not self.answer.done():
            self.answer.set_result(answer)


class GroupCommit:
    """One per database: parts of every kind travel together, in up to ``lanes`` transactions at a time."""

    def __init__(self, begin: Begin, *, lanes: int) -> None:
        self._begin = begin
        self._lanes = lanes
        self._waiting: list[Part] = []
        self._committing: set[asyncio.Task[None]] = set()

    async def ask(self, work: Work[Asked, Answered], asked: Asked) -> Answered:
        """The answer, once it is committed; raises what its unit of work raised.

        ``work`` is done again, alone, when another part of its group failed, so it must touch the tables only.
        """
        answer: asyncio.Future[Answered] = asyncio.get_running_loop().create_future()
        self._waiting.append(Part(work, asked, answer))
        if len(self._committing) < self._lanes:
            self._committing.add(asyncio.create_task(self._commit_all(), name="group commit"))
        return await answer

    async def drain(self) -> None:
        """Wait until nothing is on its way."""
        while self._committing:
            await asyncio.wait(self._committing)

    async def _commit_all(self) -> None:
        task = asyncio.current_task()
        assert task is not None  # noqa: S101  # a coroutine runs in one
        try:
            while self._waiting:
                group, self._waiting = self._waiting[:AT_MOST], self._waiting[AT_MOST:]
                await self._commit(group)
        finally:
            # At once and not by a callback: whoever asks next must see that nobody is at it any more.
            self._committing.discard(task)

    async def _commit(self, group: Sequence[Part]) -> None:
        try:
            async with self._begin() as tx:
                answers = [answer for kind in _by_kind(group) for answer in await _do(tx, kind)]
        except Exception as error:
            if len(group) == 1:
                group[0].refuse(error)
                return
            for part in group:  # one of them is at fault; the others must not pay for it
                await self._commit([part])
            return
        except BaseException:
            for part in group:
                part.answer.cancel()
            raise
        for part, answer in answers:
            part.give(answer)


def _by_kind(group: Sequence[Part]) -> list[list[Part]]:
    kinds: dict[Work[Any, Any], list[Part]] = {}
    for part in group:
        kinds.setdefault(part.work, []).append(part)
    return list(kinds.values())


async def _do(tx: UnitOfWork, parts: Sequence[Part]) -> list[tuple[Part, Any]]:
    answers = await parts[0].work(tx, [part.asked for part in parts])
    return list(zip(parts, answers, strict=True))


async def one_after_another(
    tx: UnitOfWork, works: Sequence[Callable[[UnitOfWork], Awaitable[Answered]]]
) -> Sequence[Answered]:
    """The kind of parts that have nothing to share but the transaction."""
    return [await work(tx) for work in works]
