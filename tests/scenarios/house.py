"""The whole house for a scenario: the local workspace and the real app, on a real database, over real sockets."""

import contextlib
import re
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import update

from app import App, running
from config import Settings
from sequences.records.action import ActionStatus
from storage.csv_import import apply, decode, read_contacts
from storage.database import Database
from storage.tables import pending_agent_actions
from tests.ports import free_port
from workspace.clock import utc_now
from workspace.driver import Actor
from workspace.interactions.outcome import Outcome
from workspace.model import Message
from workspace.options import SAMPLE, Options
from workspace.server import Running
from workspace.server import running as running_workspace

SECRET = "whsec_c2NlbmFyaW8tdGVzdC1zZWNyZXQtMDEyMw=="
MANIFEST = Path(__file__).resolve().parents[2] / "manifest.json"
PATIENCE = 120.0  # a bound on waiting for what must come, not a measure of speed
# "Sent on Sun 22 Nov at 00:04", when the meeting began before midnight; else "Sent at 00:04".
SENT = re.compile(r"\bSent (?:at|on \w+ \d+ \w+ at) \d")


@dataclass
class House:
    """``app`` is the running one; ``stop_app`` and ``start_app`` restart it on the same database."""

    ws: Running
    settings: Settings
    stack: contextlib.AsyncExitStack = field(default_factory=contextlib.AsyncExitStack)
    app: App | None = None

    @property
    def running(self) -> App:
        assert self.app is not None, "the app is stopped"
        return self.app

    async def start_app(self) -> None:
        self.app = await self.stack.enter_async_context(running(self.settings))

    async def stop_app(self) -> None:
        self.app = None
        await self.stack.aclose()
        self.stack = contextlib.AsyncExitStack()

    async def import_contacts(self) -> None:
        plan = read_contacts(decode((SAMPLE.parent / "contacts.csv").read_bytes()))
        async with self.running.core.store.begin() as tx:
            orgs = await tx.people.orgs()
            await apply(tx, orgs[0].id, plan)

    def rep(self) -> Actor:
        return self.ws.person("Robin Hale")

    def cards(self, actor: Actor, needle: str = "") -> list[Message]:
        """What the app posted to this person, oldest first, ephemeral messages left out."""
        posted = [message for message in actor.dms() if message.bot_id and not message.is_ephemeral]
        return [message for message in posted if needle in text_of(message)]

    def whispers(self, actor: Actor) -> list[Message]:
        return [message for message in actor.dms() if message.is_ephemeral]

    async def until(self, condition: Callable[[], object]) -> None:
        await self.ws.until(condition, timeout=PATIENCE)

    async def end_undo_windows(self) -> None:
        """As if their time had passed. A stored deadline, so the tables are all there is to turn."""
        database = Database.open(self.settings.sixty_database_url)
        approved = pending_agent_actions.c.status == ActionStatus.CONFIRMED
        async with database.begin() as tx:
            past = utc_now() - timedelta(seconds=1)
            await tx.connection.execute(update(pending_agent_actions).where(approved).values(execute_at=past))
        await database.close()

    async def end_meeting(self, sample_id: str, actor: Actor) -> dict[str, Any]:
        sample = self.ws.samples.get(sample_id)
        return await self.ws.meeting_bot.end(sample, person=actor.person)

    async def card_after(self, sample_id: str, actor: Actor) -> Message:
        """End a sample meeting and wait for its card."""
        before = len(self.cards(actor))
        await self.end_meeting(sample_id, actor)
        await self.until(lambda: len(self.cards(actor)) > before)
        return self.cards(actor)[-1]

    def seen_only_by(self, actor: Actor) -> list[Message]:
        """Ephemeral messages for this person, wherever they appeared."""
        every = (message for channel in self.ws.state.messages.values() for message in channel.values())
        return [message for message in every if message.visible_to == actor.id]

    async def until_card_says(self, card: Message, needle: str) -> None:
        await self.until(lambda: needle in text_of(card))

    async def until_mail_is_sent(self, card: Message) -> None:
        await self.until(lambda: SENT.search(text_of(card)))


def text_of(thing: Any) -> str:
    """Every text that a person would read in a message or view, in one string."""
    found: list[str] = []

    def walk(value: Any) -> None:
        if isinstance(value, dict):
            if isinstance(value.get("text"), str):
                found.append(value["text"])
            for inner in value.values():
                walk(inner)
        elif isinstance(value, list):
            for inner in value:
                walk(inner)

    walk(thing.blocks)
    return "\n".join([*found, str(getattr(thing, "text", ""))])


def action_ids(message: Message) -> set[str]:
    """The action ids of every element that could be pressed."""
    return {
        element["action_id"]
        for block in message.blocks
        for element in [*block.get("elements", []), block.get("accessory") or {}]
        if "action_id" in element
    }


def acked(outcome: Outcome) -> bool:
    return outcome.acked


@contextlib.asynccontextmanager
async def open_house(database_url: str, **changes: Any) -> AsyncIterator[House]:
    """A workspace with the sample company and an app with its customers imported."""
    http_port = free_port()
    options = Options(
        manifest=MANIFEST,
        meeting_bot_target=f"http://127.0.0.1:{http_port}/webhooks/meetingbaas",
        meeting_bot_secret=SECRET,
        webhook_retries=(0.2, 0.5, 1.0),
    )
    async with running_workspace(options) as ws:
        values = {
            "slack_bot_token": ws.bot_token,
            "slack_app_token": ws.app_token,
            "slack_signing_secret": ws.app.signing_secret,
            "slack_api_url": ws.api_url,
            "sixty_database_url": database_url,
            "sixty_http_port": http_port,
            "sixty_drain_seconds": 300,
            "smtp_url": ws.smtp_url,
            "meetingbaas_webhook_secret": SECRET,
            **changes,
        }
        house = House(ws, Settings.model_validate(values))
        if house.settings.sixty_slack_mode == "http":
            ws.app.request_url = f"http://127.0.0.1:{http_port}/slack/events"
        try:
            await house.start_app()
            await house.import_contacts()
            yield house
        finally:
            await house.stop_app()
