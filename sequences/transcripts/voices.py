"""Speakers whom only their roles tell apart: no name at all, or one label for both sides of the table."""

from collections import Counter
from collections.abc import Sequence

from sequences.records.meeting import Role, Side, Turn

NOBODY = "Unknown speaker"
_FEWEST, _SHARE = 2, 0.2  # of a speaker's turns; less of them is a recorder's mistake about one voice

_ROLES = {
    "rep": Role.REP, "seller": Role.REP, "sales": Role.REP, "salesperson": Role.REP, "agent": Role.REP,
    "internal": Role.INTERNAL,
    "prospect": Role.PROSPECT, "customer": Role.PROSPECT, "client": Role.PROSPECT, "buyer": Role.PROSPECT,
    "external": Role.PROSPECT,
    "other": Role.OTHER,
}  # fmt: skip


def role_named(word: object) -> Role | None:
    """``None`` for what says nothing about a side, such as "user"."""
    return _ROLES.get(word.strip().casefold()) if isinstance(word, str) else None


def told_apart(turns: Sequence[Turn]) -> tuple[Turn, ...]:
    """Turns without a name, or with a label of both sides, are named by their role."""
    sides: dict[str, Counter[Side]] = {}
    for turn in turns:
        if turn.role:
            sides.setdefault(turn.speaker, Counter())[turn.role.side] += 1
    shared = {speaker for speaker, found in sides.items() if _is_of_both(found)}
    return tuple(
        turn.model_copy(update={"speaker": turn.role.capitalize()})
        if turn.role and (turn.speaker == NOBODY or turn.speaker in shared)
        else turn
        for turn in turns
    )


def _is_of_both(found: Counter[Side]) -> bool:
    least = min(found[Side.REP], found[Side.PROSPECT])
    return least >= _FEWEST and least >= found.total() * _SHARE
