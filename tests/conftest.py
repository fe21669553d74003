"""What holds for every test."""

import logging
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings

from logs import OURS
from tests.databases import *  # noqa: F403 (fixtures)


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
