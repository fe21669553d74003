"""How a command does its work: settings first, then the coroutine, with every problem told as its reader can use it."""

import asyncio
import logging
from collections.abc import Coroutine
from typing import Any

from config import Settings, SettingsError, load_settings
from logs import set_up_logging
from sequences.ports.model import ModelError
from sequences.ports.outside import MessengerError
from sequences.ports.store import StoreError
from sequences.tracing import begin
from terminal.printing import CommandError


def read_settings(*, quiet: bool = True) -> Settings:
    """``quiet`` commands speak for themselves; only a running app logs what it does."""
    try:
        settings = load_settings()
    except SettingsError as error:
        raise CommandError(str(error)) from error
    set_up_logging("WARNING" if quiet and settings.sixty_log_level == "INFO" else settings.sixty_log_level)
    return settings


def do(work: Coroutine[Any, Any, None]) -> None:
    """Problems that a person can mend are told as such; anything else keeps its traceback."""
    try:
        asyncio.run(_traced(work))
    except (SettingsError, StoreError, MessengerError, ModelError) as error:
        raise CommandError(str(error)) from error
    except KeyboardInterrupt:
        logging.getLogger(__name__).info("interrupted")


async def _traced(work: Coroutine[Any, Any, None]) -> None:
    """With a correlation id of its own, which ends with the command."""
    begin()
    await work
