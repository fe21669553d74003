"""What a button's ``value`` or a modal's ``private_metadata`` carries: typed, versioned, and refused when odd.

Encoded as ``1:<kind>:<part>…``; the leading number is the version of this encoding, so that a button drawn before
a deploy is understood, or refused with a plain sentence, after it.
"""

import re
from dataclasses import astuple, dataclass, fields
from enum import StrEnum
from typing import ClassVar, Self

ENCODING = "1"
_PART = re.compile(r"[A-Za-z0-9_\-.@|]{0,200}")


class InvalidValueError(Exception):
    """The value was not written by this product, or by a version of it that is no longer understood."""


class Rating(StrEnum):
    UP = "thumbs_up"
    DOWN = "thumbs_down"


@dataclass(frozen=True)
class _Value:
    kind: ClassVar[str]

    def encode(self) -> str:
        """At most 2,000 characters, as Slack allows."""
        parts = [str(part) for part in astuple(self)]
        for part in parts:
            _refuse_odd(part)
        return ":".join([ENCODING, self.kind, *parts])

    @classmethod
    def _parts(cls, text: str | None) -> list[str]:
        encoding, _, rest = (text or "").partition(":")
        kind, _, parts = rest.partition(":")
        if encoding != ENCODING:
            raise InvalidValueError(f"value of an unknown version: {text!r:.80}")
        if kind != cls.kind:
            raise InvalidValueError(f"expected a value of kind {cls.kind}: {text!r:.80}")
        split = parts.split(":")
        if len(split) != len(fields(cls)) or not split[0]:
            raise InvalidValueError(f"value with missing or spare parts: {text!r:.80}")
        for part in split:
            _refuse_odd(part)
        return split

    @classmethod
    def decode(cls, text: str | None) -> Self:
        """Raises InvalidValueError."""
        return cls(*cls._parts(text))


def _refuse_odd(part: str) -> None:
    if not _PART.fullmatch(part):
        raise InvalidValueError(f"characters that no id has: {part!r:.80}")


@dataclass(frozen=True)
class ActionRef(_Value):
    """One pending action in exactly one version: the first 12 characters of its digest.

    ``version`` is empty where the press approves no content (the undo of a batch).
    """

    kind: ClassVar[str] = "action"
    action_id: str
    version: str = ""


@dataclass(frozen=True)
class CardRef(_Value):
    kind: ClassVar[str] = "card"
    card_id: str


@dataclass(frozen=True)
class JobRef(_Value):
    kind: ClassVar[str] = "job"
    job_id: str


@dataclass(frozen=True)
class CategoryRef(_Value):
    """A kind of card that the rep may mute: ``meeting_debrief``."""

    kind: ClassVar[str] = "category"
    category: str


@dataclass(frozen=True)
class FeedbackRef(_Value):
    """A thumb on a card."""

    kind: ClassVar[str] = "feedback"
    card_id: str
    rating: Rating

    @classmethod
    def decode(cls, text: str | None) -> Self:
        card_id, rating = cls._parts(text)
        if rating not in set(Rating):
            raise InvalidValueError(f"unknown rating: {rating!r:.80}")
        return cls(card_id, Rating(rating))
