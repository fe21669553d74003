"""One JSON object per line, whatever is logged."""

import json
import logging
import sys
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from logs import JsonLines, set_up_logging


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
        int("a bug")
    except ValueError:
        line = line_of("broke", exc_info=sys.exc_info())
    assert "ValueError: invalid literal" in line["traceback"]


def test_priv_02_slacks_client_never_logs_payloads() -> None:
    root = logging.getLogger()
    before, level = root.handlers[:], root.level
    try:
        set_up_logging("DEBUG")
        assert logging.getLogger("slack_sdk").getEffectiveLevel() >= logging.WARNING
        assert logging.getLogger("slack_bolt").getEffectiveLevel() >= logging.WARNING
        assert logging.getLogger("sequences").getEffectiveLevel() == logging.DEBUG
    finally:
        root.handlers[:] = before
        root.setLevel(level)
