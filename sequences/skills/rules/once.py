"""Several skills of a run ask the same of a meeting; it is worked out once."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import ref

from sequences.records.material import MeetingMaterial

T = TypeVar("T")


def once_per_meeting(work: Callable[[MeetingMaterial], T]) -> Callable[[MeetingMaterial], T]:
    """Answer again without working again while asked about the very same object; only the last one is kept in mind.

    Records are immutable, so that the same object means the same answer. What was made of a meeting goes with it.
    """
    last: list[tuple[ref[MeetingMaterial], T]] = []

    @wraps(work)
    def remembering(material: MeetingMaterial) -> T:
        for known, answer in tuple(last):
            if known() is material:
                return answer
        answer = work(material)
        last[:] = [(ref(material, lambda _: last.clear()), answer)]
        return answer

    return remembering
