"""What a person types into a CRM field, read as what the field holds.

Nothing is guessed: a value that can be read in two ways is refused with a ValueError that says what to write.
"""

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sequences.records.crm import EDITABLE_FIELDS, Stage
from sequences.records.insight import CrmObject
from storage.columns import tidy

MAX_AMOUNT = Decimal(10) ** 15
MAX_EMPLOYEES = 10_000_000
MAX_TEXT = 2_000

SYMBOLS = {"$": "USD", "US$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR", "CHF": "CHF"}
MAGNITUDES = {
    "": 1,
    "k": 10**3,
    "thousand": 10**3,
    "m": 10**6,
    "mm": 10**6,
    "mn": 10**6,
    "mio": 10**6,
    "million": 10**6,
    "b": 10**9,
    "bn": 10**9,
    "billion": 10**9,
}
MONEY = re.compile(
    r"(?P<before>US\$|[$€£¥₹]|[A-Z]{3})?\s*(?P<number>[0-9][0-9.,' ]*)\s*"
    r"(?P<magnitude>[a-z]*)\s*(?P<after>[$€£¥₹]|[A-Z]{3})?"
)
ENGLISH = r"([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]{1,2}|\.[0-9]{4,})?"
CONTINENTAL = r"([0-9]+|[0-9]{1,3}(\.[0-9]{3})+),[0-9]{1,2}|[0-9]{1,3}(\.[0-9]{3}){2,}"
MAGNITUDE_IN_CAPITALS = re.compile(r"(?<=[0-9])\s*(K|M|MM|MN|MIO|B|BN)\b")
STAGE_WORDS: dict[Stage, tuple[str, ...]] = {
    Stage.NEW: ("new", "lead", "open", "prospect", "prospecting", "appointmentscheduled"),
    Stage.QUALIFIED: ("qualified", "qualification", "discovery", "qualifiedtobuy", "needsanalysis"),
    Stage.DEMO: ("demo", "demoscheduled", "demodone", "presentation", "presentationscheduled", "evaluation"),
    Stage.PROPOSAL: ("proposal", "proposalsent", "proposalpricequote", "quote", "quotesent", "valueproposition"),
    Stage.NEGOTIATION: ("negotiation", "negotiationreview", "contractsent", "decisionmakerboughtin", "contract"),
    Stage.WON: ("won", "closedwon", "closewon", "customer"),
    Stage.LOST: ("lost", "closedlost", "closelost"),
}
STAGES = {word: stage for stage, spellings in STAGE_WORDS.items() for word in spellings}


def fold(name: str) -> str:
    """A name for comparing: capitals, widths and spaces make no difference."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def read_money(text: str) -> tuple[Decimal, str | None]:
    """An amount with at most two decimals, and its currency if the text names one: "$42,000", "42k", "1.2m EUR"."""
    plain = " ".join(text.split())
    match = MONEY.fullmatch(MAGNITUDE_IN_CAPITALS.sub(lambda found: found.group().strip().lower(), plain))
    if match is None or match["magnitude"] not in MAGNITUDES or len(plain) > 40:
        raise _no_amount(text)
    number = _read_number(match["number"].strip(), text, is_scaled=bool(match["magnitude"]))
    number *= MAGNITUDES[match["magnitude"]]
    if number >= MAX_AMOUNT:
        raise ValueError(f"{_shown(text)} is too large for an amount")
    if number != round(number, 2):
        raise ValueError(f"{_shown(text)} has too many decimals. Write at most two")
    unit = match["before"] or match["after"]
    return tidy(number), None if unit is None else SYMBOLS.get(unit, unit)


def _read_number(digits: str, text: str, *, is_scaled: bool) -> Decimal:
    """Digits in the English or the continental way. ``is_scaled`` says that "k" or "million" follows."""
    digits = re.sub(r"(?<=[0-9])[' ](?=[0-9]{3}([^0-9]|$))", "", digits)
    three_after_one_dot = re.fullmatch(r"[0-9]{1,3}\.[0-9]{3}", digits)
    if three_after_one_dot and not is_scaled:
        raise ValueError(f"{_shown(text)} can be read in two ways. Write {digits.replace('.', '')} or {digits[:-1]}")
    if three_after_one_dot or re.fullmatch(ENGLISH, digits):
        return Decimal(digits.replace(",", ""))
    if re.fullmatch(CONTINENTAL, digits):
        return Decimal(digits.replace(".", "").replace(",", "."))
    raise _no_amount(text)


def _no_amount(text: str) -> ValueError:
    return ValueError(f"{_shown(text)} is not an amount. Write it as 42000 or $42,000")


def read_stage(text: str) -> Stage:
    """A stage by our name or by one that other CRMs use."""
    stage = STAGES.get(re.sub(r"[\W_]+", "", text.casefold()))
    if stage is None:
        raise ValueError(f"{_shown(text)} is not a stage. Write one of {', '.join(Stage)}")
    return stage


def read_date(text: str) -> date:
    """An ISO date; a time after it is ignored."""
    try:
        return datetime.fromisoformat(text.strip()).date()
    except ValueError:
        raise ValueError(f"{_shown(text)} is not a date. Write it as 2026-03-31") from None


def read_employees(text: str) -> int:
    plain = re.sub(r"(?<=\d)[,.' ](?=\d{3}(\D|$))", "", text.strip())
    if not re.fullmatch(r"[0-9]{1,12}", plain) or int(plain) > MAX_EMPLOYEES:
        raise ValueError(f"{_shown(text)} is not a number of employees. Write a whole number such as 250")
    return int(plain)


def read_timezone(text: str) -> str:
    name = text.strip()
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"{_shown(text)} is not a time zone. Write one such as Europe/London") from None
    return name


def read_text(text: str) -> str:
    plain = text.strip()
    if len(plain) > MAX_TEXT:
        raise ValueError(f"This text is too long: {len(plain)} characters. Write at most {MAX_TEXT}")
    return plain


READERS: dict[tuple[CrmObject, str], Callable[[str], Any]] = {
    (CrmObject.CONTACT, "timezone"): read_timezone,
    (CrmObject.COMPANY, "employees"): read_employees,
    (CrmObject.DEAL, "close_on"): read_date,
}


def read_field(object: CrmObject, field: str, text: str | None, *, currency: str | None = None) -> Any:
    """The value of an editable field; ``None`` or blank text is none.

    ``currency`` is the deal's: an amount in another one is refused.
    """
    if field not in EDITABLE_FIELDS[object]:
        raise ValueError(f"{field!r} of a {object} cannot be set. Choose one of {', '.join(EDITABLE_FIELDS[object])}")
    if text is None or not text.strip():
        return None
    if (object, field) == (CrmObject.DEAL, "amount"):
        return _read_amount(text, currency)
    return READERS.get((object, field), read_text)(text)


def _read_amount(text: str, currency: str | None) -> Decimal:
    amount, named = read_money(text)
    if named is not None and currency is not None and named != currency and not _is_some_dollar(text, currency):
        raise ValueError(f"{_shown(text)} is in {named}; write the amount in {currency}, the currency of this deal")
    return amount


def _is_some_dollar(text: str, currency: str) -> bool:
    """Whether a bare $ may mean the deal's own dollar."""
    return "$" in text and "US" not in text and currency in ("AUD", "CAD", "HKD", "NZD", "SGD", "MXN")


def write_field(value: Any) -> str | None:
    """The value as text that ``read_field`` reads back to the same value."""
    return None if value is None else str(value)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 60 else text[:59] + "…")
