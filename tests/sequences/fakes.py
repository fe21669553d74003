"""Ten-line stand-ins for what lies outside the core. Tests assert on what they hold afterwards."""

# ruff: noqa: ARG002  # the ports name the parameters; a fake needs few of them

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TypeVar

from sequences.ports.dispatch import WorkKind
from sequences.ports.model import Answer, Out, Prompt, Usage
from sequences.ports.outside import MailerError, MessengerError, Place, TranscriptSourceError, Workspace
from sequences.ports.store import Advance, Claimed, Store, Transaction
from sequences.records.card import Card
from sequences.records.mail import Mail
from sequences.records.people import User

T = TypeVar("T")
START = datetime(2026, 3, 5, 10, 0, tzinfo=UTC)  # a Thursday


TALK = b"""Robin Hale: Thank you for taking the time to talk with us today.
Sarah Chen: We are happy to be here and we would like to know what it costs.
Robin Hale: I will send you the proposal by Friday.
"""


class FakeClock:
    def __init__(self, now: datetime = START) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now

    def advance(self, span: timedelta) -> None:
        self.now += span


@dataclass
class RecordingDispatcher:
    """Runs nothing: what is due is found in the tables, as after the loss of every wake."""

    woken: list[tuple[WorkKind, str, datetime | None]] = field(default_factory=list)

    def wake(self, kind: WorkKind, id: str, *, at: datetime | None = None, org_id: str | None = None) -> None:
        self.woken.append((kind, id, at))


class Killed(BaseException):
    """The process is gone. Not an Exception, so that nothing can answer it."""


@dataclass
class FakeMailer:
    """``errors`` are raised by the next sends, one each. ``knows`` is False for plain SMTP, which cannot look up."""

    sent: dict[str, Mail] = field(default_factory=dict)  # by Message-ID
    handed_over: list[str] = field(default_factory=list)  # every Message-ID that left, once per time
    errors: list[BaseException] = field(default_factory=list)
    die_after: bool = False
    knows: bool = True

    async def send(self, mail: Mail, *, sender: User, message_id: str, now: datetime) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.sent[message_id] = mail
        self.handed_over.append(message_id)
        if self.die_after:
            self.die_after = False
            raise Killed

    async def was_sent(self, message_id: str) -> bool | None:
        return message_id in self.sent if self.knows else None


@dataclass
class FakeMessenger:
    """``messages`` is what Slack shows, by time stamp."""

    messages: dict[str, tuple[str, Card]] = field(default_factory=dict)  # ts → (card id, card)
    posts: int = 0
    updates: int = 0
    lookups: int = 0
    errors: list[MessengerError] = field(default_factory=list)
    lose_answer: bool = False
    workspace: Workspace = field(default_factory=lambda: Workspace(team_id="T1", name="Larkfield", members=()))

    async def post(self, user: User, card: Card, *, card_id: str) -> Place:
        if self.errors:
            raise self.errors.pop(0)
        self.posts += 1
        place = Place(channel_id=f"D-{user.slack_user_id}", message_ts=f"{self.posts}.0")
        self.messages[place.message_ts] = (card_id, card)
        if self.lose_answer:
            self.lose_answer = False
            raise MessengerError("timed out")
        return place

    async def update(self, place: Place, card: Card, *, card_id: str, user: User) -> None:
        if self.errors:
            raise self.errors.pop(0)
        self.updates += 1
        self.messages[place.message_ts] = (card_id, card)

    async def delete(self, place: Place, *, card_id: str, user: User) -> None:
        self.messages.pop(place.message_ts, None)

    async def find(self, user: User, *, card_id: str, since: datetime) -> Place | None:
        self.lookups += 1
        found = [ts for ts, (known, _) in self.messages.items() if known == card_id]
        return Place(channel_id=f"D-{user.slack_user_id}", message_ts=found[0]) if found else None

    async def members(self) -> Workspace:
        if self.errors:
            raise self.errors.pop(0)
        return self.workspace


@dataclass
class FakeSource:
    """``files`` by URL; ``errors`` are raised by the next fetches, one each."""

    files: dict[str, bytes] = field(default_factory=dict)
    errors: list[TranscriptSourceError] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    async def fetch(self, url: str) -> bytes:
        self.fetched.append(url)
        if self.errors:
            raise self.errors.pop(0)
        if url not in self.files:
            raise TranscriptSourceError("the address has expired", is_final=True)
        return self.files[url]


class PricyModel:
    """Each answer costs ten cents and is an empty record of what was asked for."""

    engine = "test:pricy"

    def __init__(self, price: str = "0.10") -> None:
        self.price = Decimal(price)
        self.asked: list[str] = []

    def estimate(self, prompt: Prompt, *, max_output_tokens: int) -> Decimal:
        return self.price

    async def ask(self, skill: str, prompt: Prompt, output_type: type[Out], *, max_output_tokens: int) -> Answer[Out]:
        self.asked.append(skill)
        output = output_type.model_validate({"kind": "demo", "confidence": 0.9})
        usage = Usage(input_tokens=100, cached_input_tokens=80, output_tokens=10, cost_usd=self.price)
        return Answer(output=output, usage=usage, engine=self.engine)


class MortalStore:
    """A store whose process dies right after the ``dies_after``-th commit; None is immortal."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.commits = 0
        self.dies_after: int | None = None

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[Transaction]:
        async with self._store.begin() as tx:
            yield tx
        self._committed()

    @asynccontextmanager
    async def read(self) -> AsyncIterator[Transaction]:
        async with self._store.read() as tx:
            yield tx

    async def join(self, work: Callable[[Transaction], Awaitable[T]]) -> T:
        answer = await self._store.join(work)
        self._committed()
        return answer

    async def claim(self, job_id: str, *, now: datetime, lease: timedelta) -> Claimed | None:
        claimed = await self._store.claim(job_id, now=now, lease=lease)
        self._committed()
        return claimed

    async def advance(self, advance: Advance) -> None:
        await self._store.advance(advance)
        self._committed()

    def _committed(self) -> None:
        self.commits += 1
        if self.commits == self.dies_after:
            raise Killed


def refused_mail() -> MailerError:
    return MailerError("The server refused the recipient", is_final=True)


def busy_mail() -> MailerError:
    return MailerError("The server is busy")


def lost_mail() -> MailerError:
    return MailerError("The line dropped", is_unknown=True)
