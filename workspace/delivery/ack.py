"""How an app answered."""

from dataclasses import dataclass

from workspace.wire import Json


@dataclass(frozen=True)
class Ack:
    """``error`` is ``no_answer``, ``not_connected`` or ``dispatch_failed`` when nothing was acknowledged.

    ``is_final``: the app wants no retries.
    """

    acked: bool
    payload: Json | None = None
    error: str | None = None
    ms: float = 0.0
    is_final: bool = False
