"""Faults on demand: what goes wrong with the real thing, armed by a test or from the page."""

from dataclasses import dataclass, field
from itertools import count
from typing import Any

from workspace.log import Log
from workspace.wire import Json, SlackError

KINDS: dict[str, tuple[str, tuple[str, ...]]] = {
    "rate_limit": ("Answer 429 with Retry-After", ("method", "retry_after", "times")),
    "error": ("Answer ok: false with an error code", ("method", "error", "times")),
    "status": ("Answer with an HTTP status", ("method", "status", "times")),
    "slow": ("Take long to answer", ("method", "seconds", "times")),
    "lost_answer": ("Do it, then drop the connection", ("method", "times")),
    "drop_socket": ("Cut all sockets without a word", ()),
    "refresh_socket": ("Ask apps to reconnect", ()),
    "lose_ack": ("Lose the next acknowledgement", ("times",)),
    "mail_refused": ("Refuse the next mail", ("status", "times")),
}
DETAILS = ("retry_after", "error", "status", "seconds")


@dataclass
class Fault:
    """One armed fault. ``times`` left; 0 means until cleared."""

    id: int
    kind: str
    method: str = "*"
    times: int = 1
    details: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> Json:
        return {"id": self.id, "kind": self.kind, "method": self.method, "times": self.times, **self.details}


class Faults:
    """The armed ones, used up in the order of arming."""

    def __init__(self, log: Log) -> None:
        self.armed: list[Fault] = []
        self._log = log
        self._numbers = count(1)

    def arm(self, kind: str, *, method: str = "*", times: int = 1, **details: Any) -> Fault:
        """Details: ``retry_after`` and ``seconds`` in seconds, ``error`` a code, ``status`` an HTTP or SMTP status."""
        if kind not in KINDS:
            raise SlackError("unknown_fault", f"kind must be one of {', '.join(KINDS)}")
        fault = Fault(next(self._numbers), kind, method, times, details)
        self.armed.append(fault)
        self.note(fault, "armed")
        return fault

    def take(self, *kinds: str, method: str = "*") -> Fault | None:
        """The first armed fault of these kinds for this method; it counts as used."""
        for fault in self.armed:
            if fault.kind in kinds and fault.method in ("*", method):
                if fault.times == 1:
                    self.armed.remove(fault)
                elif fault.times > 1:
                    fault.times -= 1
                self.note(fault, "applied")
                return fault
        return None

    def note(self, fault: Fault, event: str) -> None:
        """Writes it into the log: ``armed`` or ``applied``."""
        self._log.add("fault", fault=fault.to_json(), event=event)

    def once(self, kind: str) -> None:
        """Notes a fault that is over as soon as it is asked for, such as a cut."""
        self.note(Fault(next(self._numbers), kind), "applied")

    def clear(self) -> None:
        self.armed.clear()
