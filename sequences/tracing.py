"""What ties the lines of a log together: the ids that a task carries, and where something broke.

Whatever comes in (a webhook, a press, a tick, a command) begins anew with a short ``correlation_id``; a worker that
takes up stored work carries that work's ids. Ids only: the log never says who somebody is or what was said (PRIV-02).
"""

import re
import secrets
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar

_CARRIED: ContextVar[Mapping[str, str]] = ContextVar("carried")
_NEW_ID = re.compile("[0-9a-v]{26}")  # the part that ``sequences.ids.new_id`` makes


def carried() -> Mapping[str, str]:
    """Ids by the name under which the log shows them: ``correlation_id``, ``job_id``, ``user_id`` …"""
    return _CARRIED.get({})


def begin(**ids: str) -> str:
    """Something came in: this task forgets what it carried before. Answers the new correlation id."""
    correlation_id = secrets.token_hex(4)
    _CARRIED.set({"correlation_id": correlation_id, **ids})
    return correlation_id


def note(**ids: str | None) -> None:
    """Carry these, too, from here to the end of the task."""
    _CARRIED.set({**carried(), **{name: value for name, value in ids.items() if value is not None}})


@contextmanager
def in_hand(name: str, id: str) -> Iterator[None]:
    """Stored work that is taken up: nothing of what this task carried before belongs to it."""
    before = _CARRIED.set({"correlation_id": short_of(id), name: id})
    try:
        yield
    finally:
        _CARRIED.reset(before)


def short_of(id: str) -> str:
    """The same for every attempt at the same work, on every machine; a job and its card share it."""
    made = _NEW_ID.search(id)
    return (made[0] if made else id)[-8:]


def trace_of(error: BaseException) -> dict[str, str]:
    """For ``extra`` of a log call: the kind of error and the lines that led to it, without what it said, which may
    quote a mail or a transcript (PRIV-02)."""
    return {"error": type(error).__name__, "where": "".join(traceback.format_tb(error.__traceback__))}
