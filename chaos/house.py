"""One house: a local workspace with its mail server and meeting bot, a real database, and the life that serves them.

Everything the victim calls goes over a line that the driver can cut. The workspace and the tables stay when it dies.
"""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import update
from sqlalchemy.exc import SQLAlchemyError

from chaos.line import HttpTalk, Line, MailTalk, open_line
from chaos.lives import Home, Life, NoLifeError, Nursery
from chaos.meetings import Meeting, know_customers
from chaos.orders import OrdersFile
from chaos.tables import Glance, Tables
from chaos.traces import Traces, gather
from storage import tables
from storage.database import Database
from workspace.driver import Actor
from workspace.options import Options
from workspace.server import Running
from workspace.server import running as running_workspace
from workspace.wire import Json

SECRET = "whsec_" + "Y2hhb3MtdGVzdC1zZWNyZXQtMDEyMzQ1Njc4"  # of the local meeting bot alone
MANIFEST = Path(__file__).resolve().parents[1] / "manifest.json"
AFTER_A_KILL = timedelta(minutes=3)  # somebody starts it again; by then every lease of the dead is over
AFTER_A_STOP = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Plan:
    """How a house is built: its database, and what its app is set to."""

    database_url: str
    folder: Path
    settings: Mapping[str, Any] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)


@dataclass
class House:
    """``endings`` are the exit codes of lives. ``life`` is the present one, until somebody notices its end."""

    nursery: Nursery
    workspace: Running
    tables: Tables
    orders: OrdersFile
    calls: Line
    mail: Line
    home: Home
    endings: list[int] = field(default_factory=list)
    life: Life | None = None

    def now(self) -> datetime:
        """The victim's time."""
        return datetime.now(UTC) + timedelta(seconds=self.orders.now.offset_s)

    @property
    def has_sockets(self) -> bool:
        return self.home.settings.get("sixty_slack_mode") != "http"

    def person(self, name: str) -> Actor:
        return self.workspace.person(name)

    async def glance(self) -> Glance | None:
        return await self.tables.glance(self.now())

    async def traces(self, meeting: Meeting) -> Traces:
        async with self.tables.connection() as connection:
            return await gather(connection, self.workspace, meeting)

    # Time and lives

    def pass_time(self, by: timedelta, **orders: Any) -> None:
        """For everybody: the app and Slack."""
        self.workspace.move_clock(by)
        self.move_clock(by, **orders)

    def move_clock(self, by: timedelta, **orders: Any) -> None:
        """The app's alone, as when somebody sets the machine's clock."""
        self.orders.give(offset_s=self.orders.now.offset_s + by.total_seconds(), **orders)

    async def begin_life(self, home: Home | None = None) -> bool:
        """Start the app and wait until it runs; False when it ended while starting."""
        self.life = await self.nursery.bear(home or self.home)
        return await self.life.until_ready()

    async def keep_alive(self, next_orders: Mapping[str, Any] | None = None) -> bool:
        """Notice an end and begin the next life, some time later by its own clock. True when there was an end."""
        if self.life is not None and not self.life.is_over:
            return False
        if self.life is not None:
            code = self.life.ended.result()
            self.endings.append(code)
            self.pass_time(AFTER_A_STOP if code == 0 else AFTER_A_KILL, **{"death": None, **(next_orders or {})})
        if not await self.begin_life() and len(self.endings) > 500:
            raise NoLifeError(f"The app ends as soon as it starts; see {self.home.log}.")
        return True

    async def end_life(self) -> None:
        if self.life is not None:
            await self.life.kill()
            self.life = None

    # The door

    async def end_meeting(self, meeting: Meeting, *, message_id: str | None = None, bot_id: str | None = None) -> Json:
        """A signed webhook, tried again in the background until somebody takes it. Answers what was sent."""
        bot = self.workspace.meeting_bot
        payload = self.notice(meeting, bot_id=bot_id)
        await bot.deliver(payload, message_id=message_id)
        return payload

    def notice(self, meeting: Meeting, *, bot_id: str | None = None) -> Json:
        """What the meeting bot says when it is over."""
        bot, rep = self.workspace.meeting_bot, self.person(meeting.rep).person
        people = [
            {"name": meeting.rep, "email": rep.email},
            {"name": "Petra Lindqvist", "email": meeting.address},
        ]
        name = f"{meeting.name}.vtt"
        sample = bot.samples.upload(name, meeting.transcript(), title=meeting.title, participants=people)
        return bot.payload(sample, bot_id=bot_id, extra={"rep_email": rep.email})


