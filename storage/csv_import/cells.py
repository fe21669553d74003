"""One cell, read as what its column holds. A ValueError says what to write instead."""

import re
from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from storage.crm_values import read_employees, read_money, read_stage, read_timezone

LABEL = r"[^\W_](?:[\w-]{0,61}[^\W_])?"
DOMAIN = re.compile(rf"(?:{LABEL}\.)+[^\W\d_][\w-]{{1,62}}")
LOCAL_PART = re.compile(r"[^\s@,;<>\"()\[\]]{1,64}")
CURRENCY = re.compile(r"[A-Z]{3}")
MAX_LENGTH = 300


def read_email(text: str) -> str:
    """A lower-case address; "Sarah Chen <sarah@acme.com>" is taken, too."""
    bracketed = re.search(r"<([^<>]*)>$", text)
    address = (bracketed[1] if bracketed else text).strip()
    local, _, domain = address.rpartition("@")
    if not LOCAL_PART.fullmatch(local) or not DOMAIN.fullmatch(domain):
        raise ValueError(f"{text[:60]!r} is not one address. Write it as sarah@acme.com")
    return address.lower()


def read_domain(text: str) -> str:
    """A lower-case domain; a web address is taken, too."""
    host = urlsplit(text if "//" in text else f"//{text}").hostname or ""
    domain = host.removeprefix("www.")
    if not DOMAIN.fullmatch(domain):
        raise ValueError(f"{text[:60]!r} is not a domain. Write it as acme.com")
    return domain


def read_currency(text: str) -> str:
    code = text.upper()
    if not CURRENCY.fullmatch(code):
        raise ValueError(f"{text[:60]!r} is not a currency. Write its three letters, such as USD")
    return code


def read_line(text: str) -> str:
    """A short text on one line."""
    line = " ".join(text.split())
    if len(line) > MAX_LENGTH:
        raise ValueError(f"is {len(line)} characters long. Shorten it to {MAX_LENGTH}")
    return line


READERS: dict[str, Callable[[str], Any]] = {
    "name": read_line,
    "first_name": read_line,
    "last_name": read_line,
    "email": read_email,
    "title": read_line,
    "phone": read_line,
    "timezone": read_timezone,
    "company": read_line,
    "domain": read_domain,
    "industry": read_line,
    "employees": read_employees,
    "deal": read_line,
    "stage": read_stage,
    "amount": read_money,
    "currency": read_currency,
    "owner": read_line,
}


def combine_names(values: dict[str, Any]) -> dict[str, Any]:
    """First and last name become the name where no name is given."""
    parts = [values.pop("first_name", None), values.pop("last_name", None)]
    together = " ".join(part for part in parts if part)
    return {"name": together, **values} if together else values


def settle_currency(values: dict[str, Any]) -> dict[str, Any]:
    """The amount without its currency, which becomes the deal's unless a column names another."""
    if "amount" not in values:
        return values
    amount, named = values["amount"]
    chosen = values.get("currency", named)
    if named not in (None, chosen) and not (named == "USD" and chosen.endswith("D")):  # "$" may be any dollar
        raise ValueError(f"amount is in {named}, but the currency is {chosen}. Make them agree")
    settled: dict[str, Any] = {**values, "amount": Decimal(amount)}
    return settled | {"currency": chosen} if chosen else settled
