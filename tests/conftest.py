"""What holds for every test."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from logs import OURS
from tests.databases import *  # noqa: F403 (fixtures)
from workspace.feed import Feed
from workspace.options import Options
from workspace.server import Running

PATIENCE_S = 120.0  # a bound on waiting for what must come, not a measure of speed


def pytest_configure() -> None:
    """No example has a time limit: how fast a machine is says nothing about whether the code is right."""
    settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow])
    settings.load_profile("house")


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """Commands and the app set the whole process's logging up; the next test hears what it would hear alone."""
    loggers = [logging.getLogger(), *map(logging.getLogger, OURS)]
    handlers, levels = loggers[0].handlers[:], [logger.level for logger in loggers]
    yield
    loggers[0].handlers[:] = handlers
    for logger, level in zip(loggers, levels, strict=True):
        logger.setLevel(level)


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """Slack gives an app three seconds. How many a machine needs says nothing about whether the code is right, so the
    local workspace is patient in tests; those of the limits themselves set them."""
    limits = {"ack_seconds": 30.0, "trigger_lifetime": timedelta(minutes=5)}
    for name, limit in limits.items():
        monkeypatch.setitem(_defaults_of(Options.__init__), name, limit)
    for until in (Feed.until, Running.until):
        monkeypatch.setitem(_defaults_of(until), "timeout", PATIENCE_S)


def _defaults_of(function: Any) -> dict[str, Any]:
    found: dict[str, Any] = function.__kwdefaults__
    return found
