"""When something is due, seen from Wednesday 18 November 2026."""

from datetime import date

import pytest

from sequences.skills.rules.dates import due_on

WEDNESDAY = date(2026, 11, 18)


@pytest.mark.parametrize(
    ("plain", "due"),
    [
        ("i will send it by friday", date(2026, 11, 20)),
        ("next tuesday", date(2026, 11, 24)),
        ("wednesday", date(2026, 11, 25)),  # the next one that is not today
        ("tuesday next week", date(2026, 11, 24)),
        ("a week on monday", date(2026, 11, 30)),
        ("today", WEDNESDAY),
        ("tomorrow morning", date(2026, 11, 19)),
        ("by cob tomorrow", date(2026, 11, 19)),
        ("the day after tomorrow", date(2026, 11, 20)),
        ("a week today", date(2026, 11, 25)),
        ("two weeks from today", date(2026, 12, 2)),
        ("a week from tomorrow", date(2026, 11, 26)),
        ("this time next week", date(2026, 11, 25)),
        ("friday week", date(2026, 11, 27)),
        ("wednesday week", date(2026, 11, 25)),  # said on that day, it is in one week
        ("by the end of the week", date(2026, 11, 20)),
        ("by end of next week", date(2026, 11, 27)),
        ("by the end of the month", date(2026, 11, 30)),
        ("by the end of february", date(2027, 2, 28)),
        ("end of q2", date(2027, 6, 30)),
        ("by the end of the quarter", date(2026, 12, 31)),
        ("in two weeks", date(2026, 12, 2)),
        ("within 48 hours", date(2026, 11, 20)),
        ("in three business days", date(2026, 11, 23)),
        ("on the fourteenth of january", date(2027, 1, 14)),
        ("march 3rd 2027", date(2027, 3, 3)),
        ("before the fifteenth", date(2026, 12, 14)),
        ("by the 24th", date(2026, 11, 24)),
        ("by friday so that i have it for the call on monday", date(2026, 11, 20)),
    ],
)
def test_due(plain: str, due: date) -> None:
    assert due_on(plain, WEDNESDAY) == due


@pytest.mark.parametrize(
    "plain",
    [
        "i will send it",
        "next week",
        "in a few days",
        "monday or tuesday",
        "the notes of tuesday s call",
        "last friday",
        "the second option",
        "thursday the week after",
        "on the thirty first of february",
        "we may march on",
    ],
)
def test_no_day_is_better_than_a_guess(plain: str) -> None:
    assert due_on(plain, WEDNESDAY) is None
