"""One JSON object per line, whatever is logged."""

import asyncio
import json
import logging
import re
import sys
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from logs import JsonLines, set_up_logging
from sequences.ids import card_id_for, new_id
from sequences.ports.store import StoreError
from sequences.tracing import begin, in_hand, note
from tests.house.project import MODULES, ROOMS


def line_of(message: str, *args: object, **how: Any) -> dict[str, Any]:
    record = logging.getLogger("sequences.test").makeRecord(
        "sequences.test", logging.WARNING, "file.py", 1, message, args, how.get("exc_info"), extra=how.get("extra")
    )
    text = JsonLines().format(record)
    assert "\n" not in text
    found: dict[str, Any] = json.loads(text)
    return found


def test_a_line_says_when_how_bad_who_and_what() -> None:
    line = line_of("job %s failed", "job_1", extra={"job_id": "job_1", "cost": Decimal("0.10")})
    assert datetime.fromisoformat(line.pop("at")).tzinfo is not None
    assert line == {
        "level": "WARNING",
        "logger": "sequences.test",
        "message": "job job_1 failed",
        "job_id": "job_1",
        "cost": "0.10",
    }


@pytest.mark.parametrize("text", ["two\nlines", '"quotes" \\', "\x00\x1b[31m", "é 日本", "\ud800"])
def test_hostile_text_stays_on_its_line(text: str) -> None:
    assert line_of(text)["message"] == text


def test_a_traceback_is_part_of_the_line() -> None:
    try:
        broken()
    except StoreError:
        line = line_of("broke", exc_info=sys.exc_info())
    where, _, end = line["traceback"].rpartition("\nwhich led to\n")
    assert "int(" in where
    assert where.endswith("ValueError")
    assert end.endswith("StoreError: The database is away.")


def broken() -> None:
    try:
        int("what Petra said")
    except ValueError as error:
        raise StoreError("The database is away.") from error


def test_priv_02_a_traceback_quotes_our_own_errors_alone() -> None:
    said = ExceptionGroup("two said", [ValueError("what Petra said"), KeyError("what Tomas said")])
    line = line_of("broke", exc_info=(ExceptionGroup, said, None))
    assert "ValueError" in line["traceback"]
    assert "KeyError" in line["traceback"]
    assert "Petra" not in line["traceback"]
    assert "Tomas" not in line["traceback"]


def test_an_error_that_caused_itself_ends() -> None:
    first, second = ValueError(), KeyError()
    first.__cause__, second.__cause__ = second, first
    assert "KeyError" in line_of("broke", exc_info=(ValueError, first, None))["traceback"]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("to petra.l@marlow-finch.example, now", "to [address], now"),
        ("token xoxb-1234-5678-abcdef", "token [secret]"),
        ("xapp-1-A1-22-abcdef and whsec_c2VjcmV0c2VjcmV0", "[secret] and [secret]"),
        ("sk-ant-api03-abcdef_1", "[secret]"),
        ("Authorization: Bearer eyJhbGciOi.J9", "Authorization: Bearer [secret]"),
        ("Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic [secret]"),
        ("under Basic Information → App-Level Tokens", "under Basic Information → App-Level Tokens"),
        ("postgresql://sixty:hunter2@db/sixty", "postgresql://sixty:***@db/sixty"),
        ("at 12:30, job_1 in T1", "at 12:30, job_1 in T1"),
    ],
)
def test_priv_02_addresses_and_secrets_are_blotted_out(said: str, shown: str) -> None:
    line = line_of("%s", said, extra={"reason": said, "several": (said,)})
    assert (line["message"], line["reason"]) == (shown, shown)
    assert shown in line["several"]


async def test_a_task_carries_its_ids_into_every_line() -> None:
    correlation_id = begin(user_id="user_1")
    note(org_id="org_1", job_id=None)
    line = line_of("pressed", extra={"card_id": "card_1"})
    assert re.fullmatch("[0-9a-f]{8}", correlation_id)
    assert {name: line.get(name) for name in ("correlation_id", "user_id", "org_id", "card_id", "job_id")} == {
        "correlation_id": correlation_id,
        "user_id": "user_1",
        "org_id": "org_1",
        "card_id": "card_1",
        "job_id": None,
    }
    assert begin() != correlation_id
    assert "user_id" not in line_of("the next one")


async def test_work_in_hand_carries_its_own_ids_and_leaves_none_behind() -> None:
    job_id = new_id("job")
    outside = begin(delivery_id="delivery_1")
    with in_hand("job_id", job_id):
        first = line_of("at work")
    with in_hand("card_id", card_id_for(job_id)):
        second = line_of("showing")
    assert first["job_id"] == job_id
    assert first["correlation_id"] == second["correlation_id"] == job_id[-8:]
    assert "delivery_id" not in first
    assert line_of("outside")["correlation_id"] == outside


async def test_tasks_do_not_share_what_they_carry() -> None:
    async def one(name: str) -> object:
        begin(user_id=name)
        await asyncio.sleep(0)
        return line_of("mine")["user_id"]

    assert list(await asyncio.gather(one("user_1"), one("user_2"))) == ["user_1", "user_2"]


def test_priv_02_only_our_own_words_follow_the_level() -> None:
    set_up_logging("DEBUG")
    for vendor in ("slack_sdk", "slack_bolt", "aiosqlite", "procrastinate", "psycopg", "a.library.of.tomorrow"):
        assert logging.getLogger(vendor).getEffectiveLevel() == logging.WARNING
    for room in (*ROOMS, *MODULES):
        if room not in ("logs", "workspace"):  # the second is a stand-in for Slack, and its words are a vendor's
            assert logging.getLogger(f"{room}.part").getEffectiveLevel() == logging.DEBUG
    set_up_logging("ERROR")
    assert logging.getLogger("slack_sdk").getEffectiveLevel() == logging.ERROR
    assert logging.getLogger("sequences").getEffectiveLevel() == logging.ERROR
