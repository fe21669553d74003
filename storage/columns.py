"""Column types that mean the same on SQLite and PostgreSQL: exact, aware of time zones, safe with hostile text."""

import json
import math
from datetime import UTC, datetime
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any

from sqlalchemy import JSON, BigInteger, DateTime, Dialect, Numeric, Text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator, TypeEngine

# PostgreSQL stores neither NUL nor half a surrogate pair; both arrive in webhooks and transcripts.
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def clean_text(text: str) -> str:
    """The same text with characters that no database can store shown as U+FFFD."""
    if "\x00" in text:
        text = text.replace("\x00", REPLACEMENT)
    try:
        text.encode()
    except UnicodeEncodeError:
        text = "".join(REPLACEMENT if 0xD800 <= ord(char) <= 0xDFFF else char for char in text)
    return text


def clean_json(value: Any) -> Any:
    """The same JSON value with clean text and without the numbers that JSON does not have."""
    if isinstance(value, str):
        return clean_text(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    if isinstance(value, dict):
        return {clean_text(str(key)): clean_json(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [clean_json(item) for item in value]
    return value


def dump_json(value: Any) -> str:
    """JSON text that both databases take. TypeError for what is not JSON (a date, a Decimal)."""
    try:
        text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
        text.encode()
    except ValueError:  # UnicodeEncodeError is one
        return json.dumps(clean_json(value), ensure_ascii=False, separators=(",", ":"))
    # A NUL leaves json.dumps as an escape; the six characters may also stand for themselves, which cleaning keeps.
    return json.dumps(clean_json(value), ensure_ascii=False, separators=(",", ":")) if "\\u0000" in text else text


class Words(TypeDecorator[str]):
    """Text of any length. Ids are text, too: they come from the core."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002 (SQLAlchemy passes it)
        return None if value is None else clean_text(value)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, kept and handed back in UTC. A naive one is refused with ValueError."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"{value!r} has no time zone; only aware datetimes are stored")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002 (SQLAlchemy passes it)
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Money(TypeDecorator[Decimal]):
    """An exact Decimal with ``places`` decimals: NUMERIC on PostgreSQL, a scaled integer on SQLite.

    A scaled integer sums and compares exactly in SQL, where SQLite's own NUMERIC would become a float.
    Finer values are refused with ValueError, or rounded half to even with ``rounds`` (for computed costs).
    """

    impl = Numeric
    cache_ok = True

    def __init__(self, places: int, *, rounds: bool = False) -> None:
        super().__init__(38, places)
        self.places = places
        self.rounds = rounds

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(BigInteger() if dialect.name == "sqlite" else Numeric(38, self.places))

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> Any:
        if value is None:
            return None
        exact = value.quantize(Decimal(1).scaleb(-self.places), rounding=ROUND_HALF_EVEN)
        if exact != value and not self.rounds:
            raise ValueError(f"{value} has more than {self.places} decimals")
        return int(exact.scaleb(self.places)) if dialect.name == "sqlite" else exact

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        if value is None:
            return None
        return tidy(Decimal(value).scaleb(-self.places) if dialect.name == "sqlite" else value)


def tidy(value: Decimal) -> Decimal:
    """The same number without trailing zeros and without an exponent: 42000, 0.0031."""
    short = value.normalize()
    exponent = short.as_tuple().exponent
    return short.quantize(Decimal(1)) if isinstance(exponent, int) and exponent > 0 else short


# ``none_as_null`` keeps SQL's NULL and JSON's null from being two kinds of nothing.
Json = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
Usd = Money(10, rounds=True)  # what models cost: fractions of a cent matter
Amount = Money(4)  # what deals are worth, in their own currency
