"""``sixty demo``: the whole product on this machine, with no account, key or network.

Starts the local workspace (Slack, mailbox, meeting bot) and the unchanged app beside it, and seeds the CRM with
the sample company. The only place in the product that knows the workspace. The app lives in the workspace's
time: when somebody lets a week pass there, undo windows, quiet hours and expiries follow.
"""

import asyncio
import shutil
import signal
import socket
import webbrowser
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from app import running
from config import Settings
from scheduler.clock import SteadyClock
from storage.csv_import import decode, read_contacts
from storage.database import Database
from terminal.importing import find_org, import_contacts
from terminal.printing import CommandError, say
from workspace.options import SAMPLE, Options
from workspace.server import Running
from workspace.server import running as running_workspace

MANIFEST = Path(__file__).resolve().parent.parent / "manifest.json"
BOT_SECRET = "whsec_" + "c2l4dHktZGVtby1zZWNyZXQtMTIzNDU2"  # of the local meeting bot alone
HOME = Path(".sixty/demo")
AHEAD = "ahead"  # seconds


async def handle_demo(*, port: int, http_port: int, keep: bool, open_browser: bool) -> None:
    """Serve until Ctrl-C. ``keep`` keeps the last demo's database."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    try:
        async with demo_running(port=port, http_port=http_port, fresh=not keep) as workspace:
            say(f"\n  Sixty is running. Open {workspace.page_url} and press “End a meeting”.\n  Ctrl-C ends it.\n")
            if open_browser:
                webbrowser.open(workspace.page_url)
            await stop.wait()
    except OSError as error:
        raise CommandError(f"A port could not be opened ({error.strerror}). Try --port and --http-port.") from error


@asynccontextmanager
async def demo_running(*, port: int, http_port: int, home: Path = HOME, fresh: bool = False) -> AsyncIterator[Running]:
    """The workspace with the app connected to it. What is stored goes below ``home``; ``fresh`` empties it first.

    Not before both ports are ours: otherwise a second demo, started by mistake, would empty the first one's.
    """
    options = Options(
        manifest=MANIFEST,
        port=port,
        meeting_bot_target=f"http://127.0.0.1:{http_port}/webhooks/meetingbaas",
        meeting_bot_secret=BOT_SECRET,
        ahead=timedelta() if fresh else read_ahead(home),
    )
    async with running_workspace(options) as workspace:
        if fresh:
            socket.create_server(("127.0.0.1", http_port)).close()
            shutil.rmtree(home, ignore_errors=True)
        settings = demo_settings(workspace, http_port, home)
        await seed_crm(settings)
        async with running(settings, clock=SteadyClock(workspace.now)):
            try:
                yield workspace
            finally:
                keep_ahead(home, workspace.ahead)


def read_ahead(home: Path) -> timedelta:
    """How far the time of the demo in this database was ahead: otherwise what is stored would be in the future."""
    try:
        return timedelta(seconds=float((home / AHEAD).read_text()))
    except (FileNotFoundError, ValueError, OverflowError):
        return timedelta()


def keep_ahead(home: Path, ahead: timedelta) -> None:
    (home / AHEAD).write_text(str(ahead.total_seconds()))


def demo_settings(workspace: Running, http_port: int, home: Path = HOME) -> Settings:
    """Settings of a real run that happen to point at this machine. Nothing of the environment but the model counts."""
    model = Settings().sixty_model
    return Settings.model_validate({
        "slack_bot_token": workspace.bot_token,
        "slack_app_token": workspace.app_token,
        "slack_api_url": workspace.api_url,
        "sixty_database_url": f"sqlite+aiosqlite:///{home / 'sixty.db'}",
        "sixty_model": model,
        "sixty_http_host": "127.0.0.1",
        "sixty_http_port": http_port,
        "smtp_url": workspace.smtp_url,
        "meetingbaas_webhook_secret": BOT_SECRET,
    })  # fmt: skip


async def seed_crm(settings: Settings) -> None:
    """The sample company's customers, through the same import that a rep would use."""
    store = Database.open(settings.sixty_database_url)
    try:
        await store.migrate()
        org = await find_org(settings, store)
        await import_contacts(store, org, read_contacts(decode((SAMPLE.parent / "contacts.csv").read_bytes())))
    finally:
        await store.close()
