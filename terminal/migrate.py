"""``sixty migrate``: the schema as this version needs it, with the work queue's beside it; or one revision back."""

from config import Settings
from storage.database import Database
from terminal.printing import say
from wiring import queue_tables


async def handle_migrate(settings: Settings, *, down: bool) -> None:
    store = Database.open(settings.sixty_database_url)
    try:
        if down:
            await store.downgrade("-1")
        else:
            await store.migrate()
            if settings.sixty_dispatcher == "procrastinate":
                await queue_tables(store).install()
    finally:
        await store.close()
    say("The schema is one revision older." if down else "The schema is up to date.")