@contextlib.asynccontextmanager
async def open_house(nursery: Nursery, plan: Plan, meetings: list[Meeting]) -> AsyncIterator[House]:
    """A house with a running app that knows the customers of these meetings, and reps who may be told at any hour."""
    http_port = free_port()
    options = Options(
        manifest=MANIFEST,
        meeting_bot_target=f"http://127.0.0.1:{http_port}/webhooks/meetingbaas",
        meeting_bot_secret=SECRET,
        webhook_retries=(0.1, 0.2, 0.4, *[0.5] * 80),
        event_retries=(0.0, 1.0, 2.0),
    )
    async with contextlib.AsyncExitStack() as stack:
        workspace = await stack.enter_async_context(running_workspace(options))
        calls = await stack.enter_async_context(open_line(_address(workspace.api_url), HttpTalk))
        mail = await stack.enter_async_context(open_line(_address(workspace.smtp_url), MailTalk))
        workspace.meeting_bot.base_url = f"http://127.0.0.1:{calls.port}"
        looks = Tables(plan.database_url)
        stack.push_async_callback(looks.close)
        orders = OrdersFile(plan.folder)
        settings = {
            "slack_bot_token": workspace.bot_token,
            "slack_app_token": workspace.app_token,
            "slack_signing_secret": workspace.app.signing_secret,
            "slack_api_url": f"http://127.0.0.1:{calls.port}/api/",
            "sixty_database_url": plan.database_url,
            "sixty_http_port": http_port,
            "smtp_url": f"smtp://127.0.0.1:{mail.port}",
            "meetingbaas_webhook_secret": SECRET,
            "sixty_model": "offline",
            "sixty_undo_seconds": 0,
            **plan.settings,
        }
        if settings.get("sixty_slack_mode") == "http":
            workspace.app.request_url = request_url(http_port)
        home = Home(settings=settings, environment=plan.environment, orders=orders, log=plan.folder / "victim.log")
        house = House(nursery, workspace, looks, orders, calls, mail, home)
        stack.push_async_callback(house.end_life)
        if not await house.begin_life():
            raise NoLifeError(f"The app did not start; see {home.log}.")
        await _furnish(plan.database_url, workspace, meetings)
        yield house


async def _furnish(url: str, workspace: Running, meetings: list[Meeting]) -> None:
    database = Database.open(url)
    try:
        emails = {meeting.rep: str(workspace.person(meeting.rep).person.email) for meeting in meetings}
        await know_customers(database, meetings, emails)
    finally:
        await database.close()
    looks = Tables(url)
    try:
        async with looks.connection() as connection:
            patient = update(tables.users).values(
                quiet_hours_start=None, quiet_hours_end=None, max_notifications_per_hour=1_000_000, daily_send_limit=200
            )
            await connection.execute(patient)
            await connection.commit()
    finally:
        await looks.close()


def request_url(port: int) -> str:
    """Where Slack calls an app in http mode."""
    return f"http://127.0.0.1:{port}/slack/events"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _address(url: str) -> tuple[str, int]:
    parts = urlsplit(url)
    return str(parts.hostname), int(parts.port or 0)


async def answers(house: House) -> bool:
    """Whether the database can be asked."""
    with contextlib.suppress(SQLAlchemyError, OSError):
        async with asyncio.timeout(5), house.tables.connection():
            return True
    return False
