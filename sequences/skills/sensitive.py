"""Meetings that nobody wants processed without being asked: personnel, law, health, private life (BEYOND-10).

Looked at before any model is called. A sales conversation may well be about hospitals, contracts or performance
reviews, so a topic is never enough. What counts is speech to or about a particular person (``SPOKEN``), together with
more of the same; words of the field (``FIELD``) and the title only add to it. Talk about buying and selling speaks
against it: a law firm that buys software is a customer like any other. Where hardly anything is said of any business,
words of such a field in every third turn are enough by themselves.
"""

from dataclasses import dataclass

from sequences.records.meeting import Transcript
from sequences.skills.personal_words import BUSINESS, DEAR, FIELD, JOKING, SELLING, SOMEBODY, SPOKEN, TITLE

_LONGEST_TURN = 40_000  # characters that are looked at
_MOST_TURNS = 250  # of a longer meeting every third or fifth turn: it is the share that tells
_SPOKEN_POINTS, _FIELD_POINTS, _TITLE_POINTS = 2, 1, 1
_ENOUGH = 3
_SHOP_TALK = 3  # times as much of it as at a sale proves nothing among ourselves
_THIN = 8  # turns for each point: less of it is an aside
_FEWEST, _SHARE, _BESIDES = 3, 0.3, 0.34  # turns on the matter, alone and of all, and turns on business for each
_PRIVATE = "private life"


def sensitivity(transcript: Transcript, *, title: str = "", is_internal: bool = False) -> str | None:
    """What the meeting seems to be about, as a noun phrase ("a personnel matter"), or ``None``.

    ``is_internal`` says that no customer is present: then talk of products and prices is shop talk and proves little.
    """
    step = -(-len(transcript.turns) // _MOST_TURNS) | 1  # odd, or of two people who take turns only one is heard
    turns = [_Heard.of(turn.text[:_LONGEST_TURN]) for turn in transcript.turns[::step]]
    selling = sum(turn.is_selling for turn in turns) // (_SHOP_TALK if is_internal else 1)
    points = {reason: _points(reason, turns) for reason in SPOKEN}
    titled = {reason: _TITLE_POINTS for reason in SPOKEN if points[reason] and TITLE[reason].search(title)}
    reason = max(points, key=lambda name: points[name] + titled.get(name, 0))
    total = _of_all(turns) + titled.get(reason, 0)
    if total >= max(_ENOUGH, len(turns) / _THIN) and total > selling:
        return reason
    return _where_nothing_is_sold(turns)


@dataclass(frozen=True)
class _Heard:
    """What one turn holds: the reasons that are spoken of, those whose words fall, and words of trade."""

    spoken: frozenset[str]
    field: frozenset[str]
    is_selling: bool
    is_business: bool
    is_of_somebody: bool

    @classmethod
    def of(cls, text: str) -> "_Heard":
        spoken = {reason for reason, pattern in SPOKEN.items() if pattern.search(text)}
        if DEAR.search(text):
            spoken.add(_PRIVATE)
        is_selling = bool(SELLING.search(text))
        return cls(
            spoken=frozenset() if JOKING.search(text) else frozenset(spoken),
            field=frozenset(reason for reason, pattern in FIELD.items() if pattern.search(text)),
            is_selling=is_selling,
            is_business=is_selling or bool(BUSINESS.search(text)),
            is_of_somebody=bool(SOMEBODY.search(text)),
        )


def _where_nothing_is_sold(turns: list[_Heard]) -> str | None:
    """People who talk of nothing but illness, court, staff or family are not at a sale, however they put it."""
    business = sum(turn.is_business for turn in turns)
    fields = [turn for turn in turns if turn.field]
    fewest = _FEWEST if business or len(turns) <= _FEWEST else _FEWEST - 1
    if len(fields) < max(fewest, len(turns) * _SHARE) or business >= len(fields) * _BESIDES:
        return None
    if sum(turn.is_of_somebody for turn in fields) * 2 < len(fields):
        return None
    return max(FIELD, key=lambda reason: sum(reason in turn.spoken | turn.field for turn in turns))


def _points(reason: str, turns: list[_Heard]) -> int:
    """0 unless somebody is spoken to or about; each turn counts once."""
    spoken = sum(reason in turn.spoken for turn in turns)
    return _weighed(spoken, sum(reason in turn.field and reason not in turn.spoken for turn in turns))


def _of_all(turns: list[_Heard]) -> int:
    """One trouble seldom comes alone: a divorce has its lawyers, an illness its employer."""
    spoken = sum(bool(turn.spoken) for turn in turns)
    return _weighed(spoken, sum(bool(turn.field) and not turn.spoken for turn in turns))


def _weighed(spoken: int, field: int) -> int:
    """A trade has its words on every page; they prove no more than what is spoken beside them."""
    return spoken * _SPOKEN_POINTS + min(field * _FIELD_POINTS, spoken * _SPOKEN_POINTS)
