"""What a person types into a CRM field."""

import contextlib
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sequences.records.crm import EDITABLE_FIELDS, Stage
from sequences.records.insight import CrmObject
from storage.crm_values import fold, read_field, read_money, read_stage, write_field

DEAL, COMPANY, CONTACT = CrmObject.DEAL, CrmObject.COMPANY, CrmObject.CONTACT


@pytest.mark.parametrize(
    ("typed", "amount", "currency"),
    [
        ("42000", "42000", None),
        ("$42,000", "42000", "USD"),
        ("42k", "42000", None),
        ("42 K", "42000", None),
        ("$1.125m", "1125000", "USD"),
        ("1.5 million", "1500000", None),
        ("€42.000,50", "42000.5", "EUR"),
        ("USD 42 000", "42000", "USD"),
        ("42\u00a0000 €", "42000", "EUR"),
        ("1.234.567", "1234567", None),
        ("12,50", "12.5", None),
        ("CHF 5'000", "5000", "CHF"),
        ("0", "0", None),
    ],
)
def test_amounts_as_people_write_them(typed: str, amount: str, currency: str | None) -> None:
    assert read_money(typed) == (Decimal(amount), currency)


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        ("42.000", "two ways. Write 42000 or 42.00"),
        ("about 42k", "42000 or"),
        ("-5", "42000 or"),
        ("10%", "42000 or"),
        ("42,00,000", "42000 or"),
        ("1e9", "42000 or"),
        ("NaN", "42000 or"),
        ("", "42000 or"),
        ("0.1250001", "at most two"),
        ("9" * 20, "too large"),
        ("9" * 100_000, "42000 or"),
        ("42 lakh", "42000 or"),
    ],
)
def test_amounts_that_would_be_guesses_are_refused(typed: str, advice: str) -> None:
    with pytest.raises(ValueError, match=advice) as caught:
        read_money(typed)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize(
    ("object", "field", "typed", "value"),
    [
        (DEAL, "close_on", "2026-03-31", date(2026, 3, 31)),
        (DEAL, "amount", "$42k", Decimal(42000)),
        (DEAL, "pain", "  slow reports ", "slow reports"),
        (DEAL, "budget", None, None),
        (DEAL, "amount", "  ", None),
        (COMPANY, "employees", "1,200", 1200),
        (COMPANY, "industry", "Software", "Software"),
        (CONTACT, "timezone", "Europe/London", "Europe/London"),
    ],
)
def test_fields_take_what_fits(object: CrmObject, field: str, typed: str | None, value: Any) -> None:
    assert read_field(object, field, typed) == value


@pytest.mark.parametrize(
    ("object", "field", "typed", "advice"),
    [
        (DEAL, "close_on", "next Friday", "2026-03-31"),
        (DEAL, "close_on", "31/03/2026", "2026-03-31"),
        (DEAL, "stage", "won", "cannot be set"),
        (DEAL, "id", "x", "cannot be set"),
        (CONTACT, "email", "a@b.c", "title, phone, timezone"),
        (COMPANY, "employees", "51-200", "such as 250"),
        (COMPANY, "employees", "9" * 30, "such as 250"),
        (CONTACT, "timezone", "EST-ish", "Europe/London"),
        (CONTACT, "timezone", "../../etc/passwd", "Europe/London"),
        (DEAL, "pain", "x" * 2001, "at most 2000"),
    ],
)
def test_fields_refuse_what_does_not_fit_and_say_what_would(
    object: CrmObject, field: str, typed: str, advice: str
) -> None:
    with pytest.raises(ValueError, match=advice):
        read_field(object, field, typed)


def test_an_amount_in_another_currency_is_refused() -> None:
    with pytest.raises(ValueError, match="write the amount in USD"):
        read_field(DEAL, "amount", "€42k", currency="USD")
    with pytest.raises(ValueError, match="write the amount in EUR"):
        read_field(DEAL, "amount", "$42k", currency="EUR")
    assert read_field(DEAL, "amount", "$42k", currency="CAD") == 42000
    assert read_field(DEAL, "amount", "42k", currency="EUR") == 42000


@given(st.decimals(min_value=0, max_value=10**12, places=2))
def test_a_stored_amount_reads_back_the_same(amount: Decimal) -> None:
    written = write_field(read_field(DEAL, "amount", format(amount, "f")))
    assert written is not None
    assert read_field(DEAL, "amount", written) == amount


@given(st.text(max_size=200))
def test_any_text_is_taken_or_refused_never_a_crash(typed: str) -> None:
    for kind, fields in EDITABLE_FIELDS.items():
        for field in fields:
            with contextlib.suppress(ValueError):
                write_field(read_field(kind, field, typed))


def test_stages_by_the_names_that_other_crms_use() -> None:
    spellings = {"Closed Won": Stage.WON, "closedlost": Stage.LOST, "Negotiation/Review": Stage.NEGOTIATION}
    assert {typed: read_stage(typed) for typed in spellings} == spellings
    assert [read_stage(stage) for stage in Stage] == list(Stage)
    with pytest.raises(ValueError, match="new, qualified, demo"):
        read_stage("hot")


def test_names_are_compared_without_capitals_widths_and_spaces() -> None:
    assert fold("  STRASSE\u00a0GmbH ") == fold("straße gmbh")
    assert fold("\uff21cme") == fold("ACME")
    assert fold("Acme") != fold("Acme Ltd")
