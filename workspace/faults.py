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
    "drop": ("Drop the connection, do nothing", ("method", "times")),
    "invalid_body": ("Answer with a body cut in half", ("method", "times")),
    "drop_socket": ("Cut all sockets without a word", ()),
    "refresh_socket": ("Ask apps to reconnect", ()),
    "lose_ack": ("Lose the next acknowledgement", ("times",)),
    "declined": ("The model declines to answer", ("method", "times")),
    "cut_off": ("The model's answer is cut off", ("method", "times")),
    "chat": ("The model chats instead of answering in the form", ("method", "times")),
    "mail_refused": ("Refuse the next mail", ("status", "times")),
}
SLACK = "slack"
VENDOR_KINDS = ("rate_limit", "status", "slow", "lost_answer", "drop", "invalid_body")  # what others than Slack can do
MAIL_KINDS = ("slow", "lost_answer", "drop")  # of SMTP, beside "mail_refused"
MODEL_KINDS = ("declined", "cut_off", "chat")
DETAILS = ("retry_after", "error", "status", "seconds")


@dataclass
class Fault:
    """One armed fault. ``times`` left; 0 means until cleared."""

    id: int
    kind: str
    method: str = "*"
    times: int = 1
    vendor: str = SLACK
    details: dict[str, Any] = field(default_factory=dict)

    def to_json(self) -> Json:
        place = {} if self.vendor == SLACK else {"vendor": self.vendor}
        return {"id": self.id, "kind": self.kind, **place, "method": self.method, "times": self.times, **self.details}


class Faults:
    """The armed ones, used up in the order of arming."""

    def __init__(self, log: Log) -> None:
        self.armed: list[Fault] = []
        self._log = log
        self._numbers = count(1)

    def arm(self, kind: str, *, method: str = "*", times: int = 1, vendor: str = SLACK, **details: Any) -> Fault:
        """Details: ``retry_after`` and ``seconds`` in seconds, ``error`` a code, ``status`` an HTTP or SMTP status.

        ``method`` is one of Slack's, or the name that the vendor gives the operation.
        """
        kinds = kinds_of(vendor)
        if kind not in kinds:
            raise SlackError("unknown_fault", f"kind must be one of {', '.join(kinds)}")
        fault = Fault(next(self._numbers), kind, method, times, vendor, details)
        self.armed.append(fault)
        self.note(fault, "armed")
        return fault

    def take(self, *kinds: str, method: str = "*", vendor: str = SLACK) -> Fault | None:
        """The first armed fault of these kinds for this method; it counts as used."""
        for fault in self.armed:
            if fault.kind in kinds and fault.method in ("*", method) and fault.vendor == vendor:
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


def kinds_of(vendor: str) -> tuple[str, ...]:
    """What can go wrong with this one."""
    if vendor == SLACK:
        return tuple(kind for kind in KINDS if kind not in (*MODEL_KINDS, "drop", "invalid_body"))
    if vendor == "mail":
        return MAIL_KINDS
    return (*VENDOR_KINDS, *MODEL_KINDS) if vendor == "model" else VENDOR_KINDS
