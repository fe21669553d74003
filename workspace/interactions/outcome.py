"""What became of something that a person did."""

from dataclasses import dataclass, field
from typing import Any

from workspace.delivery.ack import Ack
from workspace.wire import Json

SHOWN = {
    "no_answer": "The app did not answer in time.",
    "not_connected": "The app is not connected.",
    "dispatch_failed": "The app answered with an error.",
}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """``error`` is a code (the page's API lists them), ``message`` what the person is shown about it."""

    acked: bool
    error: str | None = None
    message: str | None = None
    payload: Json | None = None
    ms: float = 0.0
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def errors(self) -> dict[str, str]:
        """What a modal's inputs were refused for, by block id."""
        errors: dict[str, str] = self.facts.get("errors", {})
        return errors

    def to_json(self) -> Json:
        return {
            "ok": True,
            "acked": self.acked,
            "error": self.error,
            "message": self.message,
            "payload": self.payload,
            "ms": self.ms,
            **self.facts,
        }


def done(**facts: Any) -> Outcome:
    """For what no app has to acknowledge."""
    return Outcome(acked=True, facts=facts)


def from_ack(ack: Ack, **facts: Any) -> Outcome:
    message = SHOWN.get(ack.error or "")
    return Outcome(acked=ack.acked, error=ack.error, message=message, payload=ack.payload, ms=ack.ms, facts=facts)


def refused(error: str, message: str, ack: Ack | None = None, **facts: Any) -> Outcome:
    """The app answered, but with something that cannot be used; or it was not even asked."""
    known = ack or Ack(acked=False)
    return Outcome(acked=known.acked, error=error, message=message, payload=known.payload, ms=known.ms, facts=facts)
