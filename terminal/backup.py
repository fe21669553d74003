"""``sixty backup FILE``: a whole copy of the SQLite database, taken while the app runs."""

import asyncio
from pathlib import Path

from config import Settings
from storage.backup import back_up
from storage.engines import parse_url
from terminal.printing import say


async def handle_backup(settings: Settings, target: Path) -> None:
    await asyncio.to_thread(back_up, parse_url(settings.sixty_database_url), target)
    say(f"{target} is a whole copy of the database. To restore it, stop Sixty and put it in the database's place.")
