"""Who gets what (QUIET-06). A card belongs to its rep; some of what it says concerns one more person."""

from collections.abc import Sequence

from sequences.records.insight import Intent, IntentKind
from sequences.records.people import User

WORTH_TELLING = 0.8  # the confidence from which a signal is listed and may raise something


def wants_manager(intents: Sequence[Intent]) -> tuple[Intent, ...]:
    """The signals that the rep's manager hears of: those against buying (QUIET-07)."""
    return tuple(
        intent for intent in intents if intent.kind is IntentKind.BUYING_NEGATIVE and intent.confidence >= WORTH_TELLING
    )


def also_told(intents: Sequence[Intent], owner: User, manager: User | None) -> User | None:
    """Whoever besides the rep is told of these findings. Nobody where the manager is unknown, gone or the rep."""
    if manager is None or manager.id == owner.id or manager.org_id != owner.org_id or manager.left_at is not None:
        return None
    return manager if wants_manager(intents) else None
